"""Objects as the twilio library and the listener hand them over."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from twilio.rest.taskrouter.v1.workspace.event import EventInstance
from twilio.rest.taskrouter.v1.workspace.task import TaskInstance
from twilio.rest.taskrouter.v1.workspace.task.reservation import ReservationInstance
from twilio.rest.taskrouter.v1.workspace.task_queue import TaskQueueInstance
from twilio.rest.taskrouter.v1.workspace.worker import WorkerInstance
from twilio.rest.taskrouter.v1.workspace.worker.worker_channel import WorkerChannelInstance

WORKSPACE_SID = "WS" + "1" * 32
TASK_SID = "WT" + "3f9a" * 8


@pytest.fixture
def task() -> Callable[..., TaskInstance]:
    """Make a Task of the twilio library."""

    def make(assignment_status: str = "pending", **payload: Any) -> TaskInstance:
        given = {
            "sid": TASK_SID,
            "assignment_status": assignment_status,
            "attributes": '{"selected_language": "es"}',
            "task_queue_friendly_name": "Customer Care Requests - Spanish",
            "task_channel_unique_name": "default",
            "priority": 0,
            "age": 17,
        }
        return TaskInstance(None, {**given, **payload}, WORKSPACE_SID)

    return make


@pytest.fixture
def reservation() -> Callable[..., ReservationInstance]:
    """Make a Reservation of the twilio library."""

    def make(reservation_status: str = "pending", worker_name: str = "Alice", **payload: Any) -> ReservationInstance:
        given = {
            "sid": "WR" + "0001" * 8,
            "reservation_status": reservation_status,
            "worker_name": worker_name,
            "task_sid": TASK_SID,
        }
        return ReservationInstance(None, {**given, **payload}, WORKSPACE_SID, TASK_SID)

    return make


@pytest.fixture
def worker() -> Callable[..., WorkerInstance]:
    """Make a Worker of the twilio library."""

    def make(friendly_name: str = "Alice", **payload: Any) -> WorkerInstance:
        given = {
            "sid": "WK" + "a1b2" * 8,
            "friendly_name": friendly_name,
            "activity_name": "Idle",
            "available": True,
            "attributes": '{"languages": ["en", "es"]}',
        }
        return WorkerInstance(None, {**given, **payload}, WORKSPACE_SID)

    return make


@pytest.fixture
def queue() -> Callable[..., TaskQueueInstance]:
    """Make a TaskQueue of the twilio library."""

    def make(**payload: Any) -> TaskQueueInstance:
        given = {
            "sid": "WQ" + "c3d4" * 8,
            "friendly_name": "Customer Care Requests - Spanish",
            "target_workers": 'languages HAS "es"',
            "task_order": "FIFO",
            "max_reserved_workers": 1,
        }
        return TaskQueueInstance(None, {**given, **payload}, WORKSPACE_SID)

    return make


@pytest.fixture
def channel() -> Callable[..., WorkerChannelInstance]:
    """Make a Worker's channel of the twilio library."""

    def make(name: str, capacity: int) -> WorkerChannelInstance:
        given = {
            "task_channel_sid": f"TC {name}",
            "task_channel_unique_name": name,
            "configured_capacity": capacity,
            "worker_sid": "WK1",
        }
        return WorkerChannelInstance(None, given, WORKSPACE_SID, "WK1")

    return make


@pytest.fixture
def event() -> Callable[..., EventInstance]:
    """Make an Event of the twilio library."""

    def make(event_type: str, **data: str) -> EventInstance:
        given = {"sid": "EV1", "event_type": event_type, "event_date": "2026-03-02T09:00:11Z", "event_data": data}
        return EventInstance(None, given, WORKSPACE_SID)

    return make


@pytest.fixture
def received() -> Callable[..., Any]:
    """Make a request as the inbox keeps it."""

    def make(number: int = 1, **changes: Any) -> Any:
        given = {
            "number": number,
            "method": "POST",
            "path": "/assignment_callback",
            "query": "",
            "headers": {"Host": "127.0.0.1:41234", "Content-Type": "application/x-www-form-urlencoded"},
            "raw": b"TaskSid=WT1&TaskAttributes=%7B%22selected_language%22%3A%22es%22%7D",
            "parameters": {"TaskSid": "WT1", "TaskAttributes": '{"selected_language":"es"}', "ReservationSid": "WR1"},
            "status": 200,
            "reply": b"{}",
            "duration_ms": 3.14159,
            "signature": "valid",
            "refused": None,
            "hints": (),
            "complete": True,
            "replay_of": None,
            "built_here": False,
            "is_from_outside": False,
            "repeats": None,
        }
        return SimpleNamespace(**{**given, **changes})

    return make


@pytest.fixture
def exchange() -> Callable[..., Any]:
    """Make an exchange as the wire keeps it."""

    def make(number: int = 1, **changes: Any) -> Any:
        path = f"/v1/Workspaces/{WORKSPACE_SID}/Tasks"
        given = {
            "number": number,
            "method": "POST",
            "url": f"https://taskrouter.twilio.com{path}",
            "path": path,
            "parameters": (("Attributes", '{"selected_language": "es"}'), ("Priority", "5")),
            "status": 201,
            "body": '{"sid": "WT1", "assignment_status": "pending"}',
            "duration_ms": 8.2,
            "account_sid": "AC" + "0" * 32,
        }
        return SimpleNamespace(**{**given, **changes})

    return make


class Inbox(list[Any]):
    """A list that tells its observers what was added."""

    def __init__(self, *received: Any) -> None:
        super().__init__(received)
        self.observers: list[Callable[[Any], object]] = []

    def subscribe(self, observer: Callable[[Any], object]) -> None:
        self.observers.append(observer)

    def add(self, received: Any) -> None:
        self.append(received)
        for observer in self.observers:
            observer(received)


@pytest.fixture
def inbox(received: Callable[..., Any]) -> Inbox:
    """An inbox holding one assignment callback."""
    return Inbox(received())
