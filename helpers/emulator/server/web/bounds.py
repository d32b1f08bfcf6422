"""Bounds of a request, and the reasons for which one isn't read to its end; known without a server."""

from __future__ import annotations

from enum import Enum, auto

__all__ = ["MAX_HEAD", "MAX_HEADERS", "Unreadable"]

MAX_HEAD = 64 * 1024
"""Size limit of request line and headers, in bytes. The longest list URLs need a tenth of it."""

MAX_HEADERS = 100


class Unreadable(Enum):
    """Reasons why a request wasn't read to its end."""

    NOT_HTTP = auto()
    HEAD_TOO_LARGE = auto()
    TOO_MANY_HEADERS = auto()
    SLOW_HEAD = auto()
    SLOW_BODY = auto()
    CUT_OFF = auto()
    """End of the client's side of the connection in the middle of a body."""
    BODY_TOO_LARGE = auto()
    UNKNOWN_ENCODING = auto()
