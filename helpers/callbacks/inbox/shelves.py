"""Shelves of the inbox: room for requests, with limits, and a place of its own for what strangers send."""

from __future__ import annotations

from collections import deque
from operator import attrgetter

from helpers.callbacks.inbox.received import Received

__all__ = ["KEPT_STRANGERS", "Shelves"]

KEPT = 1000
KEPT_BYTES = 32_000_000
"""Second limit, because a thousand bodies of the allowed size would be a gigabyte."""

KEPT_STRANGERS = 100
KEPT_STRANGERS_BYTES = 1_000_000
"""Limits for what was refused from outside: a flood of it pushes nothing else out."""


class Shelves:
    """Requests that are kept, to be read in order of arrival and found by their signature."""

    def __init__(self) -> None:
        self._known = _Shelf()
        self._strangers = _Shelf()
        self._signed: dict[str, Received] = {}
        """Request with each valid signature: the first, or the first that was answered."""

    def put(self, received: Received) -> None:
        """Keep ``received``, and drop the oldest ones for which there is no room."""
        if received.is_strange:
            self._strangers.put(received, KEPT_STRANGERS, KEPT_STRANGERS_BYTES)
            return
        earlier = self._signed.get(received.valid_signature)
        if received.valid_signature and not (earlier and earlier.is_answered):
            self._signed[received.valid_signature] = received
        for dropped in self._known.put(received, KEPT, KEPT_BYTES):
            if self._signed.get(dropped.valid_signature) is dropped:  # not one that was answered after it
                del self._signed[dropped.valid_signature]

    def find_signed(self, valid_signature: str) -> Received | None:
        """Return the request with this signature, the first that was answered if there is one; None for empty text."""
        return self._signed.get(valid_signature)

    def list_all(self) -> list[Received]:
        """Return all requests in order of arrival."""
        every = [*self._known.entries, *self._strangers.entries]
        return sorted(every, key=attrgetter("number")) if self._strangers.entries else every

    @property
    def last(self) -> Received | None:
        """The newest request, or None."""
        newest = [shelf.entries[-1] for shelf in (self._known, self._strangers) if shelf.entries]
        return max(newest, key=attrgetter("number"), default=None)

    def __len__(self) -> int:
        return len(self._known.entries) + len(self._strangers.entries)


class _Shelf:
    def __init__(self) -> None:
        self.entries: deque[Received] = deque()
        self._bytes = 0

    def put(self, received: Received, most: int, most_bytes: int) -> list[Received]:
        """Keep ``received``, and return those that it pushes out."""
        self.entries.append(received)
        self._bytes += len(received.raw)
        dropped = []
        while len(self.entries) > most or self._bytes > most_bytes:
            dropped.append(self.entries.popleft())
            self._bytes -= len(dropped[-1].raw)
        return dropped
