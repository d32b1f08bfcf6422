"""Starts of the lessons that don't go on where the one before ended: their day, and the world that they begin with."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from helpers.lessons.starts.lesson_start import LessonStart

__all__ = ["LessonStart", "find_start"]


def find_start(lesson: int) -> LessonStart | None:
    """Return the start of ``lesson``, from the module of its number; None if it goes on where the one before ended."""
    name = f"{__name__}.start_{lesson:02d}"
    if find_spec(name) is None:
        return None
    start = import_module(name).START
    assert isinstance(start, LessonStart)
    return start
