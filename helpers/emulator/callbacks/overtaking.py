"""Overtaking: callbacks that a fault holds back until a later one to the same receiver has been sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..engine.model.changes import Callback
from .faults import Faults
from .receivers import receiver_of

__all__ = ["Overtaking"]


@dataclass
class _Held:
    """Callback that is held back; ``until`` is the type of the event that overtakes it, empty for any callback."""

    callback: Callback
    until: str
    is_overtaken: bool = False


class Overtaking:
    """Callbacks that wait to be overtaken, one for each receiver. They count as neither sent nor outstanding.

    Args:
        tell: called with a callback that a later one has overtaken, right before it is sent.
    """

    def __init__(self, faults: Faults, tell: Callable[[Callback], object] = lambda callback: None) -> None:
        self._faults = faults
        self._tell = tell
        self._held: dict[str, _Held] = {}
        """By receiver."""

    @property
    def held(self) -> list[Callback]:
        """The callbacks that are held back now."""
        return [each.callback for each in self._held.values()]

    def holds(self, callback: Callback) -> bool:
        """Hold ``callback`` back if a fault asks for that; return True if it isn't to be sent now."""
        receiver = receiver_of(callback.url)
        if receiver in self._held:
            return False
        fault = self._faults.take("reorder", callback.kind, _type_of(callback))
        if fault is not None:
            self._held[receiver] = _Held(callback, fault.until)
        return fault is not None

    def overtaken_by(self, callback: Callback) -> list[Callback]:
        """Return what is sent after ``callback``, because it waited for that."""
        receiver = receiver_of(callback.url)
        held = self._held.get(receiver)
        if held is None:
            return []
        held.is_overtaken = True
        return self._let_go(receiver) if held.until in ("", _type_of(callback)) else []

    def release(self) -> list[Callback]:
        """Return all that was held back; nothing waits any more."""
        return [callback for receiver in list(self._held) for callback in self._let_go(receiver)]

    def _let_go(self, receiver: str) -> list[Callback]:
        held = self._held.pop(receiver)
        if held.is_overtaken:
            self._tell(held.callback)
        return [held.callback]


def _type_of(callback: Callback) -> str:
    return callback.parameters.get("EventType", "")
