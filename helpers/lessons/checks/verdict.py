"""Verdict of a check, in words and in color, and the errors with which a check turns an answer down."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Literal

from helpers.emulator.display.safe_text import escape_hidden, short_sid

__all__ = ["NotJudged", "NotYet", "Verdict", "join_sentences"]

_SID = re.compile(r"\b[A-Z]{2}[0-9a-fA-F]{5,32}(?:…|(?<=\w{34}))")
"""SID, or the beginning of one where a text was cut."""

State = Literal["open", "tried", "solved"]


class NotYet(Exception):
    """Error for an answer that isn't right yet: what is wrong, and a hint where to look, each a sentence of its own.

    ``pointer`` is the second step that ``hint`` gives after this answer, in place of the exercise's own.
    """

    def __init__(self, wrong: str, hint: str = "", *, pointer: str = "") -> None:
        super().__init__(join_sentences(wrong, hint))
        self.pointer = pointer


class NotJudged(NotYet):
    """Error for an answer that is missing or can't be judged."""


@dataclass(frozen=True)
class Verdict:
    """Result of a check; as the last line of a cell it is shown in color."""

    state: State
    """State of the exercise: ``open`` if no answer was judged."""
    text: str
    """Sentences on the answer, in which SIDs are short: a long one fills a line and tells a reader nothing."""
    pointer: str = ""
    """Pointer for ``hint``, if the check knows one for this answer."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", _SID.sub(lambda found: short_sid(found[0]), escape_hidden(self.text)))

    @property
    def passed(self) -> bool:
        """True if the answer is right."""
        return self.state == "solved"

    def __str__(self) -> str:
        return f"✓ {self.text}" if self.passed else f"✗ Not yet. {self.text}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        color = "var(--jp-success-color1, #2e7d32)" if self.passed else "var(--jp-warn-color1, #b26a00)"
        text = re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(str(self))).replace("\n", "<br>")
        return f'<div style="border-left: 4px solid {color}; padding: 2px 10px">{text}</div>'


def join_sentences(*parts: str) -> str:
    """Join texts as sentences, each with a capital letter; the ones that begin with code or a quotation keep it."""
    return " ".join(f"{part[0].upper()}{part[1:]}" for part in parts if part)
