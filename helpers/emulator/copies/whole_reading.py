"""Reading of a whole Workspace: all that ``explain`` would read of any Task in it, with its events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ..display.events.event_order import place_in_moment
from ..display.safe_text import pluralize
from ..engine.event_data import text
from ..engine.model.resources import Event, Task
from ..engine.model.statuses import ENDED, OPEN_TASKS
from ..explanations.reading.records import millis
from ..explanations.reading.replica import Replica
from ..explanations.reading.workspace_reader import Reading
from ..sdk.sdk_reading import list_or_empty, read_list

__all__ = ["read_whole"]

_MOST_ENDED = 1_000
"""Number of ended Tasks that are read; TaskRouter removes them five minutes after their end."""

_MOST_CLOSE_TASKS = 500
"""Number of open Tasks whose Reservations are read, one request each."""

_MOST_EVENTS = 10_000

_TOLD_OF = ("task.", "task-queue.", "reservation.", "workflow.")
_DATES = ("task_date_created", "task_queue_entered_date", "task_virtual_start_time")
"""Fields of an event that are epoch seconds in TaskRouter's answers, and milliseconds in our records."""


def read_whole(workspace: Any, most_workers: int) -> tuple[Replica, list[Event], list[str]]:
    """Read a Workspace with GET requests, one or two for each Worker and one for each open Task among them.

    Args:
        workspace: the SDK's context of a Workspace.
        most_workers: number of Workers whose channels are read; those of others are assumed free.

    Returns:
        Its records, its events as records, and sentences about what wasn't read.

    Raises:
        TwilioException: a request was refused.
    """
    reading = _WholeReading(workspace, most_workers)
    replica = reading.replica()
    return replica, reading.event_records(replica), [*replica.unread, *reading.left_out]


class _WholeReading(Reading):
    """Reader that remembers the events it read."""

    def __init__(self, workspace: Any, most_workers: int) -> None:
        super().__init__(workspace, most_workers=most_workers)
        self.left_out: list[str] = []
        self._events: dict[str, Any] = {}

    def event_records(self, replica: Replica) -> list[Event]:
        """Return the events that explanations read: those about Tasks and Reservations, oldest first."""
        found = [each for each in self._events.values() if each.event_type.startswith(_TOLD_OF)]
        told = [each for each in found if each.resource_type in ("task", "reservation")]
        told.sort(key=lambda each: (_moment(each), place_in_moment(each.event_type)))
        account_sid = replica.records[0].account_sid
        return [_record(each, number, account_sid, replica.workspace_sid) for number, each in enumerate(told, 1)]

    def _read_tasks(self) -> list[Any]:
        """Return the open Tasks and those that ended lately, in order of creation."""
        tasks = super()._read_tasks()
        ended = read_list(self._given.tasks, assignment_status=list(ENDED), limit=_MOST_ENDED)
        if len(ended) == _MOST_ENDED:
            self.left_out.append(f"{_MOST_ENDED:,} ended Tasks were read; further ones, if there are any, were not.")
        latest = {each.sid: each for each in [*tasks, *ended]}  # one that ended between the two requests is in both
        self._read_histories(latest.values())
        return sorted(latest.values(), key=lambda each: millis(each.date_created))

    def _read_histories(self, tasks: Iterable[Any]) -> None:
        since = min((each.date_created for each in tasks if each.date_created is not None), default=None)
        if since is None:
            return
        found = read_list(self._given.events, start_date=since, limit=_MOST_EVENTS)
        if len(found) == _MOST_EVENTS:
            self.left_out.append(f"{_MOST_EVENTS:,} events were read; what happened to a Task can have gaps.")
        self._remember(found)

    def _read_events(self, event_type: str, since: datetime) -> list[Any]:
        return self._remember(super()._read_events(event_type, since))

    def _remember(self, events: list[Any]) -> list[Any]:
        self._events |= {each.sid: each for each in events}
        return events

    def _read_offers(self, tasks: Mapping[str, Task]) -> list[Any]:
        """Return the Reservations of open Tasks; those of a Task that vanishes meanwhile are nobody's."""
        waiting = [task.sid for task in tasks.values() if task.assignment_status in OPEN_TASKS]
        if len(waiting) > _MOST_CLOSE_TASKS:
            self.left_out.append(
                f"Reservations were read of {pluralize(_MOST_CLOSE_TASKS, 'open Task')} out of {len(waiting):,}, the "
                "oldest; an earlier rejection of another one is not known."
            )
        close = waiting[:_MOST_CLOSE_TASKS]
        return [each for sid in close for each in list_or_empty(self._given.tasks(sid).reservations)]


def _moment(event: Any) -> int:
    return event.event_date_ms or millis(event.event_date)


def _record(event: Any, number: int, account_sid: str, workspace_sid: str) -> Event:
    given = event.event_data if isinstance(event.event_data, dict) else {}
    data = {name: text(value) for name, value in given.items() if isinstance(value, str | int | float)}
    return Event(
        sid=event.sid,
        account_sid=account_sid,
        workspace_sid=workspace_sid,
        number=number,
        event_type=event.event_type,
        event_date_ms=_moment(event),
        description=event.description or "",
        resource_type=event.resource_type,
        resource_sid=event.resource_sid or "",
        actor_type="workspace",
        actor_sid=workspace_sid,
        data=data | {name: _in_milliseconds(data[name]) for name in _DATES if name in data},
    )


def _in_milliseconds(seconds: str) -> str:
    return f"{seconds}000" if seconds.isdigit() else "0"
