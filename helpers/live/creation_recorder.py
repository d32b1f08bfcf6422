"""HTTP client that records each Workspace of the kernel's own name before the request that creates it is sent."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from msgspec.structs import replace
from twilio.http import HttpClient
from twilio.http.response import Response

from helpers.live.ledger import Ledger, OwnWorkspace

__all__ = ["CreationRecorder"]


class CreationRecorder(HttpClient):
    """HTTP client that passes each request to ``inner``.

    Args:
        url, account_sid: the place that requests go to.
        name: name of the Workspaces to record; others are the learner's own affair.
    """

    def __init__(self, inner: HttpClient, ledger: Ledger, url: str, account_sid: str, name: str) -> None:
        super().__init__(inner.logger, is_async=False)
        self._inner = inner
        self._ledger = ledger
        self._place = (url, account_sid)
        self._name = name
        self._creation = ("POST", "/v1/Workspaces", name)

    def request(
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send the request; of one that creates a Workspace record the name before, and the outcome after.

        Raises:
            LedgerProblem: it can't be recorded, and so isn't sent.
        """
        record = None
        if (method.upper(), urlsplit(uri).path, (data or {}).get("FriendlyName")) == self._creation:
            record = self._ledger.expect_workspace(*self._place, self._name)
        response = self._inner.request(method, uri, params, data, headers, auth, timeout, allow_redirects)
        if record is not None and (known := _after(record, response)):
            self._ledger.note(known)
        return response


def _after(record: OwnWorkspace, response: Response) -> OwnWorkspace | None:
    """Return what the answer says of the Workspace; None if it leaves open whether there is one."""
    if 400 <= response.status_code < 500:
        return replace(record, over="refused")
    try:
        made = json.loads(response.text)
        return replace(record, sid=made["sid"], date_created=made["date_created"])
    except (ValueError, KeyError, TypeError):
        return None
