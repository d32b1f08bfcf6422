"""Responses of a tunnel's public side, which answers itself when a request doesn't get through to the listener."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from helpers.ground.message import header

__all__ = ["NGROK_CODE", "explain_response"]

NGROK_CODE = "Ngrok-Error-Code"
"""Header with the code of a response that is ngrok's own."""

_NGROK = {
    "ERR_NGROK_3004": "Something responds at the port behind the tunnel, but its response isn't complete HTTP",
    "ERR_NGROK_3200": "The URL is offline: no tunnel uses it now",
    "ERR_NGROK_6024": "ngrok showed its warning page, which only browsers get",
    "ERR_NGROK_8012": "The tunnel is open, but nothing responds at the port behind it",
}
"""Source: ngrok.com/docs/errors."""

_CLOUDFLARE = {
    502: "The tunnel is open, but cloudflared gets no response from the port behind it",
    530: "The URL is offline: no cloudflared uses it now",
}
"""Source: Cloudflare's pages on its errors 502 and 1033, which comes with status 530."""


def explain_response(status: int, headers: Mapping[str, str]) -> str | None:
    """Return a sentence about a response that isn't the listener's, or None if nothing is known of it."""
    code = header(headers, NGROK_CODE)
    if code:
        return f"{_NGROK.get(code, 'ngrok responded instead of the listener')} ({code})."
    if "cloudflare" in header(headers, "Server").lower() and status in _CLOUDFLARE:
        return f"{_CLOUDFLARE[status]} (status {status})."
    if status in range(300, 400) and (place := header(headers, "Location")):
        return (
            f"The request was redirected to {urlsplit(place).hostname or 'another page'} (status {status}), perhaps "
            "for a login. TaskRouter doesn't follow it: make the tunnel's port public."
        )
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED):
        return f"The tunnel requires a login (status {status}). Make its port public."
    return None
