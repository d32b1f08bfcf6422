"""Typed records, one class for each kind of resource.

Records carry state only: ``api/formatters/`` turns them into JSON, ``engine/commands/`` and ``engine/routing/`` change
them. Times are epoch milliseconds. ``number`` counts creations across the emulator: it breaks ties in order of creation
and gives lists a stable order.
"""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from ...clock import Millis
from . import defaults
from .twiml import Verb

__all__ = [
    "Activity",
    "Event",
    "PhoneCall",
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
    """Fields that all resources share."""

    kind: ClassVar[str]

    sid: str
    account_sid: str
    workspace_sid: str
    number: int
    date_created: Millis
    date_updated: Millis


class Workspace(Record, kw_only=True, gc=False):
    """Container of all other resources; ``workspace_sid`` is its own SID."""

    kind = "workspace"

    friendly_name: str
    event_callback_url: str | None = None
    events_filter: str | None = None
    multi_task_enabled: bool = defaults.MULTI_TASK_ENABLED
    prioritize_queue_order: str = defaults.PRIORITIZE_QUEUE_ORDER
    default_activity_sid: str | None = None
    timeout_activity_sid: str | None = None


class Activity(Record, kw_only=True, gc=False):
    """State a Worker can be in; only an ``available`` one lets Tasks reach the Worker."""

    kind = "activity"

    friendly_name: str
    available: bool = defaults.ACTIVITY_AVAILABLE


class TaskChannel(Record, kw_only=True, gc=False):
    """Medium, such as voice or chat, with a capacity of its own for each Worker."""

    kind = "task_channel"

    friendly_name: str
    unique_name: str
    channel_optimized_routing: bool | None = None


class TaskQueue(Record, kw_only=True, gc=False):
    """Queue of Tasks for the Workers that the expression ``target_workers`` matches."""

    kind = "task_queue"

    friendly_name: str
    target_workers: str | None = defaults.TARGET_WORKERS
    max_reserved_workers: int = defaults.MAX_RESERVED_WORKERS
    task_order: str = defaults.TASK_ORDER
    reservation_activity_sid: str | None = None
    assignment_activity_sid: str | None = None
    expression_updated: Millis = 0
    """Time at which ``target_workers`` last changed: the queue's worker statistics start there."""


class Worker(Record, kw_only=True, gc=False):
    """Person or program that handles Tasks."""

    kind = "worker"

    friendly_name: str
    activity_sid: str
    attributes: str = defaults.ATTRIBUTES
    date_status_changed: Millis
    idle_since: Millis
    """Start of the idle time: the Worker became available, or a Reservation was created or ended, whichever is latest
    (reference 14.11: our choice)."""
    previous_activity_sid: str | None = None
    """Activity to return to when a Reservation ends unaccepted (single-tasking)."""
    version: int = 0


class WorkerChannel(Record, kw_only=True, gc=False):
    """Capacity of a Worker on one TaskChannel."""

    kind = "worker_channel"

    worker_sid: str
    task_channel_sid: str
    configured_capacity: int = defaults.CAPACITY
    available: bool = defaults.CHANNEL_AVAILABLE
    idle_since: Millis


class Workflow(Record, kw_only=True, gc=False):
    """Rules that lead Tasks to TaskQueues, and the URLs for assignment callbacks."""

    kind = "workflow"

    friendly_name: str
    configuration: str
    assignment_callback_url: str | None = None
    fallback_assignment_callback_url: str | None = None
    task_reservation_timeout: int = defaults.RESERVATION_TIMEOUT
    revision: int = 1


class WorkflowRevision(Record, kw_only=True, gc=False):
    """Earlier configuration of a Workflow that waiting Tasks still follow (``ReEvaluateTasks=false``)."""

    kind = "workflow_revision"

    workflow_sid: str
    revision: int
    configuration: str


class Task(Record, kw_only=True, gc=False):
    """Piece of work to route to a Worker."""

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
    """Number of times that it went from pending to reserved, at most 1000."""
    revision: int = 1
    """Number of the Workflow configuration that it follows."""
    filter_index: int | None = None
    """Position of its filter; None in the default filter or outside a Workflow."""
    target_index: int | None = None
    filter_entered: Millis | None = None
    """Time from which the timeouts of the filter's targets count (reference 4.3)."""
    step_ends: Millis | None = None
    """Time at which the current target times out; None if it never does."""
    assigned_at: Millis | None = None
    ended_at: Millis | None = None

    @property
    def in_queue_since(self) -> Millis:
        """Time at which it entered its TaskQueue, or was created if it never entered one."""
        return self.task_queue_entered or self.date_created


class Reservation(Record, kw_only=True, gc=False):
    """Offer of a Task to a Worker."""

    kind = "reservation"

    task_sid: str
    worker_sid: str
    task_queue_sid: str | None
    reservation_status: str = "pending"
    version: int = 0
    timeout: int = defaults.RESERVATION_TIMEOUT
    expires: Millis | None = None
    """Time at which a pending Reservation times out."""
    callback_due: bool = False
    """True from the decision to send an assignment callback until its reply is handled or the status changes."""
    known_worker_sid: str | None = None
    call: dict[str, Any] | None = None
    """Parameters of a voice instruction, and the state of the simulated call."""


class PhoneCall(Record, kw_only=True, gc=False):
    """Simulated call: a customer's, or the Worker's end of a ``call`` instruction (reference 12.2, 12.3)."""

    kind = "phone_call"

    from_number: str
    to_number: str
    direction: str = "inbound"
    places: dict[str, str] = {}
    """Locations of the numbers, by the names of request parameters, such as ``FromCity``."""
    status: str = "ringing"
    stage: str = "running"
    """``asking`` for TwiML, ``running`` it, ``gathering`` keys, ``pausing``, ``waiting`` in a queue in silence,
    ``talking``, ``freed`` (the talk has ended, and its caller is still there), or ``over``."""
    stage_ends: Millis | None = None
    turn: int = 0
    """Number of requests for TwiML so far; the reply to an earlier one comes too late."""
    turns_at_once: int = 0
    """Number of requests for TwiML since the call last waited for time or keys."""
    url: str = ""
    """URL of the document that runs, from which relative URLs start."""
    method: str = "POST"
    script: list[Verb] = []
    """Verbs of the document that are still to run."""
    gather: Verb | None = None
    keys: str = ""
    """Keys that the caller pressed and no ``<Gather>`` has taken."""
    queue: Verb | None = None
    """``<Enqueue>`` whose queue the call is in; meanwhile it runs the document of its ``waitUrl``."""
    queue_url: str = ""
    queue_script: list[Verb] = []
    """Verbs that follow ``<Enqueue>``."""
    queue_entered: Millis | None = None
    queue_left: Millis | None = None
    told: list[str] = []
    """Lines about what the caller heard and what happened."""
    task_sid: str | None = None
    reservation_sid: str | None = None
    """Reservation of the Worker whose phone rings or who talks."""
    ring_ends: Millis | None = None
    worker_answers: bool = True
    """False: the Worker's phone rings until somebody answers it."""
    status_callback: str | None = None
    answered_at: Millis | None = None
    ended_at: Millis | None = None


class Event(msgspec.Struct, kw_only=True, gc=False):
    """Record of a change, which lists, event callbacks and statistics are made from.

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
