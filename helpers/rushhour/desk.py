"""Help desk on an emulator of its own, whose clock moves only when it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from twilio.rest import Client

from helpers.emulator.callbacks.request import CallbackRequest
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.model.defaults import RESERVATION_TIMEOUT
from helpers.emulator.sdk.http_client import InProcessHttpClient
from helpers.emulator.server.in_process import start_in_process
from helpers.lessons import story

__all__ = ["OPENING", "Desk", "open_desk"]

OPENING = "2026-03-07T10:00:00Z"
"""Time at which a desk opens, a Saturday."""

_URL = "http://127.0.0.1/assignment_callback"
"""Address of callbacks; they reach the desk as function calls, so nothing listens there."""
_NO_INSTRUCTION = CallbackReply(status=200, content_type="application/json", body=b"{}")
_TIMED_OUT = "reservation.timeout"


class Desk:
    """Help desk of Alice, Bob and others, all Idle when it opens.

    Args:
        others: attributes of further Workers by their names.
        bob: languages that Bob speaks.
        timeout: seconds that a Worker has to answer an offer.
        seed: makes its SIDs the same on every run.
    """

    def __init__(
        self,
        others: Mapping[str, Iterable[str]] | None = None,
        *,
        bob: Iterable[str] = ("en",),
        timeout: int = RESERVATION_TIMEOUT,
        seed: str = "rush",
    ) -> None:
        self._emulator = start_in_process(clock=OPENING, step=0, seed=seed, receive=self._receive)
        self._offers: list[dict[str, str]] = []
        self._timeouts: list[dict[str, str]] = []
        client = Client(
            self._emulator.account_sid,
            self._emulator.auth_token,
            http_client=InProcessHttpClient(self._emulator.app),
        )
        sids = story.build(client)
        self._idle_sid = sids.activity_sids["Idle"]
        self.second = 0
        """Seconds since it opened."""
        self.workspace: Any = story.workspace_of(client, sids)
        """Workspace of the SDK, with the tutorial's queues and Workflow."""
        self.workflow_sid = sids.workflow_sid
        self.workspace.update(event_callback_url=_URL, events_filter=_TIMED_OUT)
        self.workspace.workflows(sids.workflow_sid).update(
            assignment_callback_url=_URL, task_reservation_timeout=timeout
        )
        self.workspace.workers(sids.bob_sid).update(attributes=_speaks(bob))
        for name, languages in (others or {}).items():
            self.workspace.workers.create(friendly_name=name, attributes=_speaks(languages))
        workers = sorted(self.workspace.workers.list(), key=lambda worker: str(worker.friendly_name))
        self.names: dict[str, str] = {worker.sid: worker.friendly_name for worker in workers}
        """Names of the Workers by SID."""
        for sid in self.names:
            self.set_idle(sid)

    def advance_to(self, second: float) -> None:
        """Let time pass up to ``second`` after the opening; timers that are due fire."""
        self._emulator.advance(max(0, second - self.second))
        self.second = max(self.second, round(second))

    def offers(self) -> list[dict[str, str]]:
        """Return the parameters of the assignment callbacks that arrived since you last asked."""
        taken, self._offers = self._offers, []
        return taken

    def timeouts(self) -> list[dict[str, str]]:
        """Return the events of Reservations that timed out since you last asked."""
        taken, self._timeouts = self._timeouts, []
        return taken

    def set_idle(self, worker_sid: str) -> None:
        """Set a Worker Idle."""
        self.workspace.workers(worker_sid).update(activity_sid=self._idle_sid)

    def __repr__(self) -> str:
        return "<Desk: an emulator of its own, Saturday 10:00>"

    def _receive(self, request: CallbackRequest) -> CallbackReply:
        parameters = dict(parse_qsl(request.body.decode()))
        (self._timeouts if request.kind == "event" else self._offers).append(parameters)
        return _NO_INSTRUCTION


def open_desk() -> Desk:
    """Open a help desk with Alice and Bob, Saturday 10:00."""
    return Desk()


def _speaks(languages: Iterable[str]) -> str:
    return json.dumps({"languages": list(languages)})
