"""What tests of the learner's helpers share: a local connection, or a page, that is gone afterwards."""

from __future__ import annotations

import atexit
import http.client
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import IPython
import pytest
import requests
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from helpers import connection as connections
from helpers import settings
from helpers.callbacks import listener
from helpers.ground.choice import current_ground
from helpers.ground.ground import Ground
from helpers.ground.page.loopback import LOOPBACK
from helpers.guide import extension
from helpers.lessons import cell_runs
from tests.unit.set_up import checkout, installer

STAND_IN = Path(__file__).resolve().parents[1] / "contract" / "stage" / "ngrok_stand_in.py"


@pytest.fixture(scope="module", autouse=True)
def no_dotenv(tmp_path_factory) -> Iterator[Path]:
    """The reader's own .env does not count; gives the path of one that would."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("none") / ".env"
        patch.setattr(settings, "DOTENV", path)
        yield path


@pytest.fixture
def agent(monkeypatch, tmp_path) -> str:
    """Path of a program that stands in for ngrok's agent, run by this Python; ledgers are in a folder of the test's."""
    monkeypatch.setenv("TASKROUTER_LIVE_LEDGER", str(tmp_path / "ledgers"))
    program = tmp_path / "ngrok"
    # A shell between them, as a #! line cannot name a Python whose path holds a space.
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{STAND_IN}" "$@"\n')
    program.chmod(0o700)
    return str(program)


@pytest.fixture
def connection(no_dotenv) -> Iterator[connections.Connection]:
    """A kernel's connection to its own emulator."""
    connections.disconnect()
    yield connections.connect()
    connections.disconnect()


@pytest.fixture(scope="module")
def kernel(no_dotenv) -> Iterator[connections.Connection]:
    """One connection for all tests of a file, as a kernel has one for all its cells; reset it before use."""
    connections.disconnect()
    yield connections.connect()
    connections.disconnect()


@pytest.fixture
def page(monkeypatch) -> Iterator[Ground]:
    """A page as the ground; HTTP clients are as before afterwards, and nothing listens any more."""
    connections.disconnect()
    monkeypatch.setattr(requests.Session, "get_adapter", requests.Session.get_adapter)
    monkeypatch.setattr(http.client.HTTPConnection, "connect", http.client.HTTPConnection.connect)
    monkeypatch.setattr(listener, "_current", None)
    monkeypatch.setattr(LOOPBACK, "_served", {})
    monkeypatch.setenv("TASKROUTER_GROUND", "page")
    current_ground.cache_clear()
    yield current_ground()
    connections.disconnect()
    current_ground.cache_clear()


@pytest.fixture
def shell(monkeypatch):
    """An IPython shell with the extension, and what it showed as errors."""
    settings = Config()
    settings.HistoryManager.enabled = False  # its database would outlive the test
    shell = InteractiveShell(config=settings)
    shell.shown = []
    monkeypatch.setattr(shell, "_showtraceback", lambda kind, error, lines: shell.shown.append("\n".join(lines)))
    monkeypatch.setattr(cell_runs, "_finished", [])
    monkeypatch.setattr(extension, "_wire", ())
    extension.load_ipython_extension(shell)
    yield shell
    extension.unload_ipython_extension(shell)
    atexit.unregister(shell.atexit_operations)  # or each is kept, and collects garbage for a second at the end


@pytest.fixture
def cells(monkeypatch) -> dict[str, Any]:
    """What the cells of a notebook have named."""
    named: dict[str, Any] = {}
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(user_ns=named))
    return named
