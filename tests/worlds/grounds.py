"""One emulator on each of its grounds, on a thread and in place, with an application that it calls back."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
from twilio.rest import Client

from helpers.emulator.callbacks.direct_transport import NOBODY
from helpers.emulator.callbacks.request import CallbackRequest, Undelivered
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.sdk.http_client import EmulatorHttpClient, InProcessHttpClient
from helpers.emulator.server import RunningEmulator, start
from helpers.emulator.server.exchanges import Exchanges
from helpers.emulator.server.in_process import start_in_process

__all__ = ["Ground", "Receiver", "in_place", "on_a_thread"]

_SETTINGS: dict[str, Any] = {
    "seed": "grounds",
    "account_sid": "AC" + "a" * 32,
    "auth_token": "a-token",
    "remembers": True,
}

Answer = Callable[[dict[str, str]], Any]
"""Function from a form to a JSON value, to a body as it stands, or to the number of a status."""


class Receiver:
    """Application that is called back: it answers each path as ``answers`` says, ``{}`` unless told otherwise."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.received: list[tuple[str, str, dict[str, str], str]] = []
        """Method, path, headers and body of each request."""

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Answer a request, with status and body."""
        self.received.append((method, path, headers, body.decode()))
        answer = self.answers.get(urlsplit(path).path, lambda form: {})(dict(parse_qsl(body.decode())))
        if isinstance(answer, int):
            return answer, b"no"
        return 200, answer if isinstance(answer, bytes) else json.dumps(answer).encode()


class Ground:
    """Emulator on one of its grounds, the SDK on it, and its application at ``url``.

    ``elsewhere`` calls a function as the handler of another server would be.
    """

    def __init__(
        self,
        running: RunningEmulator,
        http: EmulatorHttpClient | InProcessHttpClient,
        receiver: Receiver,
        url: str,
        elsewhere: Callable[[Callable[[], object]], None],
    ) -> None:
        self.running, self.http, self.receiver, self.url, self.elsewhere = running, http, receiver, url, elsewhere
        self.client = Client(running.account_sid, running.auth_token, http_client=http)
        self.answers: dict[str, Answer] = receiver.answers

    @property
    def paths(self) -> list[str]:
        """Paths of the application that were asked for by callbacks so far, in order."""
        self.running.settle()
        return [path for _, path, _, _ in self.receiver.received]

    def record(self) -> dict[str, Any]:
        """Return all that can be told afterwards: the state with its events, callbacks, alerts and faults."""
        assert self.running.settle()
        return {
            "state": self.running.snapshot(events=True),
            "deliveries": msgspec.to_builtins(self.running.deliveries()),
            "alerts": msgspec.to_builtins(self.running.alerts()),
            "faults": msgspec.to_builtins(self.running.faults()),
            "received": self.receiver.received,
        }


@contextmanager
def on_a_thread() -> Iterator[Ground]:
    """Yield an emulator on a thread, and an application behind a web server."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, answer = receiver.reply(self.command, self.path, dict(self.headers), body)
            with suppress(OSError):  # nobody waits for it any more
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    def elsewhere(function: Callable[[], object]) -> None:
        thread = threading.Thread(target=function)
        thread.start()
        thread.join()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server, start(clock="lesson", **_SETTINGS) as running:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        http = EmulatorHttpClient(running.url, after_callbacks=True)
        try:
            yield Ground(running, http, receiver, f"http://127.0.0.1:{server.server_port}", elsewhere)
        finally:
            server.shutdown()
            http.session.close()


@contextmanager
def in_place(url: str = "http://127.0.0.1:8701") -> Iterator[Ground]:
    """Yield an emulator in place, and an application at ``url`` that is only a function."""
    receiver, exchanges = Receiver(), Exchanges()

    def receive(request: CallbackRequest) -> CallbackReply:
        if not request.url.startswith(f"{url}/"):
            raise Undelivered(NOBODY)
        path = request.url.removeprefix(url)
        status, body = receiver.reply(request.method, path, request.headers, request.body)
        return CallbackReply(status=status, content_type="application/json", body=body)

    def elsewhere(function: Callable[[], object]) -> None:
        with exchanges.carried():
            function()

    with start_in_process(receive=receive, exchanges=exchanges, **_SETTINGS) as running:
        yield Ground(running, InProcessHttpClient(running.app), receiver, url, elsewhere)
