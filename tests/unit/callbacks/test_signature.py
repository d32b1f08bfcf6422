"""Whose requests are believed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from helpers.callbacks import Listener, Received
from helpers.callbacks.signature import check, sign
from helpers.ground.message import Request

TOKEN = "0123456789abcdef0123456789abcdef"
URL = "https://example.ngrok.app/assignment_callback"


def form(body, **headers):
    """A form POST to the assignment callback."""
    given = {"Host": "example.ngrok.app", "Content-Type": "application/x-www-form-urlencoded"} | headers
    return Request("POST", "/assignment_callback", given, body)


def test_signed_callback_is_valid(listener, taskrouter):
    """A callback signed with the auth token is answered and marked valid."""
    answer = taskrouter.call_back()

    assert answer.status == 200
    assert (listener.inbox.last.signature, listener.inbox.last.refused) == ("valid", None)


def test_recorded_callback_passes_twilio_validator(listener, taskrouter):
    """Twilio's own validator accepts what the inbox kept, and refuses it with one byte changed."""
    taskrouter.call_back()
    kept = listener.inbox.last
    given, validator = kept.headers["X-Twilio-Signature"], RequestValidator(TOKEN)

    assert validator.validate(listener.assignment_url, kept.parameters, given)
    assert not validator.validate(listener.assignment_url, kept.parameters | {"TaskAge": "2"}, given)


@pytest.mark.parametrize("part", ["TaskSid=WT5", "TaskAge=1", "selected_language", "ReservationSid"])
def test_one_byte_changed_is_refused(listener, taskrouter, part):
    """Whatever byte of the parameters is changed on the way, the callback is refused and kept as refused."""
    taskrouter.call_back()
    kept = listener.inbox.last
    changed = kept.raw.replace(part.encode(), part[:-1].encode() + b"X", 1)

    answer = taskrouter.send("POST", "/assignment_callback", changed, **headers_of(kept))

    assert changed != kept.raw
    assert (answer.status, listener.inbox.last.signature) == (403, "wrong")
    assert "doesn't match" in listener.inbox.last.refused


def test_one_byte_of_signature_changed_is_refused(listener, taskrouter):
    """A signature that is nearly right is wrong."""
    taskrouter.call_back()
    kept = listener.inbox.last
    headers = headers_of(kept)
    first = headers["X-Twilio-Signature"][0]
    headers["X-Twilio-Signature"] = ("A" if first != "A" else "B") + headers["X-Twilio-Signature"][1:]

    assert taskrouter.send("POST", "/assignment_callback", kept.raw, **headers).status == 403


@pytest.mark.parametrize("path", ["/assignment_callback", "/events"])
def test_unsigned_callback_is_refused(listener, taskrouter, path):
    """Without a signature the two routes of TaskRouter answer 403."""
    answer = taskrouter.post(path, "TaskSid=WT1")

    assert (answer.status, listener.inbox.last.signature) == (403, "missing")


def test_another_token_is_refused(listener, taskrouter):
    """A callback signed with another account's token is refused."""
    assert type(taskrouter)(listener, auth_token="another").call_back().status == 403


def test_query_is_part_of_the_signature(listener, taskrouter):
    """A query in the callback URL is covered as well."""
    assert taskrouter.call_back(listener.assignment_url + "?lesson=4").status == 200

    kept = listener.inbox.last
    answer = taskrouter.send("POST", "/assignment_callback?lesson=5", kept.raw, **headers_of(kept))

    assert answer.status == 403


def test_no_header_says_which_url_was_used():
    """From outside the public URL counts, from this machine Host; anybody could have set the headers of a proxy."""
    forwarded = {"Host": "127.0.0.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "example.ngrok.app"}
    signature = RequestValidator(TOKEN).compute_signature(URL, {"TaskAge": "1"})
    request = form(b"TaskAge=1", **forwarded, **{"X-Twilio-Signature": signature})

    assert check(request, TOKEN) == "wrong"
    assert check(replace(request, public_url="https://example.ngrok.app"), TOKEN) == "valid"
    assert check(replace(request, public_url="https://example.com"), TOKEN) == "wrong"


def test_several_values_of_a_name_are_covered():
    """Values of one name are signed each, sorted, as Twilio does it."""
    request = form(b"a=2&a=1&b=3")
    signature = sign(request, TOKEN)

    assert check(form(b"a=1&a=2&b=3", **{"X-Twilio-Signature": signature}), TOKEN) == "valid"
    assert check(form(b"a=1&a=9&b=3", **{"X-Twilio-Signature": signature}), TOKEN) == "wrong"


def test_json_body_needs_its_hash():
    """A body that is no form counts only when the signed URL carries its hash."""
    body = b'{"a": 1}'
    headers = {"Host": "example.ngrok.app", "Content-Type": "application/json"}
    target = f"/events?bodySHA256={hashlib.sha256(body).hexdigest()}"

    def verdict(target, body):
        signature = RequestValidator(TOKEN).compute_signature(f"http://example.ngrok.app{target}", {})
        request = Request("POST", target, headers | {"X-Twilio-Signature": signature}, body)
        return check(request, TOKEN)

    assert [verdict(target, body), verdict(target, b'{"a": 2}'), verdict("/events", body)] == [
        "valid",
        "wrong",
        "wrong",
    ]


@pytest.mark.parametrize(
    "request_",
    [
        form(b"a=1", Host="[", **{"X-Twilio-Signature": "x"}),
        form(b"a=1", Host="x:port", **{"X-Twilio-Signature": "x"}),
        form(b"\xff\xfe", **{"X-Twilio-Signature": "x"}),
        form(b"a=1", **{"X-Twilio-Signature": "\xe9"}),
    ],
)
def test_nonsense_is_wrong_and_no_error(request_):
    """A Host that makes no URL or a body that is no text cannot be signed right."""
    assert check(request_, TOKEN) == "wrong"


def test_nothing_is_checked_without_token():
    """A listener that knows no auth token says so in the inbox."""
    with Listener() as listener:
        assert check(form(b"a=1"), None) == "not checked"
        assert listener.replay(listener.inbox.add(entry())).signature == "not checked"


def entry():
    """An assignment callback as the inbox keeps it."""
    body = urlencode({"TaskSid": "WT1"}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return Received(0, "POST", "/assignment_callback", "", headers, body, {}, 200, b"{}", 0.1, "valid")


def headers_of(kept):
    """The headers that matter, in the sender's spelling."""
    names = ("Content-Type", "X-Twilio-Signature")
    return {name: kept.headers[name] for name in names}
