"""Sharing of a seat's progress with a room board, off until a learner asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from helpers import settings
from helpers.errors.room_problems import NoBoard, NotSharing
from helpers.ground.choice import current_ground
from helpers.guide import extension
from helpers.lessons import cell_runs
from helpers.lessons.lesson_files import read_lessons
from helpers.lessons.lesson_steps import Lesson, find_latest_step, find_lesson
from helpers.room.board_address import BoardAddress, read_address
from helpers.room.seat_report import SeatReport, Shown, read_seat

if TYPE_CHECKING:
    from helpers.room.board_post import BoardPost

__all__ = ["lower_hand", "note_verdict", "raise_hand", "share_progress", "stop_sharing", "tell_trouble"]

_RUNS = 200
"""Number of the latest runs among which the present step is looked for, so that a long session costs no more."""

_SENT = """\
From now on, this notebook sends to the room board at {board}:
- your seat, {seat!r}
- the lesson, and the heading above the cell that you ran last
- for each exercise of the lesson: right, or not yet
- your hand, while it's raised
It sends no code, no outputs, no other text of cells, no names and no addresses.
`stop_sharing()` deletes your seat there."""


class Sharing:
    """Seat of this kernel on a board.

    The lessons are those of the beginning: reading them again after each save would slow down cells.
    """

    def __init__(self, seat: str, address: BoardAddress) -> None:
        self.seat, self.address = seat, address
        self.hand = False
        self.post = _open_post(address)
        self.has_told = False
        self._lessons: Sequence[Lesson] = read_lessons()

    def send(self, *, anew: bool = False) -> None:
        """Send the present state if it is news, or ``anew``; return at once."""
        history = cell_runs.history()[-_RUNS:]
        lesson = find_lesson(history, self._lessons)
        step = find_latest_step(lesson, history) if lesson else None
        exercises = {each.exercise for each in lesson.steps} if lesson else set()
        report = SeatReport(
            seat=self.seat,
            lesson=lesson.number if lesson else None,
            step=step.heading[:120] if step else "",
            verdicts={number: shown for number, shown in _verdicts.items() if number in exercises},
            hand=self.hand,
        )
        self.post.post(msgspec.json.encode(report), anew=anew)

    def leave(self) -> str:
        """Delete the seat on the board; return the trouble with that, if any."""
        self.post.post(msgspec.json.encode(SeatReport(seat=self.seat, leaves=True)))
        trouble = self.post.settle()
        self.post.end()
        return trouble

    def tell(self) -> str:
        """Return a sentence on the trouble that there is, once for each time that the board is lost."""
        trouble = self.post.trouble
        is_news, self.has_told = bool(trouble) and not self.has_told, bool(trouble)
        return self.say(trouble) if is_news else ""

    def say(self, trouble: str) -> str:
        """Return a sentence on ``trouble``."""
        return f"The room board at {self.address.shown} {trouble}. Your cells don't need it; the next one tries again."


_sharing: Sharing | None = None
_verdicts: dict[str, Shown] = {}
"""Verdicts on the last answers in this kernel by exercise, also those from before progress is shared."""


def share_progress(seat: str | int = "", board: str | None = None) -> None:
    """Show on a room board where you are, under your seat's label; print what is sent before it is sent.

    Args:
        seat: label such as "seat 12". Never a name.
        board: address that the board shows; a Hub has set it already.

    Raises:
        BadBoardAddress, BadSeat, NoBoard: the text says what to type.
        StaysInPage: the browser edition sends nothing.
    """
    global _sharing
    current_ground().require_network("The room board")
    label = read_seat(seat)
    address = _find_address(board)
    sharing = _sharing
    if sharing is not None and (sharing.seat, sharing.address) != (label, address):
        stop_sharing()
        sharing = None
    if sharing is None:
        print(_SENT.format(board=address.shown, seat=label))
        sharing = _sharing = Sharing(label, address)
    extension.enable()
    cell_runs.watch(_send)
    sharing.send(anew=True)
    trouble = sharing.post.settle()
    sharing.has_told = bool(trouble)
    print(sharing.say(trouble) if trouble else f"The board shows {label!r} now.")


def raise_hand() -> None:
    """Show on the board that your seat needs help."""
    _set_hand(raised=True)


def lower_hand() -> None:
    """Take your hand off the board's list."""
    _set_hand(raised=False)


def stop_sharing() -> None:
    """Send nothing more, and delete your seat on the board."""
    global _sharing
    sharing = _find_sharing()
    cell_runs.unwatch(_send)
    _sharing = None
    if trouble := sharing.leave():
        print(
            f"Nothing more is sent. But the room board at {sharing.address.shown} {trouble}, so it may still show "
            f"{sharing.seat!r} until it ends. To try again, run your line with share_progress, then stop_sharing()."
        )
    else:
        print(f"Nothing more is sent, and the board has deleted {sharing.seat!r}.")


def note_verdict(exercise: str, is_right: bool) -> None:
    """Note the verdict on an exercise; it goes to the board when a cell has ended, if progress is shared."""
    _verdicts[exercise] = "right" if is_right else "not yet"


def tell_trouble() -> None:
    """Print that the board isn't reached, once for each time that it is lost."""
    if _sharing is not None and (told := _sharing.tell()):
        print(told)


def _set_hand(*, raised: bool) -> None:
    sharing = _find_sharing()
    sharing.hand = raised
    sharing.send(anew=True)
    if trouble := sharing.post.settle():
        sharing.has_told = True
        print(sharing.say(trouble))
    else:
        print(f"Your hand is {'up' if raised else 'down'} on the board, as {sharing.seat!r}.")


def _open_post(address: BoardAddress) -> BoardPost:
    from helpers.room.board_post import BoardPost  # here, because a page hasn't all that it needs

    return BoardPost(address)


def _find_sharing() -> Sharing:
    current_ground().require_network("The room board")
    if _sharing is None:
        raise NotSharing
    return _sharing


def _find_address(board: str | None) -> BoardAddress:
    given = settings.load().board if board is None else board
    if given == "":
        raise NoBoard
    return read_address(given)


def _send() -> None:
    if _sharing is not None:
        _sharing.send()
