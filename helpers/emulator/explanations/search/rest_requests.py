"""Requests of SDK calls: method, path and form, for programs that don't use the Python SDK."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from .sdk_calls import SdkCall

__all__ = ["requests_of"]

_logger = logging.getLogger("twilio.http_client")


def requests_of(calls: Iterable[SdkCall], workspace_sid: str) -> list[dict[str, Any]]:
    """Return ``method``, ``path`` and ``form`` of each request; the forms' values are text.

    The SDK makes them, so that they are what it would send.
    """
    noting = _NotingHttpClient()
    client = Client("-", "-", http_client=noting)
    for call in calls:
        call.through_sdk(client.taskrouter.v1.workspaces(workspace_sid))
    return noting.noted


class _NotingHttpClient(HttpClient):
    """HTTP client that notes requests and sends nothing."""

    def __init__(self) -> None:
        super().__init__(_logger, is_async=False)
        self.noted: list[dict[str, Any]] = []

    def request(self, method: str, uri: str, params: Any = None, data: Any = None, *rest: Any, **more: Any) -> Response:
        """Note a request, and answer it with a resource without properties."""
        form = {name: str(value) for name, value in (data or {}).items()}
        self.noted.append({"method": method.upper(), "path": urlsplit(uri).path, "form": form})
        return Response(200, "{}")
