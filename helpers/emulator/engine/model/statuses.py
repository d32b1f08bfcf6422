"""Which changes of status are allowed, as tables (reference 3)."""

from __future__ import annotations

from .refusals import Invalid

__all__ = [
    "ENDED",
    "OPEN_RESERVATIONS",
    "RESERVATION_BY_REQUEST",
    "RESERVATION_MOVES",
    "TASK_BY_REQUEST",
    "TASK_MOVES",
    "WAITING",
    "check_move",
    "where_it_is",
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

TASK_BY_REQUEST: dict[str, tuple[str, ...]] = {
    "pending": ("canceled",),
    "reserved": ("canceled",),
    "assigned": ("wrapping", "completed"),
    "wrapping": ("completed",),
}
"""What a request can set a Task's status to, by the present one; the other moves TaskRouter makes by itself."""

RESERVATION_BY_REQUEST: dict[str, tuple[str, ...]] = {
    "pending": ("accepted", "rejected"),
    "accepted": ("wrapping", "completed"),
    "wrapping": ("completed",),
}
"""The same for a Reservation's status."""

WAITING = frozenset({"pending", "reserved"})
"""Task statuses in which nobody has taken the Task yet."""

ENDED = frozenset({"canceled", "completed"})
"""Task statuses after which it disappears within five minutes."""

OPEN_RESERVATIONS = frozenset({"pending", "accepted", "wrapping"})
"""Reservation statuses that use a Worker's capacity."""


def where_it_is(by_request: dict[str, tuple[str, ...]], current: str) -> str:
    """Return a hint: the present status, and what a request can set it to now."""
    if current not in by_request:
        return f"Its status is {current}, which is final."
    return f"Its status is {current}. Allowed now: {', '.join(by_request[current])}."


def check_move(moves: dict[str, frozenset[str]], what: str, current: str, wanted: str) -> None:
    """Refuse what the table does not allow.

    Raises:
        Invalid: its hint names the present status.
    """
    if wanted not in moves[current]:
        raise Invalid(f"{what} cannot become {wanted}.", f"Its status is {current}.")
