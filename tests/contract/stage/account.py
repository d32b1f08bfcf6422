"""Account of the learner on the stage, as api.twilio.com and flex-api.twilio.com tell of it.

Sources: https://www.twilio.com/docs/iam/api/account for the fields, https://www.twilio.com/docs/iam/api-keys for what
each kind of key may do, Twilio's help page on "Authentication Error - invalid username" for keys that may not read
accounts, https://www.twilio.com/docs/api/errors/20005 and /70051. Nobody here has seen which status comes with 70051,
nor what a closed account is told: 401 is our choice for both.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from tests.contract.stage.exchange import Asked, Reply, twilio_error

__all__ = ["Account", "Key"]

_DATE = "Mon, 02 Nov 2026 09:00:00 +0000"
_UNKNOWN = twilio_error(401, 20003, "Authenticate", WWW_Authenticate='Basic realm="Twilio API"')
_NO_ACCOUNTS = twilio_error(401, 20003, "Authentication Error - invalid username")
_INACTIVE = twilio_error(401, 20005, "Account not active")
_NOT_PERMITTED = twilio_error(401, 70051, "Authorization Failed")


@dataclass(frozen=True)
class Key:
    """API key: ``main`` opens everything, ``standard`` all but accounts, ``restricted`` what ``permits`` matches."""

    kind: str
    permits: str = ""
    """Regular expression for "GET /v1/Workspaces"; of a restricted key alone."""
    sid: str = field(default_factory=lambda: "SK" + secrets.token_hex(16))
    secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)


@dataclass
class Account:
    """Account that the stage's Twilio knows; change it as a test needs it."""

    sid: str = field(default_factory=lambda: "AC" + secrets.token_hex(16))
    auth_token: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    friendly_name: str = "Care Desk"
    status: str = "active"
    """active, suspended or closed."""
    type: str = "Full"
    """Full or Trial."""
    owner_account_sid: str = ""
    """Another account's SID, if this is a subaccount."""
    flex_workspace_sid: str = ""
    """SID of Flex's Workspace; empty for an account without Flex."""
    main_key: Key = field(default_factory=lambda: Key("main"))
    standard_key: Key = field(default_factory=lambda: Key("standard"))
    restricted_key: Key = field(default_factory=lambda: Key("restricted"))

    @property
    def keys(self) -> dict[str, Key]:
        """Its API keys by SID."""
        return {key.sid: key for key in (self.main_key, self.standard_key, self.restricted_key)}

    def refuse(self, asked: Asked) -> Reply | None:
        """Return why a request may not pass, on any of Twilio's hosts; None if it may."""
        user, password = asked.login
        key = self.keys.get(user)
        if password != (self.auth_token if user == self.sid else key and key.secret):
            return _UNKNOWN
        if self.status != "active":
            return _INACTIVE
        if key is not None and key.kind == "restricted":
            permitted = key.permits and re.search(key.permits, f"{asked.method} {asked.path}")
            return None if permitted else _NOT_PERMITTED
        return None

    def answer(self, asked: Asked) -> Reply:
        """Answer for api.twilio.com."""
        user = asked.login[0]
        if user in self.keys and self.keys[user].kind != "main":
            return _NO_ACCOUNTS
        if refusal := self.refuse(asked):
            return refusal
        if asked.method == "GET" and asked.path == self._uri:
            return Reply.of(self._as_json())
        return twilio_error(404, 20404, f"The requested resource {asked.path} was not found")

    def answer_flex(self, asked: Asked) -> Reply:
        """Answer for flex-api.twilio.com."""
        if refusal := self.refuse(asked):
            return refusal
        if self.flex_workspace_sid and (asked.method, asked.path) == ("GET", "/v1/Configuration"):
            workspace_sid = self.flex_workspace_sid
            return Reply.of({"account_sid": self.sid, "status": "ok", "taskrouter_workspace_sid": workspace_sid})
        return twilio_error(404, 20404, f"The requested resource {asked.path} was not found")

    @property
    def _uri(self) -> str:
        return f"/2010-04-01/Accounts/{self.sid}.json"

    def _as_json(self) -> dict[str, object]:
        return {
            "auth_token": self.auth_token,
            "date_created": _DATE,
            "date_updated": _DATE,
            "friendly_name": self.friendly_name,
            "owner_account_sid": self.owner_account_sid or self.sid,
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"calls": self._uri.replace(".json", "/Calls.json")},
            "type": self.type,
            "uri": self._uri,
        }
