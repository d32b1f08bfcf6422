"""Problems of sharing progress with a room board."""

from __future__ import annotations

from helpers.emulator.display.safe_text import clip, escape_hidden
from helpers.errors import HelperError

__all__ = ["BadBoardAddress", "BadSeat", "NoBoard", "NotSharing", "RoomProblem"]


class RoomProblem(HelperError):
    """Error that keeps progress from being shared; nothing was sent."""


class BadBoardAddress(RoomProblem):
    """Error for an address that isn't a board's, or that isn't safe; ``shown`` is what may be shown of it."""

    def __init__(self, shown: str, rule: str) -> None:
        super().__init__(
            f"The board's address is {clip(escape_hidden(shown), 80)!r}. {rule} Nothing was sent. Copy the whole line "
            "that the board shows, change only the seat, and run the cell again."
        )
        self.shown = shown


class BadSeat(RoomProblem):
    """Error for a label that can't stand on a board."""

    def __init__(self, label: object, rule: str) -> None:
        super().__init__(
            f"The seat is {clip(escape_hidden(repr(label)), 60)}. {rule} Nothing was sent. Use the label of your seat, "
            'for example share_progress("seat 12").'
        )
        self.label = label


class NoBoard(RoomProblem):
    """Error for a seat without a board."""

    def __init__(self) -> None:
        super().__init__(
            "No board's address is known here, so nothing was sent. Type the whole line that the board shows, for "
            'example share_progress("seat 12", "http://10.0.0.5:8801/board?room=K7QM4T").'
        )


class NotSharing(RoomProblem):
    """Error for a hand, or an end, without a beginning."""

    def __init__(self) -> None:
        super().__init__(
            "This notebook shares nothing with a board, so there is nothing to change there. To begin, run "
            '`share_progress("seat 12")` with the label of your seat.'
        )
