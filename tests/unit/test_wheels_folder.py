"""The folder `wheels` beside start.py is used before any index, as it was made, whatever the reader's settings are."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

import start

NAMES = ["alice-1-py3-none-any.whl", "uv-2-py3-none-any.whl"]


@pytest.fixture
def bundle(checkout):
    """Return a function that puts wheels beside the checkout, with their manifest for the machines given."""
    folder = checkout / "wheels"
    files = {f"wheels/{name}": hashlib.sha256(name.encode()).hexdigest() for name in NAMES}

    def write(**wheels) -> Path:
        folder.mkdir(exist_ok=True)
        for name in NAMES:
            (folder / name).write_text(name, encoding="utf-8")
        wheels = wheels or {start.machine_name(): NAMES}
        (folder / "manifest.json").write_text(json.dumps({"wheels": wheels, "files": files}), encoding="utf-8")
        return folder

    return write


def refusal() -> str:
    with pytest.raises(start.DamagedWheels) as caught:
        start.set_up(dev=False)
    return str(caught.value)


def test_exactly_these_wheels_are_installed_without_an_index(installer, bundle):
    """uv comes from the folder and installs each wheel by its name, then the project: nothing is left to choose."""
    bundle()
    start.set_up(dev=False)
    python = start.venv_python()
    uv = f"{python} -m uv pip install --python {python} --quiet --no-config --offline --no-index"

    assert installer.commands[1:] == [
        f"{python} -m pip install --quiet --disable-pip-version-check --no-index wheels/{NAMES[1]}",
        f"{uv} --no-deps wheels/{NAMES[0]} wheels/{NAMES[1]}",
        f"{uv} --no-build-isolation -e .",
    ]


def test_pip_installs_where_uv_is_not_in_the_folder(installer, bundle):
    """No uv, no attempt to get it."""
    bundle(**{start.machine_name(): NAMES[:1]})
    start.set_up(dev=False)

    assert [command.split(" -m ")[1].split()[0] for command in installer.commands] == ["venv", "pip", "pip"]
    assert all("--no-index" in command for command in installer.commands[1:])


def test_pip_steps_in_where_uv_fails(installer, bundle):
    """An uv that doesn't run here costs time only."""
    bundle()
    installer.fail["-m uv"] = "Illegal instruction"
    start.set_up(dev=False)

    assert installer.commands[-1].endswith("--no-index --no-build-isolation -e .")
    assert "-m pip" in installer.commands[-1]


def test_readers_settings_do_not_count(installer, bundle, monkeypatch):
    """An index, constraints or a target of the reader's own would make another installation of the same folder."""
    for name in ("PIP_INDEX_URL", "PIP_USER", "pip_target", "UV_INDEX", "UV_CONSTRAINT"):
        monkeypatch.setenv(name, "mine")
    monkeypatch.setenv("LANG", "C")
    bundle()
    start.set_up(dev=False)

    for environment in installer.environments[1:]:
        assert {name for name in environment if name.upper().startswith(("PIP_", "UV_"))} == {"PIP_CONFIG_FILE"}
        assert environment["PIP_CONFIG_FILE"] == os.devnull
        assert environment["LANG"] == "C"


def test_what_tests_need_comes_on_top(installer, bundle, capsys):
    """Contributors get the folder's versions, then more from the index; without a network they are told so."""
    bundle()
    start.set_up(dev=True)
    assert installer.commands[-3].endswith("--no-build-isolation -e .")
    assert installer.commands[-1].endswith("-e .[dev]")

    start.STAMP.unlink()
    installer.fail["--retries"] = "Failed to establish a new connection"
    with pytest.raises(start.NoNetwork, match=r"The folder wheels has only what lessons need, not what tests need\.$"):
        start.set_up(dev=True)


def test_folder_for_other_machines_is_no_help(installer, bundle, capsys):
    """The index is used, and the reader hears for whom the folder is."""
    bundle(**{"beos-m68k python 3.12": NAMES})
    start.set_up(dev=False)

    assert f"wheels has nothing for {start.machine_name()}, only for beos-m68k python 3.12" in capsys.readouterr().out
    assert "--no-index" not in installer.commands[-1]


