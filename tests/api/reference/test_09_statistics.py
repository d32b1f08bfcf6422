"""Reference 9: what statistics are asked with, what they hold, and what each figure means."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.worlds.desk import Desk, filter_

DURATIONS = {"avg", "min", "max", "total"}
COUNTERS = {
    f"reservations_{status}" for status in ("created", "accepted", "rejected", "timed_out", "canceled", "rescinded")
}
CUMULATIVE = COUNTERS | {
    "start_time", "end_time", "avg_task_acceptance_time", "wait_duration_until_accepted",
    "wait_duration_until_canceled", "split_by_wait_time", "tasks_canceled", "tasks_completed", "tasks_deleted",
    "tasks_moved",
}  # fmt: skip
WAITING = {
    "longest_task_waiting_age",
    "longest_task_waiting_sid",
    "tasks_by_priority",
    "tasks_by_status",
    "total_tasks",
}


@pytest.fixture
def places(desk: Desk) -> dict[str, Any]:
    """Everything that has statistics: the workspace, a Workflow, a queue, and Alice, who is available."""
    queue = desk.queue()
    workflow = desk.workflow(default=queue)
    alice = desk.worker("Alice", default=3)
    room = desk.workspace
    return {
        "workspace": room,
        "workflow": room.workflows(workflow),
        "queue": room.task_queues(queue),
        "workers": room.workers,
        "alice": alice,
    }


def body(instance: Any) -> dict[str, Any]:
    """What an instance of the SDK holds."""
    return {key: value for key, value in vars(instance).items() if not key.startswith("_")}


# -- shapes ------------------------------------------------------------------------------------


@pytest.mark.reference("9.2a")
@pytest.mark.parametrize(
    ("place", "more"),
    [
        ("workspace", {"tasks_created", "tasks_timed_out_in_workflow"}),
        ("workflow", {"tasks_entered", "tasks_timed_out_in_workflow", "workflow_sid"}),
        ("queue", {"tasks_entered", "wait_duration_in_queue_until_accepted", "task_queue_sid"}),
    ],
)
def test_cumulative_statistics_have_their_keys(places: dict[str, Any], place: str, more: set[str]) -> None:
    """Those of all, and a few for each kind."""
    seen = body(places[place].cumulative_statistics().fetch())

    assert seen.keys() == CUMULATIVE | more | {"account_sid", "workspace_sid", "url"}
    assert seen["wait_duration_until_accepted"].keys() == seen["wait_duration_until_canceled"].keys() == DURATIONS


@pytest.mark.reference("9.2b", "9.2c")
@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("workspace", WAITING | {"activity_statistics", "total_workers"}),
        ("workflow", WAITING | {"workflow_sid"}),
        (
            "queue",
            WAITING
            | {"activity_statistics", "longest_relative_task_age_in_queue", "longest_relative_task_sid_in_queue"}
            | {"total_available_workers", "total_eligible_workers", "task_queue_sid"},
        ),
        ("workers", {"activity_statistics", "total_workers"}),
    ],
)
def test_real_time_statistics_have_their_keys(places: dict[str, Any], place: str, keys: set[str]) -> None:
    """For every Activity the number of Workers, zero included."""
    seen = body(places[place].real_time_statistics().fetch())

    assert seen.keys() == keys | {"account_sid", "workspace_sid", "url"}
    if "activity_statistics" in seen:
        activities = [(each["friendly_name"], each["workers"]) for each in seen["activity_statistics"]]
        assert activities == [("Offline", 0), ("Available", 1), ("Unavailable", 0)]


@pytest.mark.reference("9.2d")
@pytest.mark.parametrize("place", ["workspace", "workflow", "queue", "workers"])
def test_combined_statistics_hold_both(places: dict[str, Any], place: str) -> None:
    """``cumulative`` and ``realtime``."""
    seen = body(places[place].statistics().fetch())

    assert seen["cumulative"].keys() >= COUNTERS | {"start_time", "end_time"}
    assert "activity_statistics" in seen["realtime"] or place == "workflow"


@pytest.mark.reference("9.2e")
def test_queues_are_listed_without_urls(desk: Desk, places: dict[str, Any]) -> None:
    """One entry for each queue; a name finds it exactly."""
    desk.queue("Everybody else")
    entries = desk.workspace.task_queues.statistics.list(friendly_name="Everybody")

    assert [each.task_queue_sid for each in entries] == [places["queue"].fetch().sid]
    assert "url" not in body(entries[0])


@pytest.mark.reference("9.2f")
def test_workers_count_reservations_and_time(desk: Desk, places: dict[str, Any]) -> None:
    """All together and each alone: six counters, and seconds in every Activity."""
    desk.advance(10)
    desk.move(places["alice"], "Offline")
    desk.advance(5)
    everybody = body(places["workers"].cumulative_statistics().fetch())
    alone = body(places["alice"].statistics().fetch())

    assert everybody.keys() >= COUNTERS | {"activity_durations", "start_time", "end_time"}
    assert alone["cumulative"].keys() >= COUNTERS | {"activity_durations", "start_time", "end_time"}
    assert "realtime" not in alone
    spent = {each["friendly_name"]: each["total"] for each in alone["cumulative"]["activity_durations"]}
    assert spent == {"Offline": 5, "Available": 10, "Unavailable": 0}


@pytest.mark.reference("9.2g", "11j")
def test_bulk_takes_fifty_queues(desk: Desk, places: dict[str, Any]) -> None:
    """Each answered like a queue's own statistics; one more than fifty is refused."""
    bulk = desk.workspace.task_queues.bulk_real_time_statistics
    sid = places["queue"].fetch().sid
    answer = bulk.create(_Body([sid]))

    (data,) = answer.task_queue_data
    assert (answer.task_queue_response_count, data["task_queue_sid"], data["total_eligible_workers"]) == (1, sid, 1)
    with pytest.raises(TwilioRestException) as refused:
        bulk.create(_Body([f"WQ{number:032x}" for number in range(51)]))
    assert (refused.value.status, refused.value.code) == (400, 20001)


