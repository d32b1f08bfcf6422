"""Request and answer as the stage's hosts see them."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl, urlsplit

__all__ = ["Asked", "ConnectionDropped", "Host", "Reply", "twilio_error"]


class ConnectionDropped(Exception):
    """The connection ends here, without an answer."""


@dataclass(frozen=True)
class Asked:
    """One request to one of the hosts."""

    host: str
    method: str
    target: str
    """Path with the query."""
    headers: Message = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def path(self) -> str:
        """Path without the query."""
        return urlsplit(self.target).path

    @property
    def form(self) -> dict[str, str]:
        """Parameters of the query or of the body."""
        return dict(parse_qsl(urlsplit(self.target).query) + parse_qsl(self.body.decode(errors="replace")))

    @property
    def login(self) -> tuple[str, str]:
        """User and password of HTTP Basic; empty texts if there are none."""
        scheme, _, encoded = self.headers.get("Authorization", "").partition(" ")
        try:
            user, _, password = b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            return "", ""
        return (user, password) if scheme.lower() == "basic" else ("", "")


@dataclass(frozen=True)
class Reply:
    """Answer of a host."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})

    @classmethod
    def of(cls, value: Any, status: int = 200, **headers: str) -> Reply:
        """Return the answer with ``value`` as JSON; ``_`` in names of headers means ``-``."""
        more = {name.replace("_", "-"): text for name, text in headers.items()}
        return cls(status, json.dumps(value).encode(), {"Content-Type": "application/json", **more})


Host = Callable[[Asked], Reply]
"""Whoever answers for a host name; raises ConnectionDropped to answer nothing."""


def twilio_error(status: int, code: int, message: str, **headers: str) -> Reply:
    """Return an error in the shape that all of Twilio's hosts have in common."""
    more_info = f"https://www.twilio.com/docs/errors/{code}"
    return Reply.of({"code": code, "message": message, "more_info": more_info, "status": status}, status, **headers)
