"""The page's session opens the API to this server's own page, and to nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from helpers.emulator.emulator import Account
from helpers.emulator.portal.session import Sessions
from helpers.emulator.server import RunningEmulator, start

FIRST, SECOND = "AC" + "1" * 32, "AC" + "2" * 32
ACCOUNT: dict[str, Any] = {"account_sid": FIRST, "auth_token": "first-token", "accounts": {SECOND: "second-token"}}
HTML = {"Accept": "text/html"}
OURS = {"X-Portal": "1", "Sec-Fetch-Site": "same-origin"}
WORKSPACES = "/v1/Workspaces"


@pytest.fixture(scope="module")
def running() -> Iterator[RunningEmulator]:
    with start(**ACCOUNT) as running:
        yield running


@pytest.fixture(scope="module")
def opened() -> Iterator[RunningEmulator]:
    """An emulator that the network reaches."""
    with start(host="0.0.0.0", **ACCOUNT) as running:
        yield running


@pytest.fixture
def http(running) -> Iterator[httpx.Client]:
    with client_of(running) as client:
        client.get("/", headers=HTML)
        yield client


@pytest.fixture
def stranger(opened) -> Iterator[httpx.Client]:
    with client_of(opened) as client:
        yield client


def client_of(running: RunningEmulator) -> httpx.Client:
    return httpx.Client(base_url=running.url, trust_env=False)


def sign_in(http: httpx.Client, account_sid: str, auth_token: str, **form: str) -> httpx.Response:
    headers = {"Origin": str(http.base_url).rstrip("/")}
    data = {"account_sid": account_sid, "auth_token": auth_token, **form}
    return http.post("/portal/sign-in", data=data, headers=headers)


# -- on this machine ---------------------------------------------------------------------------


def test_first_visit_gets_the_cookie(running):
    """No script reads it, no page of another site sends it, and its name has the port, which cookies don't."""
    with client_of(running) as http:
        cookie = http.get("/", headers=HTML).headers["set-cookie"]
        again = http.get("/clock", headers=HTML)

    name, *rules = cookie.split("; ")
    assert name.startswith(f"taskrouter_portal_{running.url.rpartition(':')[2]}={FIRST}.")
    assert rules == ["Path=/", "HttpOnly", "SameSite=Strict"]
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("proof", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "OWN"}, {"Referer": "OWN/clock"}])
def test_page_calls_the_api_with_the_cookie(http, running, proof):
    """With its header, and a browser's word that it is our page; reads and writes."""
    headers = {"X-Portal": "1"} | {name: value.replace("OWN", running.url) for name, value in proof.items()}
    created = http.post(WORKSPACES, data={"FriendlyName": "Desk"}, headers=headers)
    listed = http.get(WORKSPACES, headers=headers)
    clock = http.get("/_emulator/clock", headers=headers)

    assert [created.status_code, listed.status_code, clock.status_code] == [201, 200, 200]
    assert created.json()["account_sid"] == FIRST


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Portal": "1"},
        {"X-Portal": "1", "Sec-Fetch-Site": "none"},
        {"X-Portal": "1", "Sec-Fetch-Site": "same-site"},
        {"X-Portal": "1", "Origin": "http://localhost:3000"},
        {"X-Portal": "1", "Origin": "http://127.0.0.1"},
        {"X-Portal": "1", "Referer": "http://127.0.0.1:3000/"},
        {"X-Portal": "1", "Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:3000"},
        {"X-Portal": "1", "Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "same-origin"},
        {},
    ],
)
def test_cookie_alone_opens_nothing(http, headers):
    """Not for another page of this machine, which browsers send it from, too; not without our header."""
    answer = http.get(WORKSPACES, headers=headers)

    assert answer.status_code in (401, 403)
    assert http.post(WORKSPACES, data={"FriendlyName": "Desk"}, headers=headers).status_code in (401, 403)
    # A challenge would have the browser ask for a password in a window of its own.
    assert ("www-authenticate" in answer.headers) == ("X-Portal" not in headers)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 401),
        ({"Origin": "http://localhost:3000"}, 401),
        ({"Referer": "http://127.0.0.1:3000/"}, 401),
        ({"Sec-Fetch-Site": "same-site", "X-Portal": "1"}, 401),
    ],
)
def test_portal_answers_no_other_page_of_this_machine(http, headers, status):
    """It would read what was sent, and send it again in the first account's name."""
    http.get(WORKSPACES, headers=OURS)
    asked = http.post("/portal/try", json={}, headers=headers)
    replayed = http.post("/portal/requests/1/replay", headers=headers)

    assert asked.status_code == status
    assert (replayed.status_code == 401) == (status == 401)


