"""Consent: live mode names the account and what it will create, asks once, and writes nothing before a yes."""

from __future__ import annotations

import builtins
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from IPython.core.error import StdinNotImplementedError
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from helpers import connection as connections
from helpers.connection import connect, current
from helpers.errors.connection_problems import (
    CannotAsk,
    ConsentElsewhere,
    LedgerProblem,
    NoLessonClock,
    NotAgreed,
    NotConnected,
)
from helpers.lessons.lessons import catch_up
from tests.notebooks.refresh import kernel_environment


@pytest.fixture
def asked(live, monkeypatch):
    """A stage on which live mode has to ask; what it asked, and the answers to come."""

    asked = SimpleNamespace(prompts=[], answers=["yes"])

    def answer(prompt):
        asked.prompts.append(prompt)
        given = asked.answers.pop(0)
        if isinstance(given, BaseException):
            raise given
        return given

    monkeypatch.delenv("TASKROUTER_LIVE_CONSENT")
    monkeypatch.setattr(builtins, "input", answer)
    return asked


def written(stage):
    """Requests that can change something."""
    return [entry for entry in stage.log if entry.method != "GET"]


def masked(sid):
    """The SID as learners see it."""
    return f"{sid[:6]}…{sid[-4:]}"


def test_it_says_where_and_what_before_it_asks(live, asked, capsys):
    """Name, SID, type and status of the account, the Workspace, the Tasks at most; then the question, once."""
    connection = connect()
    told = capsys.readouterr().out

    assert told.splitlines()[0] == (
        f"Live mode: these cells use your Twilio account “Care Desk” ({masked(live.account.sid)}): Full, active."
    )
    assert f"one Workspace there, “{connection.workspace_name}”" in told
    assert "at most 15 Tasks" in told
    assert connect() is connect("live") is connection
    assert asked.prompts == [f"Go ahead in “Care Desk” ({masked(live.account.sid)})? Type yes: "]
    assert written(live) == []
    assert live.account.auth_token not in told


@pytest.mark.parametrize("answer", ["yes", " Y ", "YES"])
def test_yes_connects(live, asked, answer):
    """The client is then Twilio's own, its clock can't be moved, and the requests for consent aren't on the wire."""
    asked.answers = [answer]

    connection = connect()

    assert (connection.mode, connection.base_url) == ("live", "https://taskrouter.twilio.com")
    assert repr(connection) == (f"Connection(live, your Twilio account “Care Desk” ({masked(live.account.sid)}))")
    assert len(connection.wire) == 0
    with pytest.raises(NoLessonClock, match=r"this kernel is in live mode"):
        connection.advance(1)


@pytest.mark.parametrize(
    "answer", ["no", "", "yes please", "ja", "0123456789abcdef0123456789abcdef", KeyboardInterrupt()]
)
def test_anything_else_writes_nothing(live, asked, answer):
    """The error says so, doesn't repeat the answer, and the kernel stays free: the next call asks again."""
    asked.answers = [answer, "y"]

    with pytest.raises(NotAgreed, match="Nothing was created or changed") as refused:
        connect()

    assert (current(), written(live), Path(live.folder, "live").exists()) == (None, [], False)
    assert len(str(answer)) < 10 or answer not in str(refused.value)
    assert connect().mode == "live"


@pytest.mark.parametrize("error", [EOFError(), StdinNotImplementedError("no input here"), OSError("captured")])
def test_nobody_to_ask(live, asked, error):
    """A run without hands is told about the variable."""
    asked.answers = [error]

    with pytest.raises(CannotAsk, match="set TASKROUTER_LIVE_CONSENT to the account's full SID"):
        connect()

    assert written(live) == []


def test_consent_in_advance(live, monkeypatch, capsys):
    """The variable agrees for its account: the facts are told, and nobody is asked."""
    monkeypatch.setattr(builtins, "input", None)

    assert connect().mode == "live"
    assert "TASKROUTER_LIVE_CONSENT agrees to this." in capsys.readouterr().out


@pytest.mark.parametrize("consent", ["AC" + "9" * 32, "yes", "0123456789abcdef0123456789abcdef"])
def test_consent_for_another_account(live, monkeypatch, consent):
    """It counts for its own account alone: one sentence names both, masked, and no request is made."""
    monkeypatch.setenv("TASKROUTER_LIVE_CONSENT", consent)

    with pytest.raises(ConsentElsewhere) as refused:
        connect()

    told = str(refused.value)
    assert masked(live.account.sid) in told
    assert ("AC9999…9999" if consent.startswith("AC") else "not a SID") in told
    assert live.account.sid not in told
    assert consent == "yes" or consent not in told
    assert live.log == []


