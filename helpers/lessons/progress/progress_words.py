"""Progress in words: the list of lessons, and what is forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.errors.lesson_problems import UnknownLesson
from helpers.lessons.lesson_ends import WRITTEN
from helpers.lessons.lesson_files import read_lessons
from helpers.lessons.lesson_steps import Lesson
from helpers.lessons.progress.progress_file import FAULTS
from helpers.lessons.progress.progress_keeping import forget, is_lost, read_progress
from helpers.lessons.progress.progress_record import ProgressRecord, leave_out, lesson_key

__all__ = ["list_lessons", "print_if_lost", "reset_progress", "tell_exercises"]


def list_lessons() -> None:
    """Print all lessons with your progress, one a line: ``✓`` all exercises solved, ``◐`` begun, ``·`` not yet."""
    record = read_progress()
    for lesson in read_lessons():
        print(_tell_lesson(lesson, record))
    print_if_lost()


def print_if_lost() -> None:
    """Print that progress ends with the kernel, in a browser that has no place for it."""
    if is_lost():
        print(
            "The browser doesn't save your progress here, so it ends with this kernel. To have it saved, open the site"
        )
        print("with https, or at 127.0.0.1, in a window that isn't private.")


def reset_progress(lesson: int | str | None = None) -> None:
    """Forget your progress, in all lessons or in one, and print what was forgotten; the last file is kept.

    Args:
        lesson: its number, such as 3 or "03".

    Raises:
        UnknownLesson: there is no such lesson.
    """
    number = None if lesson is None else _read_number(lesson)
    before = read_progress()
    left = ProgressRecord() if number is None else leave_out(before, number)
    try:
        kept = forget(None if number is None else lambda record: leave_out(record, number))
    except FAULTS as error:
        if reason := getattr(error, "strerror", None):
            print(f"Nothing was deleted: the file with your progress can't be changed ({reason}).")
            print("Run `python start.py doctor` to see what to do.")
        else:
            print("Nothing was deleted: the file with your progress can't be read (this project didn't write it).")
            print("Run `reset_progress()` to begin again: it sets the file aside.")
        return
    print(_tell_forgotten(before, left))
    if kept is not None:
        print(f"A copy of the old file is kept beside it: {kept.name}.")


def tell_exercises(exercises: Sequence[str], record: ProgressRecord) -> str:
    """Return how many of these exercises are solved, and which were tried."""
    solved = [each for each in exercises if record.state_of(each) == "solved"]
    tried = [each for each in exercises if record.state_of(each) == "tried"]
    return f"{len(solved)} of {len(exercises)} solved" + (f", {_enumerate(tried)} tried" if tried else "")


def _tell_lesson(lesson: Lesson, record: ProgressRecord) -> str:
    exercises = [step.exercise for step in lesson.steps if step.exercise]
    is_begun = leave_out(record, lesson.number) != record
    is_done = bool(exercises) and all(record.state_of(each) == "solved" for each in exercises)
    mark = "✓" if is_done else "◐" if is_begun else "·"
    answers = record.recall.get(lesson_key(lesson.number), [])
    recalled = sum(answer is not None for answer in answers)
    words = [f"exercises: {tell_exercises(exercises, record)}"] if exercises else []
    words += [f"recall questions: {recalled} answered"] if recalled else []
    return f"{mark} {lesson_key(lesson.number)} {lesson.title}" + (f" ({'; '.join(words)})" if words else "")


def _read_number(lesson: int | str) -> int:
    text = "" if isinstance(lesson, bool) else str(lesson)
    if not (text.isdecimal() and int(text) in WRITTEN):
        raise UnknownLesson(lesson, WRITTEN)
    return int(text)


def _tell_forgotten(before: ProgressRecord, left: ProgressRecord) -> str:
    gone = {number: each for number, each in before.exercises.items() if number not in left.exercises}
    exercises = [f"{number} ({each.state})" for number, each in sorted(gone.items())]
    lessons = [str(int(key)) for key in sorted(before.recall) if key not in left.recall]
    noun = "exercise" if len(exercises) == 1 else "exercises"
    told = [f"{noun} {_enumerate(exercises)}"] if exercises else []
    noun = "lesson" if len(lessons) == 1 else "lessons"
    told += [f"answers to the questions of {noun} {_enumerate(lessons)}"] if lessons else []
    return f"Deleted: {', and '.join(told)}." if told else "There was nothing to delete."


def _enumerate(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
