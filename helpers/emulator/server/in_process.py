"""The emulator without sockets, threads or an event loop: calls and callbacks are function calls.

For fast tests, and for Python in a browser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from helpers.emulator.api import create_app
from helpers.emulator.clock import Millis
from helpers.emulator.courier import Courier
from helpers.emulator.delivery import DirectDelivery
from helpers.emulator.emulator import Emulator
from helpers.emulator.engine.replies import Reply
from helpers.emulator.faults import Faults
from helpers.emulator.outgoing import Outgoing, Undelivered
from helpers.emulator.pacing import Pacing
from helpers.emulator.sdk import InProcessHttpClient
from helpers.emulator.server.assembly import Configuration, assemble
from helpers.emulator.server.controls import Controls
from helpers.emulator.without_loop import run_without_loop

__all__ = ["InProcessEmulator", "start_in_process"]

Receive = Callable[[Outgoing], Reply]
"""Answers a callback; raises Undelivered where nobody would have."""


@dataclass(frozen=True)
class InProcessEmulator:
    """An emulator in this process; give ``http_client`` to ``twilio.rest.Client``."""

    http_client: InProcessHttpClient
    account_sid: str
    auth_token: str = field(repr=False)
    emulator: Emulator
    controls: Controls

    def advance(self, seconds: float) -> Millis:
        """Move the clock on by ``seconds``, with everything that happens meanwhile; returns the new time."""
        return run_without_loop(self.controls.advance(seconds))


def start_in_process(
    *,
    seed: str | None = None,
    account_sid: str | None = None,
    auth_token: str | None = None,
    receive: Receive | None = None,
    remembers: bool = False,
) -> InProcessEmulator:
    """An emulator on the lessons' clock that nothing outlives.

    Args:
        seed: makes SIDs the same on every run.
        account_sid: as ``auth_token``, made up if left out.
        receive: is called with each callback; without it nobody can be reached.
        remembers: keep a history.
    """
    wanted = Configuration(
        clock="lesson", seed=seed, account_sid=account_sid, auth_token=auth_token, remembers=remembers
    )
    emulator = assemble(wanted)
    pacing = Pacing(emulator)
    courier = Courier(emulator, _Called(receive or _nobody), pacing)
    delivery = DirectDelivery(courier, pacing)
    emulator.on_callbacks = delivery.send
    controls = Controls(emulator, delivery, Faults(), wanted.clock)
    account = next(iter(emulator.accounts.values()))
    http_client = InProcessHttpClient(create_app(emulator), after=delivery.drain)
    return InProcessEmulator(http_client, account.sid, account.auth_token, emulator, controls)


class _Called:
    """Carries a callback by calling a function."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    async def send(self, request: Outgoing) -> Reply:
        return self._receive(request)


def _nobody(request: Outgoing) -> Reply:
    raise Undelivered("nobody receives callbacks here")
