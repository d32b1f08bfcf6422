"""Identifiers in Twilio's form: two letters that name the kind, then 32 hexadecimal digits."""

from __future__ import annotations

import re
import secrets
import time
from hashlib import blake2b
from typing import Protocol

__all__ = ["RandomSids", "SeededSids", "Sids", "is_sid"]

_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")


def is_sid(text: str, prefix: str) -> bool:
    """Whether ``text`` has the form of a SID of the kind ``prefix``, such as ``WT``; its digits may be capitals."""
    return text.startswith(prefix) and _SID.fullmatch(text) is not None


class Sids(Protocol):
    """Anything that hands out fresh SIDs."""

    def new(self, prefix: str) -> str:
        """A SID of the kind ``prefix`` that was never handed out before."""
        ...


class RandomSids:
    """SIDs nobody can guess, for a server that lives on.

    They begin with the time, so that what is made together is stored together: in an index each entirely random SID
    would dirty a page of its own, which made a write a third slower.
    """

    def __init__(self) -> None:
        self._pool: list[str] = []

    def new(self, prefix: str) -> str:
        """A fresh SID of the kind ``prefix``: 48 bits of time in milliseconds, 80 random ones."""
        if not self._pool:
            self._pool = secrets.token_bytes(10 * 64).hex(" ", 10).split()  # one call of the system for many SIDs
        return f"{prefix}{time.time_ns() // 1_000_000:012x}{self._pool.pop()}"


class SeededSids:
    """The same SIDs in the same order on every run, counted for each kind apart.

    Counting by kind keeps a Task's SID the same when a test gains one more event.
    """

    def __init__(self, seed: str, counts: dict[str, int] | None = None) -> None:
        self.seed = seed
        self.counts = dict(counts or {})

    def new(self, prefix: str) -> str:
        """The next SID of the kind ``prefix``."""
        number = self.counts.get(prefix, 0) + 1
        self.counts[prefix] = number
        return prefix + blake2b(f"{self.seed}:{prefix}:{number}".encode(), digest_size=16).hexdigest()

    def at_least(self, counts: dict[str, int]) -> None:
        """Count on from ``counts`` where they are ahead, so that no SID counted in them is given again."""
        for prefix, count in counts.items():
            self.counts[prefix] = max(count, self.counts.get(prefix, 0))
