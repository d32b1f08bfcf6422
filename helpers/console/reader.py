"""Reads a Workspace over the REST API: all of it once, then only what the events say has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from twilio.base.exceptions import TwilioException

from helpers.emulator.display.board.event_order import place_in_moment
from helpers.emulator.display.board.workspace_snapshot import LISTED, ClockFace, WorkspaceSnapshot
from helpers.emulator.engine.model.event_types import KEPT_MINUTES
from helpers.emulator.engine.model.statuses import WITH_WORKER
from helpers.guide.hints.twilio_error import read_refusal

__all__ = ["KEPT_EVENTS", "Reader"]

KEPT_EVENTS = 200
CHANNELS_OF = 100
"""Workers whose channels are read, at one request each."""

_RECENT_MINUTES = 10
_WIDER_MINUTES = (24 * 60, KEPT_MINUTES)
_WINDOW_LIMIT = 2000
_SINGLY = 20
"""Beyond so many changed at once, listing all anew takes fewer requests."""


class Reader:
    """Keeps the latest ``WorkspaceSnapshot`` of one Workspace. Not for several threads at once.

    Args:
        workspace: the SDK's context, of a client whose requests nobody records.
        clock: gives the time and the next timer.
    """

    def __init__(self, workspace: Any, clock: Callable[[], ClockFace]) -> None:
        self._workspace = workspace
        self._clock = clock
        self._snapshot: WorkspaceSnapshot | None = None

    def read(self) -> WorkspaceSnapshot:
        """The Workspace as it is now.

        Raises:
            TwilioException, requests.RequestException: it cannot be read; the next call reads everything anew.
        """
        before, self._snapshot = self._snapshot, None
        clock = self._clock()
        self._snapshot = self._everything(clock) if before is None else self._followed(before, clock)
        return self._snapshot

    # -- everything ------------------------------------------------------------------------------

    def _everything(self, clock: ClockFace) -> WorkspaceSnapshot:
        # Events first: what happens while the rest is read will then be read again, not missed.
        events = self._recent_events()
        tasks = {task.sid: task for task in self._workspace.tasks.list(limit=LISTED, page_size=LISTED)}
        workers = {worker.sid: worker for worker in self._workspace.workers.list(limit=LISTED, page_size=LISTED)}
        return WorkspaceSnapshot(
            clock=clock,
            workspace=self._workspace.fetch(),
            activities=self._activities(),
            queues=self._queues(),
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
            if len(found) >= KEPT_EVENTS:
                break
            wider = self._events(minutes=minutes)
            if len(wider) == _WINDOW_LIMIT:
                break  # the API gives the oldest first, so a list that was cut lacks the newest
            found = wider
        return tuple(found[-KEPT_EVENTS:])

    # -- what has changed --------------------------------------------------------------------------

    def _followed(self, before: WorkspaceSnapshot, clock: ClockFace) -> WorkspaceSnapshot:
        if not before.events or clock.now < before.clock.now:
            return self._everything(clock)
        since = self._events(start_date=before.events[-1].event_date)
        known = {_identity(event) for event in before.events}
        new = [event for event in since if _identity(event) not in known]
        if _identity(before.events[-1]) not in map(_identity, since) or len(since) == _WINDOW_LIMIT:
            return self._everything(clock)  # another life of the emulator, or too much has happened
        return self._changed(replace(before, clock=clock), new) if new else replace(before, clock=clock, trouble="")

    def _changed(self, snapshot: WorkspaceSnapshot, new: Sequence[Any]) -> WorkspaceSnapshot:
        kinds = {event.event_type.split(".")[0] for event in new}
        if "workspace" in kinds:
            return self._everything(snapshot.clock)
        task_sids = _named(new, "task_sid")
        worker_sids = _named(new, "worker_sid")
        workers, channels = self._workers_again(snapshot, worker_sids)
        tasks, reservations = self._tasks_again(snapshot, task_sids)
        return replace(
            snapshot,
            activities=self._activities() if "activity" in kinds else snapshot.activities,
            queues=self._queues() if "task-queue" in kinds else snapshot.queues,
            workers=workers,
            channels=channels,
            tasks=tasks,
            reservations=reservations,
            events=(*snapshot.events, *new)[-KEPT_EVENTS:],
            cut=_cut(workers=workers, tasks=tasks),
            trouble="",
        )

    def _workers_again(
        self, snapshot: WorkspaceSnapshot, sids: Sequence[str]
    ) -> tuple[dict[str, Any], dict[str, tuple[Any, ...]]]:
        workers = _again(snapshot.workers, sids, self._workspace.workers)
        channels = {sid: channels for sid, channels in snapshot.channels.items() if sid in workers}
        for sid in sids:
            if sid in workers and (sid in channels or len(channels) < CHANNELS_OF):
                channels[sid] = self._channels(sid)
        return workers, channels

    def _tasks_again(
        self, snapshot: WorkspaceSnapshot, sids: Sequence[str]
    ) -> tuple[dict[str, Any], dict[str, tuple[Any, ...]]]:
        tasks = _again(snapshot.tasks, sids, self._workspace.tasks)
        reservations = {sid: kept for sid, kept in snapshot.reservations.items() if sid in tasks}
        for sid in sids:
            if sid in tasks and (tasks[sid].assignment_status != "pending" or sid in reservations):
                reservations[sid] = self._reservations(sid)
        return tasks, reservations

    # -- requests ----------------------------------------------------------------------------------

    def _events(self, limit: int | None = _WINDOW_LIMIT, **window: Any) -> list[Any]:
        found = self._workspace.events.list(**window, limit=limit, page_size=1000)
        return sorted(found, key=lambda event: (int(event.event_date_ms), place_in_moment(event.event_type)))

    def _activities(self) -> tuple[Any, ...]:
        return tuple(self._workspace.activities.list(limit=LISTED))

    def _queues(self) -> tuple[Any, ...]:
        return tuple(self._workspace.task_queues.list(limit=LISTED))

    def _channels(self, worker_sid: str) -> tuple[Any, ...]:
        return tuple(_or_nothing(lambda: self._workspace.workers(worker_sid).worker_channels.list()))

    def _reservations(self, task_sid: str) -> tuple[Any, ...]:
        return tuple(_or_nothing(lambda: self._workspace.tasks(task_sid).reservations.list()))


def _again(known: Any, sids: Sequence[str], resource: Any) -> dict[str, Any]:
    """``known`` with the resources of ``sids`` as they are now; one that is gone is left out."""
    if len(sids) > _SINGLY:
        return {each.sid: each for each in resource.list(limit=LISTED, page_size=LISTED)}
    now = dict(known)
    for sid in sids:
        now.pop(sid, None) if (found := _fetched(resource(sid))) is None else now.update({sid: found})
    return now


def _fetched(context: Any) -> Any | None:
    found = _or_nothing(lambda: [context.fetch()])
    return found[0] if found else None


def _or_nothing(request: Callable[[], list[Any]]) -> list[Any]:
    """What ``request`` gives; nothing if what it asks for was removed meanwhile."""
    try:
        return request()
    except TwilioException as error:
        refused = read_refusal(error)
        if refused is None or refused.status != 404:
            raise
        return []


def _cut(**found: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name.capitalize() for name, each in found.items() if len(each) >= LISTED)


def _named(events: Iterable[Any], name: str) -> list[str]:
    """The SIDs that events give under ``name``, each once."""
    found = (event.event_data.get(name) for event in events)
    return list(dict.fromkeys(sid for sid in found if sid))


def _identity(event: Any) -> tuple[Any, ...]:
    """What tells an event apart, also from one of an earlier life of the emulator that had the same SID."""
    return event.sid, event.event_type, event.resource_sid, event.event_date_ms


def _was_offered(task: Any, events: Iterable[Any]) -> bool:
    """Whether the Task may have Reservations: it is or was with a Worker, as far as the events reach."""
    if task.assignment_status in WITH_WORKER:
        return True
    return any(
        event.event_type == "reservation.created" and event.event_data.get("task_sid") == task.sid for event in events
    )
