"""Error response of TaskRouter, read from whichever exception the SDK raised."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from twilio.base.exceptions import TwilioException, TwilioRestException

__all__ = ["Refusal", "read_refusal"]

_CODE = re.compile(r"[1-9][0-9]{2,5}")


@dataclass(frozen=True)
class Refusal:
    """Response with an HTTP status of 400 or above."""

    status: int
    code: int
    """Twilio's error code, such as 20001; the status if the response has none."""
    message: str
    path: str
    """Path of the URL, without host; empty if the exception has none."""
    is_page: bool = False
    """True if the body isn't Twilio's JSON but something else, such as a web page."""


def read_refusal(error: BaseException) -> Refusal | None:
    """Return Twilio's response, or None if ``error`` has none.

    A single call raises ``TwilioRestException``, or ``TwilioServiceException`` for an answer in the shape of RFC
    9457; ``list()`` and ``stream()`` raise ``TwilioException`` with the response as its second argument.
    """
    if isinstance(error, TwilioRestException):
        _, has_message, message = error.msg.partition(": ")
        code = _read_code(error.code, error.status)
        return Refusal(error.status, code, message or error.msg, error.uri, not has_message and code == error.status)
    if isinstance(error, TwilioException) and hasattr(error, "title"):  # TwilioServiceException, new in the SDK
        return Refusal(error.status, _read_code(error.code, error.status), error.detail or error.title, error.uri)
    response = error.args[1] if isinstance(error, TwilioException) and len(error.args) > 1 else None
    status = getattr(response, "status_code", None)
    if not isinstance(status, int):
        return None
    body = _object(getattr(response, "text", ""))
    code = _read_code(body.get("code"), status)
    return Refusal(status, code, str(_message(body) or error.args[0]), "", not body)


def _read_code(given: object, status: int) -> int:
    """Return the code if it is one of Twilio's, else the status: in a gateway's own JSON it can be a word."""
    return int(str(given)) if _CODE.fullmatch(str(given)) else status


def _message(body: dict[str, Any]) -> object:
    return body.get("message") or body.get("detail") or body.get("title")


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
