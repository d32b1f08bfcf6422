"""The timeline: in which states a Task was, when, for how long and why."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers.diagrams import show_timeline
from tests.worlds.desk import configuration, filter_

TOLD = """\
Timeline of Task WT6870…
When      State      For  TaskQueue                         Worker  Why
--------  ---------  ---  --------------------------------  ------  --------------------------------------------
09:00:11  pending    1 s  Customer Care Requests - Spanish          Task created
09:00:12  reserved   2 s  Customer Care Requests - Spanish  Alice   Reservation WR63c2… offers the Task to Alice
09:00:14  assigned   1 s  Customer Care Requests - Spanish  Alice   Alice accepted Reservation WR63c2…
09:00:15  completed       Customer Care Requests - Spanish  Alice   completed: customer is happy
Altogether pending for 1 s, reserved for 2 s, assigned for 1 s, over: completed."""


@pytest.fixture
def event():
    """Make an Event of one Task."""

    def make(event_type, seconds, **data):
        named = {"task_sid": "WT1", "task_assignment_status": "pending", "task_queue_name": "Spanish"}
        return SimpleNamespace(event_type=event_type, event_date_ms=seconds * 1000, event_data={**named, **data})

    return make


def told_by(events):
    """State, length, queue, Workers and reason of each row, without the times."""
    picture = str(show_timeline(events)).split("\n")[3:]
    return [line[10:].rstrip() for line in picture if line[:1].isdigit()]


def test_story_in_words(told):
    """Each state has its time, length, queue, Worker and reason, the same on every run."""
    assert str(show_timeline(told.workspace.events.list(task_sid=told.task.sid))) == TOLD


def test_story_as_diagram(told):
    """The diagram tells the same, with the length of each state as a share of the longest one's."""
    state = show_timeline(told.workspace.events.list(), task=told.task)._view.state

    assert [(each["state"], each["length"], each["share"]) for each in state["states"]] == [
        ("pending", "1 s", 0.5),
        ("reserved", "2 s", 1),
        ("assigned", "1 s", 0.5),
        ("completed", "", 0),
    ]
    assert state["states"][1]["why"] == "Reservation WR63c2… offers the Task to Alice"


def test_timeouts_of_reservation_and_target(told):
    """A Reservation and a target that time out are told apart, and the queue changes where it did."""
    first, second = told.world.spanish_queue_sid, told.world.english_queue_sid
    only = filter_("1==1", {"queue": first, "timeout": 30}, {"queue": second, "timeout": 30})
    workflow = told.workspace.workflows(told.world.workflow_sid)
    workflow.update(configuration=configuration(only), task_reservation_timeout=10)

    task = told.workspace.tasks.create(attributes="{}", workflow_sid=told.world.workflow_sid)
    told.connection.advance(100)

    assert [row.split("  ")[0] for row in told_by(told.workspace.events.list(task_sid=task.sid))] == [
        *("pending", "reserved", "pending", "pending", "canceled")
    ]
    words = str(show_timeline(told.workspace.events.list(task_sid=task.sid)))
    assert "Alice did not answer Reservation WRd187… within 10 s" in words
    assert "the target's timeout passed: next target" in words
    assert "Task canceled on Workflow timeout (the timeout of its last target passed)" in words
    assert "Altogether pending for 50 s, reserved for 10 s, over: canceled." in words


def test_several_workers_reserved_at_once(event):
    """Two Reservations make one state; the Task waits again only when the last of them has ended."""
    rows = told_by(
        [
            event("task.created", 0),
            event("reservation.created", 1, worker_name="Alice", reservation_sid="WR1"),
            event("reservation.created", 1, worker_name="Bob", reservation_sid="WR2"),
            event("reservation.rejected", 2, worker_name="Bob", reservation_sid="WR2"),
            event("reservation.rejected", 4, worker_name="Alice", reservation_sid="WR1"),
        ]
    )

    assert [row.split("  ")[0] for row in rows] == ["pending", "reserved", "pending"]
    assert rows[1].split()[:3] == ["reserved", "3", "s"]
    assert rows[2].endswith("Alice rejected Reservation WR1")


