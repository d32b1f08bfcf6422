"""What every test can rely on: a clean environment, no network but loopback, the same examples each time."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from xdist.scheduler import LoadFileScheduling

import start
from tests.packages.environments import emulator_python, emulator_wheel

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = ("TWILIO_", "NGROK_", "PYNGROK_", "TASKROUTER_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

OWN_VARIABLES = pytest.StashKey[dict[str, str]]()
"""The reader's own variables of these names, for tests with ``--live`` alone."""

hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("suite")


class NetworkRefused(AssertionError):
    """A test tried to leave this machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that makes the facts of `tests/contract/facts` those of a Twilio account, too."""
    parser.addoption("--live", action="store_true", help="check tests/contract/facts at Twilio, too")


def pytest_configure(config: pytest.Config) -> None:
    """Give this process, and so every kernel and server a test starts, the environment of `python start.py test`."""
    config.stash[OWN_VARIABLES] = {name: os.environ[name] for name in os.environ if name.upper().startswith(FOREIGN)}
    for name in [name for name in os.environ if name.upper().startswith(FOREIGN)]:
        del os.environ[name]
    home = ROOT / ".local" / "tests"
    start.prepare_lab_home(home)
    environment = start.lab_environment(home, {**os.environ, **start.LOCAL_MODE, "PYTHONPATH": str(ROOT)})
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Count a check that can't be made on this machine as left out, not as passed."""
    return ("left out", "o", "LEFT OUT") if report.when == "call" and reason_to_leave_out(report) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say of each check that was left out why, and how to make it."""
    for report in terminalreporter.getreports("left out"):
        terminalreporter.write_line(f"left out: {reason_to_leave_out(report)}", yellow=True)


def reason_to_leave_out(report: pytest.TestReport) -> str | None:
    """Return what the test recorded with ``record_property("left out", reason)``."""
    reason = dict(report.user_properties).get("left out")
    return str(reason) if reason else None


SHARED = {
    "tests/browser/portal/": "a page",
    "tests/browser/": "JupyterLab",
    "tests/deploy/": "packages",
    "tests/docs/": "packages",
    "tests/packages/": "packages",
    "notebooks/06_": "my_app",
    "notebooks/14_": "my_app",
}
"""What tests share, and so have to be one process's: it takes longer to make than most tests, or they write it."""


class Shares(LoadFileScheduling):
    """A whole file for each process, as `--dist=loadfile` has it; for one process all files that share something."""

    def _split_scope(self, nodeid: str) -> str:
        shared = (name for folder, name in SHARED.items() if nodeid.startswith(folder))
        return next(shared, None) or super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Share the tests between the processes."""
    return Shares(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Connecting to anything but this machine, or looking up its name, fails the test that tries."""
    if item.get_closest_marker("leaves_the_machine"):
        return (yield)
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, host_of in (
            (socket.socket, "connect", lambda _sock, address: address),
            (socket.socket, "connect_ex", lambda _sock, address: address),
            (socket, "getaddrinfo", lambda host, *_: (host,)),
        ):
            patch.setattr(owner, name, guarded(getattr(owner, name), host_of))
        return (yield)


@pytest.fixture(autouse=True)
def clean_environment() -> Iterator[None]:
    """Whatever a test does to the environment is undone after it."""
    before = dict(os.environ)
    yield
    before["PYTEST_CURRENT_TEST"] = os.environ.get("PYTEST_CURRENT_TEST", "")  # it tells the phase, too
    if dict(os.environ) != before:  # most tests leave it alone, and setting it takes longer than they do
        os.environ.clear()
        os.environ.update(before)


def guarded(function: Callable[..., Any], address_of: Callable[..., Any]) -> Callable[..., Any]:
    """``function``, refused where the address among its arguments is not this machine's own."""

    def call(*args: Any, **kwargs: Any) -> Any:
        address = address_of(*args)
        if isinstance(address, tuple) and not is_loopback(address[0]):
            raise NetworkRefused(f"a test may use 127.0.0.1 only, not {address[0]!r}: put a stand-in there")
        return function(*args, **kwargs)

    return call


def is_loopback(host: str | bytes | None) -> bool:
    """True for this machine's own addresses and names, and for no name at all."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
