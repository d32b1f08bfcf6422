"""Refusals of requests that can't be read to their end, each with the next step for the sender."""

from __future__ import annotations

from helpers.emulator.server.web.bounds import MAX_HEAD, Unreadable
from helpers.ground.ground import Receiver
from helpers.ground.message import Reply, Request, header, refusal

__all__ = ["MAX_BODY", "refuse"]

MAX_BODY = 1_000_000
"""Size limit in bytes. Attributes of Tasks and Workers are limited to kilobytes, so no callback is close to it."""

_RULE = "The listener understands only plain HTTP/1.1. Check that the URL starts with http://, not https://."

_REFUSALS = {
    Unreadable.HEAD_TOO_LARGE: refusal(431, f"Request line and headers are larger than {MAX_HEAD:,} bytes. {_RULE}"),
    Unreadable.TOO_MANY_HEADERS: refusal(431, f"Too many headers. {_RULE}"),
    Unreadable.SLOW_BODY: refusal(408, "The body didn't arrive in time. Send all of it, or a smaller Content-Length."),
    Unreadable.BODY_TOO_LARGE: refusal(
        413, f"The body is larger than {MAX_BODY:,} bytes, more than any callback has. Send less."
    ),
    Unreadable.UNKNOWN_ENCODING: refusal(
        501, "The only transfer encoding that works here is `chunked`. Send the body plain."
    ),
}

_BOTH = refusal(400, "You can't send both Content-Length and Transfer-Encoding. Send one of them.")

_OF_PARSER = {
    "Content-Length can't be present with Transfer-Encoding": _BOTH,
    "Transfer-Encoding can't be present with Content-Length": _BOTH,
    "Transfer-Encoding": _REFUSALS[Unreadable.UNKNOWN_ENCODING],
    "Content-Length": refusal(400, "Content-Length must be one number. Send the length of the body in bytes."),
    "Chunk size overflow": _REFUSALS[Unreadable.BODY_TOO_LARGE],
    "chunk size": refusal(400, "A chunk's size must be a hexadecimal number. Send the body plain instead."),
    "chunk data": refusal(400, "A chunk is longer than its size says. Send the body plain instead."),
}
"""Refusal by a part of the parser's message; the first counts. Source: src/llhttp/http.ts of nodejs/llhttp (GitHub)."""


def refuse(receiver: Receiver, request: Request, why: Unreadable, said: str, arrived: int) -> Reply | None:
    """Return the reply to ``request``, which ``receiver`` notes with its refusal; None if its sender gets no reply.

    Args:
        said: the parser's message, if it was the parser that gave up.
        arrived: number of body bytes that arrived.
    """
    reply = _explain(why, said, request, arrived)
    if reply is None:
        return None
    is_large = why in (Unreadable.HEAD_TOO_LARGE, Unreadable.TOO_MANY_HEADERS)  # a head that is not kept
    return receiver.turn_away(Request("-", "-", {}) if is_large else request, reply)


def _explain(why: Unreadable, said: str, request: Request, arrived: int) -> Reply | None:
    if why is Unreadable.SLOW_HEAD:
        return None
    if why is Unreadable.NOT_HTTP:
        known = next((reply for words, reply in _OF_PARSER.items() if words in said), None)
        return known or refusal(400, f"{said}. {_RULE}")
    if why is Unreadable.CUT_OFF:
        length = header(request.headers, "Content-Length")
        if not length:
            return refusal(400, "The body ended before its last chunk. Send all of it.")
        return refusal(400, f"Content-Length says {length} bytes, but {arrived} arrived. Send them all.")
    return _REFUSALS[why]
