"""Checks of the arguments that learners pass to views: resources themselves, not their SDK lists or contexts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from helpers.emulator.display.views.sdk_shapes import InboxLike
from helpers.errors.view_problems import NotShowable

__all__ = ["check_each", "check_inbox", "check_one"]

T = TypeVar("T")

_KINDS = {
    "Task": ("assignment_status", "workspace.tasks(task.sid).fetch()", "workspace.tasks.list()"),
    "Reservation": (
        "reservation_status",
        "workspace.tasks(task.sid).reservations(reservation.sid).fetch()",
        "workspace.tasks(task.sid).reservations.list()",
    ),
    "Worker": ("activity_name", "workspace.workers(worker.sid).fetch()", "workspace.workers.list()"),
    "TaskQueue": ("target_workers", "workspace.task_queues(queue.sid).fetch()", "workspace.task_queues.list()"),
    "Event": ("event_type", "workspace.events(event.sid).fetch()", "workspace.events.list(task_sid=task.sid)"),
    "Workflow": ("configuration", "workspace.workflows(workflow.sid).fetch()", "workspace.workflows.list()"),
    "received request": ("signature", "listener.inbox.last", "listener.inbox"),
    "alert": ("resource_sid", "connection.emulator.alerts()[-1]", "connection.emulator.alerts()"),
    "delivery": ("attempts", "connection.emulator.deliveries()[-1]", "connection.emulator.deliveries()"),
    "exchange": ("account_sid", "connection.wire[-1]", "connection.wire"),
}
"""By kind: a property that only this kind has, code that returns one of them, and code that returns several."""


def check_one(kind: str, given: T) -> T:
    """Return ``given`` if it is a resource of this kind.

    Raises:
        NotShowable: it is something else.
    """
    property_name, one, _ = _KINDS[kind]
    if not hasattr(given, property_name):
        raise NotShowable(f"a {kind}", given, one)
    return given


def check_inbox(given: InboxLike) -> InboxLike:
    """Return ``given`` if it is the listener's inbox.

    Raises:
        NotShowable: it is something else.
    """
    if not hasattr(given, "subscribe"):
        raise NotShowable("the requests of an inbox", given, "listener.inbox")
    return given


def check_each(kind: str, given: Iterable[T]) -> list[T]:
    """Return the resources of this kind as a list.

    Raises:
        NotShowable: ``given`` isn't iterable, or contains another kind.
    """
    property_name, _, several = _KINDS[kind]
    listed = list(given) if isinstance(given, Iterable) else [given]
    wrong = [each for each in listed if not hasattr(each, property_name)]
    if wrong or not isinstance(given, Iterable):
        raise NotShowable(f"{kind}s", wrong[0] if isinstance(given, list | tuple) and wrong else given, several)
    return listed
