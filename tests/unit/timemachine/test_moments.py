"""A moment is shown as a whole, answers the SDK as it was, and cannot be changed."""

from __future__ import annotations

import pytest

from helpers import at, before
from helpers.errors.time_machine_problems import PastIsFixed

RIGHT_AFTER = """\
Right after task.created (Task WT6870…), at 09:00:11 UTC.
Events at the same moment: workflow.target-matched, task-queue.entered, workflow.entered.
Workers (2)
Worker  Activity  Available      Capacity in use  Attributes
------  --------  -------------  ---------------  -------------------------
Alice   Offline   not available  default 0 of 1   {"languages":["en","es"]}
Bob     Idle      available      default 0 of 1   {"languages":["en"]}
Tasks (1)
TaskQueue                         Task                                Status   Attributes
--------------------------------  ----------------------------------  -------  --------------------------
Customer Care Requests - Spanish  WT6870f78e1aa61a575759883f8ffe8ff5  pending  {"selected_language":"es"}
no Open Reservations"""


def test_moment_in_words(world):
    """The words name the moment, what came together with it, and everything there was."""
    assert str(at(world.spanish, "created")) == RIGHT_AFTER


def test_moment_as_html(world):
    """Where no widget is drawn, a static page holds the same, names escaped."""
    world.workspace.workers(world.story.bob_sid).update(friendly_name="<b>Bob</b>", attributes="{}")
    shown = at(world.workspace.events.list()[-1])._repr_mimebundle_()

    assert "&lt;b&gt;Bob" in shown["text/html"]
    assert "<b>" not in shown["text/html"]


def test_before_and_after(world):
    """Right before the event the Task is not there, right after it is."""
    assert before(world.spanish, "created").workspace.tasks.list() == []
    assert [task.sid for task in at(world.spanish, "created").workspace.tasks.list()] == [world.spanish.sid]


def test_sdk_answers_as_it_did(world):
    """The calls a learner knows look into the past: Tasks, Workers, Reservations, events, capacity."""
    then = at(world.spanish, "reserved")
    (reservation,) = then.workspace.tasks(world.spanish.sid).reservations.list()
    channel = then.workspace.workers(world.story.alice_sid).worker_channels("default").fetch()

    assert (reservation.worker_name, reservation.reservation_status) == ("Alice", "pending")
    assert channel.available_capacity_percentage == 0
    assert then.workspace.events.list()[-1].event_type == "reservation.created"


def test_event_of_the_log(world):
    """Any event of the SDK's event log is a moment, and so is its SID."""
    (event,) = world.workspace.events.list(event_type="reservation.accepted")

    assert str(at(event)) == str(at(event.sid)) == str(at(world.spanish, "accepted"))


def test_past_is_fixed(world):
    """What would change the past is refused in words that lead to a branch; nothing has changed."""
    then = at(world.spanish, "created")
    with pytest.raises(PastIsFixed, match=r"branch = then\.branch\(\)"):
        then.workspace.workers(world.story.bob_sid).update(friendly_name="Robert")

    assert [worker.friendly_name for worker in then.workspace.workers.list()] == ["Alice", "Bob"]


def test_present_is_untouched(world):
    """Looking back sends nothing that the wire shows and moves no clock."""
    exchanges = len(world.connection.wire)
    time = world.connection.emulator.call(lambda emulator: emulator.clock.now())
    at(world.spanish, "created").workspace.tasks.list()

    assert len(world.connection.wire) == exchanges
    assert world.connection.emulator.call(lambda emulator: emulator.clock.now()) == time


def test_deleted_workspace(world):
    """A moment is there to be seen even when the Workspace has been deleted, or was not yet made."""
    first = world.workspace.events.list()[0]
    world.workspace.delete()

    assert "Workers (2)" in str(at(world.spanish, "created"))
    assert str(before(first)).endswith("There was no Workspace at that time.")
