"""Keeping of a learner's progress: in its file, or in this kernel while the file can't be read or written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

from helpers import settings
from helpers.errors import HelperError
from helpers.ground.choice import current_ground
from helpers.lessons.progress import progress_file
from helpers.lessons.progress.progress_record import (
    ProgressRecord,
    State,
    merge,
    with_answer,
    with_hint,
    with_recall,
)

__all__ = ["find_place", "forget", "is_lost", "read_progress", "record_answer", "record_hint", "record_recall"]

AGAIN_SECONDS = 2.0
"""Time until a written file is looked at again: far more than a browser needs to read and write it (0.1 s)."""

_unsaved = ProgressRecord()
"""Record of what may not be in the file. Empty as soon as all of it was seen there, so that the file alone counts."""


def find_place() -> Path | None:
    """Return the path of the file, or None if progress is kept in this kernel only."""
    path = _find_wanted()
    return None if path is None else current_ground().find_lasting(path)


def is_lost() -> bool:
    """Return True if there should be a file, and nothing that is written here outlasts the kernel."""
    return find_place() is None and _find_wanted() is not None


def read_progress() -> ProgressRecord:
    """Return all that is known of the learner's progress; never raises."""
    place = find_place()
    try:
        return merge(progress_file.load(place), _unsaved) if place else _unsaved
    except progress_file.FAULTS:
        return _unsaved


def record_answer(exercise: str, state: State) -> bool:
    """Record a judged answer; return True if the exercise was solved before, by a record that outlasts kernels."""
    was_solved = read_progress().state_of(exercise) == "solved"
    _keep(lambda record: with_answer(record, exercise, state, _today()))
    return was_solved and find_place() is not None


def record_hint(exercise: str) -> None:
    """Record that a hint to an exercise was asked for."""
    _keep(lambda record: with_hint(record, exercise, _today()))


def record_recall(lesson: int, index: int, right: bool) -> None:
    """Record an answer to recall question ``index`` of ``lesson``, counted from 1."""
    _keep(lambda record: with_recall(record, lesson, index, right))


def forget(remaining: Callable[[ProgressRecord], ProgressRecord] | None) -> Path | None:
    """Keep what ``remaining`` leaves of the record, nothing if it is None; return the path of the file as it was.

    Where that changes nothing, the file stays, and so does the one that an earlier call kept; None is returned.
    Raises one of ``progress_file.FAULTS`` if the file can't be changed, and changes nothing then.
    """
    global _unsaved
    place = find_place()
    if place is None:
        _unsaved = remaining(_unsaved) if remaining else ProgressRecord()
        return None
    try:
        before = merge(progress_file.load(place), _unsaved)
    except progress_file.FAULTS:
        if remaining:
            raise
        before = None  # nothing of a damaged file has to remain, so it is set aside whole
    left = remaining(before) if remaining and before is not None else ProgressRecord()
    if left == before:
        return None
    kept = progress_file.set_aside(place)
    _unsaved = left
    _keep(lambda record: record)
    return kept


def _keep(change: Callable[[ProgressRecord], ProgressRecord]) -> None:
    """Change the record, and write it if there is a file that can be read; never raises."""
    global _unsaved
    _unsaved = change(read_progress())
    _save(lambda file: merge(file, _unsaved))


def _save(join: Callable[[ProgressRecord], ProgressRecord]) -> None:
    """Write what ``join`` makes of the file, unless that's the same, and look again later.

    A kernel that has read the file before this one wrote it overwrites what this one wrote. There is no lock: a page's
    storage has none, and a tab that is closed would leave it locked.
    """
    global _unsaved
    place = find_place()
    if place is None:
        return
    try:
        before = progress_file.load(place)
        if (joined := join(before)) != before:
            progress_file.store(place, joined)
            if _will_look_again():
                return
    except progress_file.FAULTS:  # a damaged file stays as it is, and the doctor tells of it
        return
    _unsaved = ProgressRecord()


def _will_look_again() -> bool:
    try:
        asyncio.get_running_loop().call_later(AGAIN_SECONDS, _look_again)
    except RuntimeError:  # a program without an event loop
        return False
    return True


def _look_again() -> None:
    """Write what is missing in the file; answers that another kernel has changed since stay."""
    _save(lambda file: merge(_unsaved, file))


def _find_wanted() -> Path | None:
    try:
        return settings.load().progress
    except HelperError:  # a setting that isn't valid; connecting says which
        return None


def _today() -> str:
    return date.today().isoformat()