class _Body:
    """The body of the bulk statistics."""

    def __init__(self, sids: list[str]) -> None:
        self.sids = sids

    def to_dict(self) -> dict[str, list[str]]:
        """As the SDK's models do."""
        return {"queueSids": self.sids}


# -- parameters --------------------------------------------------------------------------------


@pytest.mark.reference("9.1a", "14.16")
def test_window_is_fifteen_minutes_unless_said(desk: Desk, places: dict[str, Any]) -> None:
    """``Minutes`` widens it, dates win over both, and the answer reports it."""
    began = desk.task().fetch().date_created
    desk.advance(16 * 60)
    fetch = places["workspace"].cumulative_statistics().fetch

    assert (fetch().tasks_created, fetch(minutes=17).tasks_created) == (0, 1)
    assert (fetch().start_time, fetch().end_time) == (began + timedelta(minutes=1), began + timedelta(minutes=16))
    dated = fetch(start_date=began, end_date=began + timedelta(minutes=2), minutes=1)
    assert (dated.start_time, dated.end_time, dated.tasks_created) == (began, began + timedelta(minutes=2), 1)


@pytest.mark.reference("9.1a")
@pytest.mark.parametrize("place", ["workspace", "workflow", "queue", "workers"])
def test_statistics_reach_back_thirty_days(desk: Desk, places: dict[str, Any], place: str) -> None:
    """To the second; what began earlier is refused."""
    began = desk.workspace.fetch().date_created
    desk.advance(30 * 86_400)
    fetch = places[place].cumulative_statistics().fetch
    assert fetch(start_date=began).start_time == began
    desk.advance(1)

    with pytest.raises(TwilioRestException) as refused:
        fetch(start_date=began)
    assert (refused.value.status, refused.value.code) == (400, 20001)


@pytest.mark.reference("9.1b")
@pytest.mark.parametrize("place", ["workspace", "workflow", "queue"])
def test_task_channel_narrows(desk: Desk, places: dict[str, Any], place: str) -> None:
    """By unique name or SID."""
    desk.task(task_channel="chat")
    sid = desk.workspace.task_channels("chat").fetch().sid
    scope = places[place]

    for channel, number in (("chat", 1), (sid, 1), ("voice", 0)):
        assert scope.cumulative_statistics().fetch(task_channel=channel).reservations_created == number
        assert scope.real_time_statistics().fetch(task_channel=channel).total_tasks == number


