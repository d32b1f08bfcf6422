"""What a page asks for: calls of the learner's client, the clock, and questions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.connection import clients
from helpers.console import read_source
from helpers.console.cell_channel import answer
from helpers.console.emulator_source import EmulatorSource
from helpers.console.read_source import ReadSource
from helpers.emulator.sdk.http_client import EmulatorHttpClient


@pytest.fixture
def source(connection, world):
    """What the emulator in this kernel tells."""
    source = EmulatorSource(connection, connection.emulator, world.workspace_sid)
    yield source
    source.close()


@pytest.fixture
def live(connection, world, monkeypatch):
    """The connection as in live mode, with the emulator in Twilio's place."""
    monkeypatch.setattr(clients, "make_transport", lambda mode, url, is_home=True, **more: EmulatorHttpClient(url))
    return replace(connection, mode="live", emulator=None)


def call(method, path, **form):
    """A call as a page asks for it."""
    return {"verb": "call", "id": "1", "method": method, "path": path, "form": form, "headers": {}}


def test_call_is_one_of_the_learners_client(connection, world, source):
    """It is on the wire like any other."""
    bob, idle = world.bob_sid, world.activity_sids["Idle"]
    connection.wire.clear()

    answered = answer(
        connection,
        source,
        call("POST", f"/v1/Workspaces/{world.workspace_sid}/Workers/{bob}", ActivitySid=idle),
    )

    assert [(each.method, dict(each.parameters)) for each in connection.wire] == [("POST", {"ActivitySid": idle})]
    assert (answered["status"], answered["body"]["activity_name"]) == (200, "Idle")
    assert answered["headers"]["etag"].startswith('"')


def test_refusal_is_twilios_own(connection, world, workspace, source):
    """A Reservation can be accepted once: status, code and message of the second answer, letter by letter."""
    task = workspace.tasks.list()[0]
    reservation = workspace.tasks(task.sid).reservations.list()[0]
    path = f"/v1/Workspaces/{world.workspace_sid}/Tasks/{task.sid}/Reservations/{reservation.sid}"
    accept = call("POST", path, ReservationStatus="accepted")

    first, second = answer(connection, source, accept), answer(connection, source, accept)

    assert (first["status"], second["status"]) == (200, 400)
    assert {"code", "message", "more_info", "status"} == set(second["body"])


def test_looking_leaves_no_trace(connection, world, source):
    """What a view reads is neither on the wire nor takes lesson time."""
    connection.wire.clear()
    before = connection.clock("")["now_ms"]

    answered = answer(
        connection,
        source,
        call("GET", f"/v1/Workspaces/{world.workspace_sid}/Tasks?AssignmentStatus=canceled"),
    )

    assert answered["body"]["tasks"] == []
    assert (len(connection.wire), connection.clock("")["now_ms"]) == (0, before)


def test_clock_moves_as_in_a_cell(connection, source):
    """The wire knows of it: the diagrams that are drawn from there do, too."""
    before = connection.clock("")["now_ms"]

    answered = answer(connection, source, call("POST", "/_emulator/clock/advance", seconds="90"))

    assert answered["status"] == 200
    assert connection.clock("")["now_ms"] == before + 90_000
    assert [each.seconds for each in connection.wire.pauses] == [90]


def test_question_is_answered_on_a_copy(connection, world, workspace, source):
    """Nothing changes, and nothing is on the wire."""
    connection.wire.clear()
    asked = {"question": "route", "workflow": world.workflow_sid, "attributes": "{}", "workspace": world.workspace_sid}

    answered = answer(connection, source, {"verb": "ask", "id": "1", "question": asked})["answer"]

    assert "error" not in answered
    assert len(connection.wire) == 0


def test_question_is_answered_where_there_is_no_emulator(live, world, workspace):
    """The copy is read with GET requests, and once as long as nothing changes."""
    source = ReadSource(live, world.workspace_sid)
    source.take()
    task = workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=world.workflow_sid)
    asked = {"verb": "ask", "question": {"question": "why", "task": task.sid, "workspace": world.workspace_sid}}

    first, second = answer(live, source, asked), answer(live, source, asked)

    assert "Alice" in str(first["answer"]["sentence"])
    assert first == second
    source.close()


def test_settings_are_there_where_there_is_no_emulator(live, world, workspace):
    """What was read has the types of events for the boxes, and a call of the page changes the Workspace."""
    source = ReadSource(live, world.workspace_sid)
    save = call("POST", f"/v1/Workspaces/{world.workspace_sid}", EventsFilter="task.created,reservation.accept")

    assert answer(live, source, save)["status"] == 200
    [whole] = source.take()
    record = whole["records"]["workspace"][world.workspace_sid]
    assert record["events_filter"] == workspace.fetch().events_filter == "task.created,reservation.accept"
    assert {"task.created", "reservation.accepted"} <= set(record["event_types"])
    assert "The nearest type is reservation.accepted." in record["unknown_event_types"][0]
    source.close()


@pytest.mark.parametrize(("torn", "words"), [(2, "whole"), (3, "faster than it can be read. Try again")])
def test_workspace_that_changes_while_it_is_read_is_read_again(live, world, monkeypatch, torn, words):
    """Its records don't fit together then; a mistake in the answers themselves isn't told as such a change."""
    answers = iter([KeyError("WK1")] * torn + ["whole"])

    def answer_torn(*_):
        if isinstance(given := next(answers), KeyError):
            raise given
        return given

    monkeypatch.setattr(read_source, "answer_question", answer_torn)
    source = ReadSource(live, world.workspace_sid)

    assert words in str(answer(live, source, {"verb": "ask", "question": {"question": "why"}}))
    source.close()


def test_question_that_fails_is_answered_with_the_fault(connection, source, monkeypatch):
    """The page shows it where the answer would stand."""
    monkeypatch.setattr(source, "ask", lambda _: 1 // 0)

    assert answer(connection, source, {"verb": "ask", "question": {}}) == {
        "answer": {"error": {"message": "integer division or modulo by zero"}}
    }


def test_twilios_time_cannot_be_moved(live, world):
    """The answer is the helpers' sentence."""
    source = ReadSource(live, world.workspace_sid)

    answered = answer(live, source, call("POST", "/_emulator/clock/advance", seconds="90"))

    assert answered["status"] == 400
    assert answered["body"]["message"].startswith("You can advance only the emulator's clock")


def test_emulator_that_has_stopped_is_told(connection, world, source):
    """Nobody answers: the page says so, and keeps what was typed."""
    connection.emulator.stop()

    answered = answer(connection, source, call("GET", f"/v1/Workspaces/{world.workspace_sid}"))

    assert answered["lost"].startswith("The emulator at")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"verb": "call"},
        {"verb": "call", "method": "POST", "path": 3},
        {"verb": "ask", "question": None},
        {"verb": []},
    ],
)
def test_anything_gets_an_answer(connection, source, asked):
    """A page may send anything."""
    assert answer(connection, source, asked)
