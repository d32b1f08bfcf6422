"""Requests of a change are those that the SDK would send for the code that is shown."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

import pytest
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from helpers.emulator.explanations import explain
from helpers.emulator.explanations.search.rest_requests import requests_of
from helpers.emulator.explanations.search.sdk_calls import update
from tests.unit.emulator.explanations.scenes import SCENES, desk_for


class NotingHttpClient(HttpClient):
    """Notes requests and sends nothing."""

    def __init__(self) -> None:
        super().__init__(logging.getLogger("twilio.http_client"), is_async=False)
        self.noted: list[dict[str, object]] = []

    def request(self, method, uri, params=None, data=None, *rest, **more) -> Response:
        """Note a request, and answer it with a resource without properties."""
        form = {name: str(value) for name, value in (data or {}).items()}
        self.noted.append({"method": method.upper(), "path": urlsplit(uri).path, "form": form})
        return Response(200, "{}")


def sent_by_sdk(calls, workspace_sid):
    """What the SDK sends for these calls."""
    noting = NotingHttpClient()
    for call in calls:
        call.through_sdk(Client("-", "-", http_client=noting).taskrouter.v1.workspaces(workspace_sid))
    return noting.noted


@pytest.mark.parametrize("name", SCENES)
def test_requests_are_those_of_the_sdk(name):
    """For each change that is proposed in any scene."""
    desk = desk_for(name)
    for fix in explain(SCENES[name](desk)).fixes:
        assert requests_of(fix.calls, desk.workspace_sid) == sent_by_sdk(fix.calls, desk.workspace_sid)


def test_values_are_written_as_the_sdk_writes_them():
    """Truth values, numbers, and a path that leads deep inside."""
    worker, channel = "WK" + "1" * 32, "WC" + "2" * 32
    calls = [
        update((("workers", worker), ("worker_channels", channel)), "", 0, available=False, capacity=3),
        update((("tasks", "WT" + "3" * 32), ("reservations", "WR" + "4" * 32)), "", 0, reservation_status="accepted"),
        update((), "", 0, timeout_activity_sid="WA" + "5" * 32),
    ]

    assert requests_of(calls, "WS" + "0" * 32) == sent_by_sdk(calls, "WS" + "0" * 32)
