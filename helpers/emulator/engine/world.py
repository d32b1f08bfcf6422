"""All workspaces of the emulator, its counters and its timers."""

from __future__ import annotations

from collections.abc import Iterable

from .model.resources import Record, Workspace
from .state import WorkspaceState
from .timers import Timers, deadline

__all__ = ["World"]


class World:
    """Working state of the emulator, built from the stored records.

    ``records`` come in an order in which each follows those it refers to, as the store returns them.
    """

    def __init__(self, records: Iterable[Record] = (), last_event_number: int = 0) -> None:
        self.workspaces: dict[str, WorkspaceState] = {}
        self.timers = Timers()
        self._number = 0
        self._event_number = last_event_number
        for record in records:
            self._load(record)
        for state in self.workspaces.values():
            for task in state.tasks.values():
                if task.assignment_status == "pending":
                    state.wait(task)

    @property
    def numbers(self) -> tuple[int, int]:
        """Numbers of records and events created so far; settable, because deleted records don't show."""
        return self._number, self._event_number

    @numbers.setter
    def numbers(self, numbers: tuple[int, int]) -> None:
        self._number, self._event_number = numbers

    def next_number(self) -> int:
        """Return the number for a new record."""
        self._number += 1
        return self._number

    def next_event_number(self) -> int:
        """Return the number for a new event."""
        self._event_number += 1
        return self._event_number

    def of_account(self, account_sid: str) -> list[Workspace]:
        """Return an account's Workspaces in order of creation."""
        return [state.workspace for state in self.workspaces.values() if state.workspace.account_sid == account_sid]

    def _load(self, record: Record) -> None:
        """Add a stored record; the SIDs that all records of a Workspace repeat are shared, to save memory."""
        if isinstance(record, Workspace):
            self.workspaces[record.sid] = WorkspaceState(record)
        state = self.workspaces[record.workspace_sid]
        record.workspace_sid = state.workspace.sid
        record.account_sid = state.workspace.account_sid
        state.put(record)
        self.timers.set(record, deadline(record))
        self._number = max(self._number, record.number)
