"""The checksum of a row of the file, by which a changed or exchanged one is noticed."""

from __future__ import annotations

from zlib import crc32

import msgspec

__all__ = ["checksum"]


def checksum(number: int, name: str, body: bytes | msgspec.Raw) -> int:
    """Return the checksum of ``body``, known by a number and a name; where there is no number it is 0."""
    return crc32(body, crc32(name.encode(), number & 0xFFFFFFFF))
