"""Statistics are what the recorded events and the present state say (reference 9.2, 9.3)."""

from __future__ import annotations

import pytest

from helpers.emulator.engine.commands import reservations, task_queues, tasks, workers, workflows
from helpers.emulator.engine.model.resources import Event
from helpers.emulator.engine.statistics import (
    TASK_EVENTS,
    WORKER_EVENTS,
    queue_cumulative,
    queue_realtime,
    worker_cumulative,
    workers_cumulative,
    workers_realtime,
    workflow_cumulative,
    workflow_realtime,
    workspace_cumulative,
    workspace_realtime,
)
from tests.worlds.desk import configuration, filter_

COUNTERS = [
    "reservations_created",
    "reservations_accepted",
    "reservations_rejected",
    "reservations_timed_out",
    "reservations_canceled",
    "reservations_rescinded",
]
NOTHING = {"avg": 0, "min": 0, "max": 0, "total": 0}


@pytest.fixture
def state(desk):
    return desk.emulator.world.workspaces[desk.workspace_sid]


@pytest.fixture
def queue(state):
    return next(iter(state.task_queues.values()))


@pytest.fixture
def history(desk):
    """The recorded events of some types."""
    return lambda types: desk.emulator.store.events(desk.workspace_sid, event_type=types)


def advance(desk, seconds: float) -> None:
    for _ in desk.emulator.advance_stepwise(seconds):
        pass


def finish(desk, status: str) -> None:
    desk.write(reservations.update, desk.reservations[-1].sid, {"reservation_status": status})


@pytest.fixture
def day(desk, state):
    """A day at the desk: one Task waits 21 s and is accepted and completed, one is canceled after 8 s."""
    first, second = desk.task(), desk.task()
    advance(desk, 7)
    desk.write(tasks.update, second.sid, {"assignment_status": "canceled"})
    advance(desk, 10)
    desk.move(desk.available_sid)
    finish(desk, "accepted")
    desk.write(tasks.update, first.sid, {"assignment_status": "completed"})
    return desk


def test_workspace_counts_what_happened(day, history):
    """Created, accepted, canceled and completed are counted once each, and waits measured from creation."""
    found = workspace_cumulative(history(TASK_EVENTS))

    assert [found[name] for name in COUNTERS] == [1, 1, 0, 0, 0, 0]
    assert (found["tasks_created"], found["tasks_canceled"], found["tasks_completed"]) == (2, 1, 1)
    assert found["wait_duration_until_accepted"] == {"avg": 21, "min": 21, "max": 21, "total": 21}
    assert found["wait_duration_until_canceled"] == {"avg": 8, "min": 8, "max": 8, "total": 8}
    assert (found["avg_task_acceptance_time"], found["split_by_wait_time"]) == (21, None)


def test_empty_window_is_all_zero(desk):
    """Where nothing happened every figure is 0, none is missing."""
    found = workspace_cumulative([])

    assert found.pop("split_by_wait_time") is None
    assert all(value in (0, NOTHING) for value in found.values())


def test_split_counts_above_and_below(day, history):
    """A wait of exactly the threshold is below."""
    found = workspace_cumulative(history(TASK_EVENTS), thresholds=[8, 21, 30])["split_by_wait_time"]

    assert found["8"] == {
        "above": {"tasks_canceled": 0, "reservations_accepted": 1},
        "below": {"tasks_canceled": 1, "reservations_accepted": 0},
    }
    assert found["21"]["below"]["reservations_accepted"] == 1
    assert list(found) == ["8", "21", "30"]


@pytest.mark.reference("9.1c")
def test_split_counts_ten_thousand_at_most(desk, queue, history):
    """However many waited, a threshold counts no more."""
    task = desk.task()
    desk.write(tasks.update, task.sid, {"assignment_status": "canceled"})
    (canceled,) = history(["task.canceled"])
    split = workspace_cumulative([canceled] * 10_001, thresholds=[5])["split_by_wait_time"]["5"]

    assert split["above"]["tasks_canceled"] + split["below"]["tasks_canceled"] == 10_000


def test_channel_narrows(day, history):
    """Only Tasks on the channel count, named by SID or by unique name."""
    events = history(TASK_EVENTS)
    channel_sid = events[0].data["task_channel_sid"]

    assert workspace_cumulative(events, task_channel="default")["tasks_created"] == 2
    assert workspace_cumulative(events, task_channel=channel_sid)["tasks_created"] == 2
    assert workspace_cumulative(events, task_channel="voice")["tasks_created"] == 0


