"""Identifiers in Twilio's form: two letters for the kind of resource, then 32 hexadecimal digits."""

from __future__ import annotations

import re
import secrets
import time
from hashlib import blake2b
from typing import Protocol

__all__ = ["RandomSids", "SeededSids", "Sids", "is_sid"]

_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")


def is_sid(text: str, prefix: str) -> bool:
    """Return True if ``text`` has the form of a SID with ``prefix``, such as ``WT``; digits can be capitals."""
    return text.startswith(prefix) and _SID.fullmatch(text) is not None


class Sids(Protocol):
    """Generator of SIDs."""

    def new(self, prefix: str) -> str:
        """Return a SID with ``prefix`` that was never returned before."""
        ...


class RandomSids:
    """Generator of SIDs that can't be guessed, for a server that keeps its data.

    They begin with the time, so that resources created together are stored together: in an index, each entirely random
    SID would change a page of its own, which made a write a third slower.
    """

    def __init__(self) -> None:
        self._pool: list[str] = []

    def new(self, prefix: str) -> str:
        """Return a new SID with ``prefix``: 48 bits of time in milliseconds, 80 random ones."""
        if not self._pool:
            self._pool = secrets.token_bytes(10 * 64).hex(" ", 10).split()  # one system call for many SIDs
        return f"{prefix}{time.time_ns() // 1_000_000:012x}{self._pool.pop()}"


class SeededSids:
    """Generator of the same SIDs in the same order on every run, with a count for each prefix.

    With separate counts a Task's SID stays the same when a test gains one more event.
    """

    def __init__(self, seed: str, counts: dict[str, int] | None = None) -> None:
        self.seed = seed
        self.counts = dict(counts or {})

    def new(self, prefix: str) -> str:
        """Return the next SID with ``prefix``."""
        number = self.counts.get(prefix, 0) + 1
        self.counts[prefix] = number
        return prefix + blake2b(f"{self.seed}:{prefix}:{number}".encode(), digest_size=16).hexdigest()

    def at_least(self, counts: dict[str, int]) -> None:
        """Raise the own counts to ``counts``, so that no SID counted there is returned again."""
        for prefix, count in counts.items():
            self.counts[prefix] = max(count, self.counts.get(prefix, 0))
