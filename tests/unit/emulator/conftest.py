"""An emulator on a lesson clock with one desk to work at, and a stand-in for whoever receives callbacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
import pytest

from helpers.emulator.callbacks.request import Outgoing, Undelivered
from helpers.emulator.clock import Clock
from helpers.emulator.emulator import Account, Emulator
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.commands import activities, task_queues, tasks, workers, workflows, workspaces
from helpers.emulator.engine.model.resources import Reservation, Task, Worker
from helpers.emulator.sids import SeededSids
from helpers.emulator.store.store import Store

ACCOUNT_SID = "AC" + "a" * 32
AUTH_TOKEN = "a token for tests"
ASSIGNMENT_URL = "http://127.0.0.1:9/assignment"
FALLBACK_URL = "http://127.0.0.1:9/fallback"
EVENTS_URL = "http://127.0.0.1:9/events"
LATER = CallbackReply(status=200, content_type="application/json", body=b"{}")


def new_emulator(store: Store | None = None, clock: Clock | None = None) -> Emulator:
    """An emulator with one account."""
    account = Account(ACCOUNT_SID, AUTH_TOKEN)
    return Emulator(store or Store(None), clock or Clock.lesson(), SeededSids("tests"), {account.sid: account})


@dataclass
class Desk:
    """A workspace where everybody serves one queue; Alice is Offline."""

    emulator: Emulator
    workspace_sid: str = ""
    workflow_sid: str = ""
    worker_sid: str = ""
    available_sid: str = ""
    offline_sid: str = ""

    def write(self, command: Callable, /, *args: object, **arguments: object) -> object:
        """Run a command of the engine in the workspace."""
        return self.emulator.write(ACCOUNT_SID, self.workspace_sid, command, *args, **arguments)

    def task(self, attributes: str = "{}") -> Task:
        """A new Task for the workflow."""
        return self.write(tasks.create, workflow_sid=self.workflow_sid, attributes=attributes)

    def move(self, activity_sid: str) -> Worker:
        """Alice changes her activity."""
        return self.write(workers.update, self.worker_sid, {"activity_sid": activity_sid})

    @property
    def reservations(self) -> list[Reservation]:
        """All of them, in order of creation."""
        return list(self.emulator.world.workspaces[self.workspace_sid].reservations.values())


def new_desk(emulator: Emulator, events_url: str | None = None, events_filter: str | None = None) -> Desk:
    """Build the desk."""
    desk = Desk(emulator)
    workspace = emulator.write(
        ACCOUNT_SID,
        None,
        workspaces.create,
        friendly_name="Care Desk",
        event_callback_url=events_url,
        events_filter=events_filter,
    )
    desk.workspace_sid = workspace.sid
    desk.available_sid = desk.write(activities.create, friendly_name="Idle", available=True).sid
    desk.offline_sid = workspace.default_activity_sid or ""
    queue = desk.write(task_queues.create, friendly_name="Everybody")
    configuration = msgspec.json.encode({"task_routing": {"default_filter": {"queue": queue.sid}}}).decode()
    desk.workflow_sid = desk.write(
        workflows.create,
        friendly_name="Everything",
        configuration=configuration,
        assignment_callback_url=ASSIGNMENT_URL,
        fallback_assignment_callback_url=FALLBACK_URL,
    ).sid
    desk.worker_sid = desk.write(workers.create, friendly_name="Alice").sid
    return desk


@pytest.fixture
def emulator() -> Emulator:
    """An emulator without a file."""
    return new_emulator()


@pytest.fixture
def desk(emulator: Emulator) -> Desk:
    """A desk that nobody is told of."""
    return new_desk(emulator)


@pytest.fixture
def told_desk(emulator: Emulator) -> Desk:
    """A desk whose events are sent to a URL."""
    return new_desk(emulator, EVENTS_URL)


@dataclass
class Receiver:
    """Answers requests by their URL, at once, and keeps them."""

    replies: dict[str, CallbackReply | str] = field(default_factory=dict)
    received: list[Outgoing] = field(default_factory=list)

    async def send(self, request: Outgoing) -> CallbackReply:
        """Answer as told: a reply, or a text that says why none comes."""
        self.received.append(request)
        reply = self.replies.get(request.url, LATER)
        if isinstance(reply, str):
            raise Undelivered(reply)
        return reply

    @property
    def urls(self) -> list[str]:
        """Where the requests went."""
        return [request.url for request in self.received]


@pytest.fixture
def receiver() -> Receiver:
    """Somebody who answers ``{}`` to everything."""
    return Receiver()
