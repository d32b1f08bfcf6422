"""A data file's health, in the words of a start, with every byte left in its place."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from helpers.emulator.command import main
from helpers.emulator.emulator_errors import StoreRefused
from helpers.emulator.server import start
from tests.unit.emulator.process import Process

NAME = "taskrouter.sqlite3"


@pytest.fixture
def check(capsys):
    """Run the command; return its exit code and what it prints. Nothing in the folder may change meanwhile."""

    def run_command(data):
        folder = data if Path(data).is_dir() else Path(data).parent
        before = picture(folder)
        code = main(["check", str(data)])
        assert picture(folder) == before
        return code, *capsys.readouterr()

    return run_command


def picture(folder):
    """Return the content and the time of every file, and of the folder itself."""
    files = {
        each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in Path(folder).iterdir() if each.is_file()
    }
    return files, Path(folder).stat().st_mtime_ns


@pytest.fixture
def data(tmp_path):
    """A folder with the file of an emulator that was stopped."""
    with start(data=tmp_path / "data", clock="lesson") as running:
        running.seed({"workspaces": [{"friendly_name": "Care Desk"}, {"friendly_name": "Second"}]})
    return tmp_path / "data"


def refusal(data):
    """Return what a start on a copy says, as if it were about the file itself."""
    copy = data.parent / "copy"
    shutil.copytree(data, copy)
    with pytest.raises(StoreRefused) as refused:
        start(data=copy)
    return str(refused.value).replace(str(copy), str(data))


def test_sound_file_is_summed_up(check, data):
    """Its writes, the time of the last, and what it holds; by the folder's name or the file's."""
    told = (
        f"{data / NAME}: 3 writes, the last at 2026-03-02T09:00:02Z by the emulator's clock. Workspaces: 2. Tasks: 0.\n"
    )

    assert check(data) == (0, told, "")
    assert check(data / NAME) == (0, told, "")


def test_file_without_workspaces_has_no_time(check, tmp_path):
    """The one write that keeps the account is none by the emulator's clock."""
    with start(data=tmp_path):
        pass

    assert check(tmp_path) == (0, f"{tmp_path / NAME}: 1 write. Workspaces: 0. Tasks: 0.\n", "")


def test_file_of_a_killed_emulator_is_sound(check, tmp_path):
    """Its last writes are beside it, in the log."""
    emulator = Process("--data", str(tmp_path))
    for number in range(20):
        emulator.create("", FriendlyName=f"Desk {number}")
    emulator.end(signal.SIGKILL)

    code, out, err = check(tmp_path)
    assert (code, err) == (0, "")
    assert "21 writes" in out
    assert "Workspaces: 20." in out


def test_file_in_use_is_told(check, tmp_path):
    """A second start is refused in the same words."""
    with start(data=tmp_path) as running:
        assert running.url
        with pytest.raises(StoreRefused) as refused:
            start(data=tmp_path)
        assert check(tmp_path) == (1, "", f"{refused.value}\n")


def test_damaged_file_is_told(check, data):
    """With the numbers of the writes that are missing."""
    with sqlite3.connect(data / NAME) as db:
        db.execute("DELETE FROM writes WHERE number = 2")
    db.close()

    code, out, err = check(data)
    assert (code, out) == (1, "")
    assert "number 2" in err
    assert err == f"{refusal(data)}\n"


@pytest.mark.parametrize(
    "pragma", ["PRAGMA user_version = 99", "PRAGMA application_id = 1"], ids=["another version", "another program's"]
)
def test_file_that_is_not_ours_is_told(check, data, pragma):
    """As a start tells it."""
    db = sqlite3.connect(data / NAME)
    db.execute(pragma)
    db.close()

    assert check(data) == (1, "", f"{refusal(data)}\n")


def test_text_is_no_data(check, data):
    """Nor is any other file."""
    (data / NAME).write_text("hello\n")

    assert check(data) == (1, "", f"{refusal(data)}\n")


@pytest.mark.parametrize("missing", ["-tail", "-wal", ""])
def test_half_a_copy_is_told(check, tmp_path, missing):
    """The file of an emulator that runs is not complete without what lies beside it."""
    with start(data=tmp_path / "data") as running:
        running.seed({"workspaces": [{"friendly_name": "Care Desk"}]})
        shutil.copytree(tmp_path / "data", tmp_path / "half", ignore=shutil.ignore_patterns("*.lock", "*-shm"))
    (tmp_path / "half" / f"{NAME}{missing}").unlink()

    code, out, err = check(tmp_path / "half")
    assert (code, out) == (1, "")
    assert err == f"{refusal(tmp_path / 'half')}\n"


def test_loss_of_power_is_told(check, tmp_path, monkeypatch):
    """A start goes on without the last writes, and so the file is not whole."""
    with start(data=tmp_path / "data") as running:
        running.seed({"workspaces": [{"friendly_name": "Care Desk"}]})
        shutil.copytree(tmp_path / "data", tmp_path / "before")
        running.seed({"workspaces": [{"friendly_name": "Second"}]})
        shutil.copyfile(tmp_path / "data" / f"{NAME}-tail", tmp_path / "before" / f"{NAME}-tail")
    monkeypatch.setattr("helpers.emulator.store.tail._boot", lambda: b"another run of the machine")

    code, out, err = check(tmp_path / "before")
    assert code == 1
    assert "2 writes" in out
    assert "Workspaces: 1." in out
    assert "What had not reached the disk is lost: 1 acknowledged write" in err


@pytest.mark.parametrize(("name", "code"), [("", 2), ("nowhere", 1), ("data/gone.sqlite3", 1)])
def test_missing_file_is_told(capsys, monkeypatch, data, name, code):
    """Nothing is made in its place."""
    monkeypatch.chdir(data.parent)

    assert main(["check", name]) == code
    told = capsys.readouterr()
    assert (told.out, "Pass the directory of --data." in told.err) == ("", True)
    assert sorted(each.name for each in data.parent.iterdir()) == ["data"]


def test_full_disk_is_told(check, data, monkeypatch):
    """Where there is no room for a copy, nothing is known of the file."""

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", fail)

    code, out, err = check(data)
    assert (code, out) == (1, "")
    assert "It can't be copied for examination" in err
