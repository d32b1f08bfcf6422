"""What one command leaves behind: records to store, events that happened, callbacks to send."""

from __future__ import annotations

import msgspec

from ...clock import Millis
from .resources import Event, Record

__all__ = ["Alert", "Callback", "Changes"]


class Callback(msgspec.Struct, kw_only=True, frozen=True):
    """One request to send to somebody's URL.

    ``kind`` is ``assignment``, ``event`` or ``status``; ``sid`` is the Reservation's, the Event's, or the simulated
    call's or conference's. ``parameters`` are the form fields, in the order in which Twilio names them; a GET has them
    in its query string.
    """

    kind: str
    sid: str
    account_sid: str
    workspace_sid: str
    url: str
    method: str = "POST"
    fallback_url: str | None = None
    parameters: dict[str, str]
    reservation_sid: str | None = None


class Alert(msgspec.Struct, kw_only=True, frozen=True):
    """A line for the account's debugger; its ``number`` counts lines once it is kept.

    ``code`` is Twilio's (reference 10).
    """

    number: int = 0
    code: int
    text: str
    resource_sid: str
    workspace_sid: str
    at: Millis


class Changes(msgspec.Struct, kw_only=True):
    """Everything one command did. Nothing here has reached the store yet."""

    at: Millis
    saved: dict[str, Record] = {}
    deleted: dict[str, Record] = {}
    events: list[Event] = []
    callbacks: list[Callback] = []
    alerts: list[Alert] = []

    def __bool__(self) -> bool:
        return bool(self.saved or self.deleted or self.events)
