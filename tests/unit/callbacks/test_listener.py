"""Starting, stopping and finding the listener."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.callbacks import Listener, listen
from helpers.callbacks import listener as module
from helpers.errors.listener_errors import ListenerStopped, PortTaken

ENDLESS = """
import socket, threading
from helpers.callbacks import Listener

asked = threading.Event()
listener = Listener().start()
listener.decide(lambda callback: asked.set() or threading.Event().wait())
host, port = listener.url.removeprefix("http://").split(":")
connection = socket.create_connection((host, int(port)))
connection.sendall(b"POST /assignment_callback HTTP/1.1\\r\\nContent-Length: 0\\r\\n\\r\\n")
asked.wait()
print("asked")
"""


@pytest.fixture
def only(monkeypatch):
    """The kernel's one listener, for this test alone."""
    monkeypatch.setattr(module, "_current", None)
    first = listen()
    yield first
    first.stop()


def test_starting_twice_keeps_the_port(listener):
    """A second start changes nothing."""
    before = listener.url

    listener.start()

    assert listener.url == before


def test_set_up_cell_may_run_again(only):
    """``listen`` gives the same running listener each time, inbox included."""
    url, inbox = only.url, only.inbox

    assert listen() is only
    assert (only.url, only.inbox) == (url, inbox)


def test_listen_starts_again_after_stop(only):
    """A learner who stopped the listener gets it back from the set-up cell."""
    only.stop()

    assert listen().is_running


def test_later_auth_token_is_used(only, taskrouter):
    """A token given in a later call of ``listen`` checks from then on."""
    sender = type(taskrouter)(only)
    assert sender.post("/events", "EventType=task.created").status == 204

    listen(auth_token=sender.auth_token)

    assert sender.post("/events", "EventType=task.created").status == 403
    assert sender.call_back().status == 200


def test_another_port_moves_the_listener(only):
    """Asked for another port, the same listener moves there and keeps its inbox."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    assert listen(port=port) is only
    assert only.url == f"http://127.0.0.1:{port}"


def test_taken_port_is_explained(listener):
    """A port that somebody has gives one sentence, not an OSError."""
    port = int(listener.url.rsplit(":", 1)[1])

    with pytest.raises(PortTaken, match=f"can't use port {port}.*Leave out `port`"):
        Listener(port=port).start()


@pytest.mark.parametrize("port", [-1, 70_000])
def test_impossible_port_is_explained(port):
    """A number that is no port is told the same way."""
    with pytest.raises(PortTaken):
        Listener(port=port).start()


def test_taken_port_leaves_running_listener(listener, taskrouter):
    """A move that fails leaves the listener where it was, answering."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortTaken):
        listener.start(taken.getsockname()[1])

    assert taskrouter.get("/").status == 200


def test_stopped_listener_names_next_step():
    """URLs of a stopped listener are refused with what to run."""
    with pytest.raises(ListenerStopped, match=r"listener\.start\(\)"):
        _ = Listener().assignment_url


def test_stop_ends_kept_connections(listener, taskrouter):
    """A client that keeps its connection is not answered any more after the stop."""
    host, port = listener.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as kept:
        kept.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert kept.recv(12) == b"HTTP/1.1 200"

        listener.stop()

        while kept.recv(65536):
            pass
    assert not listener.is_running


def test_stop_waits_for_no_decision(listener, taskrouter):
    """A decision function that takes its time keeps nobody from stopping: whoever asked loses the connection."""
    asked, over = threading.Event(), threading.Event()
    listener.decide(lambda callback: asked.set() or over.wait(10))
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(taskrouter.call_back)
        assert asked.wait(5)

        listener.stop()

        assert isinstance(answer.exception(5), ConnectionError)
        over.set()
        over.set()


def test_thread_that_has_answered_answers_again(listener, taskrouter):
    """One request after another needs one thread, which ends with the listener."""
    listener.decide(lambda callback: {"instruction": threading.current_thread().name})
    before = set(threading.enumerate())

    answers = [taskrouter.call_back().json["instruction"] for _ in range(3)]

    threads = {one.thread for one in listener.inbox}
    new = [thread for thread in set(threading.enumerate()) - before if thread.ident in threads]
    assert [answers, len(new)] == [["callback"] * 3, 1]
    listener.stop()
    new[0].join(5)
    assert not new[0].is_alive()


def test_kernel_can_end_during_a_decision():
    """A decision function without end doesn't keep the process alive."""
    done = subprocess.run([sys.executable, "-c", ENDLESS], capture_output=True, text=True, timeout=30)

    assert (done.returncode, done.stdout, done.stderr) == (0, "asked\n", "")


def test_inbox_survives_restart(listener, taskrouter):
    """What arrived before a stop is still there after the next start."""
    taskrouter.get("/assignment_callback")

    listener.stop()
    listener.start()
    taskrouter.get("/assignment_callback")

    assert [one.number for one in listener.inbox] == [1, 2]


def test_text_form_names_neither_port_nor_token(listener, taskrouter):
    """Stored outputs stay the same on every run and hold no secret."""
    taskrouter.call_back()

    texts = [repr(listener), repr(listener.inbox), repr(listener.inbox.last)]

    assert texts == [
        "Listener(running)",
        "Inbox(1 request)",
        "Received(1: POST /assignment_callback -> 200, signature valid)",
    ]


def test_urls_follow_the_routes(listener):
    """Each URL is the base and its route."""
    urls = [listener.assignment_url, listener.events_url, listener.create_task_url]

    assert urls == [listener.url + path for path in ("/assignment_callback", "/events", "/create_task")]
