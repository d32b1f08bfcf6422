"""Transport with faults: callbacks that are late, fail, come twice, or whose replies don't arrive as they were sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from ..engine.callbacks.callback_reply import CallbackReply
from .faults import Fault, Faults
from .request import CallbackRequest, Transport, late

__all__ = ["FaultyTransport"]

_EMPTY = CallbackReply(status=200, content_type="application/json", body=b"")
_NO_INSTRUCTION = CallbackReply(status=200, content_type="application/json", body=b'{"message": "success"}')


def _note_nothing(request: CallbackRequest) -> None:
    """Note nothing, unless somebody counts."""


class FaultyTransport:
    """Transport that sends as ``inner`` does, with ``faults``.

    Args:
        pass_time: lets that many seconds pass, where a fault asks for a late callback or reply.
        note: called with each request that leaves.
    """

    def __init__(
        self,
        inner: Transport,
        faults: Faults,
        pass_time: Callable[[float], Awaitable[None]],
        note: Callable[[CallbackRequest], None] = _note_nothing,
    ) -> None:
        self._inner = inner
        self._faults = faults
        self._pass_time = pass_time
        self._note = note

    async def send(self, request: CallbackRequest) -> CallbackReply:
        """Send a request, with the faults that are pending for its kind.

        Raises:
            Undelivered: as ``inner`` does, or it or its reply was later than its limit.
        """
        if (failed := self._take("fail", request)) is not None:
            return CallbackReply(status=failed.status, content_type="text/plain", body=b"injected fault")
        await self._delay(request, self._take("slow", request))
        if self._take("duplicate", request) is not None:
            await self._send(request)
        reply = await self._send(request)
        await self._delay(request, self._take("late_reply", request))
        if self._take("empty", request) is not None:
            return _EMPTY
        return reply if self._take("no_instruction", request) is None else _NO_INSTRUCTION

    def _take(self, name: str, request: CallbackRequest) -> Fault | None:
        return self._faults.take(name, request.kind, request.event_type)

    async def _delay(self, request: CallbackRequest, fault: Fault | None) -> None:
        if fault is None:
            return
        await self._pass_time(min(fault.seconds, request.limit_seconds))
        if fault.seconds >= request.limit_seconds:
            raise late(request, " (injected fault)")

    async def _send(self, request: CallbackRequest) -> CallbackReply:
        self._note(request)
        return await self._inner.send(request)
