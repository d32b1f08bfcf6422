"""Stream of messages about one Workspace, in which each continues the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...engine.model.changes import Changes
from ...engine.model.resources import Event
from ...engine.state import WorkspaceState
from ...engine.world import World
from .clock_body import clock_body
from .event_body import event_body
from .feed_message import FeedMessage
from .portal_records import GROUPS, records_of
from .touched import Touched

if TYPE_CHECKING:
    from ...inspection.inspector import RequestInspector
    from ...server.administration.administration import Administration

__all__ = ["Stream"]

_NEWEST = 200
"""Number of events in a message, and of requests."""


class Stream:
    """Stream for all who look at the same Workspace with the same account.

    Messages have these shapes; dates are epoch milliseconds, records are those of ``record_body``::

        {type: "state", boot, seq, at, mode, account_sid, names, workspaces, workspace, records, clock, events,
         requests}
        {type: "change", seq, at, records, gone, clock, events, requests, workspaces}

    A change has only the parts that are new: whole records by group and SID in ``records``, SIDs by group in ``gone``.
    ``seq`` counts up by one. After a state is replaced, or the Workspace is gone, a state follows in place of a change.
    """

    def __init__(
        self,
        controls: Administration,
        inspector: RequestInspector,
        boot: str,
        account_sid: str,
        workspace_sid: str | None,
    ) -> None:
        self._controls = controls
        self._inspector = inspector
        self._emulator = controls.emulator
        self._boot = boot
        self._account_sid = account_sid
        self._workspace_sid = workspace_sid
        self._seq = 0
        self._touched = Touched()
        self._events: list[Event] = []
        self._requests: dict[int, None] = {}
        self._known: tuple[World, bool] | None = None
        """World of the latest message, and whether the Workspace was in it."""
        self._clock: dict[str, Any] = {}
        self._workspaces: list[dict[str, str]] = []

    def whole(self) -> FeedMessage:
        """Return the state of now, which continues the latest message.

        Raises:
            StoreFailed: it can't be read.
        """
        state = self._state()
        self._known = self._emulator.world, state is None
        self._clock, self._workspaces = clock_body(self._controls, self._account_sid), self._names()
        self._touched.begin(state)
        self._events.clear()
        self._requests.clear()
        return FeedMessage(
            {
                "type": "state",
                "boot": self._boot,
                "seq": self._seq,
                "at": self._clock["now_ms"],
                "mode": "local",
                "account_sid": self._account_sid,
                "names": {},
                "workspaces": self._workspaces,
                "workspace": None if state is None else self._workspace_sid,
                "records": {group: {} for group in GROUPS.values()} if state is None else records_of(state),
                "clock": self._clock,
                "events": [] if state is None else self._newest_events(),
                "requests": self._inspector.summaries(most=_NEWEST, account_sid=self._account_sid),
            }
        )

    def note(self, noted: Iterable[Changes], requests: Iterable[int]) -> None:
        """Take in what commands changed, in any Workspace, and the numbers of requests that are new or have changed."""
        self._requests.update(dict.fromkeys(requests))
        for changes in noted:
            if _workspace_of(changes) == self._workspace_sid:
                self._touched.add(changes)
                self._events += changes.events

    def next(self) -> FeedMessage | None:
        """Return what changed since the latest message; None if nothing did.

        Raises:
            StoreFailed: it can't be read.
        """
        state = self._state()
        if (self._emulator.world, state is None) != self._known:
            self._seq += 1
            return self.whole()
        changed = self._changed_records(state) | self._changed_rest()
        if not changed:
            return None
        self._seq += 1
        return FeedMessage({"type": "change", "seq": self._seq, "at": self._emulator.clock.now(), **changed})

    def _changed_records(self, state: WorkspaceState | None) -> dict[str, Any]:
        if state is None:
            return {}
        records, gone = self._touched.take(state)
        events, self._events = self._events[-_NEWEST:], []
        found = {"records": records, "gone": gone, "events": self._event_bodies(events)}
        return {name: part for name, part in found.items() if part}

    def _changed_rest(self) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        if requests := self._changed_requests():
            changed["requests"] = requests
        clock, workspaces = clock_body(self._controls, self._account_sid), self._names()
        if _without_running_time(clock) != _without_running_time(self._clock):
            changed["clock"] = self._clock = clock
        if workspaces != self._workspaces:
            changed["workspaces"] = self._workspaces = workspaces
        return changed

    def _state(self) -> WorkspaceState | None:
        state = self._emulator.world.workspaces.get(self._workspace_sid or "")
        return state if state is not None and state.workspace.account_sid == self._account_sid else None

    def _names(self) -> list[dict[str, str]]:
        own = self._emulator.workspaces(self._account_sid)
        return [{"sid": workspace.sid, "friendly_name": workspace.friendly_name} for workspace in own]

    def _newest_events(self) -> list[dict[str, Any]]:
        after_all = self._emulator.world.numbers[1] + 1
        newest = self._emulator.store.events(self._workspace_sid, before_number=after_all, limit=_NEWEST)
        return self._event_bodies(reversed(newest))

    def _event_bodies(self, events: Iterable[Event]) -> list[dict[str, Any]]:
        return [event_body(event, self._inspector.cause_of_event(event.number)) for event in events]

    def _changed_requests(self) -> list[dict[str, Any]]:
        numbers, self._requests = list(self._requests)[-_NEWEST:], {}
        found = (self._inspector.summary(number, account_sid=self._account_sid) for number in numbers)
        return [summary for summary in found if summary is not None]


def _workspace_of(changes: Changes) -> str | None:
    """Return the SID of the Workspace that changes are in: each command works in one."""
    for group in (changes.saved.values(), changes.deleted.values(), changes.events):
        for each in group:
            return each.workspace_sid
    return None


def _without_running_time(clock: dict[str, Any]) -> dict[str, Any]:
    """Return a clock without what passes by itself."""
    return {name: value for name, value in clock.items() if name != "now_ms" or not clock["running"]}
