"""Check of the ``X-Twilio-Signature`` header, which shows that a callback comes from TaskRouter.

The signature covers the URL that the sender used and the form parameters (reference 7.2), so what came from outside is
checked against the public URL. No header says which one that is: anybody could have set it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from twilio.request_validator import RequestValidator

from helpers.ground.message import Parameters, Request, header, parse_form

__all__ = ["HEADER", "SENTENCES", "check", "sign"]

HEADER = "X-Twilio-Signature"

SENTENCES = {
    "wrong": (
        "The X-Twilio-Signature doesn't match this request. It covers the sender's URL, every parameter and the "
        "Auth Token. Compare the URL (behind a tunnel it's the public one) and the Auth Token."
    ),
    "missing": (
        "The header X-Twilio-Signature is missing, and TaskRouter signs each of its callbacks. To try the route by "
        "hand, open it in a browser, or replay a callback from the inbox."
    ),
}


def check(request: Request, auth_token: str | None) -> str:
    """Check the signature; return "valid", "wrong", "missing", or "not checked" without an ``auth_token``."""
    if auth_token is None:
        return "not checked"
    given = header(request.headers, HEADER)
    if not given:
        return "missing"
    try:
        url = _sender_url(request)
        valid = _validator(auth_token).validate(url, _signed_part(request), given)
    except ValueError:  # the Host header makes no URL, or the body isn't text or isn't covered
        valid = False
    return "valid" if valid else "wrong"


def sign(request: Request, auth_token: str) -> str:
    """Return TaskRouter's signature for ``request``, which has a form body or none."""
    url = _sender_url(request)
    return str(_validator(auth_token).compute_signature(url, _signed_part(request)))


def _sender_url(request: Request) -> str:
    """Return the URL that the sender used."""
    from_here = f"http://{header(request.headers, 'Host')}"
    return (from_here if request.public_url is None else request.public_url) + request.target


def _signed_part(request: Request) -> _Form | str:
    if request.is_form or not request.raw:
        return _Form(parse_form(request.raw.decode()))
    if "bodySHA256=" not in request.query:
        raise ValueError("the signature doesn't cover this body")
    return request.raw.decode()


class _Form(Parameters):
    """Parameters with the method through which the validator reads repeated names."""

    def getlist(self, name: str) -> Sequence[str]:
        value = self[name]
        return value if isinstance(value, list) else [value]


@lru_cache(maxsize=8)
def _validator(auth_token: str) -> RequestValidator:
    return RequestValidator(auth_token)