@pytest.mark.reference("9.1c", "9.2h")
@pytest.mark.parametrize("place", ["workspace", "workflow", "queue"])
def test_waits_can_be_split(desk: Desk, places: dict[str, Any], place: str) -> None:
    """For each threshold who waited longer, and who did not; null unless asked for."""
    task, other = desk.task(), desk.task()
    desk.advance(7)
    desk.answer(task, "accepted")
    other.update(assignment_status="canceled")
    fetch = places[place].cumulative_statistics().fetch

    none, once = ({"tasks_canceled": count, "reservations_accepted": count} for count in (0, 1))
    expected = {"5": {"above": once, "below": none}, "10": {"above": none, "below": once}}
    assert fetch(split_by_wait_time="5,10").split_by_wait_time == expected
    assert fetch().split_by_wait_time is None


@pytest.mark.reference("9.1d")
@pytest.mark.parametrize(
    ("filters", "number"),
    [({"friendly_name": "Alice"}, 1), ({"friendly_name": "Ali"}, 0), ({"task_queue_name": "Everybody"}, 2)],
)
def test_workers_can_be_chosen(desk: Desk, places: dict[str, Any], filters: dict[str, str], number: int) -> None:
    """By exact name, or by a queue they are in."""
    desk.worker("Bob")

    assert places["workers"].statistics().fetch(**filters).realtime["total_workers"] == number


# -- meanings ----------------------------------------------------------------------------------


@pytest.mark.reference("9.3a", "9.3b", "9.3c")
def test_waits_are_measured_from_creation(desk: Desk) -> None:
    """To acceptance, to cancellation; in the queue from entering it."""
    nobody, care = desk.queue("Nobody", "1==2"), desk.queue("Care")
    desk.workflow(filter_("1==1", {"queue": nobody, "timeout": 10}, {"queue": care}))
    task, other = desk.task(), desk.task()
    desk.advance(12)
    desk.worker("Alice")
    desk.answer(task, "accepted")
    other.update(assignment_status="canceled")
    workspace = desk.workspace.cumulative_statistics().fetch()
    queue = desk.workspace.task_queues(care).cumulative_statistics().fetch()

    assert workspace.avg_task_acceptance_time == 12
    assert workspace.wait_duration_until_accepted == {"avg": 12, "min": 12, "max": 12, "total": 12}
    assert workspace.wait_duration_until_canceled["total"] == 12
    assert queue.wait_duration_in_queue_until_accepted["total"] == 2


@pytest.mark.reference("9.3d")
def test_tasks_are_counted_where_they_go(desk: Desk) -> None:
    """Entered, moved from one queue to another, deleted, canceled, completed, timed out of a Workflow."""
    first, second = desk.queue("First", "1==2"), desk.queue("Second", "1==2")
    workflow = desk.workflow(filter_("1==1", {"queue": first, "timeout": 10}, {"queue": second, "timeout": 10}))
    desk.task()
    desk.advance(20)
    desk.task().delete()
    desk.task().update(assignment_status="canceled")
    done = desk.task(routing_target=desk.worker("Alice").sid)
    desk.answer(done, "accepted")
    done.update(assignment_status="completed")
    fetch = [
        desk.workspace.task_queues(first).cumulative_statistics().fetch(),
        desk.workspace.task_queues(second).cumulative_statistics().fetch(),
        desk.workspace.workflows(workflow).cumulative_statistics().fetch(),
        desk.workspace.cumulative_statistics().fetch(),
    ]

    assert [each.tasks_entered for each in fetch[:3]] == [3, 1, 3]
    assert [each.tasks_moved for each in fetch] == [1, 0, 1, 1]
    assert [each.tasks_timed_out_in_workflow for each in fetch[2:]] == [1, 1]
    workspace = fetch[3]
    assert (workspace.tasks_deleted, workspace.tasks_canceled, workspace.tasks_completed) == (1, 2, 1)


@pytest.mark.reference("9.3e")
def test_reservations_are_counted_by_their_end(desk: Desk) -> None:
    """All six ways."""
    desk.workspace.update(timeout_activity_sid=desk.activity("Available"))
    desk.workflow(default=desk.queue(max_reserved_workers=2), task_reservation_timeout=10)
    desk.worker("Alice")
    desk.worker("Bob")
    task = desk.task()
    task.reservations.list()[0].update(reservation_status="rejected")
    desk.advance(10)
    task.reservations.list()[-1].update(reservation_status="accepted")
    canceled = desk.task()
    canceled.update(assignment_status="canceled")
    seen = desk.workspace.cumulative_statistics().fetch()

    assert (seen.reservations_rejected, seen.reservations_timed_out, seen.reservations_accepted) == (1, 1, 1)
    assert (seen.reservations_rescinded, seen.reservations_canceled, seen.reservations_created) == (1, 1, 5)


