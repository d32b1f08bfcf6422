"""Callbacks look as Twilio's do, are signed as Twilio signs, and stay on this machine."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from twilio.request_validator import RequestValidator

from helpers.emulator.callbacks.request import Undelivered, build_request, refuse_beyond_loopback
from helpers.emulator.engine.model.changes import Callback

CALLBACK = Callback(
    kind="assignment",
    sid="WR1",
    account_sid="AC1",
    workspace_sid="WS1",
    url="http://127.0.0.1:5000/assignment?desk=1",
    parameters={"TaskSid": "WT1", "TaskAttributes": '{"city":"Zürich & Bern"}', "Empty": ""},
)


@pytest.mark.parametrize("url", [CALLBACK.url, "https://localhost/assignment", "https://localhost:8443/a?b=c"])
def test_signature_is_twilios(url):
    """The SDK's own validator accepts the request as it arrives, and refuses it with one byte changed."""
    request = build_request(CALLBACK, url, "token")
    received = {name: values[0] for name, values in parse_qs(request.body.decode(), keep_blank_values=True).items()}
    signature = request.headers["X-Twilio-Signature"]

    assert received == CALLBACK.parameters
    assert RequestValidator("token").validate(url, received, signature)
    assert not RequestValidator("token").validate(url, {**received, "TaskSid": "WT2"}, signature)


def test_headers_are_those_of_a_webhook():
    """Content type, user agent, signature and idempotency token, and nothing of our own."""
    headers = build_request(CALLBACK, CALLBACK.url, "token").headers

    assert headers["Content-Type"] == "application/x-www-form-urlencoded; charset=UTF-8"
    assert headers["User-Agent"] == "TwilioProxy/1.1"
    assert sorted(headers) == ["Content-Type", "I-Twilio-Idempotency-Token", "User-Agent", "X-Twilio-Signature"]


def test_idempotency_token_names_the_callback():
    """The same callback has the same token at either URL; another one has another."""
    tokens = [
        build_request(callback, url, "token").headers["I-Twilio-Idempotency-Token"]
        for callback, url in [
            (CALLBACK, CALLBACK.url),
            (CALLBACK, "http://127.0.0.1:5000/fallback"),
            (Callback(kind="event", sid="EV1", account_sid="AC1", workspace_sid="WS1", url="", parameters={}), ""),
        ]
    ]

    assert tokens[0] == tokens[1] != tokens[2]


@pytest.mark.parametrize(("kind", "seconds"), [("assignment", 5), ("event", 15), ("status", 15)])
def test_limits_are_twilios(kind, seconds):
    """An assignment callback has 5 seconds, an event callback 15 (reference 7.3, 8.1), as other webhooks have."""
    numbered = {"SequenceNumber": "0"}
    callback = Callback(kind=kind, sid="X", account_sid="AC1", workspace_sid="WS1", url="", parameters=numbered)

    assert build_request(callback, "http://127.0.0.1/", "token").limit_seconds == seconds


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "localhost", "::1"])
def test_loopback_is_reached(host):
    """This machine's own addresses may be called."""
    refuse_beyond_loopback(host)


@pytest.mark.parametrize("host", ["example.com", "10.0.0.1", "localhost.example.com", "0.0.0.0", "::ffff:10.0.0.1", ""])
def test_nothing_else_is_reached(host):
    """Everything else is refused without being looked up."""
    with pytest.raises(Undelivered, match="is not this machine"):
        refuse_beyond_loopback(host)
