"""Parts of a bundle that need no network: which machines, which files, and what keeps it from being damaged unseen."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import subprocess

import pytest

import start
from deploy.bundle import __main__ as command
from deploy.bundle import wheels
from deploy.bundle.__main__ import main
from deploy.bundle.machines import MACHINES, PYTHONS, USUAL, Target, find_targets
from deploy.bundle.wheels import Wheels
from helpers.emulator import __version__

FETCHED = {
    "linux-x86_64": ["alice-1-py3-none-any.whl", "fast-2-cp312-cp312-manylinux_2_28_x86_64.whl"],
    "win-amd64": ["alice-1-py3-none-any.whl", "fast-2-cp312-cp312-win_amd64.whl"],
}


@pytest.fixture
def index(monkeypatch):
    """Stands in for uv and pip: two packages, one of which has machine code; records what pip was asked for."""
    asked = []

    def download(pins, target, into):
        asked.append((str(target), pins))
        for name in FETCHED[target.name]:
            if wheels._pin(into / name) in pins:
                (into / name).write_text(name, encoding="utf-8")

    monkeypatch.setattr(wheels, "_resolve", lambda *_: ["alice==1", "fast==2"])
    monkeypatch.setattr(wheels, "_download", download)
    return asked


@pytest.fixture
def bundle(index, tmp_path):
    """A bundle for two machines."""
    folder = tmp_path / "the stick"
    assert main([str(folder), "--systems", "linux", "win", "--pythons", "3.12"]) == 0
    return folder


def test_usual_machines_with_three_pythons():
    """Linux, Windows and both Macs: twelve targets, and `macos` stands for both."""
    targets = find_targets(list(USUAL), list(PYTHONS))

    assert len(set(targets)) == 12
    assert find_targets(["macos", "macos-arm64"], ["3.13"]) == [
        Target("macos-arm64", "3.13"),
        Target("macos-x86_64", "3.13"),
    ]


def test_this_machine_is_called_as_bundles_call_it():
    """What start.py asks for is one of the names that a bundle has."""
    name, python = start.machine_name().split(" python ")

    assert name in MACHINES
    assert Target(name, python) in find_targets([name], [python])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--systems", "beos"], "There's no system 'beos'. The systems are linux, win, macos, linux-x86_64"),
        (["--systems", ""], "There's no system ''."),
        (["--pythons", "3.10"], "'3.10' can't be used: name a Python from 3.11 on by two numbers, such as 3.12."),
        (["--pythons", "3.12.1"], "'3.12.1' can't be used"),
        (["--pythons", "2.7"], "'2.7' can't be used"),
        (["--pythons", "three"], "'three' can't be used"),
    ],
)
def test_wrong_name_is_one_sentence(tmp_path, capsys, arguments, said):
    """Nothing is made for a machine that nobody has."""
    assert main([str(tmp_path / "new"), *arguments]) == 1
    assert capsys.readouterr().err.startswith(f"bundle: {said}")
    assert not (tmp_path / "new").exists()


def test_folder_with_anything_in_it_is_left_alone(tmp_path, capsys):
    """A bundle is never written over files, not even over another bundle: somebody may have worked in it."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")

    for folder in (tmp_path, tmp_path / "letter.txt"):
        assert main([str(folder)]) == 1
        assert capsys.readouterr().err == f"bundle: {folder} isn't an empty folder: name one that doesn't exist yet.\n"
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_wheel_that_suits_all_is_fetched_once(bundle, index):
    """Only wheels with machine code are fetched for each machine."""
    assert index == [
        ("linux-x86_64 python 3.12", ["alice==1", "fast==2"]),
        ("win-amd64 python 3.12", ["fast==2"]),
    ]
    assert len(list((bundle / "wheels").glob("*.whl"))) == 3


def test_manifest_has_every_file_and_each_machines_wheels(bundle):
    """SHA-256 of everything but itself, the exact versions by machine, and the commit."""
    manifest = json.loads((bundle / "wheels/manifest.json").read_text(encoding="utf-8"))
    files = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=start.ROOT, capture_output=True, text=True, check=True)

    assert set(manifest["files"]) == files - {"wheels/manifest.json"}
    assert manifest["files"]["start.py"] == hashlib.sha256((bundle / "start.py").read_bytes()).hexdigest()
    assert manifest["wheels"]["win-amd64 python 3.12"] == FETCHED["win-amd64"]
    assert manifest["commit"] == commit.stdout.strip()
    assert manifest["version"] == __version__


