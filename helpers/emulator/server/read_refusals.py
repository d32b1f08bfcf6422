"""Responses in Twilio's form to requests that can't be read."""

from __future__ import annotations

from ..api.http.rest_errors import error_body
from .web.bounds import MAX_HEAD, MAX_HEADERS, Unreadable

__all__ = ["HEAD_SECONDS", "PAUSE_SECONDS", "refuse"]

HEAD_SECONDS = 10.0
"""Time limit of a request's head."""

PAUSE_SECONDS = 30.0
"""Time limit between two parts of its body."""

_NOT_HTTP = (
    400,
    20001,
    "Bad request: this is not HTTP/1.1. If the server was started without https, call it by http.",
)

_ANSWERS = {
    Unreadable.HEAD_TOO_LARGE: (431, 20431, f"Request line and headers are larger than {MAX_HEAD} bytes"),
    Unreadable.TOO_MANY_HEADERS: (431, 20431, f"The request has more than {MAX_HEADERS} headers"),
    Unreadable.SLOW_HEAD: (408, 20408, f"The request's headers took longer than {HEAD_SECONDS:g} seconds"),
    Unreadable.SLOW_BODY: (408, 20408, f"Nothing more of the request's body came for {PAUSE_SECONDS:g} seconds"),
}


def refuse(why: Unreadable) -> tuple[int, bytes]:
    """Return status and body of the response."""
    status, code, text = _ANSWERS.get(why, _NOT_HTTP)
    return status, error_body(status, code, text)
