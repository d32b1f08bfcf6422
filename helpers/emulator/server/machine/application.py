"""ASGI application of the emulator for a web server, which also fires timers while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from ...callbacks.queue import CallbackQueue, send_unanswered
from ...callbacks.receivers import FairTransport
from ...callbacks.transport import HttpTransport
from ...emulator import Emulator
from ...guard import Guard
from ..clock_setting import ClockSetting
from ..host_guard import Log
from ..service import Service
from .background_thread import BackgroundThread
from .deadline_timer import DeadlineTimer

if TYPE_CHECKING:
    from ..administration.world_file import WorldFile

__all__ = ["ServerApplication"]

_FRAME_SECONDS = 0.016
"""Time for which the portal collects changes: a browser draws sixty times a second."""


class ServerApplication:
    """Application for any ASGI server; the lifespan protocol starts and ends it.

    Args:
        clock: setting of the clock after a reset.
        guard: refuses requests from pages of other sites.
        transport: sends callbacks.
        asks_password: ask for a password on the admin routes, too; for a server that the network reaches.
        log: called with each finished request.
        world: loaded before the first request is answered.
    """

    def __init__(
        self,
        emulator: Emulator,
        clock: ClockSetting,
        *,
        guard: Guard,
        transport: HttpTransport,
        asks_password: bool = False,
        log: Log | None = None,
        world: WorldFile | None = None,
    ) -> None:
        self.failure: Exception | None = None
        """Exception with which the start failed, or None."""
        self.service = Service(
            emulator,
            clock,
            guard=guard,
            transport=FairTransport(transport),
            make_queue=partial(CallbackQueue, emulator),
            background=BackgroundThread(),
            later=_call_after_a_frame,
            asks_password=asks_password,
            log=log,
        )
        self._transport = transport
        self._world = world
        self._answer = self.service.app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or a WebSocket, or start and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        emulator, queue = self.service.emulator, self.service.queue
        deadline_timer = DeadlineTimer(emulator, queue)
        try:
            self._begin(deadline_timer)
            if self._world is not None:
                await self._world.load(self.service.controls)
        except Exception as failure:
            self.failure = failure
            deadline_timer.cancel()
            await queue.drop()
            await send({"type": "lifespan.startup.failed", "message": str(failure)})
            return
        preloading = asyncio.create_task(self._transport.preload())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        deadline_timer.cancel()
        await preloading
        await queue.drop()
        await self._transport.close()
        emulator.store.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _begin(self, deadline_timer: DeadlineTimer) -> None:
        emulator = self.service.emulator
        emulator.shares = True
        self.service.begin()
        self.service.watch(deadline_timer.set)
        send_unanswered(emulator)
        deadline_timer.set()


def _call_after_a_frame(work: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_later(_FRAME_SECONDS, work)
