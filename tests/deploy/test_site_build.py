"""Parts of the site's build that need neither a browser nor a download."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

import start
from deploy.lessons import ALONE, browser_link
from deploy.site import cures
from deploy.site.__main__ import main
from deploy.site.compile_wheels import compile_wheel
from deploy.site.contents import write_contents
from deploy.site.cures import CURES, cure
from deploy.site.files import PINS

PIN = re.compile(r"[a-z0-9-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}")


@pytest.mark.parametrize("name", ["wheels.txt", "tools.txt"])
def test_pins_are_names_versions_and_hashes(name):
    """Nothing else stands there, so no host either."""
    lines = [line for line in (PINS / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    assert [line for line in lines if not PIN.fullmatch(line)] == []
    assert lines == sorted(set(lines))


def test_notebooks_are_the_same_but_for_their_form(tmp_path):
    """Each text is one text; the cells, their ids and what the outputs say are those that are stored."""
    write_contents(tmp_path / "contents")
    for path in sorted((start.ROOT / "notebooks").rglob("*.ipynb")):
        text = path.read_text(encoding="utf-8").replace(browser_link(path), "").replace(ALONE, "")
        stored = json.loads(text)
        written = json.loads((tmp_path / "contents" / path.relative_to(start.ROOT / "notebooks")).read_text("utf-8"))

        assert [(cell["id"], cell["source"]) for cell in written["cells"]] == [
            (cell["id"], cell["source"]) for cell in stored["cells"]
        ]
        assert [said(cell) for cell in written["cells"]] == [
            ["".join(text) for text in said(cell)] for cell in stored["cells"]
        ]


def said(cell):
    """Texts of a cell's outputs, as they are stored: a text, or a list of its lines."""
    outputs = cell.get("outputs", [])
    kinds = ("text/plain", "text/html", "text/markdown")
    texts = [each["data"][kind] for each in outputs if "data" in each for kind in kinds if kind in each["data"]]
    return [*texts, *(each["text"] for each in outputs if "text" in each)]


def test_wheel_is_compiled_and_loses_machine_code(tmp_path):
    """Sources stay; what is seldom imported isn't compiled; two builds give the same bytes."""
    names = [
        "ours/__init__.py",
        "twilio/rest/taskrouter/v1.py",
        "twilio/rest/video.py",
        "a.cpython-314-x86_64-linux-gnu.so",
    ]
    with ZipFile(tmp_path / "one.whl", "w") as wheel:
        for name in names:
            wheel.writestr(name, "x = 1\n")
    for copy in ("two", "three"):
        compile_wheel(tmp_path / "one.whl", tmp_path / f"{copy}.whl")
    with ZipFile(tmp_path / "two.whl") as wheel:
        kept = wheel.namelist()

    assert [name for name in kept if "__pycache__" not in name] == names[:3]
    assert sorted(name.split("/__pycache__/")[0] for name in kept if "__pycache__" in name) == [
        "ours",
        "twilio/rest/taskrouter",
    ]
    assert (tmp_path / "two.whl").read_bytes() == (tmp_path / "three.whl").read_bytes()


def test_cure_changes_what_is_there_once(tmp_path):
    """A text that is there once is replaced; one that is missing or there twice stays as it is."""
    build = tmp_path / "build"
    build.mkdir()
    old = CURES[0].old
    for name, text in (("once.js", f"a {old} b"), ("twice.js", old * 2), ("never.js", "a")):
        (build / name).write_text(text, encoding="utf-8")
    cure(tmp_path)

    assert (build / "once.js").read_text(encoding="utf-8") == f"a {CURES[0].new} b"
    assert (build / "twice.js").read_text(encoding="utf-8") == old * 2
    assert (build / "never.js").read_text(encoding="utf-8") == "a"


def test_other_cures_make_another_version(tmp_path, monkeypatch):
    """A browser keeps the files of a version for good."""
    before = cures._digest(tmp_path)
    monkeypatch.setattr(cures, "CURES", CURES[1:])

    assert cures._digest(tmp_path) != before


def test_cured_wheel_is_in_the_index_with_its_new_hash(tmp_path):
    """The kernel checks the hash of what it loads."""
    folder = tmp_path / "extensions/kernel/static/pypi"
    folder.mkdir(parents=True)
    wheel = folder / "pyodide_kernel-1-py3-none-any.whl"
    with ZipFile(wheel, "w") as made:
        made.writestr("pyodide_kernel/interpreter.py", f"x = {{{CURES[-1].old}}}\n")
    index = {"pyodide-kernel": {"releases": {"1": [{"filename": wheel.name, "digests": {}, "url": "./"}]}}}
    (folder / "all.json").write_text(json.dumps(index), encoding="utf-8")
    cure(tmp_path)

    [file] = json.loads((folder / "all.json").read_text(encoding="utf-8"))["pyodide-kernel"]["releases"]["1"]
    assert file["digests"]["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    with ZipFile(wheel) as cured:
        assert CURES[-1].new.encode() in cured.read("pyodide_kernel/interpreter.py")


def test_folder_that_cannot_be_replaced_is_told(tmp_path, capsys, monkeypatch):
    """A site that was moved into the old one would be called complete, and nobody would see it."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old/jupyter-lite.json").touch()
    (tmp_path / "_site").symlink_to("old")
    for name in ("fetch_files", "pack_runtime", "write_landing_page", "cure"):
        monkeypatch.setattr(f"deploy.site.__main__.{name}", lambda *_: None)
    monkeypatch.setattr("deploy.site.__main__.build_lite", lambda *given: given[-1].mkdir())

    assert main([str(tmp_path / "_site")]) == 1
    assert f"site: {tmp_path / '_site'} can't be replaced: Cannot call rmtree" in capsys.readouterr().err
    assert [each.name for each in (tmp_path / "old").iterdir()] == ["jupyter-lite.json"]


def test_folder_of_something_else_is_left_alone(tmp_path, capsys):
    """A site is never written over other files."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")

    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"site: {tmp_path} has files of something else: name an empty folder, or one that doesn't exist yet.\n"
    )
    assert [each.name for each in Path(tmp_path).iterdir()] == ["letter.txt"]


def test_file_and_port_are_looked_at_before_the_work(tmp_path, capsys):
    """A mistake in the command line costs no build."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")

    assert main([str(tmp_path / "letter.txt")]) == 1
    assert "letter.txt is a file: name a folder" in capsys.readouterr().err
    assert main([str(tmp_path / "site"), "--serve", "--port", "99999"]) == 1
    assert capsys.readouterr().err.startswith("site: Port 99999 can't be used")
    assert not (tmp_path / "site").exists()
