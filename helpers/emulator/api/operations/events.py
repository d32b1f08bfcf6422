"""Events: fetch and list."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine.index.sorted_index import Ordering, SortKey
from ...engine.model.event_types import unknown_types
from ...engine.model.refusals import NotFound
from ...engine.model.resources import Event
from ..formatters.event_json import event
from ..lists.paging import PAGING, list_page, page_size
from ..operation import Call, Operation, Result
from ..parameters.convertors import sid, text
from ..parameters.parameters import Parameters, filter_by
from ..parameters.time_windows import KEPT_MS, WINDOW, read_window

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/Events"
_ONE = f"{_LIST}/{{Sid}}"

_MOST_AT_ONCE = 1000

_FILTERS = (
    filter_by("EventType", text()),
    filter_by("ReservationSid", sid("WR")),
    filter_by("TaskQueueSid", sid("WQ")),
    filter_by("TaskSid", sid("WT")),
    filter_by("WorkerSid", sid("WK")),
    filter_by("WorkflowSid", sid("WW")),
    filter_by("TaskChannel", text()),
    filter_by("Sid", sid("EV")),
)


def _fetch(call: Call) -> Result:
    workspace = call.read().workspace
    found = call.emulator.store.event(workspace.sid, call.sid)
    if found is None or found.event_date_ms < call.now - KEPT_MS:
        raise NotFound(call.path)
    return Result(event(found))


def _list(call: Call) -> Result:
    call.read()
    if "event_type" in call.values:
        call.hints += unknown_types([call.values["event_type"]])
    return list_page(call, "events", _EventListing(call), event)


class _EventListing:
    """Events that a list asks for, read only as far as its page needs: at first as many as fit on it."""

    ordering: Ordering = ()

    def __init__(self, call: Call) -> None:
        window = read_window(call.values, call.now)
        self._start_ms = max(window.start_ms, call.now - KEPT_MS)
        self._end_ms = window.end_ms
        self._filters = {each.key: call.values[each.key] for each in _FILTERS if each.key in call.values}
        self._most = page_size(call) + 1
        self._call = call

    def after(self, key: SortKey | None) -> Iterator[Event]:
        """Return the events after ``key``, the nearest first; all of them without one."""
        return self._read("after_number", 0 if key is None else key[0])

    def before(self, key: SortKey) -> Iterator[Event]:
        """Return the events before ``key``, the nearest first."""
        return self._read("before_number", key[0])

    def _read(self, side: str, edge: int) -> Iterator[Event]:
        at_once = self._most
        while True:
            asked = {**self._filters, side: edge}
            batch = self._call.emulator.store.events(
                self._call.workspace_sid, start_ms=self._start_ms, end_ms=self._end_ms, limit=at_once, **asked
            )
            yield from batch
            if len(batch) < at_once:
                return
            edge, at_once = batch[-1].number, min(2 * at_once, _MOST_AT_ONCE)


OPERATIONS = (
    Operation("ListEvent", "GET", _LIST, _list, Parameters(*_FILTERS, *WINDOW, *PAGING), "event", "events"),
    Operation("FetchEvent", "GET", _ONE, _fetch, returns="event"),
)
