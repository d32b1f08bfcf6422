"""Account at Twilio, as far as a learner must recognise it before anything is created there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from helpers.emulator.display.safe_text import one_line

if TYPE_CHECKING:
    from twilio.rest import Client

__all__ = ["TwilioAccount", "mask_sid", "read_account"]

_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")


class TwilioAccount(NamedTuple):
    """Account as Twilio tells of it, without its Auth Token."""

    sid: str
    friendly_name: str
    type: str
    """Trial or Full."""
    status: str
    """active, suspended or closed."""
    is_subaccount: bool

    def __str__(self) -> str:
        return f"“{one_line(self.friendly_name)}” ({mask_sid(self.sid)})"


def read_account(client: Client) -> TwilioAccount:
    """Read the account of ``client`` from api.twilio.com, which proves the credentials.

    Raises:
        TwilioException, requests.RequestException: Twilio refuses, or doesn't answer.
    """
    sid = client.account_sid
    # Twilio's answer has the Auth Token in it: nothing else is kept of the SDK's object.
    found = client.api.v2010.accounts(sid).fetch()
    return TwilioAccount(
        sid,
        found.friendly_name or "",
        str(found.type or "type not told"),
        str(found.status or "status not told"),
        found.owner_account_sid not in (None, sid),
    )


def mask_sid(text: str) -> str:
    """Return a SID's beginning and end; of anything else, which could be a token by mistake, nothing."""
    return f"{text[:6]}…{text[-4:]}" if _SID.fullmatch(text) else "not a SID"
