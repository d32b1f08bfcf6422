"""Front before the stage's TaskRouter, which makes trouble on request."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from helpers.emulator.server import RunningEmulator
from tests.contract.stage.account import Account
from tests.contract.stage.exchange import Asked, ConnectionDropped, Reply, twilio_error
from tests.contract.stage.lag import find_unseen

__all__ = ["Front", "Trouble"]

_KINDS = ("busy", "unavailable", "page", "dropped", "lost", "slow", "changed")
_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_HOP = {"connection", "content-length", "transfer-encoding", "date", "server"}


@dataclass
class Trouble:
    """Trouble that happens to the requests it matches.

    ``kind`` is ``busy`` (429 with Retry-After), ``unavailable`` (503), ``page`` (502 with HTML), ``dropped`` (the
    request isn't carried out and the connection ends), ``lost`` (it is carried out, and the connection ends without
    the answer), ``slow`` (carried out, and answered after ``seconds``) or ``changed`` (answered with ``fields``).
    """

    kind: str
    times: int | None = 1
    """Number of requests that it happens to; None for no limit."""
    share: float = 1.0
    """Part of the matching requests that it happens to, evenly spread: a storm of 0.5 is every second one."""
    method: str = ""
    path: str = ""
    """Regular expression that the path must contain."""
    seconds: float = 0.0
    retry_after: float = 1.0
    fields: dict[str, object] = field(default_factory=dict)
    """Fields at the top of the answer's JSON, with the values that they get."""
    seen: int = 0
    """Number of matching requests so far."""

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError(f"{self.kind!r} is none of {', '.join(_KINDS)}")

    def strikes(self, asked: Asked) -> bool:
        """Return True if it happens to this request; count it."""
        if self.times == 0 or (self.method and self.method != asked.method) or not re.search(self.path, asked.path):
            return False
        self.seen += 1
        struck = int(self.seen * self.share) > int((self.seen - 1) * self.share)
        if struck and self.times is not None:
            self.times -= 1
        return struck


class Front:
    """Host taskrouter.twilio.com: what ``emulator`` answers, with trouble.

    Everything starts without trouble; change it while clients are at work.
    """

    def __init__(self, emulator: RunningEmulator, account: Account) -> None:
        self.latency_seconds = 0.0
        """Time that each request waits before it is carried out."""
        self.lag_seconds = 0.0
        """Time after which routing shows: new Reservations, their Tasks' status, events and callbacks."""
        self.honours_names = True
        """False if the list of Workspaces ignores FriendlyName, and returns everybody's."""
        self.troubles: list[Trouble] = []
        self._emulator = emulator
        self._address = urlsplit(emulator.url)
        self._account = account
        self._lock = threading.Lock()

    def strike(self, kind: str, **how: object) -> Trouble:
        """Add a trouble, whose fields ``how`` sets, and return it."""
        trouble = Trouble(kind, **how)  # type: ignore[arg-type]
        self.troubles.append(trouble)
        return trouble

    def calm(self) -> None:
        """End all trouble."""
        self.troubles.clear()
        self.latency_seconds = self.lag_seconds = 0.0
        self.honours_names = True

    def answer(self, asked: Asked) -> Reply:
        """Answer for taskrouter.twilio.com."""
        time.sleep(self.latency_seconds)
        trouble = self._next_trouble(asked)
        kind = trouble.kind if trouble else ""
        if kind == "dropped":
            raise ConnectionDropped
        if trouble and kind in ("busy", "unavailable", "page"):
            return _refuse(trouble)
        reply = self._account.refuse(asked) or self._carry_out(asked)
        if kind == "lost":
            raise ConnectionDropped
        if trouble and kind == "slow":
            time.sleep(trouble.seconds)
        if trouble and kind == "changed":
            return replace(reply, body=json.dumps({**json.loads(reply.body), **trouble.fields}).encode())
        return reply

    def _next_trouble(self, asked: Asked) -> Trouble | None:
        with self._lock:
            return next((trouble for trouble in self.troubles if trouble.strikes(asked)), None)

    def _carry_out(self, asked: Asked) -> Reply:
        unseen = find_unseen(self._emulator, asked, self.lag_seconds)
        if refusal := unseen.refuse(asked):
            return refusal
        reply = self._forward(unseen.ask_all(asked))
        # What the request itself made TaskRouter do is as late as everything else.
        return find_unseen(self._emulator, asked, self.lag_seconds).cover(asked, reply)

    def _forward(self, asked: Asked) -> Reply:
        target = asked.target if self.honours_names or asked.path != "/v1/Workspaces" else _without_name(asked.target)
        connection = http.client.HTTPConnection(self._address.hostname or "", self._address.port, timeout=60)
        try:
            connection.request(asked.method, target, asked.body or None, dict(asked.headers.items()))
            answer = connection.getresponse()
            headers = {name: text for name, text in answer.getheaders() if name.lower() not in _HOP}
            return Reply(answer.status, answer.read(), headers)
        finally:
            connection.close()


def _refuse(trouble: Trouble) -> Reply:
    if trouble.kind == "busy":
        return twilio_error(429, 20429, "Too Many Requests", Retry_After=f"{trouble.retry_after:g}")
    if trouble.kind == "unavailable":
        return twilio_error(503, 20503, "Service is unavailable, please try again")
    return Reply(502, _PAGE, {"Content-Type": "text/html"})


def _without_name(target: str) -> str:
    parts = urlsplit(target)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "FriendlyName"]
    return parts._replace(query=urlencode(kept)).geturl()
