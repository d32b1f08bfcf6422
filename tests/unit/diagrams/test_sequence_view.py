"""The sequence diagram: who said what to whom, in the order in which it happened."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import requests

from helpers.callbacks.inbox import Received
from helpers.diagrams import show_sequence

SPANISH, BOTH = '{"selected_language": "es"}', '{"languages": ["en", "es"]}'

TOLD = """\
Sequence (10 steps)
#   From        To          What
--  ----------  ----------  --------------------------------------------------------------------------------
1   Your code   TaskRouter  POST …/Tasks: create Task {"selected_language": "es"}
2   TaskRouter  Your code   201 WT6870…, pending
3   Your code   TaskRouter  POST …/Workers/WKd54c…: update Alice → Idle
4   TaskRouter  Your code   200 WKd54c…, Idle
5   TaskRouter  Listener    assignment callback: Reservation WR63c2…: Task WT6870… for Alice
6   Listener    TaskRouter  200 {}
7   Your code   TaskRouter  POST …/Tasks/WT6870…/Reservations/WR63c2…: update Reservation WR63c2… → accepted
8   TaskRouter  Your code   200 WR63c2…, accepted
9   Your code   TaskRouter  POST …/Tasks/WT6870…: update Task WT6870… → completed (Reason)
10  TaskRouter  Your code   200 WT6870…, completed
1 read (GET) is left out. Pass reads=True to show them, too."""


def rows(picture):
    """The steps without their numbers."""
    lines = str(picture).split("\n")[3:]
    return [" ".join(line.split()[1:]) for line in lines if line[:1].isdigit() and "left out" not in line]


def test_story_in_words(told):
    """The whole story, callback and reply where they happened, is the same on every run."""
    assert str(show_sequence(told.connection.wire, told.listener.inbox)) == TOLD


def test_words_number_what_the_diagram_numbers(told):
    """Diagram and words tell the same steps under the same numbers."""
    state = show_sequence(told.connection.wire, told.listener.inbox)._view.state

    assert [each["number"] for each in state["arrows"]] == list(range(1, 11))
    assert state["participants"] == ["Your code", "TaskRouter", "Listener"]
    assert state["arrows"][4] == {
        "number": 5,
        "from": "TaskRouter",
        "to": "Listener",
        "lines": ["assignment callback", "Reservation WR63c2…: Task WT6870… for Alice"],
        "answer": False,
    }


def test_one_task_with_what_set_off_its_callback(told):
    """Of two Tasks one is drawn, with the update of Alice that led to its Reservation, and nothing of the other."""
    told.workspace.tasks.create(attributes="{}", workflow_sid=told.world.workflow_sid)

    steps = rows(show_sequence(told.connection.wire, told.listener.inbox, task=told.task))

    assert len(steps) == 10
    assert steps[2].endswith("update Alice → Idle")


def test_requests_made_by_the_listener_stand_inside(told):
    """What /create_task does is drawn between its request and its reply."""
    told.connection.wire.clear()
    told.listener.inbox.clear()

    requests.post(told.listener.create_task_url, data={"selected_language": "en"})

    steps = rows(show_sequence(told.connection.wire, told.listener.inbox))
    assert [step.partition(":")[0] for step in steps] == [
        "Web client Listener POST /create_task",
        "Listener TaskRouter POST …/Tasks",
        "TaskRouter Listener 201 WT180d…, pending",
        'Listener Web client 200 {"task_sid"',
        "TaskRouter Listener assignment callback",
        "Listener TaskRouter 200 {}",
    ]


def test_instruction_replay_and_forgery(told):
    """An instruction is named; a replay comes from the learner's code, an unsigned callback from nobody known."""
    told.listener.decide(lambda callback: {"instruction": "accept"})
    first = told.listener.inbox[0]
    told.listener.replay(first)
    requests.post(told.listener.assignment_url, data={"TaskSid": "WT1"})

    steps = rows(show_sequence([], told.listener.inbox))

    assert steps[2:4] == [
        f"Your code Listener replay of request {first.number}: POST /assignment_callback",
        "Listener Your code 200 instruction accept",
    ]
    assert steps[4] == "Unknown sender Listener POST /assignment_callback: with TaskSid"
    assert steps[5].startswith("Listener Unknown sender 403, rejected: The header X-Twilio-Signature is missing")


def test_strangers_outside_are_drawn_as_such(told):
    """Whatever they ask for by the public URL, they are nobody known."""
    told.listener.inbox.clear()
    told.listener.expose()
    requests.get(told.listener.public_url + "/admin")
    told.listener.hide()

    steps = rows(show_sequence([], told.listener.inbox))

    assert steps[0] == "Unknown sender Listener GET /admin"
    assert steps[1].startswith("Listener Unknown sender 404, rejected: This request came from outside")


