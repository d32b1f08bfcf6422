"""Faults on request, which an application should survive and seldom meets in a test."""

from __future__ import annotations

import msgspec

from ..engine.model.changes import Callback
from ..engine.model.event_types import unknown_types
from ..engine.model.refusals import Invalid
from .request import CallbackRequest, build_request

__all__ = ["FAULTS", "Fault", "Faults"]

FAULTS = ("slow", "fail", "signature", "duplicate", "reorder", "late_reply", "empty", "no_instruction", "busy")
"""Names of the faults: of callbacks, of the replies to them, and the last of requests to the API."""

_KINDS = ("any", "assignment", "event", "status", "voice")


class Fault(msgspec.Struct, kw_only=True):
    """Fault that happens to the next ``times`` callbacks or requests.

    ``fault`` is ``slow``, ``fail``, ``signature``, ``duplicate``, ``reorder``, ``late_reply``, ``empty``,
    ``no_instruction`` or ``busy``. ``kind`` narrows it to callbacks that are ``assignment``, ``event``, ``status`` or
    ``voice``, ``event_type`` to events of a type. ``after`` callbacks go well first, and only ``every`` so many is
    struck from then on. ``seconds`` is for ``slow`` and ``late_reply``, ``status`` for ``fail``, ``until`` for
    ``reorder``: the type of the event that overtakes the callback.

    Raises:
        Invalid: a value is not one of the allowed ones.
    """

    fault: str
    kind: str = "any"
    event_type: str = ""
    after: int = 0
    every: int = 1
    times: int = 1
    seconds: float = 0.0
    status: int = 500
    until: str = ""

    def __post_init__(self) -> None:
        _expect_one_of("fault", self.fault, FAULTS)
        _expect_one_of("kind", self.kind, _KINDS)
        _expect_event_type("event_type", self.event_type)
        _expect_event_type("until", self.until)
        _expect_whole("after", self.after, 0, 1_000_000)
        _expect_whole("every", self.every, 1, 1_000_000)
        _expect_whole("times", self.times, 1, 1_000_000)
        if not isinstance(self.seconds, int | float) or not 0 <= self.seconds < 1e12:
            raise Invalid(f"seconds is {_seen(self.seconds)}; it must be a number, 0 or more")
        _expect_whole("status", self.status, 100, 599)
        if self.fault == "busy" and (self.kind, self.event_type) != ("any", ""):
            raise Invalid("busy strikes requests to the API, which have no kind and no event type: leave them out")
        if self.event_type and self.kind not in ("any", "event"):
            raise Invalid(f"event_type is {_seen(self.event_type)}, and kind is {self.kind!r}; only events have a type")
        if self.until and self.fault != "reorder":
            raise Invalid(f"until is {_seen(self.until)}; only reorder waits for an event")

    def concerns(self, kind: str, event_type: str) -> bool:
        """Return True if it can happen to callbacks of this kind, or to requests."""
        return self.kind in ("any", kind) and self.event_type in ("", event_type)


class Faults:
    """Faults that were requested and haven't happened yet."""

    def __init__(self) -> None:
        self.pending: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Add a fault."""
        self.pending.append(fault)

    def take(self, name: str, kind: str = "any", event_type: str = "") -> Fault | None:
        """Return the fault that happens now, or None; one of its ``times``, or of those that go well, is used up."""
        for fault in self.pending:
            if fault.fault == name and fault.concerns(kind, event_type):
                if fault.after:
                    fault.after -= 1
                    continue
                fault.after = fault.every - 1
                fault.times -= 1
                if fault.times <= 0:
                    self.pending.remove(fault)
                return fault
        return None

    def build_request(self, callback: Callback, url: str, auth_token: str) -> CallbackRequest:
        """Return what :func:`.request.build_request` does, signed with another token if a fault asks for that."""
        forged = self.take("signature", callback.kind, callback.parameters.get("EventType", ""))
        return build_request(callback, url, auth_token if forged is None else auth_token[::-1] + "0")


def _expect_one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise Invalid(f"{name} is {_seen(value)}; it must be one of {', '.join(allowed)}")


def _expect_event_type(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise Invalid(f"{name} is {_seen(value)}; it must be a type of event, such as task.created")
    if value and (remarks := unknown_types([value])):
        raise Invalid(f"{name}: {remarks[0]}")


def _expect_whole(name: str, value: object, least: int, most: int) -> None:
    if not isinstance(value, int) or not least <= value <= most:
        raise Invalid(f"{name} is {_seen(value)}; it must be a whole number from {least} to {most}")


def _seen(value: object) -> str:
    return repr(value)[:80]
