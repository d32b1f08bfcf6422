"""A workspace, read with GET requests alone and rebuilt as a copy that can be experimented on.

The copy runs on the emulator's own engine. So what is said about it follows the very rules by
which the emulator decides, for data from Twilio too, and nothing done to it touches the original.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

import msgspec

from helpers.emulator.clock import Clock, Millis
from helpers.emulator.emulator import Emulator
from helpers.emulator.engine.changes import Changes
from helpers.emulator.engine.document import Plan, read_plan
from helpers.emulator.engine.refusals import Refused
from helpers.emulator.engine.resources import (
    Activity,
    Record,
    Reservation,
    Task,
    TaskChannel,
    TaskQueue,
    Worker,
    WorkerChannel,
    Workflow,
    Workspace,
)
from helpers.emulator.engine.state import WorkspaceState
from helpers.emulator.sids import SeededSids
from helpers.emulator.store import Store
from helpers.explain.place import place_in_workflow

__all__ = ["CLOSELY_READ", "Replica", "read_replica"]

CLOSELY_READ = 200
"""Workers whose channels and Reservations are read, two requests each; the others' are assumed free."""

_PAGE = 1000
_EMPTY_PLAN = '{"task_routing":{"filters":[]}}'


@dataclass(frozen=True)
class Replica:
    """What was read, as records; each :meth:`copy` is independent of every other."""

    workspace_sid: str
    account_sid: str
    now: Millis
    records: tuple[Record, ...]
    broken: dict[str, str] = field(default_factory=dict)
    """Workflow SID → why its configuration cannot be followed here."""

    def copy(self) -> Emulator:
        """A fresh emulator that holds the workspace and nothing else; its clock stands still."""
        store = Store(None)
        store.commit(Changes(at=self.now, saved={record.sid: record for record in self.records}), {})
        return Emulator(store, Clock(self.now, running=False), SeededSids("copy"), {})

    def state(self) -> WorkspaceState:
        """The workspace in a fresh copy."""
        return self.copy().world.workspaces[self.workspace_sid]


def read_replica(workspace: Any) -> Replica:
    """Read everything that routing looks at.

    Args:
        workspace: the SDK's context of a workspace, ``client.taskrouter.v1.workspaces(sid)``.

    Raises:
        TwilioException: a request was refused.
    """
    numbers = count(1)
    instance = workspace.fetch()
    tasks = workspace.tasks.list(page_size=_PAGE)
    now = _service_time(tasks, instance)
    common = _Common(instance.account_sid, instance.sid, numbers)
    workers = workspace.workers.list(page_size=_PAGE)
    workflows, broken = _workflows(common, workspace.workflows.list(page_size=_PAGE))
    plans = {workflow.sid: read_plan(workflow.configuration) for workflow in workflows}
    channels = [_task_channel(common, each) for each in workspace.task_channels.list(page_size=_PAGE)]
    closely = workers[:CLOSELY_READ]
    reservations = [each for worker in closely for each in worker.reservations.list(page_size=_PAGE)]
    records: list[Record] = [
        _workspace(common, instance),
        *(_activity(common, each) for each in workspace.activities.list(page_size=_PAGE)),
        *channels,
        *(_worker(common, each, reservations) for each in workers),
        *_worker_channels(common, closely, workers[CLOSELY_READ:], channels),
        *(_task_queue(common, each) for each in workspace.task_queues.list(page_size=_PAGE)),
        *workflows,
        *(_task(common, each, plans, now) for each in tasks),
    ]
    known = {task.sid: task for task in tasks}
    records += [_reservation(common, each, known[each.task_sid]) for each in reservations if each.task_sid in known]
    return Replica(instance.sid, instance.account_sid, now, tuple(records), broken)


@dataclass(frozen=True)
class _Common:
    account_sid: str
    workspace_sid: str
    numbers: Iterator[int]

    def __call__(self, instance: Any) -> dict[str, Any]:
        """The fields all records share."""
        return {
            "sid": instance.sid,
            "account_sid": self.account_sid,
            "workspace_sid": self.workspace_sid,
            "number": next(self.numbers),
            "date_created": _millis(instance.date_created),
            "date_updated": _millis(instance.date_updated),
        }


def _millis(moment: datetime | None) -> Millis:
    return 0 if moment is None else int(moment.timestamp() * 1000)


def _service_time(tasks: list[Any], workspace: Any) -> Millis:
    """The service's own time: ages are counted to it, so any Task tells it, to the second."""
    ages = [_millis(task.date_created) + int(task.age) * 1000 for task in tasks]
    return max(ages, default=_millis(workspace.date_updated))


