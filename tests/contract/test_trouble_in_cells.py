"""Trouble in live mode as a learner meets it: in a kernel of its own, on the stage, by environment variables alone."""

from __future__ import annotations

import re

import pytest
from jupyter_client.manager import start_new_kernel

CONNECT = "from helpers import connect\nconnection = connect()\nworkspaces = connection.client.taskrouter.v1.workspaces"
LIST = "workspaces.list()"
CREATE = "workspace = workspaces.create(friendly_name='mine')"


@pytest.fixture
def cells(stage):
    """Cells of a kernel on the stage, one after another: each returns what it shows."""
    started = []

    def run(source, **variables):
        if not started:
            started.extend(start_new_kernel(kernel_name="python3", env={**stage.environment, **variables}))
        shown = []
        client = started[1]
        client.execute_interactive(
            source, allow_stdin=False, output_hook=lambda message: shown.append(message["content"]), timeout=60
        )
        text = " ".join(" ".join(each.get("text") or "\n".join(each.get("traceback", ())) for each in shown).split())
        assert not re.search(f"Traceback|{stage.account.auth_token}|{stage.authtoken}", text)
        return text

    yield run
    if started:
        started[1].stop_channels()
        started[0].shutdown_kernel(now=True)


def test_wrong_token(cells):
    """The first cell of live mode that sends anything is told in words, without a traceback."""
    assert "401, code 20003" in cells(f"{CONNECT}\n{LIST}", TWILIO_AUTH_TOKEN="0" * 32)


def test_suspended_account(stage, cells):
    """A suspended account is told from a wrong token: new credentials would not help."""
    stage.account.status = "suspended"

    assert "The account isn't active" in cells(f"{CONNECT}\n{LIST}")


def test_proxy_that_is_not_there(cells):
    """A password in the proxy's URL is in none of the words."""
    proxy = "http://bob:hunter2@127.0.0.1:1"
    text = cells(f"{CONNECT}\n{LIST}", HTTPS_PROXY=proxy, https_proxy=proxy)

    assert "The proxy 127.0.0.1:1 can't be reached" in text
    assert "hunter2" not in text


def test_proxy_that_inspects_tls(cells):
    """The one variable that the SDK reads is named."""
    text = cells(f"{CONNECT}\n{LIST}", REQUESTS_CA_BUNDLE="", CURL_CA_BUNDLE="")

    assert "set its path in REQUESTS_CA_BUNDLE" in text


def test_answer_that_is_lost_after_a_write(stage, cells):
    """The words say that it may have happened, and it has: looking shows it."""
    cells(CONNECT)
    stage.front.strike("lost", method="POST", path="Workspaces$")

    assert "This POST may have succeeded anyway. Check first with" in cells(CREATE)
    assert "1" in cells(f"print(len({LIST}))")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("unavailable", "503, code 20503"),
        ("page", "The problem isn't in your request"),
        ("dropped", "closed before the response arrived"),
    ],
)
def test_service_in_trouble(stage, cells, kind, words):
    """Whatever the service does comes out as words."""
    cells(CONNECT)
    stage.front.strike(kind, times=None, path="Workspaces")

    assert words in cells(LIST)
