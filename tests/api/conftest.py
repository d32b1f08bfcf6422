"""An emulator in this process, the official SDK on it, and a second pair of eyes on every answer."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from twilio.rest import Client
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

from helpers.emulator.api import create_app
from helpers.emulator.api.contract.openapi_description import describe
from helpers.emulator.api.operations import OPERATIONS
from helpers.emulator.api.route_tree import Tree
from helpers.emulator.clock import Clock
from helpers.emulator.emulator import Account, Emulator
from helpers.emulator.sdk.http_client import InProcessHttpClient
from helpers.emulator.sids import SeededSids
from helpers.emulator.store.store import Store
from helpers.emulator.sync import run_without_loop
from tests.worlds.desk import ACCOUNT_SID, AUTH_TOKEN, configuration

OTHER_ACCOUNT_SID = "AC" + "b" * 32
API_KEY_SID = "SK" + "c" * 32
API_SECRET = "a secret for tests"

_DESCRIPTION = describe()
_TREE = Tree.of(OPERATIONS)


@dataclass(frozen=True)
class Answer:
    """A raw HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.body)


Ask = Callable[..., Answer]


class Watched:
    """The app, with every answer under ``/v1`` held against our own API description.

    ``answered`` names the operations that succeeded at least once.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.answered: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, then check what it answered."""
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)
            await send(message)

        await self.app(scope, receive, keep)
        body = b"".join(message.get("body", b"") for message in sent)
        if scope["path"].startswith("/v1/") and scope["method"] != "OPTIONS":
            self._check(scope, sent[0]["status"], json.loads(body) if body else None)

    def _check(self, scope: Scope, status: int, body: Any) -> None:
        if status >= 400:
            schema = {"$ref": "#/components/schemas/error"}
        else:
            operation, _ = _TREE.find(scope["method"], scope["path"])
            self.answered.add(operation.name)
            answer = _DESCRIPTION["paths"][operation.path][scope["method"].lower()]["responses"][str(status)]
            schema = answer["content"]["application/json"]["schema"] if "content" in answer else {"type": "null"}
        Draft202012Validator({**schema, "components": _DESCRIPTION["components"]}).validate(body)


@pytest.fixture
def emulator() -> Emulator:
    """An emulator without a file, on a lesson clock, with two accounts; one has an API key."""
    accounts = [Account(ACCOUNT_SID, AUTH_TOKEN, {API_KEY_SID: API_SECRET}), Account(OTHER_ACCOUNT_SID, "another")]
    return Emulator(Store(None), Clock.lesson(), SeededSids("tests"), {each.sid: each for each in accounts})


@pytest.fixture
def app(emulator: Emulator) -> Watched:
    """The application, watched."""
    return Watched(create_app(emulator))


@pytest.fixture
def client(app: ASGIApp) -> Client:
    """The official SDK, calling the application in this process."""
    return Client(ACCOUNT_SID, AUTH_TOKEN, http_client=InProcessHttpClient(app))


@pytest.fixture
def workspace(client: Client) -> WorkspaceContext:
    """A fresh workspace."""
    return client.taskrouter.v1.workspaces(client.taskrouter.v1.workspaces.create(friendly_name="Care Desk").sid)


@pytest.fixture
def advance(emulator: Emulator) -> Callable[[float], None]:
    """Moves the lesson clock on by so many seconds."""

    def move(seconds: float) -> None:
        for _ in emulator.advance_stepwise(seconds):
            pass

    return move


@pytest.fixture
def ask(app: ASGIApp) -> Ask:
    """Asks the application as plain HTTP would; ``form`` is the body, already encoded."""
    return asking(app)


@pytest.fixture
def ask_app() -> Callable[[ASGIApp], Ask]:
    """The same for an application of the test's own."""
    return asking


def asking(app: ASGIApp) -> Ask:
    """A way to ask ``app``; a body given as a list arrives in pieces."""

    def send(
        method: str,
        path: str,
        form: str | bytes | list[bytes] = b"",
        *,
        user: str = ACCOUNT_SID,
        password: str = AUTH_TOKEN,
        content_type: str = "application/x-www-form-urlencoded",
        **headers: str,
    ) -> Answer:
        pieces = form if isinstance(form, list) else [form.encode() if isinstance(form, str) else form]
        credentials = b64encode(f"{user}:{password}".encode()).decode()
        given = {"authorization": f"Basic {credentials}", "content-type": content_type}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        return _step(app, method, path, pieces, given)

    return send


@pytest.fixture
def routed(workspace: WorkspaceContext) -> tuple[str, str]:
    """A queue for everybody and a workflow that leads all Tasks there: their SIDs."""
    queue = workspace.task_queues.create(friendly_name="Everybody")
    everything = configuration(default=queue.sid)
    workflow = workspace.workflows.create(friendly_name="Everything", configuration=everything)
    return str(queue.sid), str(workflow.sid)


@pytest.fixture
def available(workspace: WorkspaceContext) -> str:
    """SID of the activity in which a Worker can be reserved."""
    return str(workspace.activities.list(available="true")[0].sid)


def _step(app: ASGIApp, method: str, path: str, pieces: list[bytes], headers: dict[str, str]) -> Answer:
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    waiting = list(pieces)
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await app(scope, receive, send)

    run_without_loop(run())
    received = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], received, b"".join(message.get("body", b"") for message in sent))
