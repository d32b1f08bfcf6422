"""Trouble on request: what an application should survive, and seldom meets in a test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import msgspec

from ..engine.callbacks.callback_reply import CallbackReply
from ..engine.model.refusals import Invalid
from .request import Outgoing, Transport, Undelivered

__all__ = ["Fault", "Faults", "FaultyTransport"]

_FAULTS = ("slow", "fail", "duplicate", "reorder", "busy")
"""Deliveries: late, unanswered, twice, in another order. Requests to the API: 429 Too Many Requests."""

_KINDS = ("any", "assignment", "event", "status")


class Fault(msgspec.Struct, kw_only=True):
    """One kind of trouble for the next ``times`` occasions.

    ``fault`` is ``slow``, ``fail``, ``duplicate``, ``reorder`` or ``busy``; ``kind`` narrows deliveries to
    ``assignment``, ``event`` or ``status``; ``seconds`` is for ``slow``, ``status`` for ``fail``.

    Raises:
        Invalid: a value is none of those that count.
    """

    fault: str
    kind: str = "any"
    times: int = 1
    seconds: float = 0.0
    status: int = 500

    def __post_init__(self) -> None:
        _expect_one_of("fault", self.fault, _FAULTS)
        _expect_one_of("kind", self.kind, _KINDS)
        _expect_whole("times", self.times, 1, 1_000_000)
        if not isinstance(self.seconds, int | float) or not 0 <= self.seconds < 1e12:
            raise Invalid(f"seconds is {_seen(self.seconds)}; it must be a number, 0 or more")
        _expect_whole("status", self.status, 100, 599)
        if self.fault == "busy" and self.kind != "any":
            raise Invalid(f"kind is {self.kind!r}; busy strikes requests to the API, which have no kind: leave it out")


class Faults:
    """The trouble that has been asked for and has not happened yet."""

    def __init__(self) -> None:
        self.pending: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Ask for trouble."""
        self.pending.append(fault)

    def take(self, name: str, kind: str = "any") -> Fault | None:
        """The fault that strikes on this occasion, if any; it is used up by that."""
        for fault in self.pending:
            if fault.fault == name and fault.kind in ("any", kind):
                fault.times -= 1
                if fault.times <= 0:
                    self.pending.remove(fault)
                return fault
        return None

    def reorders(self, kind: str) -> bool:
        """Whether the next two callbacks of this kind change places."""
        return self.take("reorder", kind) is not None


def _expect_one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise Invalid(f"{name} is {_seen(value)}; it must be one of {', '.join(allowed)}")


def _expect_whole(name: str, value: object, least: int, most: int) -> None:
    if not isinstance(value, int) or not least <= value <= most:
        raise Invalid(f"{name} is {_seen(value)}; it must be a whole number from {least} to {most}")


def _seen(value: object) -> str:
    return repr(value)[:80]


class FaultyTransport:
    """Carries requests as ``inner`` does, except where ``faults`` strike."""

    def __init__(
        self, inner: Transport, faults: Faults, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._inner = inner
        self._faults = faults
        self._sleep = sleep

    async def send(self, request: Outgoing) -> CallbackReply:
        """Send, unless trouble was asked for.

        Raises:
            Undelivered: as ``inner`` does, or because the answer was made late.
        """
        failed = self._faults.take("fail", request.kind)
        if failed is not None:
            return CallbackReply(status=failed.status, content_type="text/plain", body=b"injected fault")
        slow = self._faults.take("slow", request.kind)
        if slow is not None:
            await self._sleep(min(slow.seconds, request.limit_seconds))
            if slow.seconds >= request.limit_seconds:
                raise Undelivered(f"no answer within {request.limit_seconds:g} s (injected fault)")
        if self._faults.take("duplicate", request.kind) is not None:
            await self._inner.send(request)
        return await self._inner.send(request)
