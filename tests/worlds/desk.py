"""A Workspace through the official SDK, with short ways to say what most tests need."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from twilio.rest import Client

from helpers.emulator.callbacks.request import CallbackRequest
from helpers.emulator.clock import LESSON_START, Clock
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.sdk.http_client import InProcessHttpClient
from helpers.emulator.server.in_process import start_in_process
from tests.worlds.application import Application

__all__ = ["ACCOUNT_SID", "AUTH_TOKEN", "SPANISH", "AlicesDesk", "ClientDesk", "Desk", "configuration", "filter_"]

ACCOUNT_SID = "AC" + "a" * 32
AUTH_TOKEN = "a-token-for-tests"
SPANISH = '{"selected_language":"es"}'
"""Attributes of a Task that is Alice's."""


def filter_(expression: str, *targets: dict[str, Any] | str, name: str | None = None, **more: Any) -> dict[str, Any]:
    """Return one filter of a Workflow's configuration; a target may be the SID of its TaskQueue alone."""
    named = {} if name is None else {"filter_friendly_name": name}
    steps = [{"queue": each} if isinstance(each, str) else each for each in targets]
    return {**named, "expression": expression, "targets": steps, **more}


def configuration(*filters: dict[str, Any], default: str | None = None) -> str:
    """Return a Workflow's configuration with these filters and the TaskQueue of a default filter."""
    routing = {"filters": list(filters)} | ({} if default is None else {"default_filter": {"queue": default}})
    return json.dumps({"task_routing": routing})


class ClientDesk:
    """A new Workspace of whatever ``client`` reaches; for all that has no short way there is ``workspace``."""

    def __init__(self, client: Client, **workspace: Any) -> None:
        self.client = client
        workspaces: Any = client.taskrouter.v1.workspaces
        self.workspace_sid = str(workspaces.create(friendly_name="Care Desk", **workspace).sid)
        self.workspace = workspaces(self.workspace_sid)
        self._activities: dict[str, str] = {}

    def activity(self, name: str) -> str:
        """Return the SID of an Activity; only new names are asked for."""
        if name not in self._activities:
            self._activities = {each.friendly_name: each.sid for each in self.workspace.activities.list()}
        return self._activities[name]

    def worker(self, name: str, attributes: Any = None, activity: str = "Available", **channels: int) -> Any:
        """Create a Worker, available unless told otherwise, with capacities by TaskChannel."""
        worker = self.workspace.workers.create(
            friendly_name=name, attributes=json.dumps(attributes or {}), activity_sid=self.activity(activity)
        )
        for channel, capacity in channels.items():
            self.workspace.workers(worker.sid).worker_channels(channel).update(capacity=capacity)
        return worker

    def queue(self, name: str = "Everybody", target_workers: str = "1==1", **more: Any) -> str:
        """Create a TaskQueue, and return its SID."""
        return str(self.workspace.task_queues.create(friendly_name=name, target_workers=target_workers, **more).sid)

    def workflow(self, *filters: dict[str, Any], default: str | None = None, **more: Any) -> str:
        """Create a Workflow of this :func:`configuration`, and return its SID."""
        given = configuration(*filters, default=default)
        return str(self.workspace.workflows.create(friendly_name="Requests", configuration=given, **more).sid)

    def task(self, attributes: Any = None, **more: Any) -> Any:
        """Create a Task; attributes are JSON text already, or are made so."""
        text = attributes if isinstance(attributes, str) else json.dumps(attributes or {})
        return self.workspace.tasks.create(attributes=text, **more)

    def offers(self, task: Any) -> list[tuple[str, str]]:
        """Return to whom a Task was offered, and what became of it, in order of creation."""
        return [(each.worker_name, each.reservation_status) for each in task.reservations.list()]

    def answer(self, task: Any, status: str, **more: Any) -> Any:
        """Answer a Task's latest Reservation."""
        return task.reservations.list()[-1].update(reservation_status=status, **more)

    def reserved_for(self, worker: Any) -> Any:
        """Return the pending Reservation of a Worker."""
        return worker.reservations.list(reservation_status="pending")[0]

    def move(self, worker: Any, activity: str, **more: Any) -> None:
        """Change a Worker's Activity."""
        worker.update(activity_sid=self.activity(activity), **more)

    def events(self, after: int = 0, **filters: Any) -> list[Any]:
        """Return what was recorded, oldest first, without the first ``after``."""
        return list(self.workspace.events.list(minutes=43_200, **filters))[after:]

    def happened(self, task: Any, after: int = 0) -> list[str]:
        """Return the types of a Task's events, in order."""
        return [each.event_type for each in self.events(after, task_sid=task.sid)]


class AlicesDesk(ClientDesk):
    """A Desk with one way: Tasks in Spanish are Alice's, who is Offline."""

    def __init__(self, client: Client, **workflow: Any) -> None:
        super().__init__(client)
        self.alice = self.worker("Alice", {"languages": ["es"]}, "Offline")
        self.task_queue_sid = self.queue("Spanish", 'languages HAS "es"')
        only = filter_('selected_language == "es"', self.task_queue_sid)
        self.workflow_sid = self.workflow(only, **workflow)

    def task(self, attributes: Any = SPANISH, **more: Any) -> Any:
        """Create a Task, for Alice unless told otherwise."""
        return super().task(attributes, **more)


class Desk(ClientDesk):
    """A Desk on an emulator of its own in this process."""

    def __init__(
        self,
        receive: Callable[[CallbackRequest], CallbackReply] | None = None,
        *,
        clock: Clock | None = None,
        remembers: bool = False,
        **workspace: Any,
    ) -> None:
        """Begin on a clock that only :meth:`advance` moves, unless another is given."""
        running = start_in_process(
            seed="tests",
            account_sid=ACCOUNT_SID,
            auth_token=AUTH_TOKEN,
            receive=receive or Application(),
            remembers=remembers,
        )
        self.running, self.emulator = running, running.emulator
        self.http = InProcessHttpClient(running.app)
        self.emulator.clock = clock or Clock(LESSON_START, running=False)
        super().__init__(Client(ACCOUNT_SID, AUTH_TOKEN, http_client=self.http), **workspace)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.running.advance(seconds)

    def alerts(self) -> list[int]:
        """Return the codes in the debugger."""
        return [each.code for each in self.emulator.store.alerts()]
