"""Progress in words: where one is, all lessons, and what is forgotten."""

from __future__ import annotations

import pytest

from helpers.errors.lesson_problems import UnknownLesson
from helpers.lessons import lesson_files
from helpers.lessons.cell_runs import Run
from helpers.lessons.lessons import progress
from helpers.lessons.progress import read_progress, record_answer, record_recall
from helpers.lessons.progress.progress_words import list_lessons, reset_progress, tell_exercises

LESSONS = lesson_files.read_lessons()


def exercises_of(lesson):
    return [step.exercise for step in LESSONS[lesson].steps if step.exercise]


def test_list_of_lessons(file, restart, capsys):
    """A lesson is done when all its exercises are solved, and begun when anything is known of it."""
    for exercise in exercises_of(3):
        record_answer(exercise, "solved")
    record_answer("4.2", "tried")
    record_recall(5, 2, right=False)
    list_lessons()

    lines = capsys.readouterr().out.splitlines()
    three, four, five = (len(exercises_of(lesson)) for lesson in (3, 4, 5))
    assert [line[:4] for line in lines] == [
        f"{'✓' if each.number == 3 else '◐' if each.number in (4, 5) else '·'} {each.number:02}" for each in LESSONS
    ]
    assert lines[3] == f"✓ 03 {LESSONS[3].title} (exercises: {three} of {three} solved)"
    assert lines[4].endswith(f" (exercises: 0 of {four} solved, 4.2 tried)")
    assert lines[5].endswith(f" (exercises: 0 of {five} solved; recall questions: 1 answered)")


def test_where_one_is_tells_of_exercises(restart):
    """A record that outlasts the kernel has a line of its own; without one nothing is added."""
    history = [Run(cell.source, cell.cell_id) for cell in LESSONS[4].cells[:2]]
    record_answer("4.2", "tried")
    lines = progress(history, read_progress(), "local mode", lasts=True).splitlines()

    assert lines[-1] == f"Exercises: 0 of {len(exercises_of(4))} solved, 4.2 tried"
    assert progress(history, read_progress(), "local mode").splitlines() == lines[:-1]


def test_several_were_tried(restart):
    """They are enumerated."""
    for exercise in ("1.1", "1.2", "1.3"):
        record_answer(exercise, "tried")

    assert tell_exercises(["1.1", "1.2", "1.3"], read_progress()) == "0 of 3 solved, 1.1, 1.2 and 1.3 tried"


@pytest.mark.parametrize("lesson", [3, "3", "03"])
def test_one_lesson_is_forgotten(file, restart, capsys, lesson):
    """Its exercises and answers go, the others stay, and the last file is kept."""
    record_answer("3.1", "solved")
    record_answer("4.1", "tried")
    record_recall(3, 1, right=True)
    before = file.read_bytes()
    reset_progress(lesson)

    assert capsys.readouterr().out == (
        "Deleted: exercise 3.1 (solved), and answers to the questions of lesson 3.\n"
        "A copy of the old file is kept beside it: progress.json.old.\n"
    )
    assert list(read_progress().exercises) == ["4.1"]
    assert read_progress().recall == {}
    assert file.with_name("progress.json.old").read_bytes() == before


def test_everything_is_forgotten(file, restart, capsys):
    """Also what another kernel solved; again, there is nothing to forget."""
    record_answer("3.1", "solved")
    restart()
    record_answer("4.1", "tried")
    reset_progress()
    reset_progress()

    first, _, second = capsys.readouterr().out.splitlines()
    assert first == "Deleted: exercises 3.1 (solved) and 4.1 (tried)."
    assert second == "There was nothing to delete."
    assert "4.1" in file.with_name("progress.json.old").read_text(encoding="utf-8")
    assert read_progress().exercises == {}


def test_damaged_file_is_set_aside(file, restart, capsys):
    """Forgetting one lesson changes nothing then; forgetting all begins a new file."""
    file.parent.mkdir()
    file.write_text("{")
    reset_progress(3)

    said = capsys.readouterr().out
    assert "Nothing was deleted" in said
    assert "Run `reset_progress()` to begin again" in said
    assert file.read_text() == "{"
    reset_progress()
    assert file.with_name("progress.json.old").read_text() == "{"
    record_answer("3.1", "solved")
    restart()
    assert read_progress().state_of("3.1") == "solved"


def test_kernel_forgets_without_a_file(restart, capsys):
    """Where no file is wanted, the kernel's memory is all there is."""
    record_answer("3.1", "solved")
    reset_progress("03")

    assert capsys.readouterr().out == "Deleted: exercise 3.1 (solved).\n"
    assert read_progress().exercises == {}


@pytest.mark.parametrize("lesson", [99, "three", True])
def test_lesson_that_is_not_there(restart, lesson):
    """The lessons are named, and nothing of where the last one ends, which has no progress."""
    with pytest.raises(UnknownLesson, match=r"The lessons are 0 to \d+\. Use the number in"):
        reset_progress(lesson)
