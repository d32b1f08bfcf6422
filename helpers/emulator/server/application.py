"""ASGI application of the emulator, which also sends callbacks and fires timers while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from ..api import create_app
from ..background import BackgroundThread
from ..callbacks.faults import Faults, FaultyTransport
from ..callbacks.queue import CallbackQueue, send_unanswered
from ..callbacks.receivers import FairTransport
from ..callbacks.sender import CallbackSender
from ..callbacks.throttle import Throttle
from ..callbacks.transport import HttpTransport
from ..emulator import Emulator
from ..guard import Guard
from .administration.administration import Administration
from .callback_wait import CallbackWait
from .deadline_timer import DeadlineTimer
from .host_guard import HostGuard, Log

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from .administration.world_file import WorldFile

__all__ = ["ServerApplication"]


class ServerApplication:
    """Application for any ASGI server; the lifespan protocol starts and ends it.

    Args:
        clock: setting of the clock after a reset, in a form that :func:`.running.start` explains.
        guard: refuses requests from pages of other sites.
        asks_password: ask for a password on the admin routes, too; for a server that the network reaches.
        allow_remote_callbacks: let callbacks leave the machine.
        log: called with each finished request.
        world: loaded before the first request is answered.
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
        world: WorldFile | None = None,
    ) -> None:
        self.emulator = emulator
        self._world = world
        self.failure: Exception | None = None
        """Exception with which the start failed, or None."""
        faults = Faults()
        self._transport = HttpTransport(allow_remote=allow_remote_callbacks)
        throttle = Throttle(emulator)
        sender = CallbackSender(emulator, FaultyTransport(FairTransport(self._transport), faults), throttle)
        self.queue = CallbackQueue(emulator, sender, throttle, faults.reorders)
        background = BackgroundThread()
        self.controls = Administration(emulator, self.queue, faults, clock, background)
        self._watchers: tuple[Callable[[], object], ...] = ()
        app = CallbackWait(create_app(emulator, admin=self._admin, background=background), self.queue)
        self._host_guard = HostGuard(app, faults, guard, emulator.accounts if asks_password else None, log)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or start and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._host_guard(scope, receive, send)

    def watch(self, watcher: Callable[[], object]) -> None:
        """Call ``watcher`` after every change from now on, in the server's thread. It must return at once."""
        self._watchers = (*self._watchers, watcher)

    def _admin(self) -> list[BaseRoute]:
        from .administration.admin_routes import admin_routes  # here, because it needs Starlette: see create_app

        return admin_routes(self.controls)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        deadline_timer = DeadlineTimer(self.emulator, self.queue)
        try:
            self._begin(deadline_timer)
            if self._world is not None:
                await self._world.load(self.controls)
        except Exception as failure:
            self.failure = failure
            deadline_timer.cancel()
            await self.queue.drop()
            await send({"type": "lifespan.startup.failed", "message": str(failure)})
            return
        preloading = asyncio.create_task(self._transport.preload())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        deadline_timer.cancel()
        await preloading
        await self.queue.drop()
        await self._transport.close()
        self.emulator.store.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _begin(self, deadline_timer: DeadlineTimer) -> None:
        self.emulator.shares = True
        self.emulator.on_callbacks = self.queue.send
        self.emulator.on_change = partial(self._handle_change, deadline_timer)
        send_unanswered(self.emulator)
        deadline_timer.set()

    def _handle_change(self, deadline_timer: DeadlineTimer) -> None:
        deadline_timer.set()
        for watcher in self._watchers:
            watcher()