@pytest.mark.parametrize("site", ["http://evil.example", "https://127.0.0.1.evil.example"])
def test_page_of_another_site_is_refused_before(http, site):
    """Whatever else it sends."""
    answer = http.get(WORKSPACES, headers={**OURS, "Origin": site})

    assert (answer.status_code, answer.json()["code"]) == (403, 20403)


@pytest.mark.parametrize(
    "value",
    [
        "",
        FIRST,
        f"{FIRST}.",
        f"{FIRST}.{'0' * 64}",
        f"{SECOND}.DIGEST",
        f"AC{'3' * 32}.DIGEST",
        '"',
        "é",
        "a=b; c",
        "x" * 5000,
    ],
)
def test_other_cookies_are_no_session(running, value):
    """A guess, another account's digest, and what no cookie can be."""
    with client_of(running) as http:
        [(name, good)] = http.get("/", headers=HTML).cookies.items()
        cookie = f"{name}={value.replace('DIGEST', good.partition('.')[2])}".encode()
        http.cookies.clear()
        answer = http.get(WORKSPACES, headers={**OURS, "Cookie": cookie})

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    assert "x-emulator-hint" in answer.headers


def test_password_counts_more_than_the_cookie(http):
    """A request that names its account is that account's, or nobody's."""
    assert http.get(WORKSPACES, headers=OURS, auth=(SECOND, "second-token")).status_code == 200
    assert http.get(WORKSPACES, headers=OURS, auth=(SECOND, "wrong")).status_code == 401


def test_two_emulators_on_one_machine_have_two_cookies(http, running):
    """A browser sends both to both."""
    with start(account_sid=SECOND) as other:
        http.get(f"{other.url}/", headers=HTML)
        here, there = (http.get(f"{each.url}{WORKSPACES}", headers=OURS) for each in (running, other))

        assert (len(http.cookies), here.status_code, there.status_code) == (2, 200, 200)


def test_session_outlives_a_restart_with_the_same_account():
    """A page that is open goes on; with another Auth Token it must ask again."""
    scope = {"type": "http", "scheme": "http", "headers": [(b"host", b"localhost:1")]}
    _, cookie = Sessions({FIRST: Account(FIRST, "token")}, is_open=True).cookie(scope, FIRST)
    scope["headers"] = [(b"host", b"localhost:1"), (b"cookie", cookie.partition(b";")[0])]

    assert Sessions({FIRST: Account(FIRST, "token")}, is_open=True).account(scope) == FIRST
    assert Sessions({FIRST: Account(FIRST, "other")}, is_open=True).account(scope) is None


def test_cookie_of_https_stays_on_https():
    """A browser never sends it in the clear."""
    scope = {"type": "websocket", "scheme": "wss", "headers": [(b"host", b"localhost")]}

    assert Sessions({FIRST: Account(FIRST, "token")}, is_open=True).cookie(scope, FIRST)[1].endswith(b"; Secure")


# -- where the network reaches the server ------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/clock", "/workspaces/WS1/tasks?q=1"])
def test_open_server_asks_who_is_there(stranger, path):
    """A form comes in place of the page, which leads on to where the browser was going; no cookie."""
    answer = stranger.get(path, headers=HTML)

    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    assert f'name="next" value="{path}"' in answer.text
    assert "form-action 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/portal/try"),
        ("GET", "/portal/requests/1"),
        ("POST", "/portal/requests/1/replay"),
        ("GET", "/_emulator/clock"),
        ("GET", WORKSPACES),
    ],
)
def test_open_server_answers_nobody_unknown(stranger, method, path):
    """Neither without a session nor with the header of a page alone."""
    assert stranger.request(method, path).status_code == 401
    assert stranger.request(method, path, headers=OURS).status_code == 401
    assert stranger.request(method, path, auth=(FIRST, "first-token")).status_code in (200, 404)


