"""Overtaking: callbacks that a fault holds back until a later one to the same receiver has been sent."""

from __future__ import annotations

from ..engine.model.changes import Callback
from .faults import Faults
from .receivers import receiver_of

__all__ = ["Overtaking"]


class Overtaking:
    """Callbacks that wait to be overtaken, one for each receiver. They count as neither sent nor outstanding."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._held: dict[str, tuple[Callback, str]] = {}
        """By receiver: the callback, and the type of the event that overtakes it; empty stands for any callback."""

    @property
    def held(self) -> list[Callback]:
        """The callbacks that are held back now."""
        return [callback for callback, _ in self._held.values()]

    def holds(self, callback: Callback) -> bool:
        """Hold ``callback`` back if a fault asks for that; return True if it isn't to be sent now."""
        receiver = receiver_of(callback.url)
        if receiver in self._held:
            return False
        fault = self._faults.take("reorder", callback.kind, _type_of(callback))
        if fault is not None:
            self._held[receiver] = callback, fault.until
        return fault is not None

    def overtaken_by(self, callback: Callback) -> list[Callback]:
        """Return what is sent after ``callback``, because it waited for that."""
        receiver = receiver_of(callback.url)
        held, until = self._held.get(receiver, (None, ""))
        if held is None or until not in ("", _type_of(callback)):
            return []
        del self._held[receiver]
        return [held]

    def release(self) -> list[Callback]:
        """Return all that was held back; nothing waits any more."""
        held = self.held
        self._held.clear()
        return held


def _type_of(callback: Callback) -> str:
    return callback.parameters.get("EventType", "")
