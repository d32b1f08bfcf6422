"""Trouble with Twilio: the SDK's real exceptions become one error that says what to do, and no secret."""

from __future__ import annotations

import re
import socket

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from helpers.errors.connection_problems import NotConnected
from helpers.live.advice.trouble import telling_trouble
from tests.unit.live.meddler import PASSWORD, meddling

ACCOUNT = "AC" + "1" * 32
TOKEN = "70ken0fnobody" + "0" * 19
WORKSPACE = "WS" + "0" * 32
PAGE = "<html><title>Sign in to the hotel's network</title></html>"

INCOMPLETE = b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"
"""Part of an answer; the exception of `requests` doesn't say to which request."""


@pytest.fixture
def proxy(tmp_path, monkeypatch):
    """A proxy that meddles, in the environment together with its authority."""
    with meddling(tmp_path) as meddler:
        monkeypatch.setenv("HTTPS_PROXY", meddler.url)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(meddler.certificates))
        yield meddler


def fetch_account(client):
    """The first request of live mode."""
    client.api.accounts(ACCOUNT).fetch()


def list_workspaces(client):
    """A list, whose errors have another class in the SDK."""
    client.taskrouter.v1.workspaces.list()


def create_task(client):
    """A write."""
    client.taskrouter.v1.workspaces(WORKSPACE).tasks.create(attributes="{}")


def told(call, seconds=30.0):
    """What is said about the trouble that a call meets."""
    client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=seconds))
    with pytest.raises(NotConnected) as raised, telling_trouble():
        call(client)
    text = str(raised.value)
    assert not re.search(f"{PASSWORD}|{TOKEN}", text)
    assert raised.value.__suppress_context__
    return text


@pytest.mark.parametrize("call", [fetch_account, list_workspaces])
@pytest.mark.parametrize(
    ("status", "code", "message", "words"),
    [
        (401, 20003, "Authenticate", "the Account SID and the Auth Token don't match"),
        (401, 20003, "Authenticate", "Then run the cell again. Restart the kernel only if it was connected before"),
        (401, 20005, "Account not active", "The account isn't active: it's suspended, closed or out of funds"),
        (403, 20008, "Resource not accessible with Test Account Credentials", "the account's test credentials"),
        (403, 20403, "Forbidden", "The account isn't active"),
        (403, 70051, "Authorization Failed", "If they're an API key's, the key may lack a permission"),
        (403, 20006, "Access Denied", "the key may lack a permission"),
        (429, 20429, "Too Many Requests", "Twilio didn't process this request, so it's safe"),
        (503, 20503, "Service is unavailable", "The problem isn't in your request"),
        (404, 20404, "The requested resource was not found", "twilio.com/docs/api/errors/20404"),
        (404, 404, "Not Found", "Run the cell again. If that doesn't help, see https://status.twilio.com."),
    ],
)
def test_twilio_refuses(proxy, call, status, code, message, words):
    """Twilio's status, code and message come first, then what they mean for an account."""
    proxy.answers(status, {"code": code, "message": message, "more_info": "https://x", "status": status})

    text = told(call)

    assert text.startswith(f"Twilio returned an error: status {status}, code {code}.\nMessage: {message}\nWhat to do: ")
    assert words in text


def test_problem_details(proxy):
    """An answer in the shape of RFC 9457, which the SDK raises as another class, is read as any other."""
    proxy.answers(403, {"type": "x", "title": "Authorization Failed", "status": 403, "code": 70051})

    assert "Authorization Failed" in told(fetch_account)


@pytest.mark.parametrize("status", [200, 302, 403, 511])
def test_web_page_instead_of_an_answer(proxy, status):
    """A sign-in page of a network comes with any status, and is no answer of Twilio's."""
    proxy.answers(status, PAGE, "Location: http://127.0.0.1/login")

    for call in (fetch_account, list_workspaces):
        text = told(call)
        assert "status.twilio.com" in text if status >= 500 else "sign-in page of a network" in text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("407", "a user name and a password"),
        ("403", "the request to api.twilio.com (403)"),
        ("502", "the request to api.twilio.com (502)"),
    ],
)
def test_proxy_refuses(proxy, answer, words):
    """A proxy is named by host and port, without its password."""
    proxy.answer = answer

    text = told(fetch_account)

    assert f"The proxy {proxy.url.rpartition('@')[2]} " in text
    assert words in text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"http://bob:{PASSWORD}@127.0.0.1:1", "The proxy 127.0.0.1:1 can't be reached"),
        (f"http://bob:{PASSWORD}@:x", "HTTPS_PROXY or ALL_PROXY isn't the address of a proxy"),
        (f"socks5://bob:{PASSWORD}@127.0.0.1:1", "needs the package PySocks"),
    ],
)
def test_wrong_proxy(monkeypatch, url, words):
    """A proxy that isn't there, or whose address is none, or of a kind that `requests` lacks a package for."""
    monkeypatch.setenv("HTTPS_PROXY", url)

    assert words in told(fetch_account)


@pytest.mark.parametrize("variable", ["", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_proxy_inspects_tls(proxy, monkeypatch, variable):
    """The variable that helps is named, and it is the one that the SDK reads: SSL_CERT_FILE alone doesn't."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    if variable:
        monkeypatch.setenv(variable, str(proxy.certificates))
    proxy.answers(401, {"code": 20003, "message": "Authenticate", "status": 401})

    text = told(fetch_account)

    if variable.endswith("BUNDLE"):
        assert "code 20003" in text
    else:
        assert "path in REQUESTS_CA_BUNDLE (the SDK doesn't read SSL_CERT_FILE)" in text


def test_wrong_bundle(proxy, monkeypatch, tmp_path):
    """A bundle that is missing, empty of certificates, or of another authority is told apart."""
    (tmp_path / "no.pem").write_text("hello")
    (tmp_path / "other").mkdir()
    with meddling(tmp_path / "other") as other:
        bundles = [tmp_path / "none.pem", tmp_path / "no.pem", other.certificates]
    texts = []
    for bundle in bundles:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        texts.append(told(fetch_account))

    assert "REQUESTS_CA_BUNDLE names a file that doesn't" in texts[0]
    assert "REQUESTS_CA_BUNDLE has no certificate" in texts[1]
    assert "even with those in REQUESTS_CA_BUNDLE" in texts[2]


def test_certificate_of_another_host(tmp_path, monkeypatch):
    """Somebody else's server that answers in Twilio's place is told from an authority that isn't trusted."""
    with meddling(tmp_path, hosts=["login.example"]) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(proxy.certificates))

        assert "host's certificate. What" in told(fetch_account)


def test_name_not_found(monkeypatch):
    """Without a network nothing was sent, and that is said."""

    def fail(*_args, **_kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    assert "api.twilio.com, so nothing was sent" in told(fetch_account)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("silent", "taskrouter.twilio.com didn't respond in time"),
        ("lost", "closed before the response"),
        (INCOMPLETE, "closed before the response"),
    ],
)
def test_answer_of_a_write_is_lost(proxy, answer, words):
    """A write may have happened although its answer never came; reads are repeated."""
    proxy.answer = answer
    seconds = 0.5 if answer == "silent" else 30.0
    text, text_of_read = told(create_task, seconds), told(list_workspaces, seconds)

    assert proxy.got[0].startswith(b"POST ")
    assert words in text
    assert "may have succeeded anyway. Check first with `.list()`" in text
    assert ("may have succeeded" in text_of_read) == (answer == INCOMPLETE)
