"""Service of an emulator: its ASGI application, its callbacks and its controls, wherever it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from ..api import create_app
from ..api.http.authentication import SESSION_ACCOUNT
from ..background import Background
from ..callbacks.faults import Faults
from ..callbacks.faulty_transport import FaultyTransport
from ..callbacks.overtaking import Overtaking
from ..callbacks.request import Transport
from ..callbacks.sender import CallbackSender
from ..callbacks.throttle import Throttle
from ..emulator import Emulator
from ..guard import Guard
from ..request_log.request_log import RequestLog
from ..request_log.request_recorder import RequestRecorder
from .administration.administration import Administration
from .callback_wait import CallbackWait
from .clock_setting import ClockSetting
from .host_guard import HostGuard, Log

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import Scope

    from ..callbacks.inline_queue import InlineQueue
    from ..callbacks.queue import CallbackQueue
    from ..inspection.inspector import RequestInspector
    from ..portal.portal import Portal

__all__ = ["Service"]


class Service:
    """All of an emulator that is the same on a thread and in place.

    Args:
        clock: setting of the clock after a reset.
        transport: sends callbacks.
        make_queue: returns the queue for a sender, a throttle, and what lets callbacks overtake others.
        background: does long work.
        later: calls a function soon; the portal sends what changed until then in one message.
        can_run: let the clock run; only where something fires timers meanwhile.
        asks_password: ask for a password on the admin routes, too; for a server that the network reaches.
        log: called with each finished request.
    """

    def __init__(
        self,
        emulator: Emulator,
        clock: ClockSetting,
        *,
        guard: Guard,
        transport: Transport,
        make_queue: Callable[[CallbackSender, Throttle, Overtaking], CallbackQueue | InlineQueue],
        background: Background,
        later: Callable[[Callable[[], None]], object],
        can_run: bool = True,
        asks_password: bool = False,
        log: Log | None = None,
    ) -> None:
        self.emulator = emulator
        faults, throttle = Faults(), Throttle(emulator)
        self.requests = RequestLog(emulator)
        faulty = FaultyTransport(transport, faults, self._pass_time, self.requests.note_sent)
        sender = CallbackSender(emulator, faulty, throttle, self.requests, faults.build_request)
        self.queue = make_queue(sender, throttle, Overtaking(faults, self.requests.note_overtaken))
        self.controls = Administration(emulator, self.queue, faults, clock, background, self.requests, can_run=can_run)
        self._watchers: tuple[Callable[[], object], ...] = ()
        self._later = later
        self._is_open = asks_password
        app = create_app(emulator, admin=self._admin, background=background)
        accounts = emulator.accounts if asks_password else None
        guarded = HostGuard(app, faults, guard, accounts, log, self._account_of_page)
        # It is logged when its turn comes: a request that waits for a callback is later than that.
        self.app = CallbackWait(RequestRecorder(guarded, self.requests, SESSION_ACCOUNT), self.queue)

    @cached_property
    def inspector(self) -> RequestInspector:
        """Inspector of the requests so far, loaded when it is first used."""
        from ..inspection.inspector import RequestInspector

        return RequestInspector(self.emulator, self.requests, self.app, self.controls.send_again)

    @cached_property
    def portal(self) -> Portal:
        """The portal, loaded when it is first used: most emulators have no visitors."""
        from ..portal.portal import Portal

        portal = Portal(self.controls, self.inspector, self._later, is_open=self._is_open)
        self.watch(portal.feed.wake)
        return portal

    def begin(self) -> None:
        """Send callbacks and call watchers from now on."""
        self.emulator.on_callbacks = self.queue.send
        self.emulator.on_change = self.tell_watchers
        self.emulator.subscribe(self.requests.note_written)

    def watch(self, watcher: Callable[[], object]) -> None:
        """Call ``watcher`` after every change from now on, where the emulator runs. It must return at once."""
        self._watchers = (*self._watchers, watcher)

    def tell_watchers(self) -> None:
        """Call all watchers."""
        for watcher in self._watchers:
            watcher()

    async def _pass_time(self, seconds: float) -> None:
        """Let a time pass by the emulator's clock: where that stands still, nobody has to wait for it."""
        if self.emulator.clock.is_running:
            await asyncio.sleep(seconds)
            return
        for _ in self.emulator.advance_stepwise(seconds):
            pass
        self.tell_watchers()

    def _account_of_page(self, scope: Scope) -> str | None:
        return self.portal.sessions.account_of_page(scope)

    def _admin(self) -> list[BaseRoute]:
        from ..portal.portal_routes import portal_routes
        from .administration.admin_routes import admin_routes, home_page  # here, because they need Starlette

        return [*portal_routes(self.portal, home_page(self.controls)), *admin_routes(self.controls)]
