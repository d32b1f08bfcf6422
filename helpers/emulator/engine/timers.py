"""When each record next needs attention without anybody asking.

Deadlines are read off the records, so nothing but the records has to be stored.
"""

from __future__ import annotations

from collections.abc import Iterator

from sortedcontainers import SortedList

from ..clock import Millis
from .model.resources import Record, Reservation, Task
from .model.statuses import WAITING

__all__ = ["ASSIGNED_LIFE_MS", "REMOVAL_MS", "Timers", "deadline", "purpose"]

REMOVAL_MS: Millis = 5 * 60 * 1000
"""A completed or canceled Task disappears this long after its end (reference 2.3)."""

ASSIGNED_LIFE_MS: Millis = 24 * 3600 * 1000
"""An assigned Task that nobody completes is removed after this time (reference 2.3)."""


def deadline(record: Record) -> Millis | None:
    """The next moment at which ``record`` changes by itself; None if it never does."""
    if isinstance(record, Reservation):
        return record.expires if record.reservation_status == "pending" else None
    if not isinstance(record, Task):
        return None
    if record.ended_at is not None:
        return record.ended_at + REMOVAL_MS
    if record.assignment_status not in WAITING:
        return None if record.assigned_at is None else record.assigned_at + ASSIGNED_LIFE_MS
    expires = record.date_created + record.timeout * 1000
    # A step ends only while nobody is being asked: a Reservation runs its course first (reference 4.3).
    if record.assignment_status == "pending" and record.step_ends is not None:
        return min(expires, record.step_ends)
    return expires


def purpose(record: Record) -> str:
    """What happens to ``record`` at its :func:`deadline`, in a word or two."""
    if isinstance(record, Reservation):
        return "reservation timeout"
    if not isinstance(record, Task):
        return "time of day"
    if record.assignment_status not in WAITING:
        return "removal"
    return "task timeout" if deadline(record) == record.date_created + record.timeout * 1000 else "step timeout"


class Timers:
    """All deadlines of the emulator, the next one first; ties in order of creation."""

    def __init__(self) -> None:
        self._due: SortedList[tuple[Millis, int, str, str]] = SortedList()
        self._of: dict[str, tuple[Millis, int, str, str]] = {}

    def __len__(self) -> int:
        return len(self._due)

    def __contains__(self, sid: str) -> bool:
        """Whether the record ``sid`` is to be looked at."""
        return sid in self._of

    def set(self, record: Record, due: Millis | None) -> None:
        """Let ``record`` be looked at when ``due``, or not at all (None)."""
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
        """The next deadline: ``(due, workspace_sid, sid)``."""
        if not self._due:
            return None
        due, _, workspace_sid, sid = self._due[0]
        return due, workspace_sid, sid

    def __iter__(self) -> Iterator[tuple[Millis, str, str]]:
        """Every deadline in order, as :meth:`first` gives it."""
        return ((due, workspace_sid, sid) for due, _, workspace_sid, sid in self._due)
