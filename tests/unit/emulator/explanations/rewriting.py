"""Ways to look at a desk's requests, and to answer them as Twilio may and the emulator would not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from twilio.http.response import Response
from twilio.rest import Client

from helpers.emulator.api import create_app
from helpers.emulator.sdk.http_client import InProcessHttpClient
from tests.worlds.desk import ACCOUNT_SID, AUTH_TOKEN, Desk


@contextmanager
def noted(desk: Desk) -> Iterator[list[tuple[str, str]]]:
    """Note the method and address of every request that is sent meanwhile."""
    requests: list[tuple[str, str]] = []
    send = desk.http.request

    def request(method: str, uri: str, *args: Any, **kwargs: Any) -> Response:
        requests.append((method.upper(), uri))
        return send(method, uri, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.http, "request", request)
        yield requests


class Rewriting(InProcessHttpClient):
    """Changes what the emulator answers, as Twilio may answer something the emulator would not."""

    rewrite: Callable[[dict[str, Any]], dict[str, Any]]
    answer: Response | None = None

    @classmethod
    def task(cls, desk: Desk, sid: str, rewrite: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
        """A Task of the desk, read by a client to whom each resource is shown with ``rewrite`` of it laid over."""
        http = cls(create_app(desk.emulator))
        http.rewrite = rewrite
        client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=http)
        return client.taskrouter.v1.workspaces(desk.workspace_sid).tasks(sid).fetch()

    def request(self, method: str, uri: str, *args: Any, **kwargs: Any) -> Response:
        answered = self.answer or super().request(method, uri, *args, **kwargs)
        body = json.loads(answered.text)
        for item in [body, *next((value for value in body.values() if isinstance(value, list)), [])]:
            item |= self.rewrite(item)
        return Response(answered.status_code, json.dumps(body), answered.headers)
