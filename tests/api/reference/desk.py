"""A workspace to try the rules in, through the official SDK; time moves only when a test says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from twilio.rest import Client
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

from helpers.emulator.callbacks.request import Outgoing, Undelivered
from helpers.emulator.clock import LESSON_START, Clock
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.server.in_process import InProcessEmulator, start_in_process

__all__ = ["ASSIGNMENT", "EVENTS", "FALLBACK", "Application", "Desk", "filter_", "open_desk"]

ASSIGNMENT = "http://127.0.0.1:9/assignment"
FALLBACK = "http://127.0.0.1:9/fallback"
EVENTS = "http://127.0.0.1:9/events"


@dataclass
class Application:
    """Whoever receives callbacks: it answers as ``replies`` says by URL, and keeps what came."""

    replies: dict[str, Any] = field(default_factory=dict)
    received: list[Outgoing] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None
    """What it does before it answers."""

    def __call__(self, request: Outgoing) -> CallbackReply:
        """A dict is answered as JSON, a number as a status; text says why no answer comes."""
        self.received.append(request)
        self.meanwhile()
        reply = self.replies.get(request.url, {})
        if isinstance(reply, str):
            raise Undelivered(reply)
        if isinstance(reply, int):
            return CallbackReply(status=reply, content_type="text/plain", body=b"")
        if isinstance(reply, CallbackReply):
            return reply
        return CallbackReply(status=200, content_type="application/json", body=json.dumps(reply).encode())

    def forms(self, url: str) -> list[dict[str, str]]:
        """The form fields of what came to ``url``."""
        return [
            dict(parse_qsl(each.body.decode(), keep_blank_values=True)) for each in self.received if each.url == url
        ]


@dataclass
class Desk:
    """Short ways to say what most rules need; everything else is the SDK's own ``workspace``."""

    emulator: InProcessEmulator
    client: Client
    workspace: WorkspaceContext
    application: Application

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.emulator.advance(seconds)

    def activity(self, name: str) -> str:
        """SID of an Activity."""
        return str(self.workspace.activities.list(friendly_name=name)[0].sid)

    def worker(self, name: str, attributes: Any = None, activity: str = "Available", **channels: int) -> Any:
        """A Worker, with capacities by channel; ``.sid`` and the SDK's context methods."""
        made = self.workspace.workers.create(
            friendly_name=name, attributes=json.dumps(attributes or {}), activity_sid=self.activity(activity)
        )
        worker = self.workspace.workers(made.sid)
        for channel, capacity in channels.items():
            worker.worker_channels(channel).update(capacity=capacity)
        return Handle(worker, str(made.sid))

    def queue(self, name: str = "Everybody", target_workers: str = "1==1", **more: Any) -> str:
        """SID of a new TaskQueue."""
        made = self.workspace.task_queues.create(friendly_name=name, target_workers=target_workers, **more)
        return str(made.sid)

    def workflow(self, *filters: dict[str, Any], default: str | None = None, **more: Any) -> str:
        """SID of a new Workflow."""
        routing: dict[str, Any] = {"filters": list(filters)}
        if default is not None:
            routing["default_filter"] = {"queue": default}
        configuration = json.dumps({"task_routing": routing})
        return str(self.workspace.workflows.create(friendly_name="Care", configuration=configuration, **more).sid)

    def task(self, attributes: Any = None, **more: Any) -> Any:
        """A new Task; ``.sid`` and the SDK's context methods."""
        made = self.workspace.tasks.create(attributes=json.dumps(attributes or {}), **more)
        return Handle(self.workspace.tasks(made.sid), str(made.sid))

    def offers(self, task: Any) -> list[tuple[str, str]]:
        """To whom a Task was offered, and what became of it, in order of creation."""
        return [(each.worker_name, each.reservation_status) for each in task.reservations.list()]

    def answer(self, task: Any, status: str, **more: Any) -> Any:
        """Answer a Task's latest Reservation."""
        return task.reservations(task.reservations.list()[-1].sid).update(reservation_status=status, **more)

    def move(self, worker: Any, activity: str, **more: Any) -> None:
        """A Worker changes their Activity."""
        worker.update(activity_sid=self.activity(activity), **more)

    def events(self, after: int = 0, **filters: Any) -> list[Any]:
        """What was recorded, oldest first, without the first ``after``."""
        return list(self.workspace.events.list(minutes=43_200, **filters))[after:]

    def happened(self, task: Any, after: int = 0) -> list[str]:
        """Types of a Task's events in order."""
        return [each.event_type for each in self.events(after, task_sid=task.sid)]

    def alerts(self) -> list[int]:
        """Codes in the debugger."""
        return [each.code for each in self.emulator.emulator.store.alerts()]


class Handle:
    """A resource by its SID: attributes are those of the SDK's context."""

    def __init__(self, context: Any, sid: str) -> None:
        self._context = context
        self.sid = sid

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


def open_desk(*, application: Application | None = None, **workspace: Any) -> Desk:
    """A new emulator on a clock that no request moves, with one workspace."""
    application = application or Application()
    emulator = start_in_process(seed="reference", receive=application)
    emulator.emulator.clock = Clock(LESSON_START, running=False)
    client = Client(emulator.account_sid, emulator.auth_token, http_client=emulator.http_client)
    workspaces = client.taskrouter.v1.workspaces
    sid = workspaces.create(friendly_name="Care Desk", **workspace).sid
    return Desk(emulator, client, workspaces(sid), application)


def filter_(expression: str, *targets: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One filter of a Workflow's configuration."""
    return {"expression": expression, "targets": list(targets), **more}
