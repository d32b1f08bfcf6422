"""Sentence about one answer of a quiz."""

from __future__ import annotations

from helpers.emulator.display.blocks import Sentence
from helpers.emulator.display.views.page_view import page_view
from helpers.output.display import Display

__all__ = ["RecallAnswer"]


class RecallAnswer(Display):
    """Display of what is true about an answer.

    Attributes:
        call: the code that gives it, such as ``recall(3, 1, "b")``.
        told: the sentences about it.
    """

    def __init__(self, call: str, told: str) -> None:
        self.call = call
        self.told = told
        super().__init__(page_view(f"RecallAnswer({call})", [Sentence(told)]))
