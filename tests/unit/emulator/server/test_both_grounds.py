"""An emulator in place does what one on a thread does, without threads, sockets, processes and files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from helpers.emulator.callbacks import request
from tests.unit.emulator.server.ground_scenarios import SCENARIOS, SHORT_SECONDS, anything
from tests.worlds.grounds import Ground, in_place, on_a_thread

ROOT = Path(__file__).resolve().parents[4]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda function: function.__name__)
def test_both_grounds_do_the_same(scenario, monkeypatch):
    """The same requests give the same answers, state, events, deliveries, alerts and callbacks, headers included."""
    if "late" in scenario.__name__:
        monkeypatch.setitem(request._LIMIT_SECONDS, "assignment", SHORT_SECONDS)
    compare(scenario)


@pytest.mark.parametrize("seed", range(4))
def test_chance_finds_no_difference(seed):
    """So it is with steps and answers that nobody has thought of."""
    compare(partial(anything, seed=seed))


def compare(scenario: Callable[[Ground], Any]) -> None:
    """Play a scenario on a thread, then in place with the same address of the application."""
    with on_a_thread() as ground:
        url = ground.url
        on_thread = scenario(ground), ground.record()
    with in_place(url) as ground:
        assert (scenario(ground), ground.record()) == on_thread


GUARD = """
import _thread
import os
import sys
import threading

FORBIDDEN = ("socket.", "subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.system")

def forbid(event, arguments):
    writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event.startswith(FORBIDDEN) or (event == "sqlite3.connect" and arguments[0]):
        raise SystemExit(f"{event} {arguments}")

def forbid_thread(*arguments):
    raise SystemExit(f"a thread {arguments}")

from tests.unit.emulator.server import ground_scenarios, test_both_grounds  # urllib3 opens a socket when it is imported
from tests.worlds.grounds import in_place

sys.dont_write_bytecode = True
sys.addaudithook(forbid)
for module in (_thread, threading):  # Python 3.11 tells no hook of threads; not every version has all these
    for name in ("start_new_thread", "_start_new_thread", "start_joinable_thread", "_start_joinable_thread"):
        if hasattr(module, name):
            setattr(module, name, forbid_thread)
"""

PLAY = """
ground_scenarios.SHORT_SECONDS, ground_scenarios.TOO_LONG_SECONDS = 0.2, 0.3  # calls in place can't be late otherwise
test_both_grounds.request._LIMIT_SECONDS["assignment"] = ground_scenarios.SHORT_SECONDS

for scenario in ground_scenarios.SCENARIOS:
    with in_place() as ground:
        scenario(ground)
        ground.record()
print(len(ground_scenarios.SCENARIOS))
"""

TRY = """
for bad in sys.argv[1:]:
    try:
        exec(bad)
    except SystemExit as seen:
        print(seen)
"""

FORBIDDEN = {
    "threading.Thread(target=print).start()": "a thread",
    "import socket; socket.socket()": "socket.__new__",
    "import subprocess; subprocess.run(['true'])": "subprocess.Popen",
    "open('written', 'w')": "open ('written', 'w'",
    "import sqlite3; sqlite3.connect('written')": "sqlite3.connect ('written'",
}
"""What each line that is forbidden in place ends with."""

LISTING = """
import sys
import helpers.emulator.server.in_process, helpers.emulator.timetravel.past, helpers.emulator.timetravel.replay
print(*sys.modules)
"""

MACHINES = {"aiohttp", "concurrent.futures.thread", "httpcore", "httptools", "httpx", "multiprocessing", "uvicorn"}


def run(code: str, *arguments: str, cwd: Path = ROOT) -> str:
    """Run a program and return its output."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_thread_socket_process_or_file_in_place():
    """Everything above happens without a thread, a socket, a further process or a file that is written."""
    assert int(run(GUARD + PLAY)) == len(SCENARIOS)


def test_each_of_them_would_be_seen(tmp_path, monkeypatch):
    """The test before this one can fail."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    seen = run(GUARD + TRY, *FORBIDDEN, cwd=tmp_path).splitlines()

    assert len(seen) == len(FORBIDDEN)
    assert [said for said, text in zip(seen, FORBIDDEN.values(), strict=True) if not said.startswith(text)] == []
    assert list(tmp_path.iterdir()) == []


def test_place_loads_no_web_server():
    """An emulator in place, and its past, need no module of a machine but what asyncio itself loads."""
    loaded = set(run(LISTING).split())

    assert "helpers.emulator.server.in_process" in loaded
    assert MACHINES.isdisjoint(loaded)
    assert {"helpers.emulator.server.machine", "helpers.emulator.server.web"}.isdisjoint(loaded)
