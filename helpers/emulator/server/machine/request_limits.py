"""Limits of requests, and responses in Twilio's form to those that cannot be read."""

from __future__ import annotations

from ...api.http.rest_errors import error_body
from ..web.bounds import MAX_HEAD, MAX_HEADERS, Unreadable
from ..web.limited_protocol import LimitedProtocol, Limits

__all__ = ["EmulatorProtocol"]

_LIMITS = Limits(head=10.0, pause=30.0)

_ANSWERS = {
    Unreadable.NOT_HTTP: (
        400,
        20001,
        "Bad request: this is not HTTP/1.1. If the server was started without https, call it by http.",
    ),
    Unreadable.HEAD_TOO_LARGE: (431, 20431, f"Request line and headers are larger than {MAX_HEAD} bytes"),
    Unreadable.TOO_MANY_HEADERS: (431, 20431, f"The request has more than {MAX_HEADERS} headers"),
    Unreadable.SLOW_HEAD: (408, 20408, f"The request's headers took longer than {_LIMITS.head:g} seconds"),
    Unreadable.SLOW_BODY: (408, 20408, f"Nothing more of the request's body came for {_LIMITS.pause:g} seconds"),
}


class EmulatorProtocol(LimitedProtocol):
    """HTTP/1.1 protocol of the emulator."""

    limits = _LIMITS

    def refusal(self, why: Unreadable, said: str) -> tuple[int, bytes]:
        """Return the response in the form of Twilio's errors."""
        status, code, text = _ANSWERS[why]
        return status, error_body(status, code, text)
