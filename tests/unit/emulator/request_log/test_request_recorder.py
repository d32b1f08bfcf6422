"""Requests to the API are kept as they were, within limits, and nobody's views fill the log."""

from __future__ import annotations

import pytest
import requests

from helpers.emulator.request_log.request_log import KEPT_OF_A_BODY
from helpers.emulator.sdk.http_client import ONLOOKER_HEADER, InProcessHttpClient
from helpers.emulator.server import start
from tests.worlds.desk import Desk


def ask(desk: Desk, method: str, path: str, **more):
    return InProcessHttpClient(desk.running.app).request(method, f"http://127.0.0.1{path}", **more)


@pytest.fixture
def desk() -> Desk:
    """A desk whose own requests stand before those of a test."""
    return Desk()


def newest(desk: Desk) -> dict:
    return desk.running.portal.requests()[-1]


@pytest.mark.parametrize("path", ["/v1/Workspaces", "/v1/nothing", "/_emulator/clock", "/_emulator/openapi.json"])
def test_each_request_of_a_program_is_kept(desk, path):
    """Below ``/v1`` and ``/_emulator``, found or not."""
    answer = ask(desk, "GET", path)

    assert (newest(desk)["path"], newest(desk)["status"]) == (path, answer.status_code)


@pytest.mark.parametrize("path", ["/", "/_emulator/health", "/portal/live", "/favicon.ico"])
def test_pages_and_health_checks_are_not_kept(desk, path):
    """They would push out what somebody wants to see."""
    before = newest(desk)
    ask(desk, "GET", path)

    assert newest(desk) == before


def test_onlookers_are_not_kept(desk):
    """A view that reads to draw itself sends a header."""
    before = newest(desk)
    ask(desk, "GET", "/v1/Workspaces", headers={ONLOOKER_HEADER: "1"})

    assert newest(desk) == before


def test_refused_page_of_another_site_is_kept(desk):
    """What the guard refuses is a request, too."""
    ask(desk, "GET", "/v1/Workspaces", headers={"Origin": "https://example.com"})

    assert newest(desk)["status"] == 403


def test_request_without_a_body_of_its_own_keeps_none(desk):
    """An unauthorized POST is answered before its body is read."""
    ask(desk, "POST", "/v1/Workspaces", data={"FriendlyName": "Never"})
    shown = desk.running.portal.request(newest(desk)["number"])

    assert (shown["status"], shown["body"]["text"], shown["parameters"]) == (401, "", [])


def test_long_body_is_cut_and_its_size_told(desk):
    """One megabyte of a body is kept; the size is that on the wire."""
    attributes = "x" * (KEPT_OF_A_BODY + 10)
    auth = desk.running.account_sid, desk.running.auth_token
    ask(desk, "POST", f"/v1/Workspaces/{desk.workspace_sid}/Tasks", data={"Attributes": attributes}, auth=auth)
    shown = desk.running.portal.request(newest(desk)["number"])["body"]

    assert (shown["cut"], shown["size"], len(shown["text"])) == (
        True,
        len("Attributes=") + len(attributes),
        KEPT_OF_A_BODY,
    )


def test_body_in_pieces_is_kept_whole():
    """Over a socket a body can arrive in any number of pieces."""
    with start(seed="pieces") as running:
        auth = running.account_sid, running.auth_token
        pieces = iter([b"FriendlyName=", b"Care", b"+Desk"])
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        requests.post(f"{running.url}/v1/Workspaces", data=pieces, headers=headers, auth=auth, timeout=5)
        (summary,) = running.portal.requests()

        assert summary["means"] == "create Workspace Care Desk"
        assert running.portal.request(summary["number"])["parameters"] == [("FriendlyName", "Care Desk")]
