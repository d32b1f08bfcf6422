"""Log of requests and callbacks in memory, bounded, and what caused what."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from starlette.types import Scope

from ..callbacks.request import CallbackRequest
from ..engine.commands.deadlines import pass_deadline
from ..engine.model.changes import Callback, Changes
from ..engine.transaction import Command
from .logged_request import TIMER, CausedEvent, Delivery, LoggedRequest

if TYPE_CHECKING:
    from ..emulator import Emulator

__all__ = ["CAUSE", "KEPT_BYTES", "KEPT_OF_A_BODY", "KEPT_REQUESTS", "Listener", "RequestLog"]

KEPT_REQUESTS = 500
KEPT_BYTES = 16 * 1024 * 1024
"""Limit of all bodies together."""

KEPT_OF_A_BODY = 1024 * 1024
"""Limit of one body: no Workflow's configuration is longer."""

_KEPT_EVENTS = 5000
"""Number of events of which the log knows the cause."""

_EVENTS_OF_ONE = 100

Listener = Callable[[int], object]
"""Function called with the number of each request that is new or has changed, on the emulator's thread, and with 0 when
all were forgotten.
"""

CAUSE: ContextVar[int | None] = ContextVar("cause", default=None)
"""Number of the request that is being answered, or of the callback whose reply is being carried out."""

_replay: ContextVar[dict[str, Any] | None] = ContextVar("replay", default=None)
"""Fields of the delivery of a callback that somebody sends again."""