def test_open_server_lets_in_who_signs_in(stranger):
    """The page leads on, and calls are that account's."""
    answer = sign_in(stranger, f" {SECOND} ", "second-token", next="/clock")
    assert (answer.status_code, answer.headers["location"]) == (303, "/clock")

    assert '<div id="portal"' in stranger.get("/clock", headers=HTML).text
    assert stranger.post(WORKSPACES, data={"FriendlyName": "Ours"}, headers=OURS).json()["account_sid"] == SECOND
    assert stranger.get("/_emulator/clock", headers=OURS).status_code == 200


def test_account_sees_only_its_own(stranger, opened):
    """Its Workspaces, its requests, and answers about them; on the socket, too."""
    theirs = stranger.post(WORKSPACES, data={"FriendlyName": "Theirs"}, auth=(FIRST, "first-token")).json()["sid"]
    number = opened.portal.request(newest(opened))["number"]
    sign_in(stranger, SECOND, "second-token")
    cookie = "; ".join(f"{name}={value}" for name, value in stranger.cookies.items())
    address = f"{opened.url.replace('http', 'ws', 1)}/portal/live"
    with connect(address, origin=opened.url, additional_headers={"Cookie": cookie}, proxy=None) as live:
        live.send(json.dumps({"watch": theirs}))
        state = json.loads(live.recv(timeout=10))

    assert (state["account_sid"], state["workspace"]) == (SECOND, None)
    assert theirs not in json.dumps(state)
    assert stranger.get(f"/portal/requests/{number}", headers=OURS).status_code == 404
    asked = {"question": "configuration", "workspace": theirs, "text": "{}"}
    assert "error" in stranger.post("/portal/try", json=asked, headers=OURS).json()


def newest(running: RunningEmulator) -> int:
    """The number of the newest request of the first account."""
    told: list[dict[str, Any]] = []
    running.portal.subscribe(None, told.append)()
    return told[0]["requests"][-1]["number"]


@pytest.mark.parametrize(
    ("account_sid", "auth_token"),
    [(FIRST, "wrong"), (FIRST, ""), (FIRST, "second-token"), ("", ""), ("AC", "first-token"), ('"><b>', "é\ud7ff")],
)
def test_wrong_password_is_said_and_not_repeated(stranger, account_sid, auth_token):
    """The form comes again, with the Account SID as text, and no cookie."""
    answer = sign_in(stranger, account_sid, auth_token)

    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    assert "No account has this Account SID and Auth Token." in answer.text
    assert "<b>" not in answer.text
    assert auth_token == "" or auth_token not in answer.text


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "/v1/Workspaces", "", "javascript:1", "/\r\nX: 1"],
)
def test_sign_in_leads_nowhere_else(stranger, path):
    """Only to a page of the portal."""
    assert sign_in(stranger, FIRST, "first-token", next=path).headers["location"] == "/"


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:3000", "null", None])
def test_nobody_is_signed_in_by_another_page(stranger, origin):
    """It would show its own account's Workspaces as the reader's."""
    headers = {} if origin is None else {"Origin": origin}
    data = {"account_sid": FIRST, "auth_token": "first-token"}
    answer = stranger.post("/portal/sign-in", data=data, headers=headers)

    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


def test_long_form_is_refused(stranger):
    """No Auth Token is as long."""
    assert sign_in(stranger, FIRST, "x" * 10_000).status_code == 413


def test_socket_without_a_session_is_told_to_sign_in(opened):
    """By a code that the page can read, unlike a refused handshake."""
    address = f"{opened.url.replace('http', 'ws', 1)}/portal/live"
    with connect(address, origin=opened.url, proxy=None) as live, pytest.raises(ConnectionClosed) as closed:
        live.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


def test_other_account_can_sign_in_on_this_machine(http):
    """Where the first one needs no form; the page then shows the other's Workspaces."""
    assert "Sign in to see another account." in http.get("/portal/sign-in").text
    sign_in(http, SECOND, "second-token")

    assert http.post(WORKSPACES, data={"FriendlyName": "Theirs"}, headers=OURS).json()["account_sid"] == SECOND


def test_form_works_without_a_script(stranger):
    """All that runs in it chooses the theme."""
    text = stranger.get("/", headers=HTML).text

    assert len(re.findall("<script", text)) == 1
    assert "taskrouter-theme" in text
