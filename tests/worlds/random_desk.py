"""A desk that is used as somebody would who goes by lot."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any, TypeVar

from twilio.base.exceptions import TwilioException

from helpers.emulator.callbacks.request import CallbackRequest, Undelivered
from helpers.emulator.clock import Clock
from helpers.emulator.emulator import Emulator
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.model.refusals import Refused
from helpers.emulator.server.administration.snapshot import take
from tests.worlds.application import ASSIGNMENT_URL
from tests.worlds.desk import Desk, configuration, filter_

__all__ = ["COMMANDS", "RandomDesk", "state_of"]

T = TypeVar("T")

NAMES = ("Alice", "Bob", "آليس")
LANGUAGES = ("en", "es", "fr")
REPLIES = (
    None,
    "",
    "{}",
    '{"instruction": "accept"}',
    '{"instruction": "reject"}',
    '{"instruction": "dance"}',
    '{"instruction": "dequeue", "to": "client:worker", "timeout": 25}',
)


class RandomDesk(Desk):
    """Three Workers, two TaskQueues and a Workflow; :meth:`act` does one thing, which may be refused."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.replies: tuple[str | None, ...] = REPLIES
        super().__init__(self._answer, clock=Clock.lesson(), remembers=True)
        self.workspace.activities.create(friendly_name="Idle", available=True)
        self.activity_sids = [each.sid for each in self.workspace.activities.list()]
        for name in NAMES:
            self.worker(name, self._languages(), "Idle")
        self.queue_sids = [self.queue(code, f'speaks HAS "{code}"') for code in LANGUAGES[:2]]
        self.workflow_sid = self.workflow(*self._filters(90), default=self.queue_sids[1], task_reservation_timeout=30)
        self.workspace.workflows(self.workflow_sid).update(assignment_callback_url=ASSIGNMENT_URL)

    def look(self, function: Callable[[Emulator], T]) -> T:
        """As the emulator of a kernel does it; callbacks are answered at once."""
        return function(self.emulator)

    def act(self, command: str) -> None:
        """Do one of ``COMMANDS``."""
        try:
            COMMANDS[command](self)
        except (TwilioException, Refused, IndexError):  # refused, or there is nothing to do it to
            return

    def create(self) -> None:
        self.task({"wants": self.chance.choice(LANGUAGES)}, timeout=self.chance.choice([40, 4000]))

    def create_for_worker(self) -> None:
        self.task(routing_target=self._worker().sid, workflow_sid=self.workflow_sid)

    def change_activity(self) -> None:
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
        self._worker().update(attributes=json.dumps(self._languages()))

    def widen(self) -> None:
        channel = self.chance.choice(self._worker().worker_channels.list())
        channel.update(capacity=self.chance.randrange(1, 3))

    def wait(self) -> None:
        self.advance(self.chance.choice([1, 30, 31, 400]))

    def hire(self) -> None:
        name = f"Worker {self.chance.randrange(4)}"  # a name already taken is refused
        self.workspace.workers.create(friendly_name=name, attributes=json.dumps(self._languages()))

    def offer_to_two(self) -> None:
        self.workspace.task_queues(self.chance.choice(self.queue_sids)).update(max_reserved_workers=2)

    def reroute(self) -> None:
        filters = self._filters(self.chance.choice([20, 60]))
        self.workspace.workflows(self.workflow_sid).update(
            configuration=configuration(*filters, default=self.queue_sids[1]),
            re_evaluate_tasks=self.chance.choice(["true", "false"]),
        )

    def add_channel(self) -> None:
        self.workspace.task_channels.create(friendly_name="Fax", unique_name="fax")

    def dial(self) -> None:
        attributes = json.dumps({"wants": self.chance.choice(LANGUAGES)})
        enqueue = f'<Enqueue workflowSid="{self.workflow_sid}"><Task>{attributes}</Task></Enqueue>'
        answers = self.chance.random() < 0.5
        self.running.dial(twiml=f"<Response>{enqueue}</Response>", worker_answers=answers)

    def use_phone(self) -> None:
        call = self.chance.choice(self._phone("GET", "calls")["calls"])["sid"]
        what, party = self.chance.choice([("answer", ""), ("hangup", "caller"), ("hangup", "worker")])
        self._phone("POST", f"calls/{call}/{what}", {"party": party} if party else {})

    def _phone(self, method: str, path: str, data: dict[str, str] | None = None) -> Any:
        """Return the answer of a route of the emulator's own; a refusal is one, too."""
        return json.loads(self.http.request(method, f"{self.running.url}/_emulator/{path}", data=data).text)

    def _answer(self, request: CallbackRequest) -> CallbackReply:
        reply = self.chance.choice(self.replies)
        if reply is None:
            raise Undelivered("nobody is there")
        return CallbackReply(status=200, content_type="application/json", body=reply.encode())

    def _filters(self, timeout: int) -> list[dict[str, Any]]:
        targets = [{"queue": self.queue_sids[0], "timeout": timeout}, {"queue": self.queue_sids[1]}]
        return [filter_(f'wants == "{code}"', target) for code, target in zip(("en", "es"), targets, strict=True)]

    def _languages(self) -> dict[str, Any]:
        return {"speaks": self.chance.sample(LANGUAGES, 2)}

    def _worker(self) -> Any:
        return self.chance.choice(self.workspace.workers.list())

    def _task(self) -> Any:
        return self.chance.choice(self.workspace.tasks.list())

    def _reservation(self) -> Any:
        owner = self.chance.choice([self._task, self._worker])()
        return self.chance.choice(owner.reservations.list())


COMMANDS: dict[str, Callable[[RandomDesk], None]] = {
    name: member
    for name, member in vars(RandomDesk).items()
    if callable(member) and not name.startswith("_") and name not in ("look", "act")
}


def state_of(emulator: Emulator) -> dict[str, Any]:
    """All records and events an emulator holds."""
    taken = take(emulator, events=True)
    return {name: taken[name] for name in ("records", "events")}
