"""Start of lesson 11: Thursday morning, and nobody has written yet."""

from __future__ import annotations

from datetime import timedelta

from helpers.lessons.lesson_ends import describe_world, listen
from helpers.lessons.starts.lesson_start import LessonStart

__all__ = ["START"]

START = LessonStart(after=timedelta(days=3), steps=(describe_world, listen))
