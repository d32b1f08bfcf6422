"""A desk to get stuck at: an emulator in this process, the official SDK on it, and short ways to set a scene."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace
from twilio.http.response import Response
from twilio.rest import Client

from helpers.emulator.api import create_app
from helpers.emulator.clock import Clock
from helpers.emulator.emulator import Account, Emulator
from helpers.emulator.engine.model.changes import Changes
from helpers.emulator.engine.model.resources import Record
from helpers.emulator.sdk.http_client import InProcessHttpClient
from helpers.emulator.sids import SeededSids
from helpers.emulator.store.store import Store

ACCOUNT_SID = "AC" + "a" * 32
AUTH_TOKEN = "a token for tests"


class Counting(InProcessHttpClient):
    """Notes the method and address of every request."""

    requests: list[tuple[str, str]]

    def request(self, method: str, uri: str, *args: Any, **kwargs: Any) -> Response:
        self.__dict__.setdefault("requests", []).append((method.upper(), uri))
        return super().request(method, uri, *args, **kwargs)


@dataclass
class Desk:
    """One workspace with the Activities Offline, Available and Unavailable; time stands still but for writes."""

    multi_task: bool = True
    workspace: Any = None
    workspace_sid: str = ""
    emulator: Emulator = field(init=False)
    client: Client = field(init=False)
    activities: dict[str, str] = field(init=False)
    http: Counting = field(init=False)

    def __post_init__(self) -> None:
        account = Account(ACCOUNT_SID, AUTH_TOKEN)
        self.emulator = Emulator(Store(None), Clock.lesson(), SeededSids("tests"), {account.sid: account})
        self.http = Counting(create_app(self.emulator))
        self.client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=self.http)
        workspaces = self.client.taskrouter.v1.workspaces
        made = workspaces.create(friendly_name="Care Desk", multi_task_enabled=self.multi_task)
        self.workspace, self.workspace_sid = workspaces(made.sid), str(made.sid)
        self.activities = {each.friendly_name: each.sid for each in self.workspace.activities.list()}

    def worker(self, name: str, activity: str = "Available", **attributes: Any) -> Any:
        """A Worker, available unless told otherwise."""
        return self.workspace.workers.create(
            friendly_name=name, activity_sid=self.activities[activity], attributes=json.dumps(attributes)
        )

    def queue(self, name: str, target_workers: str = "1==1", **others: Any) -> str:
        """SID of a new TaskQueue."""
        return str(self.workspace.task_queues.create(friendly_name=name, target_workers=target_workers, **others).sid)

    def workflow(self, *filters: dict[str, Any], default: str | None = None, **others: Any) -> str:
        """SID of a new Workflow."""
        routing = {"filters": list(filters)} | ({"default_filter": {"queue": default}} if default else {})
        configuration = json.dumps({"task_routing": routing})
        made = self.workspace.workflows.create(friendly_name="Requests", configuration=configuration, **others)
        return str(made.sid)

    def task(self, workflow_sid: str | None = None, attributes: Any = None, **others: Any) -> Any:
        """A new Task; attributes are JSON text already, or are made so."""
        text = attributes if isinstance(attributes, str) else json.dumps(attributes or {})
        given = {"workflow_sid": workflow_sid} if workflow_sid else {}
        return self.workspace.tasks.create(attributes=text, **given, **others)

    def reserved_for(self, worker: Any) -> Any:
        """The pending Reservation of a Worker."""
        return self.workspace.workers(worker.sid).reservations.list(reservation_status="pending")[0]

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        for _ in self.emulator.advancing(seconds):
            pass


def rule(name: str, expression: str, *targets: dict[str, Any] | str) -> dict[str, Any]:
    """A filter; a target may be the SID of its queue alone."""
    steps = [{"queue": each} if isinstance(each, str) else each for each in targets]
    return {"filter_friendly_name": name, "expression": expression, "targets": steps}


class Rewriting(InProcessHttpClient):
    """Changes what the emulator answers, as Twilio may answer something the emulator would not."""

    rewrite: Callable[[dict[str, Any]], dict[str, Any]]
    answer: Response | None = None

    @classmethod
    def task(cls, desk: Desk, sid: str, rewrite: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
        """A Task of the desk, read by a client to whom each resource is shown with ``rewrite`` of it laid over."""
        http = cls(create_app(desk.emulator))
        http.rewrite = rewrite
        client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=http)
        return client.taskrouter.v1.workspaces(desk.workspace_sid).tasks(sid).fetch()

    def request(self, method: str, uri: str, *args: Any, **kwargs: Any) -> Response:
        answered = self.answer or super().request(method, uri, *args, **kwargs)
        body = json.loads(answered.text)
        for item in [body, *next((value for value in body.values() if isinstance(value, list)), [])]:
            item |= self.rewrite(item)
        return Response(answered.status_code, json.dumps(body), answered.headers)


def many_workers(desk: Desk, number: int) -> None:
    """Add Workers, the last three of whom speak Spanish and are Offline, without a request for each."""
    state = desk.emulator.world.workspaces[desk.workspace_sid]
    model = desk.worker("Model", "Offline")
    worker = state.workers[model.sid]
    channels = list(state.channels_of(worker.sid).values())
    saved: dict[str, Record] = {}
    for index in range(number - 1):
        spanish = {"languages": ["es"]} if index >= number - 4 else {"languages": ["en"]}
        sid = f"WK{index:032x}"
        fields = {"sid": sid, "friendly_name": f"Worker {index + 1}", "attributes": json.dumps(spanish)}
        saved[sid] = replace(worker, number=10_000 + index, **fields)
        for place, channel in enumerate(channels):
            channel_sid = f"WC{index * 10 + place:032x}"
            saved[channel_sid] = replace(channel, number=50_000 + index * 10 + place, sid=channel_sid, worker_sid=sid)
    desk.emulator.store.commit(Changes(at=desk.emulator.clock.now(), saved=saved), {})
    desk.emulator.reload()
