"""Records of one Workspace, with the indexes that routing needs.

Records are changed in place and then handed to :meth:`WorkspaceState.put`, which updates the indexes;
:meth:`WorkspaceState.drop` removes one. Nothing else changes the indexes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from .index.backlog import Backlog
from .index.membership import Membership
from .index.name_index import NameIndex
from .index.readiness import Readiness
from .index.reservation_index import ReservationIndex, take_out
from .index.table import RecordTable
from .model import capacity
from .model.resources import (
    Activity,
    PhoneCall,
    Record,
    Reservation,
    Task,
    TaskChannel,
    TaskQueue,
    Worker,
    WorkerChannel,
    Workflow,
    WorkflowRevision,
    Workspace,
)
from .model.workflow_configuration import RoutingPlan, Target, read_plan

__all__ = ["WorkspaceState", "bypasses_workflow", "revision_key", "waits_for_worker"]


class WorkspaceState:
    """State of one Workspace. Its tables are dicts by SID, in order of creation."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.membership = membership = Membership()
        self.activities = RecordTable[Activity](groups=("available", "friendly_name"))
        self.task_channels = RecordTable[TaskChannel]()
        self.task_queues = RecordTable[TaskQueue](groups=("friendly_name",), orders=("date_updated",))
        self.workers = RecordTable[Worker](
            groups=("activity_sid", "friendly_name"),
            orders=("date_status_changed",),
            several={"task_queue_sid": lambda worker: tuple(membership.queues(worker.sid))},
        )
        self.worker_channels = RecordTable[WorkerChannel]()
        self.workflows = RecordTable[Workflow](groups=("friendly_name",))
        self.workflow_revisions = RecordTable[WorkflowRevision]()
        self.tasks = RecordTable[Task](
            groups=("assignment_status", "routing_target", "task_channel_sid", "task_queue_sid", "workflow_sid"),
            orders=("date_created", "in_queue_since", "priority", "virtual_start_time"),
        )
        self.reservations = RecordTable[Reservation]()
        self.phone_calls = RecordTable[PhoneCall]()
        self.backlog = Backlog()
        self.readiness = Readiness()
        self.direct: dict[str, dict[str, None]] = {}
        """Worker SID → SIDs of the Tasks that wait for that Worker only (``RoutingTarget``)."""
        self._channels: dict[str, dict[str, WorkerChannel]] = {}
        self._channel_names: dict[str, str] = {}
        self._held = ReservationIndex()
        self._worker_names = NameIndex()
        self._queue_names = NameIndex()
        self._by_kind: dict[str, RecordTable[Any]] = {
            "workspace": RecordTable[Workspace](),
            "activity": self.activities,
            "task_channel": self.task_channels,
            "worker": self.workers,
            "worker_channel": self.worker_channels,
            "task_queue": self.task_queues,
            "workflow": self.workflows,
            "workflow_revision": self.workflow_revisions,
            "task": self.tasks,
            "reservation": self.reservations,
            "phone_call": self.phone_calls,
        }

    # -- looking things up -------------------------------------------------------------------

    def channel(self, key: str) -> TaskChannel | None:
        """Return the TaskChannel with this SID or unique name, or None."""
        return self.task_channels.get(self._channel_names.get(key, key))

    def channels_of(self, worker_sid: str) -> dict[str, WorkerChannel]:
        """Return a Worker's channels by TaskChannel SID."""
        return self._channels.get(worker_sid, {})

    def worker_channel(self, worker_sid: str, key: str) -> WorkerChannel | None:
        """Return a Worker's channel by its own SID, or its TaskChannel's SID or unique name; None if unknown."""
        by_sid = self.worker_channels.get(key)
        if by_sid is not None:
            return by_sid if by_sid.worker_sid == worker_sid else None
        channel = self.channel(key)
        return None if channel is None else self.channels_of(worker_sid).get(channel.sid)

    def reservations_of_task(self, task_sid: str) -> list[Reservation]:
        """Return a Task's Reservations in order of creation."""
        return list(self._held.of_task(task_sid))

    def last_reservation(self, task_sid: str) -> Reservation | None:
        """Return a Task's latest Reservation, or None."""
        return self._held.last_of_task(task_sid)

    def reservations_of_worker(self, worker_sid: str) -> list[Reservation]:
        """Return a Worker's Reservations in order of creation."""
        return list(self._held.of_worker(worker_sid))

    def members(self, task_queue_sid: str) -> Collection[str]:
        """Return the SIDs of the Workers that match the queue's ``target_workers``."""
        return self.membership.workers(task_queue_sid).keys()

    def open_reservations(self, worker_sid: str, task_channel_sid: str) -> Collection[Reservation]:
        """Return the Reservations that use the Worker's capacity on a TaskChannel."""
        return self._held.open_on(worker_sid, task_channel_sid)

    def used_capacity(self, channel: WorkerChannel) -> int:
        """Return the number of open Reservations on the channel."""
        return len(self.open_reservations(channel.worker_sid, channel.task_channel_sid))

    def held(self, channel: WorkerChannel) -> dict[str, int]:
        """Return how many Reservations on the channel are accepted, pending and wrapping."""
        return capacity.count_held(self.open_reservations(channel.worker_sid, channel.task_channel_sid))

    def assigned_tasks(self, channel: WorkerChannel) -> int:
        """Return the number of accepted Reservations on the channel."""
        return capacity.assigned_tasks(self.open_reservations(channel.worker_sid, channel.task_channel_sid))

    def available_capacity_percentage(self, channel: WorkerChannel) -> int:
        """Return the channel's free capacity in per cent, rounded down."""
        return capacity.available_capacity_percentage(channel, self.used_capacity(channel))

    def activity_counts(self, task_queue_sid: str | None = None) -> dict[str, int]:
        """Return the number of Workers in each Activity, by its SID; of one queue, or of the Workspace."""
        counts = self.membership.activity_counts(task_queue_sid)
        return {sid: counts[sid] for sid in self.activities}

    def why_no_room(self, worker: Worker, channel: WorkerChannel) -> capacity.CapacityRule | None:
        """Return the first rule that keeps another Reservation from a Worker on a channel, or None."""
        multi_task = self.workspace.multi_task_enabled
        channels = [channel] if multi_task else list(self.channels_of(worker.sid).values())
        return capacity.why_no_room(
            activity_available=self.activities[worker.activity_sid].available,
            channel=channel,
            open_here=sum(self.used_capacity(each) for each in channels),
            multi_task=multi_task,
        )

    def worker_named(self, friendly_name: str) -> Worker | None:
        """Return the Worker of that name, ignoring case, or None (reference 1.8)."""
        return self.workers.get(self._worker_names.sid(friendly_name.casefold()))

    def find_task_queue(self, friendly_name: str) -> TaskQueue | None:
        """Return the TaskQueue of exactly that name, or None."""
        return self.task_queues.get(self._queue_names.sid(friendly_name))

    def plan(self, task: Task) -> RoutingPlan | None:
        """Return the configuration that a Task follows, its Workflow's present or an earlier one, if it has any."""
        workflow = self.workflows.get(task.workflow_sid or "")
        if workflow is None:
            return None
        if workflow.revision == task.revision:
            return read_plan(workflow.configuration)
        return read_plan(self.workflow_revisions[revision_key(workflow.sid, task.revision)].configuration)

    def target(self, task: Task) -> Target | None:
        """Return the step that a Task is in; None in the default filter or outside a Workflow."""
        plan = self.plan(task)
        if plan is None or task.filter_index is None or task.target_index is None:
            return None
        return plan.filters[task.filter_index].targets[task.target_index]

    def timed(self, sid: str) -> Task | Reservation | PhoneCall | Workspace:
        """Return the record whose deadline is set under this SID; without one of that SID, the Workspace."""
        return self.tasks.get(sid) or self.reservations.get(sid) or self.phone_calls.get(sid) or self.workspace

    def ready_workers(self, task_queue_sid: str, task_channel_sid: str) -> Iterator[Worker]:
        """Iterate over the members of a queue with free capacity on a TaskChannel, longest idle first."""
        members = self.membership.workers(task_queue_sid)
        return (self.workers[sid] for sid in self.readiness.ready_members(task_queue_sid, task_channel_sid, members))

    def records(self) -> Iterator[Record]:
        """Yield every record of the Workspace, itself first."""
        for group in self._by_kind.values():
            yield from group.values()

    def table(self, kind: str) -> RecordTable[Any]:
        """Return the table of the records of a kind, such as ``task``."""
        return self._by_kind[kind]

    # -- keeping the indexes true ------------------------------------------------------------

    def put(self, record: Record) -> None:
        """Add a new record, or update the indexes after a change."""
        self._by_kind[record.kind].put(record)
        match record:
            case Workspace():
                self.workspace = record
                self._rank_everybody()
            case TaskChannel():
                self._channel_names[record.unique_name] = record.sid
                self._rank_everybody()
            case TaskQueue():
                self._queue_names.put(record.sid, record.friendly_name)
                self.membership.put_queue(record, self.workers.values())
                self.workers.forget()
                self.readiness.forget_queue(record.sid)
            case Worker():
                self._put_worker(record)
            case WorkerChannel():
                self._channels.setdefault(record.worker_sid, {})[record.task_channel_sid] = record
                self._rank(record)
            case Reservation():
                self._held.put(record, self.tasks[record.task_sid].task_channel_sid)
                self._rank_all(record.worker_sid)

    def drop(self, record: Record) -> None:
        """Remove a record; those that depend on it go first."""
        self._by_kind[record.kind].drop(record)
        match record:
            case TaskChannel():
                self._channel_names.pop(record.unique_name, None)
            case TaskQueue():
                self._queue_names.drop(record.sid)
                self.readiness.forget_queue(record.sid)
                self.membership.drop_queue(record.sid)
                self.workers.forget()
            case Worker():
                self._drop_worker(record)
            case WorkerChannel():
                self.readiness.put(record, None, self.membership.queues(record.worker_sid))
                self._channels.get(record.worker_sid, {}).pop(record.task_channel_sid, None)
            case Task():
                self.stop_waiting(record)
            case Reservation():
                self._held.drop(record, self.tasks[record.task_sid].task_channel_sid)
                self._rank_all(record.worker_sid)

    def wait(self, task: Task) -> None:
        """Let a pending Task wait for a Worker, in its queue or for its routing target."""
        self.stop_waiting(task)
        queue = self.task_queues.get(task.task_queue_sid or "")
        if waits_for_worker(task):
            self.direct.setdefault(task.routing_target or "", {})[task.sid] = None
        elif queue is not None:
            self.backlog.add(task, queue, self.target(task))

    def stop_waiting(self, task: Task) -> None:
        """Stop a Task from waiting."""
        if not self.backlog.remove(task.sid):
            take_out(self.direct, task.routing_target or "", task.sid)

    def _put_worker(self, worker: Worker) -> None:
        self._worker_names.put(worker.sid, worker.friendly_name.casefold())
        moves = self.membership.put_worker(worker)
        for task_queue_sid, joined in moves:
            self.readiness.change_member(task_queue_sid, worker.sid, joins=joined)
        if moves:
            self.workers.put(worker)
        self._rank_all(worker.sid)

    def _drop_worker(self, worker: Worker) -> None:
        self._worker_names.drop(worker.sid)
        self.membership.drop_worker(worker)
        self._channels.pop(worker.sid, None)

    def _rank_everybody(self) -> None:
        """Rank all Workers again, because the rules of idle time or capacity changed."""
        for channel in self.worker_channels.values():
            self._rank(channel)

    def _rank_all(self, worker_sid: str) -> None:
        for channel in self.channels_of(worker_sid).values():
            self._rank(channel)

    def _rank(self, channel: WorkerChannel) -> None:
        """Update the Worker's place among the ready ones of a channel, or remove it."""
        worker = self.workers[channel.worker_sid]
        barred = self.why_no_room(worker, channel) is not None
        rank = None if barred else (self._idle_since(worker, channel), worker.number, worker.sid)
        self.readiness.put(channel, rank, self.membership.queues(worker.sid))

    def _idle_since(self, worker: Worker, channel: WorkerChannel) -> int:
        """Return the start of the idle time: of the channel, with channel-optimized routing (reference 6.1)."""
        optimized = self.task_channels[channel.task_channel_sid].channel_optimized_routing
        return channel.idle_since if optimized else worker.idle_since


def revision_key(workflow_sid: str, revision: int) -> str:
    """Return the key of an earlier configuration, whose record needs no SID."""
    return f"{workflow_sid}:{revision}"


def waits_for_worker(task: Task) -> bool:
    """Return True if ``RoutingTarget`` names a Worker."""
    return task.routing_target is not None and task.routing_target.startswith("WK")


def bypasses_workflow(task: Task) -> bool:
    """Return True if ``RoutingTarget`` names a Worker or a TaskQueue: no filter is evaluated."""
    return task.routing_target is not None and not task.routing_target.startswith("WW")
