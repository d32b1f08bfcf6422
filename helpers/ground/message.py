"""HTTP request and reply at a door, without a socket."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

__all__ = [
    "JSON",
    "Parameters",
    "Reply",
    "Request",
    "encode_headers",
    "header",
    "json_reply",
    "make_request",
    "parse_form",
    "refusal",
    "reply_headers",
]

JSON = "application/json"

MAX_PARAMETERS = 1000
"""Limit far above what TaskRouter sends, so that nobody can keep the listener busy with parsing."""

Parameters = dict[str, str | list[str]]
"""Decoded parameters; a repeated name has the list of its values."""


@dataclass(frozen=True, slots=True)
class Request:
    """HTTP request; ``target`` is path and query exactly as they were sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    raw: bytes = b""
    replay_of: int | None = None
    built_here: bool = False
    public_url: str | None = None
    """Public URL that leads to the door at which it arrived from outside; None for this machine's own requests."""

    @property
    def path(self) -> str:
        """The target up to its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The part after the question mark, still encoded."""
        return self.target.partition("?")[2]

    @property
    def is_form(self) -> bool:
        """True if the body is a form, as in all callbacks of TaskRouter."""
        media_type = header(self.headers, "Content-Type").partition(";")[0]
        return media_type.strip().lower() == "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Reply:
    """HTTP reply: ``refused`` and ``hints`` go to the inbox, the rest to the sender."""

    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    """Further headers, beside those of the body."""
    refused: str | None = None
    hints: tuple[str, ...] = ()


def make_request(method: str, target: str, sent: Iterable[tuple[str, str]], raw: bytes = b"") -> Request:
    """Return the request with the headers that were ``sent``; those of one name become one, with commas."""
    headers: dict[str, str] = {}
    for name, value in sent:
        text = " ".join(value.split())  # a folded header would smuggle line breaks into a replay
        headers[name] = f"{headers[name]}, {text}" if name in headers else text
    return Request(method, target, headers, raw)


def reply_headers(reply: Reply) -> list[tuple[str, str]]:
    """Return the headers of a reply as they are sent, beside those of the server."""
    headers = [("content-type", reply.content_type)]
    if reply.status != HTTPStatus.NO_CONTENT:
        headers.append(("content-length", str(len(reply.body))))
    return [*headers, *reply.headers]


def encode_headers(reply: Reply) -> list[tuple[bytes, bytes]]:
    """Return ``reply_headers`` as servers of this machine take them."""
    return [(name.encode(), value.encode()) for name, value in reply_headers(reply)]


def header(headers: Mapping[str, str], name: str) -> str:
    """Return the value of the header ``name``, whose case doesn't matter, or an empty text."""
    wanted = name.lower()
    return next((value for key, value in headers.items() if key.lower() == wanted), "")


def parse_form(encoded: str) -> Parameters:
    """Decode a query or a form body; bytes that aren't UTF-8 become U+FFFD.

    Raises:
        ValueError: more than 1,000 parameters.
    """
    found: Parameters = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True, errors="replace", max_num_fields=MAX_PARAMETERS):
        before = found.get(name)
        if before is None:
            found[name] = value
        else:
            found[name] = [*(before if isinstance(before, list) else [before]), value]
    return found


def json_reply(status: int, value: Any, *hints: str) -> Reply:
    """Return a reply with ``value`` as JSON.

    Raises:
        TypeError, ValueError: ``value`` can't be written as JSON.
    """
    return Reply(status, json.dumps(value, allow_nan=False).encode(), hints=hints)


def refusal(status: int, sentence: str, *, allow: str | None = None) -> Reply:
    """Return a refusal with the same ``sentence`` for the sender and the inbox."""
    headers = (("allow", allow),) if allow else ()
    return Reply(status, json.dumps({"message": sentence}).encode(), headers=headers, refused=sentence)
