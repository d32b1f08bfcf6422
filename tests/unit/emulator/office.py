"""A kernel's emulator in the test's own thread, used as somebody would who goes by lot."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any, TypeVar

from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from helpers.emulator.callbacks.request import Outgoing, Undelivered
from helpers.emulator.emulator import Emulator
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.server.administration.snapshot import take
from helpers.emulator.server.in_process import start_in_process

__all__ = ["COMMANDS", "Office", "state_of"]

T = TypeVar("T")

NAMES = ("Alice", "Bob", "آليس")
LANGUAGES = ("en", "es", "fr")
URL = "http://127.0.0.1:9/assignment"
REPLIES = (None, "", "{}", '{"instruction": "accept"}', '{"instruction": "reject"}', '{"instruction": "dance"}')


class Office:
    """Three Workers, two TaskQueues and a Workflow; :meth:`act` does one thing, which may be refused."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.replies: tuple[str | None, ...] = REPLIES
        self.running = start_in_process(seed="office", receive=self._answer, remembers=True)
        self.emulator: Emulator = self.running.emulator
        self.client = Client(self.running.account_sid, self.running.auth_token, http_client=self.running.http_client)
        made = self.client.taskrouter.v1.workspaces.create(friendly_name="Office")
        self.workspace: Any = self.client.taskrouter.v1.workspaces(made.sid)
        idle = self.workspace.activities.create(friendly_name="Idle", available=True)
        self.activity_sids = [each.sid for each in self.workspace.activities.list()]
        for name in NAMES:
            self.workspace.workers.create(friendly_name=name, attributes=self._languages(), activity_sid=idle.sid)
        self.queue_sids = [
            self.workspace.task_queues.create(friendly_name=code, target_workers=f'speaks HAS "{code}"').sid
            for code in LANGUAGES[:2]
        ]
        self.workflow = self.workspace.workflows.create(
            friendly_name="All", configuration=self._routing(90), task_reservation_timeout=30
        )
        self.workflow.update(assignment_callback_url=URL)

    def look(self, function: Callable[[Emulator], T]) -> T:
        """As the emulator of a kernel does it; callbacks are answered at once."""
        return function(self.emulator)

    def act(self, command: str) -> None:
        """Do one of ``COMMANDS``."""
        try:
            COMMANDS[command](self)
        except (TwilioException, IndexError):  # refused, or there is nothing to do it to
            return

    def create(self) -> None:
        wants = json.dumps({"wants": self.chance.choice(LANGUAGES)})
        self.workspace.tasks.create(attributes=wants, timeout=self.chance.choice([40, 4000]))

    def create_for_worker(self) -> None:
        self.workspace.tasks.create(routing_target=self._worker().sid, workflow_sid=self.workflow.sid)

    def move(self) -> None:
        self._worker().update(
            activity_sid=self.chance.choice(self.activity_sids),
            reject_pending_reservations=self.chance.random() < 0.5,
        )

    def accept(self) -> None:
        self._reservation().update(reservation_status="accepted")

    def reject(self) -> None:
        self._reservation().update(instruction="reject")

    def end(self) -> None:
        self._task().update(assignment_status=self.chance.choice(["completed", "wrapping", "canceled"]))

    def delete(self) -> None:
        self._task().delete()

    def learn(self) -> None:
        self._worker().update(attributes=self._languages())

    def widen(self) -> None:
        channel = self.chance.choice(self._worker().worker_channels.list())
        channel.update(capacity=self.chance.randrange(1, 3))

    def wait(self) -> None:
        self.running.advance(self.chance.choice([1, 30, 31, 400]))

    def hire(self) -> None:
        name = f"Worker {self.chance.randrange(4)}"  # a name already taken is refused
        self.workspace.workers.create(friendly_name=name, attributes=self._languages())

    def offer_to_two(self) -> None:
        self.workspace.task_queues(self.chance.choice(self.queue_sids)).update(max_reserved_workers=2)

    def reroute(self) -> None:
        self.workspace.workflows(self.workflow.sid).update(
            configuration=self._routing(self.chance.choice([20, 60])),
            re_evaluate_tasks=self.chance.choice(["true", "false"]),
        )

    def add_channel(self) -> None:
        self.workspace.task_channels.create(friendly_name="Fax", unique_name="fax")

    def _answer(self, request: Outgoing) -> CallbackReply:
        reply = self.chance.choice(self.replies)
        if reply is None:
            raise Undelivered("nobody is there")
        return CallbackReply(status=200, content_type="application/json", body=reply.encode())

    def _routing(self, timeout: int) -> str:
        targets = [{"queue": self.queue_sids[0], "timeout": timeout}, {"queue": self.queue_sids[1]}]
        filters = [
            {"expression": f'wants == "{code}"', "targets": [target]}
            for code, target in zip(["en", "es"], targets, strict=True)
        ]
        return json.dumps({"task_routing": {"filters": filters, "default_filter": targets[1]}})

    def _languages(self) -> str:
        return json.dumps({"speaks": self.chance.sample(LANGUAGES, 2)})

    def _worker(self) -> Any:
        return self.chance.choice(self.workspace.workers.list())

    def _task(self) -> Any:
        return self.chance.choice(self.workspace.tasks.list())

    def _reservation(self) -> Any:
        owner = self.chance.choice([self._task, self._worker])()
        return self.chance.choice(owner.reservations.list())


COMMANDS: dict[str, Callable[[Office], None]] = {
    name: member
    for name, member in vars(Office).items()
    if callable(member) and not name.startswith("_") and name not in ("look", "act")
}


def state_of(emulator: Emulator) -> dict[str, Any]:
    """All records and events an emulator holds."""
    taken = take(emulator, events=True)
    return {name: taken[name] for name in ("records", "events")}
