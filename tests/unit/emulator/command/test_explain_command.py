"""A running emulator explains a Task to whoever has a terminal, in any language's project."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from helpers.emulator.command import main
from helpers.emulator.server import start

WORLD = {
    "workspaces": [
        {
            "friendly_name": "Care Desk",
            "workers": [{"friendly_name": "Zoë", "activity": "Offline"}],
            "task_queues": [{"friendly_name": "Everybody"}],
            "workflows": [
                {
                    "friendly_name": "All",
                    "configuration": {"task_routing": {"default_filter": {"queue": "Everybody"}}},
                }
            ],
            "tasks": [{"workflow": "All"}],
        }
    ]
}


@pytest.fixture(scope="module")
def running():
    """An emulator with one Task that waits."""
    with start() as emulator:
        emulator.seed(WORLD)
        yield emulator


def sid(running, kind):
    """Return the SID of the first record of a kind."""
    return running.snapshot()["records"][kind][0]["sid"]


@pytest.fixture
def ask(running, monkeypatch, capsys):
    """Run the command; return its exit code and what it prints."""
    monkeypatch.setenv("TASKROUTER_URL", running.url)

    def run_command(*words):
        code = main(["explain", *words])
        return code, *capsys.readouterr()

    return run_command


def test_task_is_explained(running, ask):
    """The text is the one that the route gives, the address the one of the environment."""
    code, out, err = ask(sid(running, "task"))

    assert (code, err) == (0, "")
    assert out.startswith("Task WT")
    assert '"Zoë" is in Activity "Offline", which isn\'t available' in out
    assert not out.endswith("\n\n")


def test_json_is_for_programs(running, ask):
    """It is one document, of the route's shape."""
    code, out, _ = ask("--json", sid(running, "task"), "--url", f"{running.url}/")

    assert (code, json.loads(out)["task_sid"]) == (0, sid(running, "task"))


def test_worker_and_workflow_are_explained(running, ask):
    """A Workflow with the attributes of a Task that there might be."""
    assert ask(sid(running, "worker"))[0] == 0
    code, out, _ = ask(sid(running, "workflow"), "--attributes", '{"language": "ż&="}')
    assert code == 0
    assert "ż&=" in out


def test_open_server_gets_the_password(running, monkeypatch, capsys):
    """Only once it asks, and one that is wrong is told."""
    with start(host="0.0.0.0") as opened:
        opened.seed(WORLD)
        words = ["explain", sid(opened, "task"), "--url", opened.url]

        assert main(words) == 1
        assert "asks for a password. Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN" in capsys.readouterr().err
        monkeypatch.setenv("TWILIO_ACCOUNT_SID", opened.account_sid)
        monkeypatch.setenv("TWILIO_AUTH_TOKEN", "wrong")
        assert main(words) == 1
        monkeypatch.setenv("TWILIO_AUTH_TOKEN", opened.auth_token)
        assert main(words) == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["WT" + "0" * 32], 1, "Nothing here can be explained"),
        (["WT" + "0" * 31], 2, "is not the SID of a Task"),
        (["RV" + "0" * 32], 2, "is not the SID of a Task"),
        (["../clock"], 2, "is not the SID of a Task"),
        ([""], 2, "'' is not the SID of a Task"),
        (["WT" + "0" * 32, "--url", ""], 2, "Pass the emulator's address with --url"),
        (["WT" + "0" * 32, "--url", "localhost:8700"], 2, "isn't an address"),
        (["WT" + "0" * 32, "--url", "http://[::1"], 2, "isn't an address"),
    ],
)
def test_what_cannot_be_asked_is_told(ask, words, code, told):
    """One sentence on stderr, and nothing on stdout."""
    found, out, err = ask(*words)

    assert (found, out, told in err, err.count("\n")) == (code, "", True, 1)


def test_wrong_attributes_are_told(running, ask):
    """What the server refuses as malformed counts as wrong usage."""
    code, out, err = ask(sid(running, "workflow"), "--attributes", "[1]")

    assert (code, out) == (2, "")
    assert "JSON text" in err


def test_server_that_is_gone_is_told(ask):
    """With its address, of which a password is never shown."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        code, out, err = ask("WT" + "0" * 32, "--url", f"http://alice:secret@{address}")

    assert (code, out) == (1, "")
    assert f"No emulator responds at http://***@{address}" in err
    assert "secret" not in err


class Stranger(BaseHTTPRequestHandler):
    """Another program's server, which has no such page."""

    status: ClassVar[int]
    authorization: ClassVar[list[str | None]]

    def do_GET(self) -> None:
        self.authorization.append(self.headers["Authorization"])
        self.send_response(self.status)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Not here</h1>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("status", [404, 200])
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_server_of_something_else_is_told(ask, monkeypatch, status, options):
    """Its status is shown, not its page; and credentials that it didn't ask for stay here."""
    monkeypatch.setattr(Stranger, "status", status, raising=False)
    monkeypatch.setattr(Stranger, "authorization", [], raising=False)
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "9" * 32)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "of a real account")
    with HTTPServer(("127.0.0.1", 0), Stranger) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        code, out, err = ask("WT" + "0" * 32, *options, "--url", f"http://127.0.0.1:{server.server_port}")
        thread.join()

    assert (code, out) == (1, "")
    assert f"answered with status {status}, and not as an emulator does" in err
    assert Stranger.authorization == [None]