def _workspace(common: _Common, instance: Any) -> Workspace:
    return Workspace(
        **common(instance),
        friendly_name=instance.friendly_name,
        multi_task_enabled=bool(instance.multi_task_enabled),
        prioritize_queue_order=str(instance.prioritize_queue_order),
        default_activity_sid=instance.default_activity_sid,
        timeout_activity_sid=instance.timeout_activity_sid,
    )


def _activity(common: _Common, instance: Any) -> Activity:
    return Activity(**common(instance), friendly_name=instance.friendly_name, available=bool(instance.available))


def _task_channel(common: _Common, instance: Any) -> TaskChannel:
    return TaskChannel(
        **common(instance),
        friendly_name=instance.friendly_name,
        unique_name=instance.unique_name,
        channel_optimized_routing=instance.channel_optimized_routing,
    )


def _task_queue(common: _Common, instance: Any) -> TaskQueue:
    return TaskQueue(
        **common(instance),
        friendly_name=instance.friendly_name,
        target_workers=instance.target_workers,
        max_reserved_workers=instance.max_reserved_workers,
        task_order=str(instance.task_order),
        reservation_activity_sid=instance.reservation_activity_sid,
        assignment_activity_sid=instance.assignment_activity_sid,
    )


def _worker(common: _Common, instance: Any, reservations: Iterable[Any]) -> Worker:
    changed = _millis(instance.date_status_changed) or _millis(instance.date_created)
    touched = [_millis(each.date_updated) for each in reservations if each.worker_sid == instance.sid]
    return Worker(
        **common(instance),
        friendly_name=instance.friendly_name,
        activity_sid=instance.activity_sid,
        attributes=instance.attributes or "{}",
        date_status_changed=changed,
        idle_since=max([changed, *touched]),
    )


def _worker_channels(
    common: _Common, closely: list[Any], others: list[Any], channels: list[TaskChannel]
) -> Iterator[WorkerChannel]:
    for worker in closely:
        for each in worker.worker_channels.list(page_size=_PAGE):
            yield WorkerChannel(
                **common(each),
                worker_sid=worker.sid,
                task_channel_sid=each.task_channel_sid,
                configured_capacity=each.configured_capacity,
                available=bool(each.available),
                idle_since=_millis(worker.date_status_changed),
            )
    for worker in others:
        for channel in channels:
            made_up = {**common(worker), "sid": f"{worker.sid}:{channel.unique_name}"}
            yield WorkerChannel(**made_up, worker_sid=worker.sid, task_channel_sid=channel.sid, idle_since=0)


def _workflows(common: _Common, instances: Iterable[Any]) -> tuple[list[Workflow], dict[str, str]]:
    """The Workflows; one that cannot be read stands in with no filters, and why is said beside."""
    workflows, broken = [], {}
    for instance in instances:
        configuration = instance.configuration or _EMPTY_PLAN
        try:
            read_plan(configuration)
        except Refused as refused:
            broken[instance.sid] = refused.message
            configuration = _EMPTY_PLAN
        workflows.append(
            Workflow(
                **common(instance),
                friendly_name=instance.friendly_name,
                configuration=configuration,
                assignment_callback_url=instance.assignment_callback_url,
                task_reservation_timeout=instance.task_reservation_timeout,
            )
        )
    return workflows, broken


def _task(common: _Common, instance: Any, plans: dict[str, Plan], now: Millis) -> Task:
    created = _millis(instance.date_created)
    task = Task(
        **common(instance),
        workflow_sid=instance.workflow_sid if instance.workflow_sid in plans else None,
        task_channel_sid=instance.task_channel_sid,
        assignment_status=str(instance.assignment_status),
        attributes=_object_text(instance.attributes),
        priority=instance.priority,
        reason=instance.reason,
        timeout=instance.timeout,
        virtual_start_time=_millis(instance.virtual_start_time) or created,
        routing_target=instance.routing_target,
        ignore_capacity=instance.ignore_capacity,
        task_queue_sid=instance.task_queue_sid,
        task_queue_entered=_millis(instance.task_queue_entered_date) or created,
    )
    if task.workflow_sid is not None:
        place_in_workflow(task, plans[task.workflow_sid], now)
    return task


def _object_text(text: str | None) -> str:
    """Attributes that routing can read; anything but an object counts as empty."""
    try:
        value = msgspec.json.decode(text or "{}")
    except msgspec.DecodeError:
        return "{}"
    return text if text and isinstance(value, dict) else "{}"


def _reservation(common: _Common, instance: Any, task: Any) -> Reservation:
    return Reservation(
        **common(instance),
        task_sid=instance.task_sid,
        worker_sid=instance.worker_sid,
        task_queue_sid=task.task_queue_sid,
        reservation_status=str(instance.reservation_status),
    )
