"""Errors as Twilio words them: an HTTP status and ``code``, ``message``, ``more_info``, ``status``.

::

    Refused (of the engine)
    ├── Unauthenticated     401  20003
    ├── MethodNotAllowed    405  20004
    ├── BodyIncomplete      400  20001
    ├── BodyTooLarge        413  20413
    ├── ContentTypeInvalid  415  19056
    └── BarePageNumber      400  40153

The engine's refusals carry their own status and code; a store that cannot write is a 503,
anything else a 500 without its cause.
"""

from __future__ import annotations

import msgspec

from ...engine.model.refusals import Refused

__all__ = [
    "BarePageNumber",
    "BodyIncomplete",
    "BodyTooLarge",
    "ContentTypeInvalid",
    "MethodNotAllowed",
    "Unauthenticated",
    "error_body",
]


class Unauthenticated(Refused):
    """Credentials that match no account and no API key."""

    status = 401
    code = 20003

    def __init__(self) -> None:
        super().__init__("Authenticate")


class MethodNotAllowed(Refused):
    """Method that the path doesn't have."""

    status = 405
    code = 20004

    def __init__(self, method: str, path: str, allowed: str) -> None:
        super().__init__("Method not allowed", f"{method} is not allowed on {path}. Allowed here: {allowed}.")
        self.allowed = allowed


class BodyIncomplete(Refused):
    """Body that ended early because the client disconnected."""

    def __init__(self) -> None:
        super().__init__("Request body ended too early")


class BodyTooLarge(Refused):
    """Body larger than any request to TaskRouter needs."""

    status = 413
    code = 20413

    def __init__(self, limit: int) -> None:
        super().__init__(f"Request body is larger than {limit} bytes")


class ContentTypeInvalid(Refused):
    """Body that is not a form; code and words are those of Twilio's error dictionary, 19056."""

    status = 415
    code = 19056

    def __init__(self, hint: str) -> None:
        super().__init__("Input request content type is invalid", hint)


class BarePageNumber(Refused):
    """``Page`` above 0 without a ``PageToken``."""

    code = 40153

    def __init__(self, page: int) -> None:
        super().__init__(
            f"Page {page} was asked for without a PageToken: paging by number is not supported",
            "Follow meta.next_page_url.",
        )


def error_body(status: int, code: int, message: str) -> bytes:
    """Return Twilio's error body, as JSON."""
    return msgspec.json.encode(
        {"code": code, "message": message, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": status}
    )
