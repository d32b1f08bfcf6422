"""Timers of Tasks, Reservations and simulated calls, and of Workspaces with expressions that read the clock.

The deadlines of all but Workspaces follow from the records, so that only the records have to be stored.
"""

from __future__ import annotations

from collections.abc import Iterator

from sortedcontainers import SortedList

from ..clock import Millis
from .model.resources import PhoneCall, Record, Reservation, Task
from .model.statuses import WAITING

__all__ = ["ASSIGNED_LIFE_MS", "REMOVAL_MS", "Timers", "deadline", "purpose"]

REMOVAL_MS: Millis = 5 * 60 * 1000
"""Time from the end of a completed or canceled Task to its removal (reference 2.3)."""

ASSIGNED_LIFE_MS: Millis = 24 * 3600 * 1000
"""Time from acceptance to the removal of a Task that isn't completed (reference 2.3)."""


def deadline(record: Record) -> Millis | None:
    """Return the time at which ``record`` next changes by itself; None if it never does."""
    if isinstance(record, Reservation):
        return record.expires if record.reservation_status == "pending" else None
    if isinstance(record, PhoneCall):
        ends = record.stage_ends, record.ring_ends, record.ended_at and record.ended_at + ASSIGNED_LIFE_MS
        return min((end for end in ends if end is not None), default=None)
    if not isinstance(record, Task):
        return None
    if record.ended_at is not None:
        return record.ended_at + REMOVAL_MS
    if record.assignment_status not in WAITING:
        return None if record.assigned_at is None else record.assigned_at + ASSIGNED_LIFE_MS
    expires = record.date_created + record.timeout * 1000
    # A step times out only while no Reservation is pending: that one runs its course first (reference 4.3).
    if record.assignment_status == "pending" and record.step_ends is not None:
        return min(expires, record.step_ends)
    return expires


def purpose(record: Record) -> str:
    """Return the name of what happens to ``record`` at its :func:`deadline`, in a few words."""
    if isinstance(record, Reservation):
        return "reservation timeout"
    if isinstance(record, PhoneCall):
        return "call"
    if not isinstance(record, Task):
        return "time of day"
    if record.assignment_status not in WAITING:
        return "removal"
    return "task timeout" if deadline(record) == record.date_created + record.timeout * 1000 else "step timeout"


class Timers:
    """All deadlines of the emulator, the next one first, ties in order of the records' creation."""

    def __init__(self) -> None:
        self._due: SortedList[tuple[Millis, int, str, str]] = SortedList()
        self._of: dict[str, tuple[Millis, int, str, str]] = {}

    def __len__(self) -> int:
        return len(self._due)

    def __contains__(self, sid: str) -> bool:
        """Return True if the record ``sid`` has a deadline."""
        return sid in self._of

    def set(self, record: Record, due: Millis | None) -> None:
        """Set the deadline of ``record``, or remove it (None)."""
        before = self._of.get(record.sid)
        if before is not None:
            if before[0] == due:
                return
            self._due.remove(before)
            del self._of[record.sid]
        if due is not None:
            entry = self._of[record.sid] = (due, record.number, record.workspace_sid, record.sid)
            self._due.add(entry)

    def first(self) -> tuple[Millis, str, str] | None:
        """Return the next deadline as (due, workspace_sid, sid), or None."""
        if not self._due:
            return None
        due, _, workspace_sid, sid = self._due[0]
        return due, workspace_sid, sid

    def __iter__(self) -> Iterator[tuple[Millis, str, str]]:
        """Iterate over all deadlines in order, each as :meth:`first` returns it."""
        return ((due, workspace_sid, sid) for due, _, workspace_sid, sid in self._due)
