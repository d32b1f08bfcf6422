"""Fixtures for other projects' tests. pytest finds them by itself where ``taskrouter-emulator`` is installed.

One server serves the whole run and forgets everything before each test, which costs a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from twilio.rest import Client

    from .server import RunningEmulator

__all__ = [
    "pytest_addoption",
    "pytest_runtest_makereport",
    "taskrouter",
    "taskrouter_client",
    "taskrouter_server",
]

_TITLE = "TaskRouter: Tasks and alerts"

_USED: pytest.StashKey[RunningEmulator] = pytest.StashKey()
"""Emulator that a test uses."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one setting, ``taskrouter_clock``."""
    parser.addini(
        "taskrouter_clock",
        "paused: time stands still from now, each write takes a second, advance() moves it; lesson, or an ISO 8601 "
        "time: likewise, from then; real: time passes",
        default="paused",
    )


@pytest.hookimpl(hookwrapper=True, tryfirst=True)  # the older of two ways: pluggy 1.0 knows no other
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Add to the report of a failure why Tasks wait, if the test used an emulator."""
    report: pytest.TestReport = (yield).get_result()
    if report.failed and (used := _emulator_of(item)) is not None:
        try:
            _add_tasks(report, used)
        except Exception as error:  # whatever it is, the test's own failure is what counts
            report.sections.append(("TaskRouter", f"It could not be asked: {type(error).__name__}: {error}"))


def _add_tasks(report: pytest.TestReport, used: object) -> None:
    """Add a section to ``report``, unless there is nothing to say or ``used`` is no emulator of ours.

    It stands below the traceback, and in JUnit's file with it; where there is no traceback, among what was captured.
    """
    from .server import RunningEmulator  # here, so that a test that passes costs nothing
    from .server.explaining.fixture_spelling import FixtureSpelling

    text = used.report_tasks(FixtureSpelling, names_pages=True) if isinstance(used, RunningEmulator) else ""
    failure: Any = report.longrepr
    if text and hasattr(failure, "addsection"):
        failure.addsection(_TITLE, text)
    elif text:
        report.sections.append((_TITLE, text))


def _emulator_of(item: pytest.Item) -> object:
    """Return the emulator that a test uses; None if it uses none, or a line for each failure was asked for."""
    if item.config.getoption("tbstyle", "") == "line":
        return None
    return item.stash.get(_USED, None) or getattr(item, "funcargs", {}).get("taskrouter_server")


@pytest.fixture(scope="session")
def taskrouter_server(pytestconfig: pytest.Config) -> RunningEmulator:
    """The emulator of this test run, on a free port; tests ask for ``taskrouter`` instead.

    SIDs come from a seed and are the same on every run.
    """
    from .server import start  # here, so that loading the plugin costs nothing

    running = start(clock=pytestconfig.getini("taskrouter_clock"), seed="pytest")
    pytestconfig.add_cleanup(running.stop)  # no sooner, because a report on the last test's end asks it
    return running


@pytest.fixture
def taskrouter(taskrouter_server: RunningEmulator, request: pytest.FixtureRequest) -> RunningEmulator:
    """A TaskRouter in which nothing has happened yet.

    ``url``, ``account_sid`` and ``auth_token`` are what an application needs; ``advance(seconds)`` moves the clock,
    ``run()`` lets it run for this test, ``settle()`` waits for callbacks.
    """
    taskrouter_server.reset()
    request.node.stash[_USED] = taskrouter_server
    return taskrouter_server


@pytest.fixture
def taskrouter_client(taskrouter: RunningEmulator) -> Client:
    """The official SDK on ``taskrouter``."""
    from twilio.rest import Client

    from .sdk.http_client import EmulatorHttpClient

    http_client = EmulatorHttpClient(taskrouter.url, after_callbacks=True)
    return Client(taskrouter.account_sid, taskrouter.auth_token, http_client=http_client)
