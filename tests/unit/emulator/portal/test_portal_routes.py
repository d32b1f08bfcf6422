"""Browsers get the portal's page and what it loads; other clients get what they got before."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

import httpx
import pytest

from helpers.emulator.emulator_errors import StoreFailed
from helpers.emulator.server import RunningEmulator, start

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAGES = ("/", "/clock", "/requests", "/requests/41", "/workspaces/WS1/board", "/workspaces/WS1/tasks/WT1/why?q=es")


@pytest.fixture(scope="module")
def running() -> Iterator[RunningEmulator]:
    with start(seed="portal") as running:
        yield running


@pytest.fixture
def http(running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_browser_gets_the_page(http, path):
    """It is the same for each path, so that links and reloads lead where they should."""
    answer = http.get(path, headers=HTML)

    assert answer.status_code == 200
    assert answer.text == http.get("/", headers=HTML).text
    assert '<div id="portal"' in answer.text


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/clock", 404), ("/requests/1", 404), ("/workspaces", 404)])
@pytest.mark.parametrize("accept", ["*/*", "application/json", ""])
def test_other_clients_get_what_they_got_before(http, path, status, accept):
    """The list of routes at the root, and Twilio's error elsewhere."""
    answer = http.get(path, headers={"Accept": accept})

    assert answer.status_code == status
    assert ("From Python" in answer.text) == (status == 200)


def test_list_of_routes_is_there_for_browsers_too(http):
    """The page's help leads there."""
    assert "From Python" in http.get("/_emulator", headers=HTML).text


@pytest.mark.parametrize("path", ["/workspace", "/requestsx", "/clock/", "/clocks", "/workspaces%0A", "/portal/"])
def test_other_paths_are_no_pages(http, path):
    """A wrong path is an error for a browser, too."""
    assert http.get(path, headers=HTML).status_code == 404


def test_resources_are_kept_for_ever(http):
    """Script and sheet stand under a hash of their content, so that a new version has a new address."""
    paths = re.findall(r'(?:src|href)="(/[^"]+)"', http.get("/", headers=HTML).text)
    assert [path.rpartition(".")[2] for path in paths] == ["css", "js"]
    for path in paths:
        answer = http.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert hashlib.sha256(answer.content).hexdigest().startswith(path.split("/")[2])
        assert http.get(path.replace("/portal/", "/portal/0")).status_code == 404


def test_policy_lets_only_our_own_script_run(http):
    """Nothing is loaded from elsewhere, and the one script in the page has its hash in the policy."""
    answer = http.get("/", headers=HTML)
    policy = dict(each.strip().split(" ", 1) for each in answer.headers["content-security-policy"].split(";"))
    [inline] = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()

    assert policy == {
        "default-src": "'none'",
        "script-src": f"'self' 'sha256-{digest}'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self' http://localhost:* http://127.0.0.1:*",
        "require-trusted-types-for": "'script'",
    }
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


def test_secrets_are_in_nothing_that_a_page_gets(http, running):
    """Neither the Auth Token nor anything that it could be found from by trying a few."""
    page = http.get("/", headers=HTML)
    resources = [http.get(path).text for path in re.findall(r'(?:src|href)="(/[^"]+)"', page.text)]
    told = []
    running.portal.subscribe(None, told.append)()

    assert running.auth_token not in "".join([page.text, str(page.headers), *resources, str(told)])


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 5000, b'{"question": "?"}', b"{}"])
def test_senseless_question_is_answered(http, body):
    """An error of the asker is an answer, too."""
    answer = http.post("/portal/try", content=body)

    assert (answer.status_code, list(answer.json())) == (200, ["error"])


def test_long_question_is_refused(http):
    """Nothing that a page asks is as long."""
    assert http.post("/portal/try", content=b" " * 300_000).status_code in (400, 413)


def test_logged_request_is_shown_and_sent_again(http, running):
    """With other parameters if the page says so; the number leads to the new one."""
    auth = running.account_sid, running.auth_token
    http.post("/v1/Workspaces", data={"FriendlyName": "Care Desk"}, auth=auth)
    number = running.portal.requests()[-1]["number"]
    shown = http.get(f"/portal/requests/{number}").json()
    again = http.post(f"/portal/requests/{number}/replay").json()["number"]
    edited = http.post(f"/portal/requests/{number}/replay", data={"FriendlyName": "Ñandú"}).json()

    assert (shown["means"], shown["parameters"]) == ("create Workspace Care Desk", [["FriendlyName", "Care Desk"]])
    assert http.get(f"/portal/requests/{again}").json()["replay_of"] == number
    assert http.get(f"/portal/requests/{edited['number']}").json()["means"] == "create Workspace Ñandú"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/portal/requests/999", 404), ("/portal/requests/999/replay", 404), ("/portal/requests/x", 404)],
)
def test_request_that_is_not_there_is_refused(http, path, status):
    """In the shape of TaskRouter's errors."""
    answer = http.post(path) if path.endswith("replay") else http.get(path)

    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_pages_of_other_sites_send_nothing_again(http, running):
    """The guard stands before these routes, too."""
    http.get("/_emulator/clock")
    number = running.portal.requests()[-1]["number"]
    answer = http.post(f"/portal/requests/{number}/replay", headers={"Origin": "https://example.com"})

    assert answer.status_code == 403
    assert running.portal.requests()[-1]["number"] == number


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, "-1", "1.0", "x"])
@pytest.mark.parametrize("path", ["/portal/requests/{}/replay", "/_emulator/deliveries/{}/replay"])
def test_number_that_nothing_has_is_not_found(http, path, number):
    """Python turns no text of more than 4300 digits into a number."""
    assert http.post(path.format(number)).json()["code"] == 20404
    assert http.get(f"/portal/requests/{number}").json()["code"] == 20404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"account_sid=%ff&auth_token=%ED%A0%80", "application/x-www-form-urlencoded"),
        (b'{"account_sid": "AC"}', "application/json"),
        (b"account_sid=AC", "multipart/form-data"),
        (b"account_sid=AC", "application/x-www-form-urlencoded; charset=unknown"),
    ],
)
def test_malformed_sign_in_is_refused(http, running, body, kind):
    """With Twilio's error, as any other malformed form."""
    answer = http.post("/portal/sign-in", content=body, headers={"Content-Type": kind, "Origin": running.url})

    assert answer.status_code in (400, 415)
    assert answer.json()["message"]


def test_full_disk_is_told(http, running, monkeypatch):
    """As the API tells it: a question lets timers fire that are due."""

    async def fail(*asked: object) -> None:
        raise StoreFailed("The disk is full.")

    monkeypatch.setattr(running._service.portal, "answer", fail)
    answer = http.post("/portal/try", json={"question": "queues"})

    assert (answer.status_code, answer.json()["message"]) == (503, "The disk is full.")
