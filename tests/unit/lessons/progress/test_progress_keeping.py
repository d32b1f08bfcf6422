"""Progress outlasts the kernel, and a file that can't be used is never an error in a cell."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace

import pytest

from helpers.doctor import machine_checks as doctor
from helpers.lessons.checks import check
from helpers.lessons.lessons import where_am_i
from helpers.lessons.progress import progress_keeping, read_progress, record_answer, record_hint, record_recall
from helpers.lessons.progress.progress_file import store
from helpers.lessons.progress.progress_record import ExerciseRecord, ProgressRecord
from helpers.lessons.progress.progress_words import reset_progress

DAMAGED = [
    "",
    "{",
    "[]",
    '{"format": 2}',
    '{"format": 1, "exercises": {"0.1": {"state": "done"}}}',
    "\xff",
    "[" * 10**5,
]


def test_file_holds_states_counts_and_dates(file, restart, monkeypatch):
    """The file has sorted keys, and neither answers nor times of day."""
    monkeypatch.setattr("helpers.lessons.progress.progress_keeping._today", lambda: "2026-03-02")
    check("0.1", "abcde")
    record_hint("0.1")
    check("0.1", "bdeac")
    record_recall(3, 2, right=True)

    text = file.read_text(encoding="utf-8")

    assert json.loads(text) == {
        "format": 1,
        "exercises": {
            "0.1": {"state": "solved", "tries": 2, "hints": 1, "first": "2026-03-02", "solved": "2026-03-02"}
        },
        "recall": {"03": [None, True]},
    }
    assert text.index('"exercises"') < text.index('"format"') < text.index('"recall"')


def test_restart_forgets_nothing(file, restart):
    """A new kernel knows what was solved; a later wrong answer is told so and changes nothing."""
    check("0.1", "bdeac")
    restart()

    assert read_progress().state_of("0.1") == "solved"
    assert str(check("0.1", "abcde")).count("Solved earlier; this answer isn't right.") == 1
    assert read_progress().state_of("0.1") == "solved"


def test_blank_answer_writes_nothing(file, restart):
    """Three dots are no try."""
    check("0.1", ...)

    assert not file.exists()


@pytest.mark.parametrize("variable", ["", "''"])
def test_kernel_alone_keeps_it(monkeypatch, restart, capsys, variable):
    """With the variable set to nothing no file is written, and a verdict doesn't depend on earlier answers."""
    monkeypatch.setenv("TASKROUTER_PROGRESS", variable)
    first = str(check("0.1", "abcde"))
    check("0.1", "bdeac")

    assert str(check("0.1", "abcde")) == first
    assert read_progress().state_of("0.1") == "solved"
    where_am_i()
    assert "progress" not in capsys.readouterr().out
    restart()
    assert read_progress().state_of("0.1") == "open"


def test_page_keeps_it_in_the_kernel(file, restart, monkeypatch, capsys):
    """A page without the browser's storage writes no file, whatever the variable says, and tells the learner."""
    monkeypatch.setattr(progress_keeping, "current_ground", lambda: SimpleNamespace(find_lasting=lambda path: None))
    check("0.1", "bdeac")

    assert read_progress().state_of("0.1") == "solved"
    assert not file.exists()
    where_am_i()
    assert "The browser doesn't save your progress here" in capsys.readouterr().out


def test_two_kernels_write_one_file(file, restart):
    """What another kernel has written since is there afterwards, too."""
    record_answer("3.1", "solved")
    restart()
    record_answer("3.1", "tried")
    record_answer("3.2", "tried")

    assert {number: each.state for number, each in read_progress().exercises.items()} == {
        "3.1": "solved",
        "3.2": "tried",
    }
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.fixture
def overwritten(file, restart, monkeypatch):
    """Let a kernel do something, and another one that has read the file before write it after; return what is left."""
    monkeypatch.setattr(progress_keeping, "AGAIN_SECONDS", 0)

    async def run(work, other):
        work()
        store(file, other)
        await asyncio.sleep(0.01)
        restart()  # so that the file alone counts
        return read_progress()

    return lambda work, other: asyncio.run(run(work, other))


def test_kernel_writes_again_what_another_one_has_overwritten(overwritten):
    """Both answers of two kernels that write at the same time are kept."""
    left = overwritten(
        lambda: record_answer("3.1", "solved"), ProgressRecord(exercises={"4.1": ExerciseRecord("tried", 1)})
    )

    assert {number: each.state for number, each in left.exercises.items()} == {"3.1": "solved", "4.1": "tried"}


def test_kernel_writes_no_answer_again_that_another_one_has_changed(overwritten):
    """One of two answers to the same question is kept, and the kernels don't take turns; a missing one is written."""

    def answer():
        record_recall(3, 1, right=True)
        record_recall(3, 2, right=True)

    assert overwritten(answer, ProgressRecord(recall={"03": [False], "04": [True]})).recall == {
        "03": [False, True],
        "04": [True],
    }


def test_deleted_progress_is_not_written_again(overwritten):
    """A kernel that has just written an answer deletes it; another one has nothing either."""
    assert overwritten(lambda: (record_answer("3.1", "solved"), reset_progress()), ProgressRecord()) == ProgressRecord()


def test_kernel_forgets_what_the_file_has(file, restart, monkeypatch):
    """What another kernel deletes later stays deleted."""
    monkeypatch.setattr(progress_keeping, "AGAIN_SECONDS", 0)

    async def run():
        record_answer("3.1", "solved")
        await asyncio.sleep(0.01)
        file.unlink()
        record_answer("3.2", "tried")

    asyncio.run(run())

    assert list(read_progress().exercises) == ["3.2"]


@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_damaged_file_is_left_alone(file, restart, text):
    """Progress stays in the kernel, the file as it is, and the doctor says so."""
    file.parent.mkdir()
    file.write_text(text, encoding="latin-1")

    assert check("0.1", "bdeac").passed
    assert read_progress().state_of("0.1") == "solved"
    assert file.read_text(encoding="latin-1") == text
    [finding] = doctor.progress()
    assert str(finding).startswith("FIX  can't read your progress")


def test_folder_that_cannot_be_written(restart, monkeypatch, tmp_path):
    """A file where the folder should be: the answer is judged, and counts in this kernel."""
    (tmp_path / "folder").write_text("a file")
    monkeypatch.setenv("TASKROUTER_PROGRESS", str(tmp_path / "folder" / "progress.json"))

    assert check("0.1", "bdeac").passed
    assert read_progress().state_of("0.1") == "solved"
    assert not all(finding.ready for finding in doctor.progress())


def test_written_later_once_the_file_can_be_read_again(file, restart):
    """What stayed in the kernel is stored with the next answer."""
    file.parent.mkdir()
    file.write_text("{")
    record_answer("3.1", "solved")
    file.unlink()
    record_answer("3.2", "tried")
    restart()

    assert read_progress().state_of("3.1") == "solved"
    assert [finding.ready for finding in doctor.progress()] == [True]


def test_invalid_setting_keeps_it_in_the_kernel(file, restart, monkeypatch):
    """A mode that doesn't exist is told when the kernel connects; a check judges all the same."""
    monkeypatch.setenv("TASKROUTER_MODE", "nowhere")

    assert check("0.1", "bdeac").passed
    assert not file.exists()
