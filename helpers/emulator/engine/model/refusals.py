"""What the engine answers when it will not do something.

::

    Refused
    ├── Invalid             400  20001
    ├── NotFound            404  20404
    ├── Gone                410  20001
    └── PreconditionFailed  412  20412

``status`` and ``code`` are Twilio's (reference 10). Whoever refuses does so before
anything was changed.
"""

from __future__ import annotations

__all__ = ["Gone", "Invalid", "NotFound", "PreconditionFailed", "Refused"]


class Refused(Exception):
    """A command that Twilio would refuse.

    Args:
        message: what the error body says: Twilio's words, letter by letter, where they are known.
        hint: what else the caller should know; it never gets into Twilio's words.
    """

    status = 400
    code = 20001

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Invalid(Refused):
    """A parameter, a transition or an expression that is not allowed."""


class NotFound(Refused):
    """No such resource, or it has gone."""

    status = 404
    code = 20404

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(f"The requested resource {what} was not found", hint)
        self.what = what


class Gone(Refused):
    """The Reservation was rescinded: somebody else accepted first."""

    status = 410


class PreconditionFailed(Refused):
    """``If-Match`` names another version than the resource has."""

    status = 412
    code = 20412

    def __init__(self, given: str, version: int) -> None:
        super().__init__("Precondition Failed", f"If-Match was {given}, the resource is at version {version}.")
