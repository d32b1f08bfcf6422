"""Application of a help desk's phone number, which answers with TwiML."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from helpers.emulator.callbacks.request import CallbackRequest
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from tests.worlds.application import Application

__all__ = ["INCOMING", "VoiceApplication", "xml_reply"]

INCOMING = "http://127.0.0.1:9/incoming_call"

Twiml = str | Callable[[dict[str, str]], str]
"""What stands inside ``<Response>``, or a function of the request's parameters that returns it."""


def xml_reply(inside: str) -> CallbackReply:
    """Return the reply that carries this TwiML."""
    return CallbackReply(status=200, content_type="text/xml", body=f"<Response>{inside}</Response>".encode())


class VoiceApplication(Application):
    """Answers with the TwiML of ``documents``, by path, and other requests as :class:`.Application` does."""

    def __init__(self) -> None:
        super().__init__()
        self.documents: dict[str, Twiml] = {}

    def __call__(self, request: CallbackRequest) -> CallbackReply:
        """Answer, and keep what came."""
        document = self.documents.get(urlsplit(request.url).path)
        if document is None:
            return super().__call__(request)
        self.received.append(request)
        self.meanwhile()
        return xml_reply(document if isinstance(document, str) else document(_parameters(request)))

    def asked(self, path: str) -> list[dict[str, str]]:
        """Return the parameters of the requests to a path."""
        return [_parameters(each) for each in self.received if urlsplit(each.url).path == path]


def _parameters(request: CallbackRequest) -> dict[str, str]:
    text = urlsplit(request.url).query if request.method == "GET" else request.body.decode()
    return dict(parse_qsl(text, keep_blank_values=True))
