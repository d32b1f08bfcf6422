"""View of the wire: requests of the SDK with their responses, and each request as a curl line."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from urllib.parse import urlsplit

from ..blocks import Fields, Preformatted, View
from ..safe_text import escape_hidden, one_line, prettify
from .exchanges_view import SHOWN_EXCHANGES, ExchangeRow, exchanges_view
from .sdk_shapes import ExchangeLike

__all__ = ["curl_line", "wire_view"]

_EMPTY = "No requests yet. The SDK hasn't sent any."
_IN_FULL = 3
_NO_ANSWER = "no response"


def wire_view(exchanges: Iterable[ExchangeLike]) -> View:
    """List exchanges, the newest first, and show the newest three in full."""
    every = list(exchanges)
    entries = [_entry(exchange) for exchange in every[-SHOWN_EXCHANGES:][::-1]]
    return exchanges_view("Wire", entries, total=len(every), empty=_EMPTY, in_full=_IN_FULL, replay=False)


def curl_line(exchange: ExchangeLike) -> str:
    """Return the request as a curl command for a POSIX shell.

    It needs ``TASKROUTER_BASE`` and ``TWILIO_AUTH_TOKEN`` in the environment, so it holds no secret and no port.
    """
    url = urlsplit(exchange.url)
    query = f"?{url.query}" if url.query else ""
    lines = [f'curl{_method_options(exchange)} "$TASKROUTER_BASE{_in_double_quotes(url.path + query)}"']
    for name, value in exchange.parameters:
        lines.append(f"--data-urlencode {shlex.quote(f'{name}={value}')}")
    lines.append(f'-u "{_in_double_quotes(exchange.account_sid)}:$TWILIO_AUTH_TOKEN"')
    return " \\\n  ".join(lines)


def _entry(exchange: ExchangeLike) -> ExchangeRow:
    sent = tuple((one_line(name), prettify(value)) for name, value in exchange.parameters)
    got = prettify(exchange.body)
    curl = escape_hidden(curl_line(exchange))
    return ExchangeRow(
        number=exchange.number,
        method=one_line(exchange.method),
        path=one_line(exchange.path),
        status=str(exchange.status) if exchange.status else _NO_ANSWER,
        about=_about(exchange),
        took=f"{exchange.duration_ms:.1f} ms",
        sentences=(),
        parts=(Fields("Sent", sent), Preformatted("Got", got), Preformatted("As curl", curl)),
    )


def _about(exchange: ExchangeLike) -> str:
    """Return the SID in the response, or Twilio's error code."""
    try:
        answered = json.loads(exchange.body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(answered, dict):
        return ""
    return one_line(f"error {answered['code']}" if "code" in answered else answered.get("sid"))


def _method_options(exchange: ExchangeLike) -> str:
    if exchange.method == "GET":
        return " -G" if exchange.parameters else ""
    # curl sends POST by itself as soon as there is something to send.
    return "" if exchange.method == "POST" and exchange.parameters else f" -X {exchange.method}"


def _in_double_quotes(text: str) -> str:
    return "".join(f"\\{character}" if character in '\\"$`' else character for character in text)
