"""Which changes of status are allowed, as tables (reference, section 3)."""

from __future__ import annotations

from helpers.emulator.engine.refusals import Invalid

__all__ = [
    "ENDED",
    "OPEN_RESERVATIONS",
    "RESERVATION_MOVES",
    "TASK_MOVES",
    "WAITING",
    "check_move",
]

TASK_MOVES: dict[str, frozenset[str]] = {
    "pending": frozenset({"reserved", "canceled"}),
    "reserved": frozenset({"pending", "assigned", "canceled"}),
    "assigned": frozenset({"wrapping", "completed"}),
    "wrapping": frozenset({"completed"}),
    "canceled": frozenset(),
    "completed": frozenset(),
}

RESERVATION_MOVES: dict[str, frozenset[str]] = {
    "pending": frozenset({"accepted", "rejected", "timeout", "canceled", "rescinded"}),
    "accepted": frozenset({"wrapping", "completed"}),
    "wrapping": frozenset({"completed"}),
    "rejected": frozenset(),
    "timeout": frozenset(),
    "canceled": frozenset(),
    "rescinded": frozenset(),
    "completed": frozenset(),
}

WAITING = frozenset({"pending", "reserved"})
"""Task statuses in which nobody has taken the Task yet."""

ENDED = frozenset({"canceled", "completed"})
"""Task statuses after which it disappears within five minutes."""

OPEN_RESERVATIONS = frozenset({"pending", "accepted", "wrapping"})
"""Reservation statuses that use a Worker's capacity."""


def check_move(moves: dict[str, frozenset[str]], what: str, current: str, wanted: str) -> None:
    """Refuse what the table does not allow.

    Raises:
        Invalid: naming the present status and the legal next ones.
    """
    if wanted not in moves[current]:
        legal = ", ".join(sorted(moves[current])) or "none"
        raise Invalid(f"{what} cannot become {wanted}: its status is {current}; the legal next ones are: {legal}.")
