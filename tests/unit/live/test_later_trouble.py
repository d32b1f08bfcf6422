"""Trouble in a cell of live mode: words instead of a traceback, after as before `connect`, and no secret in them."""

from __future__ import annotations

import re

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from helpers.guide import extension
from helpers.wire import RecordingHttpClient, Wire
from tests.unit.guide.shells import run
from tests.unit.live.meddler import PASSWORD, meddling

TOKEN = "70ken0fnobody" + "0" * 19
CREATE = "workspaces('WS' + '0' * 32).tasks.create(attributes='{}')"
LIST = "workspaces.list()"
OWN_REQUEST = "import requests\nrequests.post('https://taskrouter.twilio.com/v1/Workspaces', timeout=patience.timeout)"


@pytest.fixture
def proxy(tmp_path, monkeypatch):
    """A proxy that meddles, in the environment together with its authority."""
    with meddling(tmp_path) as meddler:
        monkeypatch.setenv("HTTPS_PROXY", meddler.url)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(meddler.certificates))
        yield meddler


@pytest.fixture
def told(shell, monkeypatch):
    """What a cell shows of its error, in one line."""
    wire = Wire(is_live=True)
    inner = TwilioHttpClient(timeout=30)
    client = Client("AC" + "1" * 32, TOKEN, http_client=RecordingHttpClient(inner, wire))
    extension.watch(wire)
    shell.push({"workspaces": client.taskrouter.v1.workspaces, "patience": inner})

    def of(source):
        text = run(shell, source)
        assert not re.search(f"Traceback|{PASSWORD}|{TOKEN}", text)
        return text

    yield of
    extension.watch(())


def test_rate_limit_says_how_long(proxy, told):
    """The header Retry-After is told, and that nothing happened, so that repeating is safe."""
    proxy.answers(429, {"code": 20429, "message": "Too Many Requests", "status": 429}, "Retry-After: 7")

    for cell in (CREATE, LIST):
        text = told(cell)
        assert "status 429, code 20429. Message: Too Many Requests" in text
        assert (
            "Twilio didn't process this request, so it's safe to send it again: wait 7 seconds, as Twilio asks"
        ) in text


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (401, 20003, "the token has been replaced, the account is suspended"),
        (401, 20005, "The account isn't active"),
        (403, 70051, "may lack a permission"),
    ],
)
def test_account_trouble_in_the_middle(proxy, told, status, code, words):
    """An account can be suspended, or its token replaced, after the first request."""
    proxy.answers(status, {"code": code, "message": "Said so", "status": status})

    assert words in told(LIST)


def test_service_trouble(proxy, told):
    """After a failed write it isn't known what happened; after a read nothing did."""
    proxy.answers(503, {"code": 20503, "message": "Service is unavailable", "status": 503})

    assert "https://status.twilio.com. This POST may have succeeded anyway" in told(CREATE)
    assert told(LIST).endswith("status.twilio.com.")


@pytest.mark.parametrize("status", [200, 403])
def test_web_page(proxy, told, status):
    """A page of somebody else's is told as one, not as JSON that the learner had written."""
    proxy.answers(status, "<html>Sign in</html>")

    for cell in (CREATE, LIST):
        assert "Something between this machine and Twilio may have responded instead" in told(cell)


@pytest.mark.parametrize("answer", ["lost", "silent"])
def test_lost_answer_of_a_write(proxy, told, answer):
    """It may have happened: look before you repeat. With the SDK, and with requests of one's own."""
    proxy.answer = answer
    if answer == "silent":
        told("patience.timeout = 0.5")

    for cell in (CREATE, OWN_REQUEST):
        assert "This POST may have succeeded anyway. Check first with" in told(cell)
    assert "may have been" not in told(LIST)


@pytest.mark.parametrize("cell", [CREATE, LIST, OWN_REQUEST])
def test_network_trouble(proxy, told, monkeypatch, cell):
    """Proxy and certificates are told in the same words as at the first request."""
    proxy.answer = "407"
    assert "a user name and a password" in told(cell)

    proxy.answer = "lost"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "nowhere.pem")
    assert "REQUESTS_CA_BUNDLE names a file that doesn't" in told(cell)

    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    assert "inspects TLS" in told(cell)


def test_request_of_ones_own_is_not_taken_for_twilios(told):
    """A request to this machine, or one that was never sent, says nothing of Twilio or a proxy."""
    local = told("import requests\nrequests.get('http://bob:pa55word@127.0.0.1:1/', timeout=1)")
    unsent = told("requests.get('127.0.0.1:1')")

    assert local.startswith("No answer from 127.0.0.1:1 (ConnectionError).")
    assert unsent.startswith("The request failed (InvalidSchema).")
    assert not re.search("pa55word|wilio|roxy", local + unsent)


def test_other_errors_of_the_system_stay_as_they_are(shell):
    """What has nothing to do with requests keeps its traceback."""
    assert "Traceback" in run(shell, "open('nowhere.txt')")
