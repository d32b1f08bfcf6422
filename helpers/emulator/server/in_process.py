"""Emulator in place, without sockets, threads or an event loop: requests and callbacks are function calls.

Fast tests use it, and Python in a browser.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.types import ASGIApp, Scope, Send
from starlette.types import Receive as ReceiveBody

from ..background import InTheWay
from ..callbacks.direct_transport import DirectTransport, Receive
from ..callbacks.inline_queue import InlineQueue
from ..callbacks.request import CallbackRequest, Undelivered
from ..emulator_errors import BadStart
from ..engine.callbacks.callback_reply import CallbackReply
from ..sync import run_without_loop
from .administration.administration import CANNOT_RUN
from .clock_setting import ClockSetting
from .exchanges import Exchanges
from .factory import Configuration, assemble
from .host_guard import guard_for
from .running import HasEnded, RunningEmulator, gone
from .service import Service

__all__ = ["start_in_process"]

T = TypeVar("T")


def start_in_process(
    *,
    clock: str = "lesson",
    step: float = 1,
    seed: str | None = None,
    account_sid: str | None = None,
    auth_token: str | None = None,
    remembers: bool = False,
    url: str = "http://127.0.0.1",
    receive: Receive | None = None,
    exchanges: Exchanges | None = None,
) -> RunningEmulator:
    """Return an emulator that works inside its callers' calls, without a file; it belongs to the thread that uses it.

    Its requests are calls of ``app``; callbacks are sent when the outermost exchange has its response. Watchers are
    called in place.

    Args:
        clock: as for :func:`.machine.start.start`, but it can't run; likewise ``step``.
        seed: makes SIDs the same on every run.
        account_sid: generated if left out, as is ``auth_token``.
        remembers: keep a history for time travel.
        url: address that its callers know it by.
        receive: called with each callback; without it no callback is delivered.
        exchanges: those of all servers that call each other in place; its own, if left out.

    Raises:
        BadStart: a setting cannot be used.
    """
    wanted = Configuration(
        clock=ClockSetting(clock, step),
        seed=seed,
        account_sid=account_sid,
        auth_token=auth_token,
        remembers=remembers,
    )
    emulator = assemble(wanted)
    if emulator.clock.is_running:
        emulator.store.close()
        raise BadStart("clock", f"{CANNOT_RUN}.")
    exchanges = exchanges or Exchanges()
    transport = DirectTransport(_carry(exchanges, receive or _fail))

    service = Service(
        emulator,
        wanted.clock,
        guard=guard_for("127.0.0.1"),
        transport=transport,
        make_queue=lambda sender, throttle, overtaking: InlineQueue(sender, throttle, overtaking, transport.abandon),
        background=InTheWay(),
        later=exchanges.once_afterwards,
        can_run=False,
    )
    service.begin()
    return RunningEmulator(service, _InPlace(service, exchanges, url), url)


class _InPlace:
    """Runner in the caller's own call."""

    def __init__(self, service: Service, exchanges: Exchanges, url: str) -> None:
        self.app: ASGIApp = self._answer
        self._service = service
        self._exchanges = exchanges
        self._url = url
        self._has_ended = False
        self._leave = exchanges.afterwards(self._follow_up)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run ``coroutine`` to its end, and return its result.

        Raises:
            HasEnded: after :meth:`stop`.
        """
        if self._has_ended:
            coroutine.close()
            raise HasEnded
        with self._exchanges.carried():
            return run_without_loop(coroutine)

    def stop(self) -> None:
        """Drop the callbacks, and close the store once no exchange is open."""
        if not self._has_ended:
            with self._exchanges.carried():
                self._has_ended = True
                run_without_loop(self._service.queue.drop())

    async def _answer(self, scope: Scope, receive: ReceiveBody, send: Send) -> None:
        """Answer a request, as one of the exchanges.

        Raises:
            EmulatorGone: after :meth:`stop`.
        """
        if self._has_ended:
            raise gone(self._url)
        with self._exchanges.carried():
            await self._service.app(scope, receive, send)

    def _follow_up(self) -> None:
        """Send the callbacks that the exchanges caused."""
        run_without_loop(self._service.queue.settle())
        if self._has_ended:
            self._service.emulator.store.close()
            self._leave()


def _carry(exchanges: Exchanges, receive: Receive) -> Receive:
    """Return ``receive``, each call of which is one of the exchanges."""

    def carried(request: CallbackRequest) -> CallbackReply:
        with exchanges.carried():
            return receive(request)

    return carried


def _fail(request: CallbackRequest) -> CallbackReply:
    raise Undelivered("nobody receives callbacks here")
