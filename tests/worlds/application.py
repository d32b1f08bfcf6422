"""Stands in for the application that TaskRouter calls back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from helpers.emulator.callbacks.request import CallbackRequest, Undelivered
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply

__all__ = ["ASSIGNMENT_URL", "EVENTS_URL", "FALLBACK_URL", "Application", "json_reply"]

ASSIGNMENT_URL = "http://127.0.0.1:9/assignment"
FALLBACK_URL = "http://127.0.0.1:9/fallback"
EVENTS_URL = "http://127.0.0.1:9/events"


def json_reply(content: object) -> CallbackReply:
    """Return the reply that carries ``content`` as JSON."""
    return CallbackReply(status=200, content_type="application/json", body=json.dumps(content).encode())


@dataclass
class Application:
    """Answers each callback as ``replies`` says by URL, ``{}`` unless told otherwise, and keeps what came."""

    replies: dict[str, Any] = field(default_factory=dict)
    received: list[CallbackRequest] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None
    """What it does before it answers."""

    def __call__(self, request: CallbackRequest) -> CallbackReply:
        """Answer: a dict is JSON, a number a status; text says why no answer comes."""
        self.received.append(request)
        self.meanwhile()
        reply = self.replies.get(request.url, {})
        if isinstance(reply, str):
            raise Undelivered(reply)
        if isinstance(reply, int):
            return CallbackReply(status=reply, content_type="text/plain", body=b"")
        return reply if isinstance(reply, CallbackReply) else json_reply(reply)

    async def send(self, request: CallbackRequest) -> CallbackReply:
        """Answer as a transport does."""
        return self(request)

    @property
    def urls(self) -> list[str]:
        """The addresses that were called, in order."""
        return [request.url for request in self.received]

    def forms(self, url: str) -> list[dict[str, str]]:
        """Return the form fields of what came to ``url``."""
        return [
            dict(parse_qsl(each.body.decode(), keep_blank_values=True)) for each in self.received if each.url == url
        ]
