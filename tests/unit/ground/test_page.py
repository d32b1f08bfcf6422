"""Web page as the ground: no file is read, nothing leaves it, and nobody waits in vain."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from types import ModuleType

import pytest

from helpers import catch_up, connect
from helpers import settings as all_settings
from helpers.callbacks import Listener
from helpers.doctor.__main__ import main as run_doctor
from helpers.emulator.callbacks import request as callback_request
from helpers.errors.connection_problems import StaysInPage
from helpers.errors.listener_errors import NothingArrived
from helpers.ground.page import page as page_module


def test_dotenv_is_not_read(page, no_dotenv):
    """A page has no files of the learner's, and one that is there by chance counts for nothing."""
    no_dotenv.write_text("TASKROUTER_MODE=live\n")

    assert all_settings.load({}).mode == "local"


@pytest.mark.parametrize(
    ("variables", "purpose"),
    [
        ({"TASKROUTER_MODE": "live"}, "Live mode"),
        ({"TASKROUTER_URL": "http://127.0.0.1:8700"}, "An emulator at TASKROUTER_URL"),
    ],
)
def test_nothing_leaves_the_page(page, monkeypatch, variables, purpose):
    """Live mode and other emulators are refused before a secret is asked for."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(StaysInPage, match=f"^{purpose} needs the network, and in the browser edition nothing leaves"):
        connect()


@pytest.mark.parametrize(
    "source", ["import micropip\nawait micropip.install('pandas')", "%conda install pandas", "%uv pip install pandas"]
)
def test_no_package_is_installed(page, shell, monkeypatch, source):
    """What Pyodide and JupyterLite would ask of another host is refused by name, before they do."""
    monkeypatch.setitem(sys.modules, "micropip", ModuleType("micropip"))
    page.equip(shell)

    shell.run_cell(source)

    assert "Another package needs the network, and in the browser edition" in " ".join(shell.shown[-1].split())


def test_tunnel_of_ones_own_is_refused(page):
    """A public URL of one's own is refused, even a good one; the listener goes on."""
    with pytest.raises(StaysInPage, match="A public URL needs the network"):
        connect().listen(public_url="https://example.com", port=8000)
    assert (connect().listen().is_running, connect().listen().public_url) == (True, None)


def test_tunnel_of_ngrok_is_refused(page):
    """Nothing of a page goes to ngrok."""
    with Listener(auth_token="any") as alone, pytest.raises(StaysInPage, match="A public URL needs the network"):
        alone.expose()


def test_wait_for_what_cannot_come_ends_at_once(page, monkeypatch):
    """While a cell waits, nothing else in the page can send something, and the error says so."""
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("it waited"))
    began = time.monotonic()

    with pytest.raises(NothingArrived, match=r"^Didn't wait for a request to /events: while this cell runs") as caught:
        connect().listen().inbox.wait(path="/events", timeout=3600)

    assert caught.value.timeout_seconds is None
    assert time.monotonic() - began < 60


def test_wait_delivers_what_slow_receivers_left(page, monkeypatch):
    """Callbacks that a slow listener has kept waiting for more than six seconds come while a cell waits for them."""
    seconds = iter(range(0, 100_000, 4))
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    connection = connect()
    listener = connection.listen()
    workspaces = connection.client.taskrouter.v1.workspaces
    monkeypatch.setattr(connection.emulator._service.queue, "_now", lambda: next(seconds))
    workspaces.create("Shop", event_callback_url=listener.events_url)
    began = len(listener.inbox)

    assert listener.inbox.wait(began + 1, path="/events", timeout=1e9)
    with pytest.raises(NothingArrived):
        listener.inbox.wait(1000, path="/events", timeout=1e9)


def test_decision_that_takes_too_long_counts_as_none(page, monkeypatch):
    """It can't be cut off, so its time is measured: TaskRouter goes on as if it had got no reply."""
    monkeypatch.setitem(callback_request._LIMIT_SECONDS, "assignment", 0.0)
    connection, story = connect(), catch_up(4)
    connection.listen().decide(lambda callback: {"instruction": "accept"})
    workspace = connection.client.taskrouter.v1.workspaces(story.workspace_sid)
    workspace.workers(story.alice_sid).update(activity_sid=story.activity_sids["Idle"])

    assert {received.path for received in connection.listen().inbox} == {"/assignment_callback"}
    assert "assignment callback: no answer within 0 s" in {alert.text for alert in connection.emulator.alerts()}
    assert [task.assignment_status for task in workspace.tasks.list()] != ["assigned"]


def test_no_thread_is_started(page):
    """Emulator, listener and its callbacks are function calls."""
    before = threading.active_count()
    listener = connect().listen()
    connect().client.taskrouter.v1.workspaces.create("Shop", event_callback_url=listener.events_url)

    assert listener.inbox.last is not None
    assert threading.active_count() == before


def test_page_needs_no_web_server():
    """What is not there in a browser is not loaded: server, HTTP client for callbacks, tunnel, ``.env``."""
    code = """
import sys
from helpers import connect, explain, show_console
workspace = connect().client.taskrouter.v1.workspaces.create("Shop")
listener = connect().listen()
str(show_console(workspace.sid))
print(sorted({"dotenv", "httptools", "httpx", "pyngrok", "uvicorn", "uvloop", "websockets"} & sys.modules.keys()))
"""
    environment = {**os.environ, "TASKROUTER_GROUND": "page"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8")

    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_disconnected_emulator_answers_no_more(page):
    """A new connection has an emulator and a listener of its own, at other ports."""
    from helpers import connection

    first = connect()
    client, url = first.client, first.base_url
    connection.disconnect()

    with pytest.raises(OSError, match="doesn't respond"):
        client.taskrouter.v1.workspaces.list()
    assert connect().base_url != url
    assert connect().client.taskrouter.v1.workspaces.list() == []


def test_progress_lasts_in_the_browsers_storage_alone(page, monkeypatch, tmp_path):
    """A file of the storage does, if that is mounted; every other goes with the page."""
    storage, path = tmp_path / "drive", tmp_path / "drive" / ".local" / "progress.json"
    monkeypatch.setattr(page_module, "_STORAGE", storage)

    assert page.find_lasting(path) is None
    storage.mkdir()
    assert page.find_lasting(path) == path
    assert page.find_lasting(tmp_path / "progress.json") is None


def test_live_mode_is_refused_whatever_came_before(page):
    """A kernel that is connected isn't told to restart for it, and one that isn't goes on in local mode."""
    for _ in range(2):
        with pytest.raises(StaysInPage, match=r"^Live mode needs the network.* Everything in local mode works here\.$"):
            connect("live")
        assert connect().mode == "local"


def test_browser_is_told_no_port(page):
    """The portal's views come over the widget's channel: a port of the page is none of the machine's."""
    shown = connect().portal()
    shown._repr_mimebundle_()

    assert shown._feed.widget.place["portal"] is None


def test_doctor_has_nothing_to_examine(page, capsys):
    """Its advice is for a machine."""
    assert run_doctor([]) == 0
    assert capsys.readouterr().out.startswith("doctor: the browser edition needs nothing of this machine.")
