"""Reader of a Workspace through the REST API: all of it once, then only what the events say has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from helpers.emulator.display.board.workspace_snapshot import LISTED, ClockFace, WorkspaceSnapshot
from helpers.emulator.display.events.event_order import place_in_moment
from helpers.emulator.engine.model.event_types import KEPT_MINUTES
from helpers.emulator.engine.model.statuses import WITH_WORKER
from helpers.emulator.sdk.sdk_reading import fetch_or_none, list_or_empty, read_list

__all__ = ["Reader"]

_KEPT_EVENTS = 200
CHANNELS_OF = 100
"""Number of Workers whose channels are read, at one request each."""

_RECENT_MINUTES = 10
_WIDER_MINUTES = (24 * 60, KEPT_MINUTES)
_WINDOW_LIMIT = 2000
_SINGLY = 20
"""Number of changed resources that are fetched one by one; for more, listing all again needs fewer requests."""


class Reader:
    """Keeper of the latest ``WorkspaceSnapshot`` of one Workspace; not thread-safe.

    Args:
        workspace: the SDK's context, of a client whose requests aren't recorded.
        clock: returns the time and the next timer.
    """

    def __init__(self, workspace: Any, clock: Callable[[], ClockFace]) -> None:
        self._workspace = workspace
        self._clock = clock
        self._snapshot: WorkspaceSnapshot | None = None

    def read(self) -> WorkspaceSnapshot:
        """Read what has changed and return the Workspace as it is now.

        Raises:
            TwilioException, requests.RequestException: a request failed; the next call reads everything again.
        """
        before, self._snapshot = self._snapshot, None
        clock = self._clock()
        self._snapshot = self._read_everything(clock) if before is None else self._follow(before, clock)
        return self._snapshot

    # -- everything ------------------------------------------------------------------------------

    def _read_everything(self, clock: ClockFace) -> WorkspaceSnapshot:
        # Events first: a change while the rest is read is then read again, not missed.
        events = self._recent_events()
        tasks = {task.sid: task for task in read_list(self._workspace.tasks, limit=LISTED)}
        workers = {worker.sid: worker for worker in read_list(self._workspace.workers, limit=LISTED)}
        return WorkspaceSnapshot(
            clock=clock,
            workspace=self._workspace.fetch(),
            activities=self._list("activities"),
            queues=self._list("task_queues"),
            workflows=self._list("workflows"),
            task_channels=self._list("task_channels"),
            workers=workers,
            channels={sid: self._channels(sid) for sid in list(workers)[:CHANNELS_OF]},
            tasks=tasks,
            reservations={sid: self._reservations(sid) for sid, task in tasks.items() if _was_offered(task, events)},
            events=events,
            cut=_cut(workers=workers, tasks=tasks),
        )

    def _recent_events(self) -> tuple[Any, ...]:
        found = self._events(minutes=_RECENT_MINUTES, limit=None)
        for minutes in _WIDER_MINUTES:
            if len(found) >= _KEPT_EVENTS:
                break
            wider = self._events(minutes=minutes)
            if len(wider) == _WINDOW_LIMIT:
                break  # the API gives the oldest first, so a list that was cut lacks the newest
            found = wider
        return tuple(found[-_KEPT_EVENTS:])

    # -- changes -----------------------------------------------------------------------------------

    def _follow(self, before: WorkspaceSnapshot, clock: ClockFace) -> WorkspaceSnapshot:
        if not before.events or clock.now < before.clock.now:
            return self._read_everything(clock)
        since = self._events(start_date=before.events[-1].event_date)
        known = {_identity(event) for event in before.events}
        new = [event for event in since if _identity(event) not in known]
        if _identity(before.events[-1]) not in map(_identity, since) or len(since) == _WINDOW_LIMIT:
            return self._read_everything(clock)  # the emulator was restarted, or too much has happened
        return self._reread(replace(before, clock=clock), new) if new else replace(before, clock=clock, trouble="")

    def _reread(self, snapshot: WorkspaceSnapshot, new: Sequence[Any]) -> WorkspaceSnapshot:
        kinds = {event.event_type.split(".")[0] for event in new}
        if "workspace" in kinds:
            return self._read_everything(snapshot.clock)
        workers, channels = self._reread_workers(snapshot, _collect_sids(new, "worker_sid"))
        tasks, reservations = self._reread_tasks(snapshot, _collect_sids(new, "task_sid"))
        return replace(
            snapshot,
            activities=self._list("activities") if "activity" in kinds else snapshot.activities,
            queues=self._list("task_queues") if "task-queue" in kinds else snapshot.queues,
            workflows=self._list("workflows") if "workflow" in kinds else snapshot.workflows,
            task_channels=self._list("task_channels") if "task-channel" in kinds else snapshot.task_channels,
            workers=workers,
            channels=channels,
            tasks=tasks,
            reservations=reservations,
            events=(*snapshot.events, *new)[-_KEPT_EVENTS:],
            cut=_cut(workers=workers, tasks=tasks),
            trouble="",
        )

    def _reread_workers(
        self, snapshot: WorkspaceSnapshot, sids: Sequence[str]
    ) -> tuple[dict[str, Any], dict[str, tuple[Any, ...]]]:
        workers = _reread_some(snapshot.workers, sids, self._workspace.workers)
        channels = {sid: channels for sid, channels in snapshot.channels.items() if sid in workers}
        for sid in sids:
            if sid in workers and (sid in channels or len(channels) < CHANNELS_OF):
                channels[sid] = self._channels(sid)
        return workers, channels

    def _reread_tasks(
        self, snapshot: WorkspaceSnapshot, sids: Sequence[str]
    ) -> tuple[dict[str, Any], dict[str, tuple[Any, ...]]]:
        tasks = _reread_some(snapshot.tasks, sids, self._workspace.tasks)
        reservations = {sid: kept for sid, kept in snapshot.reservations.items() if sid in tasks}
        for sid in sids:
            if sid in tasks and (tasks[sid].assignment_status != "pending" or sid in reservations):
                reservations[sid] = self._reservations(sid)
        return tasks, reservations

    # -- requests ----------------------------------------------------------------------------------

    def _events(self, limit: int | None = _WINDOW_LIMIT, **window: Any) -> list[Any]:
        found = read_list(self._workspace.events, limit=limit, **window)
        return sorted(found, key=lambda event: (int(event.event_date_ms), place_in_moment(event.event_type)))

    def _list(self, resources: str) -> tuple[Any, ...]:
        return tuple(read_list(getattr(self._workspace, resources), limit=LISTED))

    def _channels(self, worker_sid: str) -> tuple[Any, ...]:
        return tuple(list_or_empty(self._workspace.workers(worker_sid).worker_channels))

    def _reservations(self, task_sid: str) -> tuple[Any, ...]:
        return tuple(list_or_empty(self._workspace.tasks(task_sid).reservations))


def _reread_some(known: Any, sids: Sequence[str], resource: Any) -> dict[str, Any]:
    """Return ``known`` with the resources of ``sids`` as they are now, without those that are gone."""
    if len(sids) > _SINGLY:
        return {each.sid: each for each in read_list(resource, limit=LISTED)}
    now = dict(known)
    for sid in sids:
        found = fetch_or_none(resource(sid))
        if found is not None:
            now[sid] = found
        else:
            now.pop(sid, None)
    return now


def _cut(**found: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name.capitalize() for name, each in found.items() if len(each) >= LISTED)


def _collect_sids(events: Iterable[Any], name: str) -> list[str]:
    """Return the SIDs that the data of events has under ``name``, without duplicates."""
    found = (event.event_data.get(name) for event in events)
    return list(dict.fromkeys(sid for sid in found if sid))


def _identity(event: Any) -> tuple[Any, ...]:
    """Return a key for an event; its SID isn't enough, as a restarted emulator gives the same SIDs again."""
    return event.sid, event.event_type, event.resource_sid, event.event_date_ms


def _was_offered(task: Any, events: Iterable[Any]) -> bool:
    """Return True if the Task can have Reservations: it is with a Worker, or an event says that it was offered."""
    if task.assignment_status in WITH_WORKER:
        return True
    return any(
        event.event_type == "reservation.created" and event.event_data.get("task_sid") == task.sid for event in events
    )
