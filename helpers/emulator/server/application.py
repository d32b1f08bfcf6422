"""The emulator as one ASGI application that delivers callbacks and lets deadlines pass while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from ..api import create_app
from ..background import OnThread
from ..callbacks.faults import Faults, FaultyTransport
from ..callbacks.queue import Delivery, send_unanswered
from ..callbacks.receivers import FairTransport
from ..callbacks.sender import Courier
from ..callbacks.throttle import Pacing
from ..callbacks.transport import HttpTransport
from ..emulator import Emulator
from ..guard import Guard
from ..settling import AFTER_CALLBACKS_HEADER
from .administration.administration import Controls
from .deadline_timer import Alarm
from .host_guard import Gate, Log

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

__all__ = ["Service"]

_AFTER_CALLBACKS = AFTER_CALLBACKS_HEADER.lower().encode()


class Service:
    """Any ASGI server can run it; the lifespan protocol starts and ends it.

    Args:
        clock: what a reset goes back to, in a form that :func:`.running.start` explains.
        guard: keeps pages of other sites out.
        asks_password: on the admin routes too; for a server that the network reaches.
        allow_remote_callbacks: let callbacks leave the machine.
        log: takes each finished request.
    """

    def __init__(
        self,
        emulator: Emulator,
        clock: str,
        *,
        guard: Guard,
        asks_password: bool = False,
        allow_remote_callbacks: bool = False,
        log: Log | None = None,
    ) -> None:
        self.emulator = emulator
        self.failure: Exception | None = None
        """Why the application could not start."""
        faults = Faults()
        self._transport = HttpTransport(allow_remote=allow_remote_callbacks)
        pacing = Pacing(emulator)
        courier = Courier(emulator, FaultyTransport(FairTransport(self._transport), faults), pacing)
        self._delivery = Delivery(emulator, courier, pacing, faults.reorders)
        aside = OnThread()
        self.controls = Controls(emulator, self._delivery, faults, clock, aside)
        self._watchers: tuple[Callable[[], object], ...] = ()
        app = create_app(emulator, admin=self._admin, before=self._before, aside=aside)
        self._gate = Gate(app, faults, guard, emulator.accounts if asks_password else None, log)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or live and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._gate(scope, receive, send)

    @property
    def outstanding(self) -> int:
        """Callbacks not yet answered; may be read from any thread."""
        return self._delivery.outstanding

    async def settle(self) -> bool:
        """Wait until callbacks caused so far are answered; False if that takes too long."""
        return await self._delivery.settled()

    def watch(self, watcher: Callable[[], object]) -> None:
        """Call ``watcher`` after every change from now on, in the server's thread: it must return at once."""
        self._watchers = (*self._watchers, watcher)

    def _admin(self) -> Sequence[BaseRoute]:
        from .administration.admin_routes import admin_routes  # here, because it needs Starlette: see create_app

        return admin_routes(self.controls, self._before)

    def _before(self, scope: Scope) -> Awaitable[bool] | None:
        """Only a client that asks for it waits: any other may be answering a callback, and would wait for itself."""
        if not self._delivery.outstanding:
            return None
        return self.settle() if any(name == _AFTER_CALLBACKS for name, _ in scope["headers"]) else None

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        alarm = Alarm(self.emulator, self._delivery)
        try:
            self._begin(alarm)
        except Exception as failure:
            self.failure = failure
            await send({"type": "lifespan.startup.failed", "message": str(failure)})
            return
        preloading = asyncio.create_task(self._transport.preload())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        alarm.cancel()
        await preloading
        await self._delivery.drop()
        await self._transport.close()
        self.emulator.store.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _begin(self, alarm: Alarm) -> None:
        self.emulator.shares = True
        self.emulator.on_callbacks = self._delivery.send
        self.emulator.on_change = partial(self._changed, alarm)
        send_unanswered(self.emulator)
        alarm.set()

    def _changed(self, alarm: Alarm) -> None:
        alarm.set()
        for watcher in self._watchers:
            watcher()
