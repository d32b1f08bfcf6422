"""What the tests of the public side share: a listener behind a tunnel of its own, and senders outside."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from helpers.callbacks import Listener
from tests.unit.callbacks.conftest import AUTH_TOKEN, CALLBACK, FORM, Answer, Sender

PUBLIC_URL = "https://hub.example/user/x/proxy/8000"


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@dataclass(frozen=True)
class Outside:
    """Sends to the outer door, over real sockets, as a tunnel there would."""

    listener: Listener
    port: int

    def sender(self) -> Sender:
        """Somebody who knows the port."""
        return Sender(self.listener)

    def send(self, method: str, target: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request; ``target`` goes out as it is."""
        url = f"http://127.0.0.1:{self.port}"
        return self.sender().send(method, url + target, body, **headers)

    def call_back(
        self, url: str, target: str, *, token: str = AUTH_TOKEN, form: dict[str, str] | None = None, **headers
    ):
        """A callback signed for ``url``, which arrives with ``target``."""
        form = CALLBACK if form is None else form
        signed = RequestValidator(token).compute_signature(url, form)
        sent = {"Content_Type": FORM, "X_Twilio_Signature": signed, "Host": "hub.example", **headers}
        return self.send("POST", target, urlencode(form).encode(), **sent)

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are, and read until the listener closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture
def outside(listener: Listener) -> Outside:
    """A listener at the end of a tunnel of its own, as a learner's cloudflared would be."""
    port = free_port()
    listener.use_tunnel(PUBLIC_URL, port)
    return Outside(listener, port)
