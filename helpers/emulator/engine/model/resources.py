"""What TaskRouter holds: one typed record for each kind of resource.

Records carry state only. Their wire form lives in ``api/wire.py``, their rules in the modules
beside this one. Times are epoch milliseconds. ``number`` counts creations across the emulator:
it breaks ties in order of creation and gives lists a stable order.
"""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from ...clock import Millis
from . import defaults

__all__ = [
    "Activity",
    "Event",
    "Record",
    "Reservation",
    "Task",
    "TaskChannel",
    "TaskQueue",
    "Worker",
    "WorkerChannel",
    "Workflow",
    "WorkflowRevision",
    "Workspace",
]


class Record(msgspec.Struct, kw_only=True, gc=False):
    """What all resources share."""

    kind: ClassVar[str]

    sid: str
    account_sid: str
    workspace_sid: str
    number: int
    date_created: Millis
    date_updated: Millis


class Workspace(Record, kw_only=True, gc=False):
    """The room everything else lives in; ``workspace_sid`` is its own SID."""

    kind = "workspace"

    friendly_name: str
    event_callback_url: str | None = None
    events_filter: str | None = None
    multi_task_enabled: bool = defaults.MULTI_TASK_ENABLED
    prioritize_queue_order: str = defaults.PRIORITIZE_QUEUE_ORDER
    default_activity_sid: str | None = None
    timeout_activity_sid: str | None = None


class Activity(Record, kw_only=True, gc=False):
    """What a Worker is doing; ``available`` decides whether Tasks may reach them."""

    kind = "activity"

    friendly_name: str
    available: bool = defaults.ACTIVITY_AVAILABLE


class TaskChannel(Record, kw_only=True, gc=False):
    """A medium, such as voice or chat, with its own capacity for each Worker."""

    kind = "task_channel"

    friendly_name: str
    unique_name: str
    channel_optimized_routing: bool | None = None


class TaskQueue(Record, kw_only=True, gc=False):
    """Tasks waiting for the Workers that ``target_workers`` selects."""

    kind = "task_queue"

    friendly_name: str
    target_workers: str | None = defaults.TARGET_WORKERS
    max_reserved_workers: int = defaults.MAX_RESERVED_WORKERS
    task_order: str = defaults.TASK_ORDER
    reservation_activity_sid: str | None = None
    assignment_activity_sid: str | None = None
    expression_updated: Millis = 0
    """When ``target_workers`` last changed: the queue's worker statistics start there."""


class Worker(Record, kw_only=True, gc=False):
    """Somebody, or something, that can take Tasks."""

    kind = "worker"

    friendly_name: str
    activity_sid: str
    attributes: str = defaults.ATTRIBUTES
    date_status_changed: Millis
    idle_since: Millis
    """Start of the time unoccupied: the latest of becoming available and of the last
    Reservation's creation or end (reference 14.11: our choice)."""
    previous_activity_sid: str | None = None
    """Single-tasking: the activity to return to when a Reservation ends unaccepted."""
    version: int = 0


class WorkerChannel(Record, kw_only=True, gc=False):
    """How much of one TaskChannel a Worker can carry."""

    kind = "worker_channel"

    worker_sid: str
    task_channel_sid: str
    configured_capacity: int = defaults.CAPACITY
    available: bool = defaults.CHANNEL_AVAILABLE
    idle_since: Millis


class Workflow(Record, kw_only=True, gc=False):
    """Rules that lead Tasks to TaskQueues, and the URLs that hear of Reservations."""

    kind = "workflow"

    friendly_name: str
    configuration: str
    assignment_callback_url: str | None = None
    fallback_assignment_callback_url: str | None = None
    task_reservation_timeout: int = defaults.RESERVATION_TIMEOUT
    revision: int = 1


class WorkflowRevision(Record, kw_only=True, gc=False):
    """An earlier configuration that waiting Tasks still follow (``ReEvaluateTasks=false``)."""

    kind = "workflow_revision"

    workflow_sid: str
    revision: int
    configuration: str


class Task(Record, kw_only=True, gc=False):
    """One piece of work to be routed."""

    kind = "task"

    workflow_sid: str | None
    task_channel_sid: str
    assignment_status: str = "pending"
    attributes: str = defaults.ATTRIBUTES
    priority: int = defaults.PRIORITY
    reason: str | None = None
    timeout: int = defaults.TASK_TIMEOUT
    virtual_start_time: Millis
    routing_target: str | None = None
    ignore_capacity: bool | None = None
    task_queue_sid: str | None = None
    task_queue_entered: Millis | None = None
    version: int = 0
    assignments: int = 0
    """How often it went from pending to reserved; at most 1000 times."""
    revision: int = 1
    """Which configuration of its Workflow it follows."""
    filter_index: int | None = None
    """Position of the filter that holds it; None in the default filter or outside."""
    target_index: int | None = None
    filter_entered: Millis | None = None
    """Target deadlines are counted from here (reference 4.3); for a fresh Task, its creation."""
    step_ends: Millis | None = None
    """When the current target gives up; None if it never does."""
    assigned_at: Millis | None = None
    ended_at: Millis | None = None

    @property
    def in_queue_since(self) -> Millis:
        """When it entered its TaskQueue; its creation if it never entered one."""
        return self.task_queue_entered or self.date_created


class Reservation(Record, kw_only=True, gc=False):
    """One offer of a Task to a Worker."""

    kind = "reservation"

    task_sid: str
    worker_sid: str
    task_queue_sid: str | None
    reservation_status: str = "pending"
    version: int = 0
    timeout: int = defaults.RESERVATION_TIMEOUT
    expires: Millis | None = None
    """When a pending Reservation times out."""
    callback_due: bool = False
    """The assignment callback was decided on and has not been answered yet."""
    known_worker_sid: str | None = None
    call: dict[str, Any] | None = None
    """What a voice instruction asked for, on the simulated call."""


class Event(msgspec.Struct, kw_only=True, gc=False):
    """Something that happened; recorded, listed, delivered, and the source of all statistics.

    ``data`` has snake_case keys and text values, as Twilio sends them. ``number`` orders the
    events of the whole emulator.
    """

    kind: ClassVar[str] = "event"

    sid: str
    account_sid: str
    workspace_sid: str
    number: int
    event_type: str
    event_date_ms: Millis
    description: str
    resource_type: str
    resource_sid: str
    actor_type: str
    actor_sid: str
    data: dict[str, str]