def test_bundle_has_the_committed_files_and_a_page_for_learners(bundle):
    """Everything that is committed is there, nothing else but the wheels and the page, and that has all in words."""
    tree = ["git", "ls-tree", "-r", "-z", "--name-only", "HEAD"]
    committed = subprocess.run(tree, cwd=start.ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    files = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    page = (bundle / "READ ME FIRST.txt").read_text(encoding="utf-8")

    assert {name for name in files if not name.startswith("wheels/")} == {*committed, "READ ME FIRST.txt"} - {""}
    assert "    python start.py\n" in page
    assert "one of these Pythons: 3.12." in page
    assert "    win-amd64 python 3.12" in page
    assert "$" not in page


def test_same_wheels_make_the_same_manifest(bundle, tmp_path):
    """What two people make of one commit can be compared by one number."""
    main([str(tmp_path / "again"), "--systems", "linux", "win", "--pythons", "3.12"])

    assert (tmp_path / "again/wheels/manifest.json").read_bytes() == (bundle / "wheels/manifest.json").read_bytes()


def test_check_names_what_is_damaged_missing_or_unknown(bundle, capsys):
    """One line for each file; a bundle that is whole says what it holds, and the number to compare it by."""
    assert main([str(bundle), "--check"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"the stick is complete: \d+ files, 3 of them wheels", said)
    assert said.endswith(f"{hashlib.sha256((bundle / 'wheels/manifest.json').read_bytes()).hexdigest()}\n")

    (bundle / "start.py").write_text("", encoding="utf-8")
    (bundle / "wheels" / FETCHED["win-amd64"][1]).unlink()
    assert main([str(bundle), "--check"]) == 1
    assert capsys.readouterr().err == (
        f"bundle: {bundle} isn't as it was made. Make or copy it again.\n"
        "start.py is damaged\n"
        f"wheels/{FETCHED['win-amd64'][1]} is missing\n"
    )


def test_check_of_something_else_is_one_sentence(tmp_path, capsys):
    """A folder without a manifest is no bundle."""
    assert main([str(tmp_path), "--check"]) == 1
    assert "wheels/manifest.json is missing or damaged" in capsys.readouterr().err


def test_failed_step_leaves_nothing_behind(index, tmp_path, monkeypatch, capsys):
    """Where no version can be found, the folder isn't there, or empty as it was, and the tool's own words are."""
    monkeypatch.undo()
    monkeypatch.setattr(wheels.sys, "executable", "/bin/false")

    (tmp_path / "empty").mkdir()

    for name in ("new", "empty"):
        assert main([str(tmp_path / name), "--systems", "linux"]) == 1
        assert "No wheels for linux-x86_64 python 3.11. uv says:" in capsys.readouterr().err
    assert list(tmp_path.rglob("*")) == [tmp_path / "empty"]


def test_full_disk_is_one_sentence(tmp_path, monkeypatch, capsys):
    """What ends then names no file."""
    monkeypatch.setattr(command, "build", raising(OSError(errno.ENOSPC, "No space left on device")))

    assert main([str(tmp_path / "new")]) == 1
    assert capsys.readouterr().err == (
        f"bundle: can't write {tmp_path / 'new'}: No space left on device. Name another folder.\n"
    )


def test_interrupt_is_one_sentence(tmp_path, monkeypatch, capsys):
    """Nobody else says that it was stopped."""
    monkeypatch.setattr(command, "build", raising(KeyboardInterrupt()))

    assert main([str(tmp_path / "new")]) == 130
    assert capsys.readouterr().err == "bundle: Stopped. Nothing is left of what was made.\n"


def test_folder_here_is_filled(index, tmp_path, monkeypatch):
    """A dot names one that somebody made and went to. It stays the same one, as a disk's own can't be replaced."""
    (tmp_path / "here").mkdir()
    itself = (tmp_path / "here").stat()
    monkeypatch.chdir(tmp_path / "here")

    assert main([".", "--systems", "linux", "--pythons", "3.12"]) == 0
    assert (tmp_path / "here/start.py").exists()
    assert os.path.samestat((tmp_path / "here").stat(), itself)
    assert [each.name for each in tmp_path.iterdir()] == ["here"]
    assert list((tmp_path / "here").glob(".bundle-*")) == []


def raising(error):
    """A function that only raises this."""

    def fail(*_):
        raise error

    return fail


def test_as_many_wheels_as_packages(tmp_path, index, monkeypatch):
    """A wheel that pip left out is noticed when the bundle is made, not in the room."""
    monkeypatch.setattr(wheels, "_download", lambda *_: None)

    with pytest.raises(start.SetupError, match=r"2 packages for linux-x86_64 python 3\.12, but 0"):
        Wheels(tmp_path).add(Target("linux-x86_64", "3.12"))