@pytest.mark.reference("9.3f", "14.17")
def test_present_tasks_are_counted_by_status_and_priority(desk: Desk, places: dict[str, Any]) -> None:
    """Four statuses, and two more that are 0; priorities as text."""
    desk.answer(desk.task(priority=99), "accepted")
    desk.answer(desk.task(), "accepted")
    desk.workspace.tasks.list()[1].update(assignment_status="wrapping")
    desk.task()
    desk.task()
    of_workspace = places["workspace"].real_time_statistics().fetch()
    of_queue = places["queue"].real_time_statistics().fetch()

    statuses = {"assigned": 1, "wrapping": 1, "reserved": 1, "pending": 1, "completed": 0, "canceled": 0}
    assert of_workspace.tasks_by_status == of_queue.tasks_by_status == statuses
    assert (of_workspace.total_tasks, of_workspace.tasks_by_priority) == (4, {"0": 3, "99": 1})


@pytest.mark.reference("9.3g", "9.2i")
def test_longest_wait_is_that_of_whoever_waits(desk: Desk) -> None:
    """By creation, or by entering the queue; nobody and 0 where nothing waits."""
    nobody, other = desk.queue("Nobody", "1==2"), desk.queue("Other", "1==2")
    desk.workflow(filter_("late == true", {"queue": nobody, "timeout": 10}, {"queue": other}), default=other)
    figures = desk.workspace.task_queues(other).real_time_statistics()
    empty = figures.fetch()
    late = desk.task({"late": True})
    desk.advance(5)
    early = desk.task()
    desk.advance(10)
    seen = figures.fetch()

    assert (empty.longest_task_waiting_age, empty.longest_task_waiting_sid) == (0, None)
    assert (empty.longest_relative_task_age_in_queue, empty.longest_relative_task_sid_in_queue) == (0, None)
    assert (seen.longest_task_waiting_age, seen.longest_task_waiting_sid) == (15, late.sid)
    assert (seen.longest_relative_task_age_in_queue, seen.longest_relative_task_sid_in_queue) == (10, early.sid)


@pytest.mark.reference("14.25")
def test_longest_wait_ends_with_the_accept(desk: Desk) -> None:
    """A reserved Task counts as one that waits, and an assigned one doesn't."""
    alice = desk.worker("Alice")
    everybody = desk.queue("Everybody")
    task = desk.task(workflow_sid=desk.workflow(default=everybody))
    desk.advance(5)
    queue, workspace = desk.workspace.task_queues(everybody), desk.workspace
    reserved = queue.real_time_statistics().fetch(), workspace.real_time_statistics().fetch()
    desk.reserved_for(alice).update(reservation_status="accepted")
    assigned = queue.real_time_statistics().fetch(), workspace.real_time_statistics().fetch()

    assert task.fetch().assignment_status == "assigned"
    assert [(each.longest_task_waiting_age, each.longest_task_waiting_sid) for each in reserved] == [(5, task.sid)] * 2
    assert reserved[0].longest_relative_task_age_in_queue == 5
    assert [(each.longest_task_waiting_age, each.longest_task_waiting_sid) for each in assigned] == [(0, None)] * 2
    assert assigned[0].longest_relative_task_age_in_queue == 0
    assert [each.total_tasks for each in (*reserved, *assigned)] == [1, 1, 1, 1]


@pytest.mark.reference("9.3h", "9.3i")
def test_available_workers_are_told_by_their_activity_alone(desk: Desk) -> None:
    """A reserved Worker still counts; eligible are all that match, wherever they are."""
    queue = desk.queue()
    desk.workflow(default=queue)
    desk.worker("Alice")
    desk.worker("Bob", activity="Offline")
    desk.task()
    seen = desk.workspace.task_queues(queue).real_time_statistics().fetch()

    assert (seen.total_available_workers, seen.total_eligible_workers) == (1, 2)


@pytest.mark.reference("11k")
def test_large_workspaces_have_no_worker_statistics(desk: Desk) -> None:
    """Above a hundred Workers those of all are refused."""
    for number in range(101):
        desk.workspace.workers.create(friendly_name=f"Worker {number}")

    for statistics in ("statistics", "real_time_statistics", "cumulative_statistics"):
        with pytest.raises(TwilioRestException) as refused:
            getattr(desk.workspace.workers, statistics)().fetch()
        assert (refused.value.status, refused.value.code) == (400, 20001)
