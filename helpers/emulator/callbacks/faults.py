"""Faults on request, which an application should survive and seldom meets in a test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import msgspec

from ..engine.callbacks.callback_reply import CallbackReply
from ..engine.model.refusals import Invalid
from .request import CallbackRequest, Transport, late

__all__ = ["Fault", "Faults", "FaultyTransport"]

_FAULTS = ("slow", "fail", "duplicate", "reorder", "busy")
"""Faults of callbacks: sent late, failed, sent twice, in another order. Of requests to the API: 429."""

_KINDS = ("any", "assignment", "event", "status")


class Fault(msgspec.Struct, kw_only=True):
    """Fault that happens to the next ``times`` callbacks or requests.

    ``fault`` is ``slow``, ``fail``, ``duplicate``, ``reorder`` or ``busy``; ``kind`` narrows deliveries to
    ``assignment``, ``event`` or ``status``; ``seconds`` is for ``slow``, ``status`` for ``fail``.

    Raises:
        Invalid: a value is not one of the allowed ones.
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
    """Queue of faults that were requested and haven't happened yet."""

    def __init__(self) -> None:
        self.pending: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Add a fault."""
        self.pending.append(fault)

    def take(self, name: str, kind: str = "any") -> Fault | None:
        """Return the fault that happens now, or None; one of its ``times`` is used up."""
        for fault in self.pending:
            if fault.fault == name and fault.kind in ("any", kind):
                fault.times -= 1
                if fault.times <= 0:
                    self.pending.remove(fault)
                return fault
        return None

    def reorders(self, kind: str) -> bool:
        """Return True if the next two callbacks in a line, the first of this kind, change places; it is used up."""
        return self.take("reorder", kind) is not None


def _expect_one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise Invalid(f"{name} is {_seen(value)}; it must be one of {', '.join(allowed)}")


def _expect_whole(name: str, value: object, least: int, most: int) -> None:
    if not isinstance(value, int) or not least <= value <= most:
        raise Invalid(f"{name} is {_seen(value)}; it must be a whole number from {least} to {most}")


def _seen(value: object) -> str:
    return repr(value)[:80]


def _note_nothing(request: CallbackRequest) -> None:
    """Note nothing, unless somebody counts."""


class FaultyTransport:
    """Transport that sends as ``inner`` does, with ``faults``; ``note`` is called with each request that leaves."""

    def __init__(
        self,
        inner: Transport,
        faults: Faults,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        note: Callable[[CallbackRequest], None] = _note_nothing,
    ) -> None:
        self._inner = inner
        self._faults = faults
        self._sleep = sleep
        self._note = note

    async def send(self, request: CallbackRequest) -> CallbackReply:
        """Send a request, with the faults that are pending for its kind.

        Raises:
            Undelivered: as ``inner`` does, or the reply was slower than its limit.
        """
        failed = self._faults.take("fail", request.kind)
        if failed is not None:
            return CallbackReply(status=failed.status, content_type="text/plain", body=b"injected fault")
        slow = self._faults.take("slow", request.kind)
        if slow is not None:
            await self._sleep(min(slow.seconds, request.limit_seconds))
            if slow.seconds >= request.limit_seconds:
                raise late(request, " (injected fault)")
        if self._faults.take("duplicate", request.kind) is not None:
            await self._send(request)
        return await self._send(request)

    async def _send(self, request: CallbackRequest) -> CallbackReply:
        self._note(request)
        return await self._inner.send(request)
