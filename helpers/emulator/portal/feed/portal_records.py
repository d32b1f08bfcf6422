"""Records as the portal gets them: the API's own properties, without what every record repeats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...api.formatters import resource_json, task_json
from ...engine.model.event_types import describe_filter
from ...engine.model.resources import Record, Task
from ...engine.model.statuses import OPEN_RESERVATIONS
from ...engine.state import WorkspaceState

__all__ = ["GROUPS", "Body", "record_body", "records_of"]

Body = dict[str, Any]
"""JSON object."""

_MOST_ATTRIBUTES = 400
"""Number of characters of ``attributes``; a row of a list shows fewer."""

_LEFT_OUT = frozenset(("account_sid", "age", "links", "url", "workspace_sid"))

GROUPS = {
    "workspace": "workspace",
    "activity": "activities",
    "task_channel": "task_channels",
    "task_queue": "task_queues",
    "worker": "workers",
    "worker_channel": "worker_channels",
    "workflow": "workflows",
    "task": "tasks",
    "reservation": "reservations",
}
"""Kinds of record that the portal gets, each with the name of its group in a message."""


def records_of(state: WorkspaceState) -> dict[str, dict[str, Body]]:
    """Return all records of a Workspace by group and SID, each group in order of creation."""
    bodies: dict[str, dict[str, Body]] = {group: {} for group in GROUPS.values()}
    for record in state.records():
        if record.kind in GROUPS:
            bodies[GROUPS[record.kind]][record.sid] = record_body(state, record)
    return bodies


def record_body(state: WorkspaceState, record: Record) -> Body:
    """Return a record with the names and values of the REST API, dates as epoch milliseconds.

    ``attributes`` is cut after 400 characters, with ``attributes_cut``. ``version`` is the number of the ETag, where
    the API has one. Beside the API's own properties, a Task has ``worker_sid``, of its latest open Reservation, a
    Reservation ``timeout`` and ``expires``, a channel of a Worker ``held``, the numbers of its accepted, pending and
    wrapping Reservations, and the Workspace what ``describe_filter`` returns.
    """
    form, ours = _FORMS[record.kind]
    body = {name: value for name, value in form(state, record).items() if name not in _LEFT_OUT}
    body["date_created"], body["date_updated"] = record.date_created, record.date_updated
    body.update(ours(state, record))
    if len(body.get("attributes", "")) > _MOST_ATTRIBUTES:
        body["attributes"], body["attributes_cut"] = body["attributes"][:_MOST_ATTRIBUTES], True
    return body


def _task_extras(state: WorkspaceState, record: Task) -> Body:
    newest_first = reversed(state.reservations_of_task(record.sid))
    workers = (each.worker_sid for each in newest_first if each.reservation_status in OPEN_RESERVATIONS)
    return {
        "task_queue_entered_date": record.task_queue_entered,
        "virtual_start_time": record.virtual_start_time,
        "version": record.version,
        "worker_sid": next(workers, None),
    }


def _nothing(state: WorkspaceState, record: Record) -> Body:
    return {}


_FORMS: dict[str, tuple[Callable[[WorkspaceState, Any], Body], Callable[[WorkspaceState, Any], Body]]] = {
    "workspace": (
        lambda state, record: resource_json.workspace(state),
        lambda state, record: describe_filter(record.events_filter),
    ),
    "activity": (lambda state, record: resource_json.activity(record), _nothing),
    "task_channel": (lambda state, record: resource_json.task_channel(record), _nothing),
    "task_queue": (resource_json.task_queue, _nothing),
    "worker": (
        resource_json.worker,
        lambda state, record: {"date_status_changed": record.date_status_changed, "version": record.version},
    ),
    "worker_channel": (resource_json.worker_channel, lambda state, record: {"held": state.held(record)}),
    "workflow": (lambda state, record: resource_json.workflow(record), _nothing),
    "task": (lambda state, record: task_json.task(state, record, record.date_created), _task_extras),
    "reservation": (
        task_json.reservation_of_task,
        lambda state, record: {"version": record.version, "timeout": record.timeout, "expires": record.expires},
    ),
}
"""The API's form of each kind of record, and what the portal gets beside it."""
