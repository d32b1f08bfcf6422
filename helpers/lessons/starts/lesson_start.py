"""Start of a lesson with a day and a world of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from helpers.connection import Connection
from helpers.lessons.story import Story

__all__ = ["LessonStart"]


class LessonStart(NamedTuple):
    """Start of a lesson, in the tutorial's newly built world."""

    after: timedelta
    """Time from the start of all lessons, Monday 09:00, to this one's; live it counts for nothing."""
    steps: tuple[Callable[[Connection, Story], str], ...]
    """Functions that prepare it with SDK calls; each returns in words what it then saw."""
