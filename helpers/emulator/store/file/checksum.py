"""Checksum of a row of the file, which detects changed and swapped rows."""

from __future__ import annotations

from zlib import crc32

import msgspec

__all__ = ["checksum"]


def checksum(number: int, name: str, body: bytes | msgspec.Raw) -> int:
    """Return the checksum of ``body`` with its number (0 if it has none) and name."""
    return crc32(body, crc32(name.encode(), number & 0xFFFFFFFF))