def test_workflow_counts_its_own(day, history):
    """Tasks count for the workflow they are in."""
    events = history(TASK_EVENTS)

    assert workflow_cumulative(events, day.workflow_sid)["tasks_entered"] == 2
    assert workflow_cumulative(events, "WW" + "0" * 32)["tasks_entered"] == 0


def test_queue_measures_from_entering_it(day, history, queue):
    """A queue also knows how long Tasks were in it before they were accepted."""
    found = queue_cumulative(history(TASK_EVENTS), queue)

    assert (found["tasks_entered"], found["tasks_moved"], found["reservations_created"]) == (2, 0, 1)
    assert found["wait_duration_in_queue_until_accepted"]["total"] == 21


def test_new_expression_resets_reservations_alone(day, history, queue):
    """Changing TargetWorkers starts the counters of Reservations anew, not those of Tasks."""
    day.write(task_queues.update, queue.sid, {"target_workers": "1==1 AND 2==2"})
    found = queue_cumulative(history(TASK_EVENTS), queue)

    assert (found["reservations_created"], found["tasks_entered"]) == (0, 2)


def test_moved_tasks_count_where_they_left(desk, history, queue):
    """A Task that times out of one queue into another is moved by the first and entered by both."""
    second = desk.write(task_queues.create, friendly_name="Second")
    targets = [{"queue": queue.sid, "timeout": 10}, {"queue": second.sid}]
    steps = configuration(filter_("1==1", *targets))
    workflow = desk.write(workflows.create, friendly_name="Two steps", configuration=steps)
    desk.write(tasks.create, workflow_sid=workflow.sid)
    advance(desk, 10)
    events = history(TASK_EVENTS)
    figures = [
        (found["tasks_entered"], found["tasks_moved"])
        for found in (queue_cumulative(events, each) for each in (queue, second))
    ]

    assert figures == [(1, 1), (1, 0)]
    assert workspace_cumulative(events)["tasks_moved"] == 1


def test_timeout_out_of_a_workflow_is_counted(desk, history, queue):
    """A Task canceled at the end of its workflow counts as canceled and as timed out."""
    short = configuration(filter_("1==1", {"queue": queue.sid, "timeout": 10}))
    workflow = desk.write(workflows.create, friendly_name="Short", configuration=short)
    desk.write(tasks.create, workflow_sid=workflow.sid)
    advance(desk, 10)
    found = workflow_cumulative(history(TASK_EVENTS), workflow.sid)

    assert (found["tasks_timed_out_in_workflow"], found["tasks_canceled"]) == (1, 1)


def test_realtime_shows_who_waits_longest(desk, state):
    """The oldest Task nobody has taken is named with its age; statuses and priorities are counted."""
    first = desk.task()
    desk.write(tasks.create, workflow_sid=desk.workflow_sid, priority=7)
    now = desk.emulator.clock.now() + 2500
    found = workspace_realtime(state, now)

    assert (found["longest_task_waiting_age"], found["longest_task_waiting_sid"]) == (3, first.sid)
    assert {status: number for status, number in found["tasks_by_status"].items() if number} == {"pending": 2}
    assert found["tasks_by_priority"] == {"0": 1, "7": 1}
    assert (found["total_tasks"], found["total_workers"]) == (2, 1)


def test_taken_tasks_wait_no_more(day, state):
    """An ended Task is neither waiting nor present."""
    found = workspace_realtime(state, day.emulator.clock.now())

    assert (found["longest_task_waiting_age"], found["longest_task_waiting_sid"], found["total_tasks"]) == (0, None, 0)


def test_every_activity_is_named(desk, state):
    """Activities nobody is in are listed with 0."""
    found = workspace_realtime(state, 0)["activity_statistics"]

    assert [(each["friendly_name"], each["workers"]) for each in found] == [
        ("Offline", 1),
        ("Available", 0),
        ("Unavailable", 0),
        ("Idle", 0),
    ]


def test_queue_knows_its_workers(desk, state, queue):
    """Eligible is who matches; available is who is in an available Activity, reserved or not."""
    desk.write(workers.create, friendly_name="Bob")
    desk.task()
    desk.move(desk.available_sid)
    found = queue_realtime(state, queue.sid, desk.emulator.clock.now())

    assert (found["total_eligible_workers"], found["total_available_workers"]) == (2, 1)
    assert found["tasks_by_status"] == {
        "reserved": 1,
        "pending": 0,
        "assigned": 0,
        "wrapping": 0,
        "completed": 0,
        "canceled": 0,
    }


