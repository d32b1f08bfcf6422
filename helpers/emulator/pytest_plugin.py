"""Fixtures for other projects' tests. pytest finds them by itself where ``taskrouter-emulator`` is installed.

One server serves the whole run and forgets everything before each test, which costs a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from twilio.rest import Client

    from .server import RunningEmulator

__all__ = ["pytest_addoption", "taskrouter", "taskrouter_client", "taskrouter_server"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one setting, ``taskrouter_clock``."""
    parser.addini(
        "taskrouter_clock",
        "paused: time stands still from now, each write takes a second, advance() moves it; lesson, or an ISO 8601 "
        "time: likewise, from then; real: time passes",
        default="paused",
    )


@pytest.fixture(scope="session")
def taskrouter_server(pytestconfig: pytest.Config) -> Iterator[RunningEmulator]:
    """The emulator of this test run, on a free port; tests ask for ``taskrouter`` instead.

    SIDs come from a seed and are the same on every run.
    """
    from .server import start  # here, so that loading the plugin costs nothing

    with start(clock=pytestconfig.getini("taskrouter_clock"), seed="pytest") as running:
        yield running


@pytest.fixture
def taskrouter(taskrouter_server: RunningEmulator) -> RunningEmulator:
    """A TaskRouter in which nothing has happened yet.

    ``url``, ``account_sid`` and ``auth_token`` are what an application needs; ``advance(seconds)`` moves the clock,
    ``run()`` lets it run for this test, ``settle()`` waits for callbacks.
    """
    taskrouter_server.reset()
    return taskrouter_server


@pytest.fixture
def taskrouter_client(taskrouter: RunningEmulator) -> Client:
    """The official SDK on ``taskrouter``."""
    from twilio.rest import Client

    from .sdk.http_client import EmulatorHttpClient

    http_client = EmulatorHttpClient(taskrouter.url, after_callbacks=True)
    return Client(taskrouter.account_sid, taskrouter.auth_token, http_client=http_client)