class RequestLog:
    """Ring of the latest requests and callbacks. It keeps them as they are; whoever shows them formats them.

    It belongs to the emulator's thread. Numbers begin with 1 and are never used again.
    """

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._requests: OrderedDict[int, LoggedRequest] = OrderedDict()
        self._last = 0
        self._bytes = 0
        self._listeners: tuple[Listener, ...] = ()
        self._callbacks: OrderedDict[int, tuple[Callback, int | None]] = OrderedDict()
        """Callbacks not yet sent, by identity, each with its cause."""
        self._overtaken: list[Callback] = []
        """Callbacks to be sent now, after a later one."""
        self._open: dict[int, LoggedRequest] = {}
        """Attempts without a reply so far, by identity of what is sent."""
        self._events: OrderedDict[int, int] = OrderedDict()
        """Causes by number of the event."""

    # -- reading -------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[LoggedRequest]:
        return iter(list(self._requests.values()))

    def find(self, number: int | None) -> LoggedRequest | None:
        """Return the request with this number, or None if it was never there or is kept no longer."""
        return None if number is None else self._requests.get(number)

    def cause_of_event(self, number: int) -> int | None:
        """Return the number of the request or callback that caused the event with this ``number``;

        None if it was a timer, or it isn't known any more.
        """
        return self._events.get(number) or None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` for each request that is new or has changed, and return a function that ends this.

        A request to the API is new once it is answered, a callback once it is sent.
        """
        self._listeners = (*self._listeners, listener)

        def end() -> None:
            self._listeners = tuple(each for each in self._listeners if each is not listener)

        return end

    # -- recording -----------------------------------------------------------------------------

    def begin_request(self, scope: Scope) -> LoggedRequest:
        """Keep a request to the API, which is about to be answered."""
        query = scope["query_string"]
        path = scope["path"]
        return self._keep(
            LoggedRequest(
                number=self._next(),
                at_ms=self._emulator.clock.now(),
                began=time.perf_counter(),
                method=scope["method"],
                url=f"{path}?{query.decode('latin-1')}" if query else path,
                headers=tuple(scope["headers"]),
                replay_of=scope.get("replay_of"),
            )
        )

    def delivery(self, callback: Callback) -> Delivery:
        """Return the delivery of a callback, which is about to be sent."""
        known = self._callbacks.pop(id(callback), None)
        is_overtaken = any(each is callback for each in self._overtaken)
        self._overtaken = [each for each in self._overtaken if each is not callback]
        if known is not None:  # TaskRouter's own, perhaps caused by the reply to one that somebody sent again
            return Delivery(callback=callback, cause=known[1], is_overtaken=is_overtaken)
        return Delivery(callback=callback, cause=CAUSE.get(), **_replay.get() or {})

    def begin_attempt(self, delivery: Delivery, request: CallbackRequest) -> LoggedRequest:
        """Keep an attempt of a callback, which is about to be sent."""
        number = self._next()
        delivery.attempts += (number,)
        if (cause := self.find(delivery.cause)) is not None:
            cause.effects += (number,)
            self._tell(cause.number)
        attempt = LoggedRequest(
            number=number,
            at_ms=self._emulator.clock.now(),
            began=time.perf_counter(),
            method=request.method,
            url=request.url,
            body=request.body,
            body_size=len(request.body),
            outgoing=request,
            delivery=delivery,
            replay_of=delivery.replay_of,
            sent=0,
        )
        self._keep(attempt)
        self._open[id(request)] = attempt
        self._tell(number)
        return attempt

    def note_overtaken(self, callback: Callback) -> None:
        """Note that a fault held a callback back, which is sent next, until a later one had been sent."""
        self._overtaken.append(callback)

    def note_sent(self, request: CallbackRequest) -> None:
        """Note that an attempt really leaves: a fault can prevent that, or let it leave twice."""
        if (attempt := self._open.get(id(request))) is not None:
            attempt.sent += 1

    def finish(self, request: LoggedRequest) -> None:
        """Note that a request has its response, or will get none."""
        self._open.pop(id(request.outgoing), None)
        request.took_ms = (time.perf_counter() - request.began) * 1000
        if request.number in self._requests:
            self._bytes += request.kept
            if self._bytes > KEPT_BYTES:
                self._shrink()
            self._tell(request.number)

    @contextmanager
    def caused_by(self, number: int) -> Iterator[None]:
        """Treat what is written inside the block as caused by the request, or the reply, with this number."""
        token = CAUSE.set(number)
        try:
            yield
        finally:
            CAUSE.reset(token)

    @contextmanager
    def caused_by_reply(self, delivery: Delivery) -> Iterator[None]:
        """Treat what is written inside the block as caused by the reply to the last attempt of a delivery."""
        with self.caused_by(delivery.attempts[-1]) if delivery.attempts else nullcontext():
            yield

    @contextmanager
    def replaying(self, replay_of: int, changes: tuple[str, ...]) -> Iterator[None]:
        """Treat a callback sent inside the block as one that somebody sends again."""
        token = _replay.set({"replay_of": replay_of, "changes": changes})
        try:
            yield
        finally:
            _replay.reset(token)

    def note_written(self, command: Command[Any], changes: Changes) -> None:
        """Remember what caused the events and callbacks of a command."""
        cause = TIMER if command.function is pass_deadline else CAUSE.get()
        for callback in changes.callbacks:
            self._callbacks[id(callback)] = callback, cause
        if cause is not None and (changes.events or changes.alerts):
            self._note_changes(cause, changes)
        while len(self._callbacks) > _KEPT_EVENTS:  # those that were dropped, not sent
            self._callbacks.popitem(last=False)

    def forget(self) -> None:
        """Forget all but open requests: the emulator's state is replaced, and the same SIDs can mean something else."""
        self._callbacks.clear()
        self._overtaken.clear()
        self._events.clear()
        self._bytes = 0
        for number in [each.number for each in self if each.took_ms is not None]:
            del self._requests[number]
        self._tell(0)

    # -- inside --------------------------------------------------------------------------------

    def _note_changes(self, cause: int, changes: Changes) -> None:
        request = self.find(cause)
        for event in changes.events:
            self._events[event.number] = cause
        if request is not None:
            news = changes.events[: _EVENTS_OF_ONE - len(request.events)]
            request.events += tuple(CausedEvent(each.number, each.event_type, each.resource_sid) for each in news)
            request.alerts += tuple(alert.text for alert in changes.alerts)
        while len(self._events) > _KEPT_EVENTS:
            self._events.popitem(last=False)

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _keep(self, request: LoggedRequest) -> LoggedRequest:
        self._requests[request.number] = request
        if len(self._requests) > KEPT_REQUESTS:
            self._drop_first()
        return request

    def _shrink(self) -> None:
        while self._bytes > KEPT_BYTES and len(self._requests) > 1:
            self._drop_first()

    def _drop_first(self) -> None:
        _, first = self._requests.popitem(last=False)
        if first.took_ms is not None:
            self._bytes -= first.kept

    def _tell(self, number: int) -> None:
        for listener in self._listeners:
            listener(number)