def test_queue_counts_age_in_the_queue(desk, state, queue):
    """The relative age counts from entering the queue, the other one from creation."""
    task = desk.task()
    task.task_queue_entered += 4000
    found = queue_realtime(state, queue.sid, task.date_created + 9000)

    assert (found["longest_task_waiting_age"], found["longest_relative_task_age_in_queue"]) == (9, 5)
    assert found["longest_relative_task_sid_in_queue"] == task.sid


def test_realtime_narrows_to_a_channel(desk, state):
    """Tasks on other channels are left out; an unknown channel has none."""
    desk.task()

    totals = [
        workflow_realtime(state, desk.workflow_sid, 0, task_channel=key)["total_tasks"]
        for key in (None, "default", "voice", "nowhere")
    ]
    assert totals == [1, 1, 0, 0]


def test_workers_can_be_chosen(desk, state):
    """Workers named are counted, others not."""
    desk.write(workers.create, friendly_name="Bob", activity_sid=desk.available_sid)
    found = workers_realtime(state, worker_sids=[desk.worker_sid])

    assert found["total_workers"] == 1
    assert sum(each["workers"] for each in found["activity_statistics"]) == 1
    assert workers_realtime(state)["total_workers"] == 2


def change(at_seconds: int, worker_sid: str, previous: str, following: str) -> Event:
    """Alice went from one activity to another."""
    return Event(
        sid=f"EV{at_seconds}",
        account_sid="AC",
        workspace_sid="WS",
        number=at_seconds,
        event_type="worker.activity.update",
        event_date_ms=at_seconds * 1000,
        description="",
        resource_type="worker",
        resource_sid=worker_sid,
        actor_type="workspace",
        actor_sid="WS",
        data={
            "worker_sid": worker_sid,
            "worker_activity_sid": following,
            "worker_previous_activity_sid": previous,
        },
    )


@pytest.mark.parametrize(
    ("window", "offline", "idle"),
    [
        ((0, 100), {"avg": 45, "min": 30, "max": 60, "total": 90}, {"avg": 10, "min": 10, "max": 10, "total": 10}),
        ((35, 38), NOTHING, {"avg": 3, "min": 3, "max": 3, "total": 3}),
        ((0, 20), {"avg": 20, "min": 20, "max": 20, "total": 20}, NOTHING),
        ((50, 60), {"avg": 10, "min": 10, "max": 10, "total": 10}, NOTHING),
    ],
)
def test_activity_durations_are_cut_to_the_window(desk, state, window, offline, idle):
    """Stretches count as far as they lie within the window; what came later tells what was before."""
    alice = state.workers[desk.worker_sid]
    alice.date_created = 0
    history = [
        change(30, alice.sid, desk.offline_sid, desk.available_sid),
        change(40, alice.sid, desk.available_sid, desk.offline_sid),
    ]
    events = [event for event in history if event.event_date_ms >= window[0] * 1000]
    found = worker_cumulative(state, events, alice.sid, (window[0] * 1000, window[1] * 1000))
    named = {each["friendly_name"]: each for each in found["activity_durations"]}

    figures = [{name: named[activity][name] for name in NOTHING} for activity in ("Offline", "Idle")]
    assert figures == [offline, idle]


def test_worker_did_not_exist_before_creation(desk, state):
    """Time before a Worker was created counts for no Activity."""
    created = state.workers[desk.worker_sid].date_created
    found = worker_cumulative(state, [], desk.worker_sid, (created - 60_000, created + 5000))

    assert [each["total"] for each in found["activity_durations"]] == [5, 0, 0, 0]


def test_workers_count_reservations_within_the_window(day, state, history):
    """Counters of Reservations take the window as it is, and the Workers that were named."""
    events, now = history(WORKER_EVENTS), day.emulator.clock.now()
    everything = workers_cumulative(state, events, (0, now))

    assert [everything[name] for name in COUNTERS] == [1, 1, 0, 0, 0, 0]
    assert workers_cumulative(state, events, (now, now))["reservations_created"] == 0
    assert workers_cumulative(state, events, (0, now), worker_sids=[])["reservations_created"] == 0
    assert workers_cumulative(state, events, (0, now), task_channel="voice")["reservations_created"] == 0
