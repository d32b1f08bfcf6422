"""Statuses of Tasks and Reservations in groups, and the changes of status that are allowed (reference 3)."""

from __future__ import annotations

from .refusals import Invalid

__all__ = [
    "ACCEPTED_RESERVATIONS",
    "ENDED",
    "HELD",
    "OPEN_RESERVATIONS",
    "OPEN_TASKS",
    "RESERVATION_BY_REQUEST",
    "RESERVATION_MOVES",
    "TASK_BY_REQUEST",
    "TASK_MOVES",
    "UNACCEPTED_ENDS",
    "WAITING",
    "WITH_WORKER",
    "check_move",
    "describe_status",
]

TASK_MOVES: dict[str, frozenset[str]] = {
    "pending": frozenset({"reserved", "canceled"}),
    "reserved": frozenset({"pending", "assigned", "canceled"}),
    "assigned": frozenset({"wrapping", "completed"}),
    "canceled": frozenset(),
    "completed": frozenset(),
    "wrapping": frozenset({"completed"}),
}
"""Every status of a Task, and those that can follow it."""

RESERVATION_MOVES: dict[str, frozenset[str]] = {
    "pending": frozenset({"accepted", "rejected", "timeout", "canceled", "rescinded"}),
    "accepted": frozenset({"wrapping", "completed"}),
    "rejected": frozenset(),
    "timeout": frozenset(),
    "canceled": frozenset(),
    "rescinded": frozenset(),
    "wrapping": frozenset({"completed"}),
    "completed": frozenset(),
}
"""Every status of a Reservation, and those that can follow it."""

TASK_BY_REQUEST: dict[str, tuple[str, ...]] = {
    "pending": ("canceled",),
    "reserved": ("canceled",),
    "assigned": ("wrapping", "completed"),
    "wrapping": ("completed",),
}
"""Statuses that a request can set, by the Task's present one. TaskRouter makes the other moves by itself."""

RESERVATION_BY_REQUEST: dict[str, tuple[str, ...]] = {
    "pending": ("accepted", "rejected"),
    "accepted": ("wrapping", "completed"),
    "wrapping": ("completed",),
}
"""Statuses that a request can set, by the Reservation's present one."""

WAITING = ("pending", "reserved")
"""Task statuses in which no Worker has accepted the Task yet."""

HELD = ("assigned", "wrapping")
"""Task statuses in which a Worker has accepted the Task, and not completed it."""

OPEN_TASKS = (*WAITING, *HELD)
WITH_WORKER = ("reserved", *HELD)
"""Task statuses in which one of its Reservations is open."""

ENDED = ("canceled", "completed")
"""Final Task statuses. The Task is removed five minutes later."""

ACCEPTED_RESERVATIONS = ("accepted", "wrapping")
OPEN_RESERVATIONS = ("pending", *ACCEPTED_RESERVATIONS)
"""Reservation statuses that use a Worker's capacity, the one that waits for an answer first."""

UNACCEPTED_ENDS = ("rejected", "timeout", "canceled", "rescinded")
"""Reservation statuses in which it ended without being accepted."""


def describe_status(by_request: dict[str, tuple[str, ...]], current: str) -> str:
    """Return a hint with the present status and those that a request can set now."""
    if current not in by_request:
        return f"Its status is {current}, which is final."
    return f"Its status is {current}. Allowed now: {', '.join(by_request[current])}."


def check_move(moves: dict[str, frozenset[str]], what: str, current: str, wanted: str) -> None:
    """Check a change of status against a table.

    Raises:
        Invalid: the table doesn't allow it; the hint names the present status.
    """
    if wanted not in moves[current]:
        raise Invalid(f"{what} cannot become {wanted}.", f"Its status is {current}.")
