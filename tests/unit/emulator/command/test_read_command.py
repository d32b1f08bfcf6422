"""The command reads a Workspace into a file for --load, with credentials from variables alone."""

from __future__ import annotations

import json

import pytest

from helpers.emulator.command import main
from helpers.emulator.server import start
from tests.unit.emulator.command.test_explain_command import WORLD, sid


@pytest.fixture(scope="module")
def running():
    """An emulator with one Task that waits."""
    with start() as emulator:
        emulator.seed(WORLD)
        yield emulator


@pytest.fixture
def read(running, monkeypatch, capsys):
    """Run the command; return its exit code and what it prints."""
    monkeypatch.setenv("TASKROUTER_URL", running.url)
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", running.account_sid)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", running.auth_token)

    def run_command(*words):
        code = main(["read", *words])
        return code, *capsys.readouterr()

    return run_command


def test_what_it_prints_can_be_loaded(running, read, tmp_path):
    """An emulator that begins with the file explains the Task alike; what is to be said goes to stderr."""
    code, printed, said = read(sid(running, "workspace"))
    path = tmp_path / "world.json"
    path.write_text(printed, encoding="utf-8")
    task_sid = sid(running, "task")

    assert code == 0
    assert said.startswith("Copy of Workspace “Care Desk”")
    with start(load=path) as loaded:
        assert loaded.explain(task_sid).short == running.explain(task_sid).short


def test_options_reach_the_copy(running, read):
    """Contact data stays where that is asked for; further keys are named."""
    workspace = sid(running, "workspace")

    assert "Contact data was not redacted." in read(workspace, "--keep-contact-data")[2]
    assert "There are 1 Workers. Channels" in read(workspace, "--most-workers", "0")[2]
    assert read(workspace, "--redact", "alias", "--from", running.url)[0] == 0


@pytest.mark.parametrize(
    ("words", "variables", "code", "said"),
    [
        (["WT1"], {}, 2, "'WT1' is not the SID of a Workspace"),
        (["WS" + "0" * 32], {}, 1, "Compare the SID with those of the account's Workspaces."),
        (["WS" + "0" * 32], {"TASKROUTER_URL": ""}, 2, "--from live for Twilio"),
        (["WS" + "0" * 32], {"TWILIO_AUTH_TOKEN": ""}, 2, "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"),
        (
            ["WS" + "0" * 32],
            {"TWILIO_AUTH_TOKEN": "wrong"},
            1,
            "code 20003: Unable to fetch record: Authenticate. Compare TWILIO_",
        ),
        (["WS" + "0" * 32, "--from", "http://127.0.0.1:9"], {}, 1, "doesn't respond"),
        (["WS" + "0" * 32, "--from", "nowhere"], {}, 1, "Give an address such as http://127.0.0.1:8700."),
    ],
)
def test_what_cannot_be_read_is_told(read, monkeypatch, words, variables, code, said):
    """In one sentence on stderr, with an exit code, without a traceback."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    ended, printed, told = read(*words)

    assert (ended, printed) == (code, "")
    assert said in told
    assert json.dumps(told).count("\\n") == 1
