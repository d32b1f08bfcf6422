"""Trouble in live mode as a learner meets it: in a kernel on the stage, by environment variables alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from jupyter_client.manager import start_new_kernel

from tests.contract.stage import Stage

CONNECT = "from helpers import connect\nconnection = connect()\nworkspaces = connection.client.taskrouter.v1.workspaces"
LIST = "workspaces.list()"
CREATE = "workspace = workspaces.create(friendly_name='mine')"


@contextmanager
def kernel_on(stage: Stage, **variables: str) -> Iterator[Callable[[str], str]]:
    """A kernel on the stage: it runs cells, one after another, and each returns what it shows."""
    manager, client = start_new_kernel(kernel_name="python3", env={**stage.environment, **variables})

    def run(source: str) -> str:
        shown = []
        client.execute_interactive(
            source, allow_stdin=False, output_hook=lambda message: shown.append(message["content"]), timeout=60
        )
        text = " ".join(" ".join(each.get("text") or "\n".join(each.get("traceback", ())) for each in shown).split())
        assert not re.search(f"Traceback|{stage.account.auth_token}|{stage.authtoken}", text)
        return text

    try:
        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def first_cell(stage):
    """A function that runs the first cell of a new kernel with these variables, and returns what it shows."""

    def run(**variables: str) -> str:
        with kernel_on(stage, **variables) as cells:
            return cells(f"{CONNECT}\n{LIST}")

    return run


@pytest.fixture(scope="module")
def shared():
    """A stage and one kernel on it, for trouble that comes when the kernel runs."""
    with Stage() as stage, kernel_on(stage) as cells:
        yield stage, cells


@pytest.fixture
def stage_and_cells(shared):
    """The shared ones; whatever trouble a test makes ends with it."""
    yield shared
    shared[0].front.calm()
    shared[0].account.status = "active"


def test_wrong_token(first_cell):
    """The first cell of live mode that sends anything is told in words, without a traceback."""
    assert "401, code 20003" in first_cell(TWILIO_AUTH_TOKEN="0" * 32)


def test_suspended_account(stage_and_cells):
    """A suspended account is told from a wrong token: new credentials would not help."""
    stage, cells = stage_and_cells
    stage.account.status = "suspended"

    assert "The account isn't active" in cells(f"{CONNECT}\n{LIST}")


def test_proxy_that_is_not_there(first_cell):
    """A password in the proxy's URL is in none of the words."""
    proxy = "http://bob:hunter2@127.0.0.1:1"
    text = first_cell(HTTPS_PROXY=proxy, https_proxy=proxy)

    assert "The proxy 127.0.0.1:1 can't be reached" in text
    assert "hunter2" not in text


def test_proxy_that_inspects_tls(first_cell):
    """The one variable that the SDK reads is named."""
    text = first_cell(REQUESTS_CA_BUNDLE="", CURL_CA_BUNDLE="")

    assert "set its path in REQUESTS_CA_BUNDLE" in text


def test_answer_that_is_lost_after_a_write(stage_and_cells):
    """The words say that it may have happened, and it has: looking shows it."""
    stage, cells = stage_and_cells
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
def test_service_in_trouble(stage_and_cells, kind, words):
    """Whatever the service does comes out as words."""
    stage, cells = stage_and_cells
    cells(CONNECT)
    stage.front.strike(kind, times=None, path="Workspaces")

    assert words in cells(LIST)
