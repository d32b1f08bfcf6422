"""Cumulative statistics of Workers: their Reservations, and their times in each Activity (reference 9.2f).

``events`` are those of the types in ``WORKER_EVENTS``, from the start of the window up to *now*: a change of
Activity after the window's end shows which Activity the Worker was in before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from ...clock import Millis
from ..model.resources import Event, Worker
from ..state import WorkspaceState
from .counting import RESERVATION_COUNTERS, count_reservations, select_by_channel, summarize_durations

__all__ = ["WORKER_EVENTS", "worker_cumulative", "workers_cumulative"]

WORKER_EVENTS = (*RESERVATION_COUNTERS.values(), "worker.activity.update")


def worker_cumulative(
    state: WorkspaceState,
    events: Iterable[Event],
    worker_sid: str,
    window: tuple[Millis, Millis],
    *,
    task_channel: str | None = None,
) -> dict[str, Any]:
    """Return the cumulative statistics of one Worker."""
    return workers_cumulative(state, events, window, worker_sids=[worker_sid], task_channel=task_channel)


def workers_cumulative(
    state: WorkspaceState,
    events: Iterable[Event],
    window: tuple[Millis, Millis],
    *,
    worker_sids: Collection[str] | None = None,
    task_channel: str | None = None,
) -> dict[str, Any]:
    """Return the cumulative statistics of all Workers of the Workspace, or of those named.

    Args:
        window: start and end in epoch milliseconds, both included.
        task_channel: SID or unique name; narrows the counters of Reservations. An Activity is on all channels.
    """
    start, end = window
    chosen = None if worker_sids is None else frozenset(worker_sids)
    about = [event for event in events if chosen is None or event.data.get("worker_sid") in chosen]
    within = [event for event in about if start <= event.event_date_ms <= end]
    workers = [worker for worker in state.workers.values() if chosen is None or worker.sid in chosen]
    return {
        **count_reservations(select_by_channel(within, task_channel)),
        "activity_durations": _activity_durations(state, about, workers, start, end),
    }


def _activity_durations(
    state: WorkspaceState, events: Iterable[Event], workers: Iterable[Worker], start: Millis, end: Millis
) -> list[dict[str, Any]]:
    """Return for every Activity the durations within the window, one for each time a Worker was in it."""
    changes: dict[str, list[Event]] = {}
    for event in events:
        if event.event_type == "worker.activity.update":
            changes.setdefault(event.resource_sid, []).append(event)
    stretches: dict[str, list[int]] = {sid: [] for sid in state.activities}
    for worker in workers:
        for activity_sid, since, until in _timeline(worker, changes.get(worker.sid, []), start):
            inside = min(until, end) - max(since, start)
            if inside > 0 and activity_sid in stretches:
                stretches[activity_sid].append(inside // 1000)
    return [
        {"sid": each.sid, "friendly_name": each.friendly_name, **summarize_durations(stretches[each.sid])}
        for each in state.activities.values()
    ]


def _timeline(worker: Worker, changes: Sequence[Event], start: Millis) -> Iterator[tuple[str, Millis, Millis]]:
    """Yield ``(activity_sid, since, until)``, one after another; the last one hasn't ended."""
    since = max(start, worker.date_created)
    for change in changes:
        yield change.data["worker_previous_activity_sid"], since, change.event_date_ms
        since = change.event_date_ms
    yield worker.activity_sid, since, _FOR_EVER


_FOR_EVER: Millis = 1 << 62
