"""Who may call, and what everybody else is answered."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from helpers.emulator.emulator import Emulator
from helpers.emulator.sdk.http_client import InProcessHttpClient
from tests.worlds.desk import ACCOUNT_SID, AUTH_TOKEN

OTHER_ACCOUNT_SID = "AC" + "b" * 32
API_KEY_SID = "SK" + "c" * 32


def test_account_and_key_reach_the_same_account(ask) -> None:
    """The auth token and an API key's secret open the same workspaces."""
    created = ask("POST", "/v1/Workspaces", "FriendlyName=Desk").json
    by_key = ask("GET", "/v1/Workspaces", user=API_KEY_SID, password="a secret for tests").json

    assert [each["sid"] for each in by_key["workspaces"]] == [created["sid"]]
    assert created["account_sid"] == ACCOUNT_SID


@pytest.mark.parametrize(
    ("user", "password"),
    [
        (ACCOUNT_SID, "wrong"),
        (ACCOUNT_SID, ""),
        (ACCOUNT_SID, "a secret for tests"),
        (API_KEY_SID, AUTH_TOKEN),
        ("AC" + "f" * 32, AUTH_TOKEN),
        ("", ""),
        ("ü", "ü"),
    ],
)
def test_wrong_credentials_are_refused(ask, user: str, password: str) -> None:
    """A pair nobody has answers 401 / 20003, with a challenge."""
    answer = ask("GET", "/v1/Workspaces", user=user, password=password)

    assert answer.json == {
        "code": 20003,
        "message": "Authenticate",
        "more_info": "https://www.twilio.com/docs/errors/20003",
        "status": 401,
    }
    assert (answer.status, answer.headers["www-authenticate"]) == (401, 'Basic realm="Twilio API"')


@pytest.mark.parametrize("header", ["", "Bearer abc", "Basic", "Basic %%%", "Basic gIA=", "Basic YWJj"])
def test_other_headers_are_refused(ask, header: str) -> None:
    """Anything but a Basic pair answers 401."""
    assert ask("GET", "/v1/Workspaces", authorization=header).status == 401


def test_refused_before_anything_else(ask) -> None:
    """Without credentials nobody learns which paths or workspaces exist."""
    for path in ("/v1/Workspaces/WS0", "/v1/Nothing"):
        assert ask("GET", path, password="wrong").status == 401


def test_accounts_do_not_see_each_other(ask) -> None:
    """Another account's workspace is not found, and not listed."""
    sid = ask("POST", "/v1/Workspaces", "FriendlyName=Desk").json["sid"]
    other = {"user": OTHER_ACCOUNT_SID, "password": "another"}

    assert ask("GET", f"/v1/Workspaces/{sid}", **other).status == 404
    assert ask("GET", f"/v1/Workspaces/{sid}/Tasks", **other).status == 404
    assert ask("GET", "/v1/Workspaces", **other).json["workspaces"] == []


def test_sdk_raises_its_own_error(emulator: Emulator, app) -> None:
    """The official SDK reports wrong credentials as it does with Twilio."""
    stranger = Client(ACCOUNT_SID, "wrong", http_client=InProcessHttpClient(app))

    with pytest.raises(TwilioRestException) as refused:
        stranger.taskrouter.v1.workspaces.create(friendly_name="Desk")
    assert (refused.value.status, refused.value.code) == (401, 20003)
