"""Report of a seat: all that a notebook sends to a board, and the rule for its label."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from msgspec import Meta, Struct

from helpers.errors.room_problems import BadSeat

__all__ = ["MAX_REPORT", "SeatReport", "Shown", "read_seat"]

MAX_REPORT = 4096
"""Size limit of a report, in bytes: several times what the limits below allow in ASCII."""

MAX_SEAT = 24

Shown = Literal["right", "not yet"]
"""Verdict on the last answer to an exercise."""

Heading = Annotated[str, Meta(max_length=120)]
Exercise = Annotated[str, Meta(pattern=r"^[0-9]{1,2}\.[0-9]{1,2}\Z")]


class SeatReport(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """State of one seat, always whole, so that a lost or repeated report does no harm."""

    seat: str
    """Label that ``read_seat`` returns."""
    lesson: Annotated[int, Meta(ge=0, le=99)] | None = None
    """Number of the lesson; None outside of one."""
    step: Heading = ""
    """Heading above the cell that ran last; empty if none of the lesson's cells ran."""
    verdicts: Annotated[dict[Exercise, Shown], Meta(max_length=20)] = {}
    """Verdicts in this lesson by exercise, such as "3.1"."""
    hand: bool = False
    """True while the hand is raised."""
    leaves: bool = False
    """True to delete the seat."""

    def __post_init__(self) -> None:
        """Refuse any other label, as other programs than notebooks can send reports."""
        try:
            is_label = read_seat(self.seat) == self.seat
        except BadSeat:
            is_label = False
        if not is_label:
            raise ValueError("Expected a seat's label")


def read_seat(label: object) -> str:
    """Return a seat's label as boards show it.

    Raises:
        BadSeat: it isn't a label, or more than one.
    """
    if isinstance(label, bool) or not isinstance(label, str | int):
        raise BadSeat(label, "It must be a text in quotes.")
    text = unicodedata.normalize("NFC", " ".join(str(label).split()))
    if not text:
        raise BadSeat(label, "It's empty.")
    if len(text) > MAX_SEAT:
        raise BadSeat(label, f"A label has at most {MAX_SEAT} characters, because it's read from the back of a room.")
    if not text.isprintable():
        raise BadSeat(label, "It has characters that can't be seen.")
    if "@" in text:
        raise BadSeat(label, "It looks like a person's address, and a board shows seats, not people.")
    return text
