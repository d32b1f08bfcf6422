"""Identifiers in Twilio's form: two letters that name the kind, then 32 hexadecimal digits."""

from __future__ import annotations

import re
import secrets
from hashlib import blake2b
from typing import Protocol

__all__ = ["RandomSids", "SeededSids", "Sids", "is_sid"]

_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")


def is_sid(text: str, prefix: str) -> bool:
    """Whether ``text`` has the form of a SID of the kind ``prefix``, such as ``WT``."""
    return text.startswith(prefix) and _SID.fullmatch(text) is not None


class Sids(Protocol):
    """Anything that hands out fresh SIDs."""

    def new(self, prefix: str) -> str:
        """A SID of the kind ``prefix`` that was never handed out before."""
        ...


class RandomSids:
    """SIDs nobody can guess, for a server that lives on."""

    def new(self, prefix: str) -> str:
        """A random SID of the kind ``prefix``."""
        return prefix + secrets.token_hex(16)


class SeededSids:
    """The same SIDs in the same order on every run, counted for each kind apart.

    Counting by kind keeps a Task's SID the same when a lesson gains one more event.
    """

    def __init__(self, seed: str, counts: dict[str, int] | None = None) -> None:
        self.seed = seed
        self.counts = dict(counts or {})

    def new(self, prefix: str) -> str:
        """The next SID of the kind ``prefix``."""
        number = self.counts.get(prefix, 0) + 1
        self.counts[prefix] = number
        return prefix + blake2b(f"{self.seed}:{prefix}:{number}".encode(), digest_size=16).hexdigest()