def test_cancel_while_reserved_is_no_waiting(event):
    """The Reservation that ends because its Task is canceled does not make the Task pending again."""
    rows = told_by(
        [
            event("task.created", 0),
            event("reservation.created", 1, worker_name="Alice"),
            event("reservation.canceled", 3, worker_name="Alice", task_assignment_status="canceled"),
            event("task.canceled", 3, reason="Task TTL Exceeded"),
        ]
    )

    assert [row.split("  ")[0] for row in rows] == ["pending", "reserved", "canceled"]
    assert rows[2].endswith("canceled: Task TTL Exceeded")


@pytest.mark.parametrize(
    ("last_steps", "why"),
    [
        ([], "no filter matched, and there is no default filter"),
        (["workflow.target-matched", "workflow.skipped"], "its last target was skipped (skip_if)"),
        (["workflow.target-matched", "task-queue.timeout"], "the timeout of its last target passed"),
        (
            ["workflow.target-matched", "task-queue.timeout", "workflow.target-matched", "workflow.skipped"],
            "its last target was skipped (skip_if)",
        ),
    ],
)
def test_end_of_the_workflow_is_told_apart(event, last_steps, why):
    """TaskRouter gives the same reason at each end of a Workflow; what led there is said beside it."""
    reason = "Task canceled on Workflow timeout"
    steps = [event(each, place + 1) for place, each in enumerate(last_steps)]
    rows = told_by([event("task.created", 0), *steps, event("task.canceled", 9, task_canceled_reason=reason)])

    assert rows[-1].endswith(f"canceled: {reason} ({why})")


@pytest.mark.parametrize("turned", [False, True])
def test_events_of_one_moment_may_come_in_any_order(event, turned):
    """The step that a Task enters as it is created is no second one."""
    types = ["workflow.target-matched", "task.created", "task-queue.entered", "workflow.entered"]
    rows = told_by([event(each, 0) for each in (types[::-1] if turned else types)])

    assert [row.split("  ")[0] for row in rows] == ["pending"]


def test_beginning_is_missing(event):
    """Events from the middle of a life are drawn, and the way to the earlier ones is told."""
    words = str(show_timeline([event("reservation.accepted", 5, worker_name="Alice")]))

    assert "assigned  goes on" in words
    assert "minutes=1440" in words


def test_several_tasks_need_a_choice(event):
    """Events of several Tasks are not mixed: the words say how to name one."""
    picture = show_timeline([event("task.created", 0), event("task.created", 1, task_sid="WT2")])

    assert "2 Tasks (WT1, WT2). Name one" in str(picture)
    assert picture._view.kind == ""


def test_another_day_shows_its_date(event):
    """A life of more than a day tells the date where it changed."""
    words = str(show_timeline([event("task.created", 0), event("task.canceled", 90_061, reason="hangup")]))

    assert "00:00:00             pending   25 h 1 min 1 s" in words
    assert "1970-01-02 01:01:01  canceled" in words


@pytest.mark.parametrize(
    "events",
    [
        [],
        [SimpleNamespace(event_type="worker.activity.update", event_date_ms=1, event_data={"worker_sid": "WK1"})],
        [SimpleNamespace(event_type=None, event_date_ms="soon", event_data="no JSON")],
        [SimpleNamespace(event_type="task.updated", event_date_ms=1, event_data='{"task_sid": "WT1"}')],
    ],
    ids=["none", "of others", "broken", "without a state"],
)
def test_no_life_to_draw(events):
    """Without Events of a Task's life there are words and no diagram."""
    assert str(show_timeline(events)) == "no Events of a Task, so there's no timeline"


def test_event_that_was_given_twice_counts_once(told):
    """A callback can come twice, and late: the timeline is the one of each event once, in the order of their times."""
    events = told.workspace.events.list(task_sid=told.task.sid)

    assert str(show_timeline([*events, *reversed(events)])) == TOLD


def test_channel_of_the_task_is_named(event):
    """Once, above: a Task never changes its channel. The default one says nothing."""
    on_chat = [event("task.created", 0, task_channel_unique_name="chat"), event("task.canceled", 1)]
    on_default = [event("task.created", 0, task_channel_unique_name="default")]

    assert str(show_timeline(on_chat)).startswith("Timeline of Task WT1, channel chat\n")
    assert str(show_timeline(on_default)).startswith("Timeline of Task WT1\n")
