"""Emulator without sockets, threads or an event loop: requests and callbacks are function calls.

Fast tests use it, and Python in a browser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..api import create_app
from ..callbacks.faults import Faults
from ..callbacks.queue import InlineQueue
from ..callbacks.request import CallbackRequest, Undelivered
from ..callbacks.sender import CallbackSender
from ..callbacks.throttle import Throttle
from ..clock import Millis
from ..emulator import Emulator
from ..engine.callbacks.callback_reply import CallbackReply
from ..sdk.http_client import InProcessHttpClient
from ..sync import run_without_loop
from .administration.administration import Administration
from .factory import Configuration, assemble

__all__ = ["InProcessEmulator", "start_in_process"]

Receive = Callable[[CallbackRequest], CallbackReply]
"""Function that replies to a callback, or raises Undelivered."""


@dataclass(frozen=True)
class InProcessEmulator:
    """Emulator in this process; pass its ``http_client`` to ``twilio.rest.Client``."""

    http_client: InProcessHttpClient
    account_sid: str
    auth_token: str = field(repr=False)
    emulator: Emulator
    controls: Administration

    def advance(self, seconds: float) -> Millis:
        """Advance the clock by ``seconds``, firing timers on the way, and return the new time."""
        return run_without_loop(self.controls.advance(seconds))


def start_in_process(
    *,
    seed: str | None = None,
    account_sid: str | None = None,
    auth_token: str | None = None,
    receive: Receive | None = None,
    remembers: bool = False,
) -> InProcessEmulator:
    """Return an emulator with the lessons' clock, without a file.

    Args:
        seed: makes SIDs the same on every run.
        account_sid: generated if left out, as is ``auth_token``.
        receive: called with each callback; without it no callback is delivered.
        remembers: keep a history for time travel.
    """
    wanted = Configuration(
        clock="lesson", seed=seed, account_sid=account_sid, auth_token=auth_token, remembers=remembers
    )
    emulator = assemble(wanted)
    throttle = Throttle(emulator)
    sender = CallbackSender(emulator, _FunctionTransport(receive or _fail), throttle)
    queue = InlineQueue(sender, throttle)
    emulator.on_callbacks = queue.send
    controls = Administration(emulator, queue, Faults(), wanted.clock)
    account = next(iter(emulator.accounts.values()))
    http_client = InProcessHttpClient(create_app(emulator), after=queue.drain)
    return InProcessEmulator(http_client, account.sid, account.auth_token, emulator, controls)


class _FunctionTransport:
    """Transport that calls a function."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    async def send(self, request: CallbackRequest) -> CallbackReply:
        return self._receive(request)


def _fail(request: CallbackRequest) -> CallbackReply:
    raise Undelivered("nobody receives callbacks here")
