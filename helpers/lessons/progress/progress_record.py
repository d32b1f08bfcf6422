"""Record of a learner's progress, without names, paths, answers and times of day; each change makes a new one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Literal

from msgspec import Struct, field, structs

__all__ = [
    "ExerciseRecord",
    "ProgressRecord",
    "State",
    "leave_out",
    "lesson_key",
    "merge",
    "with_answer",
    "with_hint",
    "with_recall",
]

State = Literal["open", "tried", "solved"]
_ORDER: tuple[State, ...] = ("open", "tried", "solved")


class ExerciseRecord(Struct, frozen=True):
    """Record of one exercise."""

    state: State = "open"
    """State, ``open`` before any answer was judged. A solved exercise stays solved."""
    tries: int = 0
    """Number of judged answers, up to the first right one."""
    hints: int = 0
    """Number of hints asked for."""
    first: str = ""
    """Date of the first answer or hint, such as "2026-03-02"."""
    solved: str = ""
    """Date of the first right answer."""


class ProgressRecord(Struct, frozen=True):
    """Record of all lessons."""

    format: Literal[1] = 1
    exercises: dict[str, ExerciseRecord] = field(default_factory=dict)
    """Records by number of the exercise, such as "3.2"."""
    recall: dict[str, list[bool | None]] = field(default_factory=dict)
    """Latest answers by lesson, such as "03": True if right, None for a question that wasn't answered."""

    def state_of(self, exercise: str) -> State:
        """Return the state of an exercise."""
        return self.exercises.get(exercise, ExerciseRecord()).state


def lesson_key(lesson: int) -> str:
    """Return the lesson's number as it begins its notebook's file name."""
    return f"{lesson:02}"


def with_answer(record: ProgressRecord, exercise: str, state: State, today: str) -> ProgressRecord:
    """Return ``record`` after a judged answer; what was solved stays as it is."""

    def change(before: ExerciseRecord) -> ExerciseRecord:
        if before.state == "solved":
            return before
        return structs.replace(
            before,
            state=state,
            tries=before.tries + 1,
            first=before.first or today,
            solved=today if state == "solved" else "",
        )

    return _with_exercise(record, exercise, change)


def with_hint(record: ProgressRecord, exercise: str, today: str) -> ProgressRecord:
    """Return ``record`` after a hint."""
    return _with_exercise(
        record,
        exercise,
        lambda before: structs.replace(before, hints=before.hints + 1, first=before.first or today),
    )


def with_recall(record: ProgressRecord, lesson: int, index: int, right: bool) -> ProgressRecord:
    """Return ``record`` after an answer to recall question ``index`` of ``lesson``, counted from 1."""
    key = lesson_key(lesson)
    answers = list(record.recall.get(key, []))
    answers += [None] * (index - len(answers))
    answers[index - 1] = right
    return structs.replace(record, recall={**record.recall, key: answers})


def leave_out(record: ProgressRecord, lesson: int) -> ProgressRecord:
    """Return ``record`` without everything about ``lesson``."""
    exercises = {number: each for number, each in record.exercises.items() if number.split(".")[0] != str(lesson)}
    recall = {key: answers for key, answers in record.recall.items() if key != lesson_key(lesson)}
    return structs.replace(record, exercises=exercises, recall=recall)


def merge(one: ProgressRecord, other: ProgressRecord) -> ProgressRecord:
    """Return the best of both: the best state of each exercise, and the answers of ``other`` where it has some."""
    exercises = {
        number: _merge_exercises(one.exercises.get(number), other.exercises.get(number))
        for number in one.exercises.keys() | other.exercises.keys()
    }
    recall = {
        key: _merge_answers(one.recall.get(key, []), other.recall.get(key, []))
        for key in one.recall.keys() | other.recall.keys()
    }
    return ProgressRecord(exercises=exercises, recall=recall)


def _merge_exercises(one: ExerciseRecord | None, other: ExerciseRecord | None) -> ExerciseRecord:
    both = [each for each in (one, other) if each is not None]
    return ExerciseRecord(
        state=max((each.state for each in both), key=_ORDER.index),
        tries=max(each.tries for each in both),
        hints=max(each.hints for each in both),
        first=min((each.first for each in both if each.first), default=""),
        solved=min((each.solved for each in both if each.solved), default=""),
    )


def _merge_answers(one: list[bool | None], other: list[bool | None]) -> list[bool | None]:
    return [first if second is None else second for first, second in zip_longest(one, other)]


def _with_exercise(
    record: ProgressRecord, exercise: str, change: Callable[[ExerciseRecord], ExerciseRecord]
) -> ProgressRecord:
    before = record.exercises.get(exercise, ExerciseRecord())
    return structs.replace(record, exercises={**record.exercises, exercise: change(before)})
