"""Reader of a workspace through the SDK: with GET requests only, all that routing uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any

from ...clock import Millis
from ...display.safe_text import pluralize
from ...engine.model import defaults
from ...engine.model.refusals import Refused
from ...engine.model.resources import (
    Activity,
    Reservation,
    Task,
    TaskChannel,
    Worker,
    WorkerChannel,
    Workflow,
)
from ...engine.model.statuses import OPEN_TASKS, UNACCEPTED_ENDS, WAITING
from ...engine.model.workflow_configuration import RoutingPlan, read_plan
from ...engine.state import bypasses_workflow
from ...expressions import ExpressionError, Scope, parse
from ...sdk.sdk_reading import PAGE, list_or_empty, read_list
from .records import CURRENT, EARLIER, Recorder, is_object, millis
from .replica import Replica
from .workflow_position import StepEntry, place_in_workflow

__all__ = ["CLOSELY_READ", "Reading", "read_replica"]

CLOSELY_READ = 200
"""Number of Workers whose channels are read, one request each; those of others are assumed free."""

_MOST_TASKS = 10_000
"""Number of Tasks that are read, a thousand a request."""

_STEP, _MOST_EVENTS = "workflow.target-matched", 5_000
_ENDS = [f"reservation.{end}" for end in ("completed", *UNACCEPTED_ENDS)]
_NO_FILTERS = '{"task_routing":{"filters":[]}}'


def read_replica(workspace: Any, *, task: Any = None, worker: Any = None) -> Replica:
    """Read everything that routing uses.

    Args:
        workspace: the SDK's context of a workspace, ``client.taskrouter.v1.workspaces(sid)``.
        task: an instance to include in any case; the members of its queue are read first.
        worker: an instance to read first.

    Raises:
        TwilioException: a request was refused.
    """
    return Reading(workspace, task=task, worker=worker).replica()


class Reading:
    """Reader of a workspace, with about fifteen requests and one or two for each Worker that is read closely."""

    def __init__(
        self, workspace: Any, *, task: Any = None, worker: Any = None, most_workers: int = CLOSELY_READ
    ) -> None:
        self._given = workspace
        self._task = task
        self._worker = worker
        self._most_workers = most_workers
        self._broken: dict[str, str] = {}
        self._unread: list[str] = []
        self._assumed: set[str] = set()
        self._instances: list[Any] = []
        self._instance = workspace.fetch()
        self._record = Recorder(self._instance.account_sid, self._instance.sid, count(1))

    def replica(self) -> Replica:
        """Return all records, in an order in which each comes after those it refers to."""
        record, given = self._record, self._given
        tasks = self._read_tasks()
        now = self._service_time(tasks)
        activities = [record.activity(each) for each in read_list(given.activities)]
        channels = [record.task_channel(each) for each in read_list(given.task_channels)]
        queues = [record.task_queue(each, self._target_workers(each)) for each in read_list(given.task_queues)]
        workflows = [record.workflow(each, self._configuration(each)) for each in read_list(given.workflows)]
        placed = self._place_tasks(tasks, workflows, now)
        workers, worker_channels, reservations = self._people(channels, placed, workflows)
        activities += self._stand_ins({each.sid for each in activities})
        records = (record.workspace(self._instance), *activities, *channels, *workers, *worker_channels)
        earlier = [record.earlier_workflow(each) for each in workflows]
        records += (*queues, *workflows, *earlier, *placed.values(), *reservations)
        return Replica(self._instance.sid, now, records, self._broken, tuple(self._unread), frozenset(self._assumed))

    def _read_tasks(self) -> list[Any]:
        tasks = read_list(self._given.tasks, assignment_status=list(OPEN_TASKS), limit=_MOST_TASKS)
        if len(tasks) == _MOST_TASKS:
            self._unread.append(f"{_MOST_TASKS:,} open Tasks were read. If there are more, they weren't read.")
        known = {task.sid for task in tasks}
        return tasks if self._task is None or self._task.sid in known else [*tasks, self._task]

    def _service_time(self, tasks: list[Any]) -> Millis:
        """Return the service's time to the second, from the age of a Task or the end of the statistics."""
        ages = [millis(task.date_created) + int(task.age) * 1000 for task in tasks if task.age is not None]
        if ages:
            return max(ages)
        return millis(self._given.cumulative_statistics().fetch().end_time) or millis(self._instance.date_updated)

    def _target_workers(self, instance: Any) -> str | None:
        text: str | None = instance.target_workers
        try:
            if text and text.strip():
                parse(text, scope=Scope.WORKER)
        except ExpressionError as error:
            self._broken[instance.sid] = error.explain()
            return ""
        return text

    def _configuration(self, instance: Any) -> str:
        """Return the configuration, or one without filters if it can't be read; the error goes to ``broken``."""
        configuration: str = instance.configuration or _NO_FILTERS
        try:
            read_plan(configuration)
        except Refused as refused:
            self._broken[instance.sid] = refused.message
            return _NO_FILTERS
        return configuration

    def _place_tasks(self, tasks: list[Any], workflows: list[Workflow], now: Millis) -> dict[str, Task]:
        plans = {workflow.sid: read_plan(workflow.configuration) for workflow in workflows}
        entries = self._entries(tasks, plans)
        updates = {workflow.sid: workflow.date_updated for workflow in workflows}
        placed = {}
        for each in tasks:
            if not is_object(each.attributes):
                self._broken[each.sid] = each.attributes
            task = self._record.task(each, each.workflow_sid if each.workflow_sid in plans else None)
            if task.workflow_sid is not None and not bypasses_workflow(task):
                came = entries.get(task.sid, ())
                place_in_workflow(task, plans[task.workflow_sid], now, came)
                updated = updates[task.workflow_sid]
                task.revision = CURRENT if updated <= task.date_created or _was_led_again(came, updated) else EARLIER
            placed[task.sid] = task
        return placed

    def _entries(self, tasks: list[Any], plans: Mapping[str, RoutingPlan]) -> Mapping[str, Iterable[StepEntry]]:
        """Return how each waiting Task came to its steps, oldest first; nothing where there was too much to read."""
        waiting = [each for each in tasks if each.workflow_sid in plans and each.assignment_status in WAITING]
        since = min((each.date_created for each in waiting if each.date_created is not None), default=None)
        if since is None:
            return {}
        events = self._read_events(_STEP, since)
        entries: defaultdict[str, list[StepEntry]] = defaultdict(list)
        for event in events if len(events) < _MOST_EVENTS else []:
            entries[event.resource_sid].append(StepEntry.told_by(event))
        return {sid: sorted(each, key=lambda entry: entry.at) for sid, each in entries.items()}

    def _read_events(self, event_type: str, since: datetime) -> list[Any]:
        return read_list(self._given.events, event_type=event_type, start_date=since, limit=_MOST_EVENTS)

    # -- Workers ---------------------------------------------------------------------------------

    def _people(
        self, channels: list[TaskChannel], tasks: dict[str, Task], workflows: list[Workflow]
    ) -> tuple[list[Worker], list[WorkerChannel], list[Reservation]]:
        instances = read_list(self._given.workers)
        closely = {each.sid: each for each in self._nearest_first(instances)[: self._most_workers]}
        self._assumed = {each.sid for each in instances} - set(closely)
        if self._assumed:
            first = "available ones" if self._task is None else "members of the queue"
            self._unread.append(
                f"There are {len(instances):,} Workers. Channels and Reservations were read for {len(closely)} of "
                f"them, {first} first. The others count as free."
            )
        own_channels = {sid: list_or_empty(each.worker_channels) for sid, each in closely.items()}
        gone = [sid for sid, own in own_channels.items() if not own]
        if gone:
            self._unread.append(f"Deleted while this was being read, and left out: {pluralize(len(gone), 'Worker')}.")
        instances = self._instances = [each for each in instances if each.sid not in gone]
        held = {sid: self._read_held(closely[sid], own) for sid, own in own_channels.items()}
        for each in instances:
            if not is_object(each.attributes):
                self._broken[each.sid] = each.attributes
        rested = self._read_rest(instances)
        workers = [self._record.worker(each, held.get(each.sid, ()), rested.get(each.sid, 0)) for each in instances]
        worker_channels = list(self._channels(workers, own_channels, channels))
        timeouts = {workflow.sid: workflow.task_reservation_timeout for workflow in workflows}
        reservations = list(self._reservations(held, tasks, timeouts))
        return workers, worker_channels, reservations

    def _read_rest(self, instances: list[Any]) -> Mapping[str, Millis]:
        """Return the time at which a Worker's latest Reservation ended: the Worker idle longest comes first."""
        since = sorted(each.date_status_changed for each in instances if each.available and each.date_status_changed)
        rested: dict[str, Millis] = {}
        for kind in _ENDS if len(since) > 1 else ():
            for event in self._read_events(kind, since[0]):
                data = event.event_data if isinstance(event.event_data, dict) else {}
                sid = data.get("worker_sid", "")
                rested[sid] = max(rested.get(sid, 0), event.event_date_ms or millis(event.event_date))
        return rested

    def _stand_ins(self, known: set[str]) -> list[Activity]:
        """Return the Activities of Workers that the list didn't have, because they changed while it was read."""
        missing = {each.activity_sid: each for each in self._instances if each.activity_sid not in known}
        return [self._record.activity_of(each) for each in missing.values()]

    def _nearest_first(self, instances: list[Any]) -> list[Any]:
        """Return the Workers in this order: ``worker``, members of the Task's queue, available ones, the others."""
        queue_sid = None if self._task is None else self._task.task_queue_sid
        members: set[str] = set()
        if len(instances) > self._most_workers and queue_sid is not None:
            found = read_list(self._given.workers, task_queue_sid=queue_sid, limit=PAGE)
            members = {each.sid for each in found}
        chosen = None if self._worker is None else self._worker.sid
        return sorted(instances, key=lambda each: (each.sid != chosen, each.sid not in members, not each.available))

    def _read_held(self, worker: Any, channels: Iterable[Any]) -> list[Any]:
        """Return the Worker's Reservations, without a request if no channel has assigned Tasks or less capacity."""
        carries = any(each.assigned_tasks or each.available_capacity_percentage != 100 for each in channels)
        return list_or_empty(worker.reservations) if carries else []

    def _channels(
        self, workers: list[Worker], read: Mapping[str, list[Any]], channels: list[TaskChannel]
    ) -> Iterator[WorkerChannel]:
        for worker in workers:
            for each in read.get(worker.sid, ()):
                yield self._record.worker_channel(each, worker)
            if worker.sid not in read:
                yield from (self._record.assume_channel(worker, each) for each in channels)

    def _reservations(
        self, held: Mapping[str, list[Any]], tasks: dict[str, Task], timeouts: Mapping[str, int]
    ) -> Iterator[Reservation]:
        own = self._read_offers(tasks)
        every = {each.sid: each for each in [*own, *(each for group in held.values() for each in group)]}
        for each in sorted(every.values(), key=lambda each: (millis(each.date_created), each.sid)):
            task = tasks.get(each.task_sid)
            if task is not None:
                yield self._record.reservation(
                    each, task, timeouts.get(task.workflow_sid or "", defaults.RESERVATION_TIMEOUT)
                )

    def _read_offers(self, tasks: Mapping[str, Task]) -> list[Any]:
        """Return the Reservations of those Tasks that are read closely: here of the one that is explained."""
        return [] if self._task is None else list_or_empty(self._given.tasks(self._task.sid).reservations)


def _was_led_again(came: Iterable[StepEntry], updated: Millis) -> bool:
    """Return True if a Task came to a step within a second of its Workflow's update, as by ``re_evaluate_tasks``."""
    return any(entry.at // 1000 == updated // 1000 for entry in came)
