"""Start of lesson 14: Monday 9 March, 09:00; Alice is Idle, Bob is Offline, and nobody waits."""

from __future__ import annotations

from datetime import timedelta

from helpers.lessons.lesson_ends import describe_world, listen
from helpers.lessons.starts.lesson_start import LessonStart
from helpers.lessons.starts.start_12 import set_alice_idle

__all__ = ["START"]

START = LessonStart(after=timedelta(days=7), steps=(describe_world, listen, set_alice_idle))
