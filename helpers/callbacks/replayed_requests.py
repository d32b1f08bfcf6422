"""Requests of the inbox, made once more, as they were or with changed parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from helpers.callbacks import signature
from helpers.callbacks.inbox import Received
from helpers.errors.listener_errors import NotReplayable
from helpers.ground.message import Request, parse_form

__all__ = ["make_again"]

_REMADE = {"content-length", signature.HEADER.lower()}


def make_again(received: Received, edit: Mapping[str, str | None] | None, auth_token: str | None) -> Request:
    """Return the request that ``received`` was.

    Args:
        edit: parameters to change or add; None removes one. A changed form gets a new signature
            if the auth token is known; without ``edit`` the old signature stays.

    Raises:
        NotReplayable: ``received`` isn't a request, or didn't arrive in full.
    """
    if not isinstance(received, Received) or not received.complete:
        raise NotReplayable(received)
    request = Request(
        received.method,
        received.path + (f"?{received.query}" if received.query else ""),
        received.headers,
        received.raw,
        replay_of=received.number,
        public_url=received.public_url,
    )
    return _change(request, edit, auth_token) if edit else request


def _change(request: Request, edit: Mapping[str, str | None], auth_token: str | None) -> Request:
    form = parse_form(request.raw.decode(errors="replace")) if request.is_form else parse_form(request.query)
    changed = {name: value for name, value in {**form, **edit}.items() if value is not None}
    encoded = urlencode(changed, doseq=True)
    if not request.is_form:
        return replace(request, target=f"{request.path}?{encoded}")
    headers = {name: value for name, value in request.headers.items() if name.lower() not in _REMADE}
    headers["Content-Length"] = str(len(encoded))
    edited = replace(request, headers=headers, raw=encoded.encode())
    if auth_token is not None:
        headers[signature.HEADER] = signature.sign(edited, auth_token)
    return edited
