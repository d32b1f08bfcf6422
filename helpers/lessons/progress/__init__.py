"""Learner's progress, which outlasts the kernel: recorded by checks, hints and questions, and shown in words."""

from __future__ import annotations

from helpers.lessons.progress.progress_keeping import (
    find_place,
    read_progress,
    record_answer,
    record_hint,
    record_recall,
)

__all__ = ["find_place", "read_progress", "record_answer", "record_hint", "record_recall"]
