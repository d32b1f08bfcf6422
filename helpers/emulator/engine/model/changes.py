"""Result of one command: records to store, events that happened, callbacks to send."""

from __future__ import annotations

import msgspec

from ...clock import Millis
from .resources import Event, Record

__all__ = ["Alert", "Callback", "Changes"]


class Callback(msgspec.Struct, kw_only=True, frozen=True):
    """Request to send to an application's URL.

    ``kind`` is ``assignment``, ``event``, ``status`` or ``voice``, a request for TwiML; ``sid`` is the Reservation's,
    the Event's, or the simulated call's or conference's. ``parameters`` are the form fields, in the order in which
    Twilio lists them; a GET has them in its query string. ``turn`` counts a call's requests for TwiML.
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
    turn: int = 0


class Alert(msgspec.Struct, kw_only=True, frozen=True):
    """Line for the account's debugger, with Twilio's ``code`` (reference 10). The store sets its ``number``."""

    number: int = 0
    code: int
    text: str
    resource_sid: str
    workspace_sid: str
    at: Millis


class Changes(msgspec.Struct, kw_only=True):
    """Result of one command: records saved and deleted, events, callbacks and alerts, none of them stored yet."""

    at: Millis
    saved: dict[str, Record] = {}
    deleted: dict[str, Record] = {}
    events: list[Event] = []
    callbacks: list[Callback] = []
    alerts: list[Alert] = []

    def __bool__(self) -> bool:
        return bool(self.saved or self.deleted or self.events)