@pytest.mark.parametrize("run", range(3))
def test_callbacks_of_quick_writes_keep_their_places(told, run):
    """However fast one write follows another, the callback stands after the one that caused it."""
    wire, inbox, workspace = told.connection.wire, told.listener.inbox, told.workspace
    wire.clear()
    inbox.clear()

    for _ in range(3):
        task = workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=told.world.workflow_sid)
        workspace.tasks(task.sid).update(assignment_status="canceled")

    kinds = [row.split()[0] + row.split()[1] for row in rows(show_sequence(wire, inbox))]
    once = ["Yourcode", "TaskRouterYour", "TaskRouterListener", "ListenerTaskRouter", "Yourcode", "TaskRouterYour"]
    assert kinds == once * 3


def test_time_that_passed_is_a_step(told):
    """A callback set off by a timer stands after the pause in which it ran out, also when one Task is drawn."""
    told.connection.wire.clear()
    told.listener.inbox.clear()
    task = told.workspace.tasks.create(attributes=SPANISH, workflow_sid=told.world.workflow_sid)

    told.workspace.workers(told.world.bob_sid).update(attributes=BOTH, activity_sid=told.world.activity_sids["Idle"])
    told.connection.advance(1200)

    steps = rows(show_sequence(told.connection.wire, told.listener.inbox, task=task))
    assert steps[4] == "TaskRouter TaskRouter 20 min pass"
    assert steps[5].startswith("TaskRouter Listener assignment callback: Reservation")
    assert steps[5].endswith("for Bob")


def test_secrets_are_absent(told):
    """No Auth Token, no password in a URL, no port and no full SID is shown, whoever wrote it where."""
    token = told.connection.client.password
    url = told.listener.assignment_url.replace("//", "//ann:secret@")
    told.workspace.workflows(told.world.workflow_sid).update(assignment_callback_url=url)
    told.workspace.tasks.create(attributes=json.dumps({"a": token, "b": url}), workflow_sid=told.world.workflow_sid)

    picture = show_sequence(told.connection.wire, told.listener.inbox)

    for text in (str(picture), json.dumps(picture._view.state)):
        assert token not in text
        assert "secret" not in text
        assert ":PORT/" in text
        assert told.connection.account_sid not in text


def test_refused_read_is_shown(told):
    """A GET that failed is part of the story, with Twilio's code."""
    told.connection.wire.clear()

    with pytest.raises(Exception, match="not found"):
        told.workspace.tasks("WT" + "0" * 32).fetch()

    assert rows(show_sequence(told.connection.wire))[1].startswith(
        "TaskRouter Your code 404, error 20404: The requested"
    )


def test_length_is_bounded(told):
    """Of a long story the end is drawn, and it says how much is missing."""
    for _ in range(25):
        told.workspace.tasks.create(attributes="{}", workflow_sid=told.world.workflow_sid)

    picture = show_sequence(told.connection.wire, told.listener.inbox)

    assert len(rows(picture)) == 40
    assert "The first 20 steps are left out." in str(picture)
    assert picture._view.state["arrows"][0]["number"] == 21


def test_nothing_yet():
    """Before anything happened there are words and no diagram."""
    nothing = "Sequence: nothing that changes something has been sent or received yet"

    assert show_sequence([], [])._repr_mimebundle_() == {"text/plain": nothing, "text/html": f"<p>{nothing}</p>"}


def arrival(number, **more):
    """An event that the shop's app received."""
    given = {"method": "POST", "path": "/events", "query": "", "headers": {}, "raw": b"", "status": 204, "reply": b""}
    parameters = {"EventType": "task.created", "TimestampMs": str(number), "TaskSid": "WT1"} | more.pop(
        "parameters", {}
    )
    received = Received(0, parameters=parameters, duration_ms=1, signature="valid", **given, **more)
    return replace(received, number=number, receiver="Shop's app", began=number, ended=number)


def test_each_receiver_has_its_name(told):
    """The listener and an app of the shop stand beside each other, in the order in which they take part."""
    state = show_sequence([], [*told.listener.inbox, arrival(10**9)])._view.state

    assert state["participants"] == ["TaskRouter", "Listener", "Shop's app"]
    assert (state["arrows"][2]["from"], state["arrows"][2]["to"]) == ("TaskRouter", "Shop's app")


def test_what_came_again_or_late_is_said():
    """A copy of an earlier request, and an event that arrived after a later one about the same Task."""
    late = {"EventType": "reservation.accepted", "TimestampMs": "1"}
    other = {"TaskSid": "WT2", "TimestampMs": "1"}
    inbox = [arrival(2), arrival(3, repeats=2), arrival(4, parameters=late), arrival(5, parameters=other)]

    steps = rows(show_sequence([], inbox))

    assert [step.removeprefix("TaskRouter Shop's app ") for step in steps[::2]] == [
        "event task.created",
        "event task.created again",
        "event reservation.accepted, late",
        "event task.created",
    ]