def test_wheels_are_for_the_python_in_venv(installer, bundle, capsys):
    """Another Python may run start.py than the one that made .venv; wheels for the first would be of no use there."""
    installer.machine = "beos-m68k python 3.12"
    bundle(**{start.machine_name(): NAMES})
    start.set_up(dev=False)
    assert "--no-index" not in installer.commands[-1]

    bundle(**{installer.machine: NAMES})
    start.set_up(dev=False)
    assert installer.commands[-1].endswith("--no-index --no-build-isolation -e .")


def test_newer_folder_is_installed_and_none_changes_nothing(installer, bundle):
    """A folder that comes later brings its versions; without a network, one for others or none at all does no harm."""
    start.set_up(dev=False)
    folder = bundle()
    start.set_up(dev=False)
    assert installer.commands[-1].endswith("--no-index --no-build-isolation -e .")

    installer.fail["pip"] = "Failed to establish a new connection"
    bundle(**{"beos-m68k python 3.12": NAMES})
    start.set_up(dev=False)
    folder.rename(folder.with_name("away"))
    start.set_up(dev=False)


def test_damaged_newer_folder_leaves_what_is_installed(installer, bundle):
    """The reader is told, and can go on as before without it."""
    start.set_up(dev=False)
    folder = bundle()
    (folder / NAMES[0]).unlink()
    installer.commands.clear()

    assert f"wheels/{NAMES[0]} is missing" in refusal()
    folder.rename(folder.with_name("away"))
    start.set_up(dev=False)
    assert installer.commands == []


def test_damaged_and_missing_wheels_are_named(installer, bundle):
    """Whatever isn't as the manifest says is told by name, before anything is installed."""
    folder = bundle()
    (folder / NAMES[0]).write_text("alicE", encoding="utf-8")
    (folder / NAMES[1]).unlink()

    assert refusal() == (
        f"The folder wheels isn't as it was made: wheels/{NAMES[0]} is damaged, wheels/{NAMES[1]} is missing. Copy it "
        "again from your instructor's, then try again."
    )
    assert not any("install" in command for command in installer.commands)


def test_wheel_that_the_manifest_does_not_vouch_for_is_damaged(installer, bundle):
    """A name without a hash is no promise."""
    folder = bundle(**{start.machine_name(): [*NAMES, "new-1-py3-none-any.whl"]})
    (folder / "new-1-py3-none-any.whl").touch()

    assert "wheels/new-1-py3-none-any.whl is damaged" in refusal()


def test_wheels_are_in_the_folder_only(installer, bundle):
    """A manifest can't name files elsewhere, nor options."""
    bundle(**{start.machine_name(): ["../../evil.whl", "/evil.whl", "--index-url=evil", "a\0"]})

    assert "wheels/evil.whl is missing, wheels/--index-url=evil is missing, wheels/a\0 is missing" in refusal()


NO_MANIFESTS = (
    "",
    "{",
    "[]",
    "null",
    '{"wheels": {}}',
    '{"wheels": [], "files": {}}',
    '{"wheels": {"a": 1}, "files": {}}',
    '{"wheels": {}, "files": []}',
    "[" * 100_000,
    "\0",
    None,
)


@pytest.mark.parametrize("text", NO_MANIFESTS, ids=lambda text: str(text)[:40])
def test_manifest_that_is_none_is_one_sentence(installer, bundle, text):
    """Missing, cut off, or something else: the whole folder has to be copied again."""
    manifest = bundle() / "manifest.json"
    manifest.unlink()
    if text is not None:
        manifest.write_text(text, encoding="utf-8")

    assert "wheels/manifest.json is missing or damaged. Copy the whole folder wheels again" in refusal()


def test_wheel_that_cannot_be_read_is_named(installer, bundle):
    """A stick that fails in one place says where."""
    folder = bundle()
    (folder / NAMES[0]).unlink()
    (folder / NAMES[0]).mkdir()

    assert f"wheels/{NAMES[0]} can't be read (" in refusal()


def test_wheels_of_another_version_are_said_to_be_so(installer, bundle):
    """If the project asks for more than the folder has, the folder was made for another version."""
    bundle()
    installer.fail["-e ."] = "ERROR: No matching distribution found for bob>=3"
    with pytest.raises(start.NotInstalled, match=r"distribution found for bob>=3 .* was made for another version"):
        start.set_up(dev=False)
