"""Errors with which the engine refuses a command, before it has changed anything.

::

    Refused
    ├── Invalid             400  20001
    ├── NotFound            404  20404
    ├── Gone                410  20001
    └── PreconditionFailed  412  20412

``status`` and ``code`` are Twilio's (reference 10).
"""

from __future__ import annotations

from ...emulator_errors import EmulatorError

__all__ = ["Gone", "Invalid", "NotFound", "PreconditionFailed", "Refused"]


class Refused(EmulatorError):
    """Command that Twilio would refuse.

    Args:
        message: text of the error body: Twilio's words, letter by letter, where they are known.
        hint: advice of ours, kept apart from Twilio's words.
    """

    status = 400
    code = 20001

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Invalid(Refused):
    """Parameter, change of status or expression that is not allowed."""


class NotFound(Refused):
    """Resource that does not exist, or no longer."""

    status = 404
    code = 20404

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(f"The requested resource {what} was not found", hint)
        self.what = what


class Gone(Refused):
    """Reservation that was rescinded: another Worker accepted first."""

    status = 410


class PreconditionFailed(Refused):
    """Version in ``If-Match`` that is not the resource's."""

    status = 412
    code = 20412

    def __init__(self, given: str, version: int) -> None:
        super().__init__("Precondition Failed", f"If-Match was {given}, the resource is at version {version}.")
