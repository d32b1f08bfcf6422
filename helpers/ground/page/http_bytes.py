"""HTTP/1.1 as bytes: reads what a client has sent, and writes responses, as the machine's web server does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.utils import formatdate
from http import HTTPStatus
from typing import NamedTuple

from helpers.emulator.server.web.bounds import MAX_HEAD, MAX_HEADERS, Unreadable

__all__ = ["SentRequest", "read_requests", "write_refusal", "write_response"]

_METHODS = (
    "ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY "
    "OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK "
    "UNLOCK UNSUBSCRIBE"
)
"""Methods that the machine's parser knows. Source: src/llhttp/constants.ts of nodejs/llhttp (GitHub)."""


class SentRequest(NamedTuple):
    """Request as it was sent; ``trouble`` is the reason for which it can't be read, with the parser's words."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    trouble: tuple[Unreadable, str] | None = None


class _Broken(Exception):
    def __init__(self, why: Unreadable, said: str = "") -> None:
        super().__init__(why, said)
        self.trouble = why, said


def read_requests(data: bytes, *, max_body: int | None = None) -> Iterator[SentRequest]:
    """Yield the requests in ``data``, all that was sent over a connection: what follows a body is another one."""
    while data:
        request, data = _read(data, max_body)
        yield request


def _read(data: bytes, max_body: int | None) -> tuple[SentRequest, bytes]:
    head, _, rest = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, _, target = first.rpartition(" ")[0].partition(" ")
    if method not in _METHODS.split():
        return SentRequest("-", "-", (), trouble=(Unreadable.NOT_HTTP, "Invalid method encountered")), b""
    request = SentRequest(method, target, tuple(_headers(lines)))
    try:
        _check_head(request)
        body, rest = _split_body({name.lower(): value for name, value in request.headers}, rest, max_body)
    except _Broken as broken:
        return request._replace(trouble=broken.trouble), b""
    return request._replace(body=body), rest


def write_response(request: SentRequest, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    """Return a response as the machine's server writes it."""
    head = _write_head(status, [("date", formatdate(usegmt=True)), *headers, *_closing(request)])
    return head if request.method == "HEAD" else head + body


def _closing(request: SentRequest) -> list[tuple[str, str]]:
    asks = any(name.lower() == "connection" and value.lower() == "close" for name, value in request.headers)
    return [("connection", "close")] if asks else []


def write_refusal(status: int, body: bytes) -> bytes:
    """Return the response to a request that can't be read, as the machine's protocol writes it."""
    headers = [("content-type", "application/json; charset=utf-8"), ("content-length", str(len(body)))]
    return _write_head(status, [*headers, ("connection", "close")]) + body


def _write_head(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *lines, "", ""]).encode("latin-1")


def _headers(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    unfolded = re.sub(r"\r\n[ \t]+", " ", "\r\n".join(lines))
    for line in filter(None, unfolded.split("\r\n")):
        name, _, value = line.partition(":")
        yield name, value.strip(" \t")


def _check_head(request: SentRequest) -> None:
    if len(request.target) + sum(len(name) + len(value) + 4 for name, value in request.headers) > MAX_HEAD:
        raise _Broken(Unreadable.HEAD_TOO_LARGE)
    if len(request.headers) > MAX_HEADERS:
        raise _Broken(Unreadable.TOO_MANY_HEADERS)


def _split_body(headers: dict[str, str], rest: bytes, limit: int | None) -> tuple[bytes, bytes]:
    """Return the body of a request and what follows it."""
    length, encoding = headers.get("content-length"), headers.get("transfer-encoding", "").lower()
    if length is not None and encoding:
        raise _Broken(Unreadable.NOT_HTTP, "Content-Length can't be present with Transfer-Encoding")
    if length is not None and not (length.isascii() and length.isdigit()):
        raise _Broken(Unreadable.NOT_HTTP, "Invalid character in Content-Length")
    if encoding not in ("", "chunked"):
        raise _Broken(Unreadable.UNKNOWN_ENCODING)
    size = int(length or 0)
    body, rest = _join_chunks(rest) if encoding else (rest[:size], rest[size:])
    if limit is not None and max(size, len(body)) > limit:
        raise _Broken(Unreadable.BODY_TOO_LARGE)
    if len(body) < size:  # the machine would wait for the rest; here there is nobody left to send it
        raise _Broken(Unreadable.SLOW_BODY)
    return body, rest


def _join_chunks(rest: bytes) -> tuple[bytes, bytes]:
    body = b""
    while True:
        line, _, rest = rest.partition(b"\r\n")
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            raise _Broken(Unreadable.NOT_HTTP, "Invalid character in chunk size") from None
        body, rest = body + rest[:size], rest[size:].removeprefix(b"\r\n")
        if not size:
            return body, rest
