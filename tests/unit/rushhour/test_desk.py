"""A desk is a TaskRouter whose time passes only where it is told to."""

from __future__ import annotations

import json

import pytest

from helpers.rushhour import open_desk
from helpers.rushhour.desk import Desk


def create(desk, language="en"):
    """Create a Task in this language."""
    attributes = json.dumps({"selected_language": language})
    return desk.workspace.tasks.create(attributes=attributes, workflow_sid=desk.workflow_sid)


def test_writes_take_no_time():
    """A Task that is created, accepted and completed at once is 0 seconds old."""
    desk = open_desk()
    task = create(desk)
    [offer] = desk.offers()
    desk.workspace.tasks(task.sid).reservations(offer["ReservationSid"]).update(reservation_status="accepted")
    task.update(assignment_status="completed")

    assert task.fetch().age == 0
    assert str(task.date_created) == "2026-03-07 10:00:00+00:00"


def test_offers_are_assignment_callbacks():
    """Each offer has the parameters that an application gets, and is handed out once."""
    desk = open_desk()
    task = create(desk, "es")
    [offer] = desk.offers()

    assert offer["TaskSid"] == task.sid
    assert desk.names[offer["WorkerSid"]] == "Alice"
    assert json.loads(offer["TaskAttributes"]) == {"selected_language": "es"}
    assert desk.offers() == []


def test_clock_runs_forward_only():
    """A second that has passed moves nothing."""
    desk = open_desk()
    desk.advance_to(30)
    desk.advance_to(10)

    assert desk.second == 30
    assert str(create(desk).date_created) == "2026-03-07 10:00:30+00:00"


def test_unanswered_offer_times_out():
    """TaskRouter sets the Worker Offline, and the desk tells whose offer it was."""
    desk = Desk(timeout=20)
    create(desk, "es")
    [offer] = desk.offers()
    desk.advance_to(20)
    [event] = desk.timeouts()
    alice = desk.workspace.workers(event["WorkerSid"])

    assert event["ReservationSid"] == offer["ReservationSid"]
    assert alice.fetch().activity_name == "Offline"
    desk.set_idle(event["WorkerSid"])
    assert alice.fetch().activity_name == "Idle"


def test_staff_is_as_asked():
    """Others are added, and Bob speaks what he has learned."""
    desk = Desk({"Temp": ("en",)}, bob=("en", "es"))
    speak = {each.friendly_name: json.loads(each.attributes)["languages"] for each in desk.workspace.workers.list()}

    assert speak == {"Alice": ["en", "es"], "Bob": ["en", "es"], "Temp": ["en"]}
    assert {each.activity_name for each in desk.workspace.workers.list()} == {"Idle"}


@pytest.mark.parametrize("seed", ["rush", "two"])
def test_seed_makes_its_sids(seed):
    """The same seed, the same SIDs; its repr has none."""
    one, other = Desk(seed=seed), Desk(seed=seed)

    assert one.workflow_sid == other.workflow_sid
    assert repr(one) == "<Desk: an emulator of its own, Saturday 10:00>"
