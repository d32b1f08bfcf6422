"""Callbacks that can't come: built from the API's own words, equal to TaskRouter's, and never taken for it."""

from __future__ import annotations

import json

import pytest
from twilio.request_validator import RequestValidator

from helpers import connection as connections
from helpers import show_request, show_sequence, wait_for
from helpers.errors.tunnel_errors import TunnelLost
from helpers.errors.waiting_problems import WaitedInVain
from helpers.lessons import story
from helpers.lessons.lessons import catch_up

ATTRIBUTES = json.dumps({"selected_language": "es", "page": "https://example.com/á?b=1&c", "n": [1, None]})


def offer(world):
    """Alice Idle, and a Task that she is reserved for."""
    connection = connections.connect()
    workspace = story.workspace_of(connection.client, world)
    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    return workspace.tasks.create(attributes=ATTRIBUTES, workflow_sid=world.workflow_sid, priority=3)


def test_built_callback_equals_the_real_one(connection):
    """All eleven parameters, in order and letter by letter, are those that TaskRouter sends."""
    from helpers.waiting.arrival import Arrival
    from helpers.waiting.task_watch import TaskWatch

    task = offer(catch_up(3))
    real = wait_for("callback here", task)
    watch = TaskWatch(connection, task)
    watch.look()

    alice = watch.workspace.workers(watch.offered.worker_sid).fetch()

    built = Arrival(watch, connection)._build(watch.offered, alice)

    assert list(built.items()) == list(real.parameters.items())
    assert len(built) == 11


def test_without_a_tunnel_it_is_built(lagging, world):
    """Live, with no way in, the callback is built once the Reservation is seen, signed, answered and marked."""
    task = offer(world)
    lagging.unseen = 2

    callback = wait_for("callback here", task)

    listener = connections.connect().listen()
    validator = RequestValidator(connections.connect().client.password)
    signature = callback.headers["X-Twilio-Signature"]
    assert (callback.built_here, callback.signature, callback.reply) == (True, "valid", b"{}")
    assert validator.validate(listener.assignment_url, callback.parameters, signature)
    assert repr(callback) == "Received(1: POST /assignment_callback, built here -> 200, signature valid)"


def test_built_once(lagging, world):
    """The cell run again finds the same entry; a newer Reservation gets one of its own."""
    task = offer(world)

    first, again = wait_for("callback here", task), wait_for("callback here", task)
    workspace = story.workspace_of(connections.connect().client, world)
    [reservation] = workspace.tasks(task.sid).reservations.list()
    reservation.update(reservation_status="rejected")

    assert first is again
    assert len(connections.connect().listen().inbox) == 1
    newer = wait_for("callback here", task)
    assert (newer.number, newer.parameters["ReservationSid"] == reservation.sid) == (2, False)


def test_what_has_come_is_kept(lagging, world):
    """Asked again, it is neither looked for nor built a second time."""
    from helpers.waiting.arrival import Arrival
    from helpers.waiting.task_watch import TaskWatch

    connection = connections.connect()
    watch = TaskWatch(connection, offer(world))
    arrival = Arrival(watch, connection)
    watch.look_now()
    assert arrival.is_met()
    callback = arrival.received
    connection.listen().inbox.clear()
    watch.look_now()

    assert (arrival.is_met(), arrival.received is callback, len(connection.listen().inbox)) == (True, True, 0)


def test_decision_is_rehearsed(lagging, world):
    """The decision function answers as it would TaskRouter; its instruction changes nothing, and that is said."""
    connections.connect().listen().decide(lambda callback: {"instruction": "accept"})
    task = offer(world)

    callback = wait_for("callback here", task)

    connections.connect().listen().decide(None)
    assert callback.reply == b'{"instruction": "accept"}'
    assert "Nobody carries out an instruction in the reply." in str(show_request(callback))
    assert task.fetch().assignment_status == "reserved"


def test_picture_does_not_take_it_for_taskrouter(lagging, world):
    """The sequence draws it as sent by one's own code."""
    task = offer(world)
    wait_for("callback here", task)
    connection = connections.connect()

    drawn = str(show_sequence(connection.wire, connection.listen().inbox, task=task))

    [row] = [line for line in drawn.splitlines() if "callback" in line]
    assert row.split()[1:6] == ["Your", "code", "Listener", "callback", "built"]


def test_no_url_for_twilio_without_a_tunnel(lagging, world):
    """A Workflow of Twilio's never gets an address of this machine; an empty text means no callbacks there."""
    connection = connections.connect()
    workflow = story.workspace_of(connection.client, world).workflows(world.workflow_sid)

    assert connection.callback_url == ""
    assert not workflow.update(assignment_callback_url=connection.callback_url).assignment_callback_url


def test_local_url_is_the_listeners(connection):
    """The emulator reaches this machine."""
    assert connection.callback_url == connection.listen().assignment_url


def test_workflow_that_calls_nobody(lagging, world, monkeypatch):
    """With a way in, and a Reservation of a Workflow without a URL, no callback will come: the wait ends at once."""
    monkeypatch.setattr(connections.Connection, "callback_url", "https://example.com/assignment_callback")
    task = offer(world)

    with pytest.raises(WaitedInVain, match=r"^Waited 0 s.*The Workflow has no assignment_callback_url"):
        wait_for("callback here", task, timeout=300)


def test_lost_tunnel_is_told_at_once(connection):
    """What arrived before counts; for what can't come any more nobody waits."""
    world = catch_up(3)
    listener = connection.listen()
    workspace = story.workspace_of(connection.client, world)
    listener.expose(workspace.workflows(world.workflow_sid).fetch())
    first = offer(world)
    arrived = wait_for("callback here", first)

    listener.lose_tunnel()
    second = workspace.tasks.create(attributes=ATTRIBUTES, workflow_sid=world.workflow_sid)

    assert arrived.signature == "valid"
    assert wait_for("callback here", first) is arrived
    with pytest.raises(TunnelLost):
        wait_for("callback here", second)


def test_trouble_while_building(lagging, world):
    """A Worker that can't be read this time is read with the next look."""
    task = offer(world)
    lagging.unreadable = ["/Workers/"] * 3

    assert wait_for("callback here", task).built_here
    assert lagging.unreadable == []