def test_consent_is_compared_before_a_token_is_asked_for(live, monkeypatch):
    """Nobody types a token for an account that was not agreed to."""
    monkeypatch.setenv("TASKROUTER_LIVE_CONSENT", "AC" + "9" * 32)
    monkeypatch.delenv("TWILIO_AUTH_TOKEN")
    monkeypatch.setattr("getpass.getpass", None)

    with pytest.raises(ConsentElsewhere):
        connect()


def test_refused_credentials(live, asked):
    """A suspended account is one sentence, before any question."""
    live.account.status = "suspended"

    with pytest.raises(NotConnected, match="20005"):
        connect()

    assert (current(), asked.prompts) == (None, [])


def test_nothing_is_created_without_a_ledger(live, monkeypatch, tmp_path):
    """A folder that can't be written is told before anything is created."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("TASKROUTER_LIVE_LEDGER", str(tmp_path / "file" / "live"))

    with pytest.raises(LedgerProblem, match="Nothing was created"):
        connect()

    assert (current(), written(live)) == (None, [])


def test_disk_that_fills_up(live, monkeypatch):
    """Nor is a Workspace created once nothing can be recorded any more."""
    connect()

    def full(descriptor, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.write", full)
    with pytest.raises(LedgerProblem, match="No space left"):
        catch_up(2)
    monkeypatch.undo()

    assert (written(live), live.workspaces) == ([], {})


def test_no_secret_is_kept(live, capsys):
    """The account's JSON has the Auth Token in it: it is in no output, no repr, no ledger."""
    connection = connect()
    catch_up(2)

    ledgers = "".join(path.read_text() for path in Path(live.folder, "live").iterdir())
    seen = f"{capsys.readouterr()} {connection} {connection.account} {connection.belongings} {ledgers}"
    assert not [secret for secret in live.secrets if secret in seen]
    connections.disconnect()


@pytest.mark.parametrize(
    ("variables", "error"),
    [
        ({"TASKROUTER_LIVE_CONSENT": ""}, "CannotAsk"),
        ({"TASKROUTER_LIVE_CONSENT": "AC" + "1" * 32}, "ConsentElsewhere"),
        ({"TWILIO_AUTH_TOKEN": "0" * 32}, "NotConnected"),
        ({"TASKROUTER_MODE": "lvie"}, "BadSetting"),
    ],
)
def test_no_traceback_in_the_first_cell(stage, variables, error):
    """In a new kernel, before anything has run, a refusal is one sentence, and the next cell's error one, too."""
    cells = [new_code_cell("from helpers import connect\nconnection = connect()"), new_code_cell("connection")]
    notebook = new_notebook(cells=cells)
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", allow_errors=True)
    client.execute(env={**kernel_environment(), **stage.environment, **variables})

    first, second = (cell.outputs[-1] for cell in notebook.cells)
    assert (first.ename, second.ename) == (error, "NameError")
    for shown in (first, second):
        assert not re.search(r"Traceback|File |line \d", "".join(shown.traceback))


def test_flex_is_told_before_the_question(live, asked, capsys):
    """An account with Flex can only have one Workspace, by Twilio's documentation; others hear nothing of it."""
    connect()
    assert "Flex" not in capsys.readouterr().out
    connections.disconnect()
    live.account.flex_workspace_sid = "WS" + "1" * 32
    asked.answers = ["no"]

    with pytest.raises(NotAgreed):
        connect()

    assert "an account with Flex can have only one Workspace" in capsys.readouterr().out
    assert written(live) == []


def test_binder_is_warned_of_before_a_token_is_typed(live, monkeypatch, capsys):
    """The sentence stands before the prompt, so that a token needn't be typed at all."""
    typed = []

    def answer(_prompt):
        typed.append(capsys.readouterr().out)
        return live.account.auth_token

    monkeypatch.setenv("BINDER_REPO_URL", "https://example.com/repository")
    monkeypatch.delenv("TWILIO_AUTH_TOKEN")
    monkeypatch.setattr("getpass.getpass", answer)

    connect()

    assert typed[0].startswith("This kernel runs on Binder, on somebody else's computer")
