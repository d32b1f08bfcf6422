"""Reference 1.8: creating, reading and deleting each resource."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException

from helpers.emulator.clock import LESSON_START
from tests.worlds.desk import Desk

NOBODY = "WK" + "0" * 32


def refusal(call: Any, *args: Any, **given: Any) -> tuple[int, int, str]:
    """Status, code and message of a call that must fail."""
    with pytest.raises(TwilioRestException) as refused:
        call(*args, **given)
    return refused.value.status, refused.value.code, refused.value.msg


# -- Workspaces --------------------------------------------------------------------------------


@pytest.mark.reference("11h")
def test_names_of_workspaces_have_64_characters(desk: Desk) -> None:
    """One more is refused."""
    assert desk.workspace.update(friendly_name="x" * 64).friendly_name == "x" * 64
    assert refusal(desk.workspace.update, friendly_name="x" * 65)[:2] == (400, 20001)


@pytest.mark.reference("1.8b")
def test_workspace_never_goes_back_to_single_tasking(desk: Desk, single: Desk) -> None:
    """The way there is open, the way back is refused."""
    assert refusal(desk.workspace.update, multi_task_enabled=False)[:2] == (400, 20001)
    assert single.workspace.update(multi_task_enabled=True).multi_task_enabled is True


@pytest.mark.reference("1.8c")
def test_default_activity_is_that_of_new_workers(desk: Desk) -> None:
    """``DefaultActivitySid`` can be changed, and its name follows."""
    changed = desk.workspace.update(default_activity_sid=desk.activity("Unavailable"))

    assert changed.default_activity_name == "Unavailable"
    assert desk.workspace.workers.create(friendly_name="Alice").activity_name == "Unavailable"


@pytest.mark.reference("1.8d")
def test_deleted_workspace_takes_everything_along(desk: Desk) -> None:
    """What was in it answers 404."""
    desk.workflow(default=desk.queue())
    worker, task = desk.worker("Alice"), desk.task()
    desk.workspace.delete()

    assert refusal(worker.fetch)[:2] == refusal(task.fetch)[:2] == (404, 20404)
    assert desk.client.taskrouter.v1.workspaces.list() == []


@pytest.mark.reference("1.8e")
def test_workspace_links_to_its_parts(desk: Desk) -> None:
    """Ten of them, and the statistics."""
    assert desk.workspace.fetch().links.keys() == {
        "activities", "statistics", "real_time_statistics", "cumulative_statistics", "task_queues", "tasks",
        "workers", "workflows", "task_channels", "events",
    }  # fmt: skip


# -- Activities and TaskChannels ---------------------------------------------------------------


@pytest.mark.reference("1.8f")
def test_availability_of_an_activity_never_changes(desk: Desk) -> None:
    """Posting ``Available`` to an Activity answers 200 and keeps the old value."""
    sid = desk.activity("Offline")
    url = f"https://taskrouter.twilio.com/v1/Workspaces/{desk.workspace.fetch().sid}/Activities/{sid}"
    auth = desk.client.auth
    answer = desk.http.request("POST", url, data={"Available": "true"}, auth=auth)

    assert (answer.status_code, json.loads(answer.text)["available"]) == (200, False)


@pytest.mark.reference("1.8g")
def test_activities_filter_by_name_and_availability(desk: Desk) -> None:
    """Both exactly."""
    names = [each.friendly_name for each in desk.workspace.activities.list(available="false")]

    assert names == ["Offline", "Unavailable"]
    assert len(desk.workspace.activities.list(friendly_name="Offline")) == 1


@pytest.mark.reference("14.19")
@pytest.mark.parametrize("user", ["default", "timeout", "worker", "queue"])
def test_activity_in_use_stays(single: Desk, user: str) -> None:
    """A default of the workspace, one that a Worker is in, one that a queue names."""
    sid = single.workspace.activities.create(friendly_name="Lunch").sid
    match user:
        case "worker":
            single.worker("Alice", activity="Lunch")
        case "queue":
            single.queue(reservation_activity_sid=sid)
        case _:
            single.workspace.update(**{f"{user}_activity_sid": sid})

    assert refusal(single.workspace.activities(sid).delete)[:2] == (400, 20001)


@pytest.mark.reference("1.8h")
@pytest.mark.parametrize(("name", "fits"), [("mail_2$", True), ("_x", True), ("e-mail", True), ("2mail", False)])
def test_unique_names_have_few_characters(desk: Desk, name: str, fits: bool) -> None:
    """Letters, digits, ``_``, ``$`` and ``-``, no digit first."""
    create = desk.workspace.task_channels.create

    if fits:
        assert create(friendly_name="Mail", unique_name=name).unique_name == name
    else:
        assert refusal(create, friendly_name="Mail", unique_name=name)[:2] == (400, 20001)


# -- TaskQueues --------------------------------------------------------------------------------


@pytest.mark.reference("1.8i", "10a")
def test_queue_names_are_unique(desk: Desk) -> None:
    """A duplicate is refused in Twilio's words."""
    desk.queue("Care")
    workspace = desk.workspace.fetch()

    status, code, message = refusal(desk.queue, "Care")
    assert (status, code) == (400, 20001)
    assert message.endswith(
        f"Queue named Care already exists for workspace {workspace.sid} for account {workspace.account_sid}"
    )


@pytest.mark.reference("1.8j", "5.4a")
def test_empty_target_workers_match_nobody(desk: Desk) -> None:
    """Tasks wait there until they are moved."""
    desk.workflow(default=desk.queue(target_workers=""))
    desk.worker("Alice")
    task = desk.task()

    assert task.fetch().assignment_status == "pending"
    assert desk.workspace.task_queues.list()[0].target_workers == ""


@pytest.mark.reference("1.8k")
def test_queues_are_found_by_who_would_be_in_them(desk: Desk) -> None:
    """By a Worker's SID, and by attributes as JSON."""
    desk.queue("Tech", "tech_support_skill > 5")
    desk.queue("Care", "tech_support_skill < 3")
    worker = desk.worker("Alice", {"tech_support_skill": "6"})
    queues = desk.workspace.task_queues
    by_attributes = queues.list(evaluate_worker_attributes='{"tech_support_skill": "6"}')

    assert [each.friendly_name for each in queues.list(worker_sid=worker.sid)] == ["Tech"]
    assert [each.friendly_name for each in by_attributes] == ["Tech"]


@pytest.mark.reference("1.8l")
def test_queue_links_are_null_where_nothing_is_set(desk: Desk) -> None:
    """Eight links, two of them to Activities."""
    desk.queue()
    links = desk.workspace.task_queues.list()[0].links

    assert links.keys() == {
        "workspace", "statistics", "real_time_statistics", "cumulative_statistics", "list_statistics",
        "bulk_real_time_statistics", "reservation_activity", "assignment_activity",
    }  # fmt: skip
    assert links["reservation_activity"] is links["assignment_activity"] is None


@pytest.mark.reference("1.8m")
def test_queue_in_use_stays(desk: Desk) -> None:
    """While a Workflow leads there, and while a Task waits there."""
    led_to, waited_in = desk.queue("Led to"), desk.queue("Waited in")
    desk.workflow(default=led_to)
    desk.task(routing_target=waited_in)

    for sid in (led_to, waited_in):
        assert refusal(desk.workspace.task_queues(sid).delete)[:2] == (400, 20001)


@pytest.mark.reference("1.8n")
def test_new_expression_starts_worker_statistics_anew(desk: Desk) -> None:
    """Reservations are counted afresh, Tasks are not."""
    queue = desk.queue()
    desk.workflow(default=queue)
    desk.worker("Alice")
    desk.answer(desk.task(), "accepted")
    desk.advance(1)
    desk.workspace.task_queues(queue).update(target_workers="level > 1")
    figures = desk.workspace.task_queues(queue).cumulative_statistics().fetch()

    assert (figures.reservations_created, figures.tasks_entered) == (0, 1)


# -- Workers -----------------------------------------------------------------------------------


@pytest.mark.reference("1.8o")
def test_worker_names_are_unique_ignoring_case(desk: Desk) -> None:
    """At creation and at renaming."""
    desk.worker("Alice")
    bob = desk.worker("Bob")

    for call in (lambda: desk.worker("ALICE"), lambda: bob.update(friendly_name="alice")):
        status, code, message = refusal(call)
        assert (status, code) == (400, 20001)
        assert "Worker with the same friendly name already exists" in message


@pytest.mark.reference("1.8p", "10f")
@pytest.mark.parametrize("activity", ["Available", None])
def test_reservations_are_rejected_only_on_leaving(desk: Desk, activity: str | None) -> None:
    """``RejectPendingReservations`` needs an unavailable Activity."""
    given = {} if activity is None else {"activity_sid": desk.activity(activity)}

    status, _, message = refusal(desk.worker("Alice").update, reject_pending_reservations=True, **given)
    assert status == 400
    assert "Unable to reject pending reservations when updating to an Available activity state." in message


@pytest.mark.reference("1.8q")
@pytest.mark.parametrize(
    "filters",
    [
        {"activity_name": "Available"},
        {"available": "true"},
        {"friendly_name": "Alice"},
        {"target_workers_expression": "level > 1"},
        {"target_workers_expression": "friendly_name == 'Alice'"},
        {"target_workers_expression": "activity_name == 'Available' AND level == 2"},
        {"target_workers_expression": "sid IN ['{alice}']"},
        {"target_workers_expression": "activity_sid == '{available}'"},
        {"task_queue_name": "Experts"},
    ],
    ids=str,
)
def test_workers_can_be_found(desk: Desk, filters: dict[str, str]) -> None:
    """By Activity, queue, name, or an expression over attributes and four fields of the Worker."""
    desk.queue("Experts", "level > 1")
    alice = desk.worker("Alice", {"level": 2})
    desk.worker("Bob", {"level": 1}, activity="Offline")
    names = {"alice": alice.sid, "available": desk.activity("Available")}

    found = desk.workspace.workers.list(**{key: value.format(**names) for key, value in filters.items()})
    assert [each.friendly_name for each in found] == ["Alice"]


@pytest.mark.reference("1.8r")
def test_worker_links_as_recorded(desk: Desk) -> None:
    """Channels twice; three statistics are those of all Workers, one is this Worker's own."""
    worker = desk.worker("Alice").fetch()
    everybody = worker.url.removesuffix(f"/{worker.sid}")

    assert worker.links["channels"] == worker.links["worker_channels"] == f"{worker.url}/Channels"
    assert worker.links["worker_statistics"] == f"{worker.url}/Statistics"
    assert worker.links["real_time_statistics"] == f"{everybody}/RealTimeStatistics"
    assert worker.links.keys() >= {"workspace", "activity", "reservations", "statistics", "cumulative_statistics"}


@pytest.mark.reference("1.8s")
def test_date_status_changed_follows_the_activity(desk: Desk) -> None:
    """Other changes leave it alone; lists can be ordered by it."""
    alice, bob = desk.worker("Alice"), desk.worker("Bob")
    desk.advance(10)
    desk.move(alice, "Offline")
    desk.advance(10)
    alice.update(attributes='{"level":1}')
    newest = desk.workspace.workers.list(ordering="DateStatusChanged:desc")

    moved = datetime.fromtimestamp(LESSON_START / 1000, UTC) + timedelta(seconds=10)
    assert alice.fetch().date_status_changed == moved
    assert [each.sid for each in newest] == [alice.sid, bob.sid]


@pytest.mark.reference("14.19")
def test_deleted_worker_leaves_tasks_behind(desk: Desk) -> None:
    """Pending Reservations are canceled, accepted ones stay."""
    desk.workflow(default=desk.queue())
    worker = desk.worker("Alice", default=2)
    taken, offered = desk.task(), desk.task()
    desk.answer(taken, "accepted")
    worker.delete()

    assert (taken.fetch().assignment_status, offered.fetch().assignment_status) == ("assigned", "pending")
    assert [each.reservation_status for each in offered.reservations.list()] == ["canceled"]


# -- Workflows ---------------------------------------------------------------------------------


@pytest.mark.reference("1.8t")
def test_workflow_links_to_all_three_statistics(desk: Desk) -> None:
    """And to the workspace."""
    desk.workflow(default=desk.queue())
    links = desk.workspace.workflows.list()[0].links

    assert links.keys() == {"workspace", "statistics", "real_time_statistics", "cumulative_statistics"}


@pytest.mark.reference("11e")
@pytest.mark.parametrize(("seconds", "fits"), [(1, True), (86_400, True), (0, False), (86_401, False)])
def test_reservation_timeout_has_limits(desk: Desk, seconds: int, fits: bool) -> None:
    """From 1 to 86,400 seconds."""
    queue = desk.queue()

    if fits:
        desk.workflow(default=queue, task_reservation_timeout=seconds)
    else:
        assert refusal(desk.workflow, default=queue, task_reservation_timeout=seconds)[:2] == (400, 20001)


@pytest.mark.reference("14.19")
def test_workflow_with_tasks_stays(desk: Desk) -> None:
    """Until they have ended."""
    workflow = desk.workflow(default=desk.queue())
    task = desk.task()

    assert refusal(desk.workspace.workflows(workflow).delete)[:2] == (400, 20001)
    task.update(assignment_status="canceled")
    assert desk.workspace.workflows(workflow).delete()


# -- Tasks -------------------------------------------------------------------------------------


@pytest.mark.reference("1.8v", "10a")
def test_workflow_may_be_left_out_where_there_is_one(desk: Desk) -> None:
    """With several, or with none, it is required."""
    assert "WorkflowSid field is required" in refusal(desk.task)[2]
    only = desk.workflow(default=desk.queue())
    assert desk.task().fetch().workflow_sid == only
    desk.workflow(default=only and desk.queue("Other"))
    assert "WorkflowSid field is required" in refusal(desk.task)[2]


@pytest.mark.reference("1.8w")
@pytest.mark.parametrize(
    ("parameter", "least", "most"),
    [("timeout", 1, 1_209_600), ("priority", 0, 2_147_483_647)],
)
def test_numbers_of_a_task_have_limits(desk: Desk, parameter: str, least: int, most: int) -> None:
    """Timeout and priority."""
    desk.workflow(default=desk.queue())

    for value in (least, most):
        assert getattr(desk.task(**{parameter: value}).fetch(), parameter) == value
    for value in (least - 1, most + 1):
        assert refusal(desk.task, **{parameter: value})[:2] == (400, 20001)


@pytest.mark.reference("1.8x")
def test_virtual_start_lies_in_the_past_but_not_too_far(desk: Desk) -> None:
    """Not in the future, not before 1900."""
    desk.workflow(default=desk.queue())
    now = datetime.fromtimestamp(LESSON_START / 1000, UTC)

    assert "future" in refusal(desk.task, virtual_start_time=now + timedelta(seconds=1))[2]
    assert refusal(desk.task, virtual_start_time=datetime(1899, 12, 31, tzinfo=UTC))[0] == 400
    early = now - timedelta(hours=1)
    assert desk.task(virtual_start_time=early).fetch().virtual_start_time == early


@pytest.mark.reference("1.8y")
@pytest.mark.parametrize("status", ["wrapping", "completed"])
def test_status_and_attributes_take_two_requests(desk: Desk, status: str) -> None:
    """Together they are refused, and neither is changed."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    task = desk.task({"a": 1})
    desk.answer(task, "accepted")

    assert refusal(task.update, assignment_status=status, attributes='{"a":2}')[:2] == (400, 20001)
    assert (task.fetch().assignment_status, task.fetch().attributes) == ("assigned", '{"a":1}')


@pytest.mark.reference("1.8z")
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"priority": 7}, "b"),
        ({"assignment_status": ["pending"]}, "ab"),
        ({"assignment_status": ["pending,canceled"]}, "abc"),
        ({"assignment_status": ["canceled", "reserved"]}, "c"),
        ({"workflow_name": "Requests"}, "abc"),
        ({"task_queue_name": "Everybody"}, "abc"),
        ({"task_queue_name": "Every"}, ""),
        ({"evaluate_task_attributes": '(language == "en" OR language == "fr") AND skill_rating >= 5.1'}, "a"),
        ({"has_addons": "true"}, ""),
        ({"ordering": "Priority:desc"}, "bac"),
        ({"ordering": "VirtualStartTime:asc"}, "cab"),
        ({"ordering": "Priority:asc,DateCreated:desc"}, "cab"),
    ],
    ids=str,
)
def test_tasks_are_found_and_ordered(desk: Desk, filters: dict[str, Any], found: str) -> None:
    """Several statuses as a list or with commas; attributes by an expression."""
    desk.workflow(default=desk.queue())
    early = datetime.fromtimestamp(LESSON_START / 1000, UTC) - timedelta(hours=1)
    desk.task({"name": "a", "language": "fr", "skill_rating": 5.5})
    desk.advance(1)
    desk.task({"name": "b", "language": "en", "skill_rating": 5}, priority=7)
    desk.advance(1)
    desk.task({"name": "c"}, virtual_start_time=early).update(assignment_status="canceled")

    tasks = desk.workspace.tasks.list(**filters)
    assert "".join(json.loads(each.attributes)["name"] for each in tasks) == found


@pytest.mark.reference("1.8z")
def test_two_dates_cannot_order_together(desk: Desk) -> None:
    """``DateCreated`` and ``VirtualStartTime`` exclude each other."""
    with pytest.raises(TwilioException, match="cannot combine"):
        desk.workspace.tasks.page(ordering="DateCreated:asc,VirtualStartTime:asc")


# -- Reservations ------------------------------------------------------------------------------


@pytest.mark.reference("1.8ab", "1.8ad", "3.2n")
def test_reservation_url_follows_the_path(desk: Desk) -> None:
    """By the Task or by the Worker; an instruction needs no status, and either path will do."""
    desk.workflow(default=desk.queue())
    worker, task = desk.worker("Alice"), desk.task()
    (by_task,), (by_worker,) = task.reservations.list(), worker.reservations.list()

    assert f"/Tasks/{task.sid}/" in by_task.url
    assert f"/Workers/{worker.sid}/" in by_worker.url
    assert by_task.links.keys() == {"task", "worker", "workspace"}
    assert by_worker.update(instruction="accept").reservation_status == "accepted"


@pytest.mark.reference("1.8ac")
def test_worker_activity_goes_with_a_reject_only(desk: Desk) -> None:
    """``WorkerActivitySid`` with an accept is refused."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    task = desk.task()

    given = {"worker_activity_sid": desk.activity("Offline")}
    assert refusal(desk.answer, task, "accepted", **given)[:2] == (400, 20001)


@pytest.mark.reference("1.8ae")
@pytest.mark.parametrize("path", ["task", "worker"])
def test_reservations_filter_by_status(desk: Desk, path: str) -> None:
    """On both paths; below a Task also by Worker."""
    desk.workflow(default=desk.queue())
    worker, task = desk.worker("Alice"), desk.task()
    parent = task if path == "task" else worker

    assert len(parent.reservations.list(reservation_status="pending")) == 1
    assert parent.reservations.list(reservation_status="accepted") == []
    assert task.reservations.list(worker_sid=NOBODY) == []


# -- Events ------------------------------------------------------------------------------------


@pytest.mark.reference("1.8af", "8.4d")
@pytest.mark.parametrize("name", ["task", "worker", "reservation", "task_queue", "workflow"])
def test_events_filter_by_what_they_are_about(desk: Desk, name: str) -> None:
    """A SID finds the events that carry it."""
    sids = {"task_queue": desk.queue()}
    sids["workflow"] = desk.workflow(default=sids["task_queue"])
    sids["worker"] = desk.worker("Alice").sid
    task = desk.task()
    sids |= {"task": task.sid, "reservation": task.reservations.list()[0].sid}
    desk.task()
    found = desk.events(**{f"{name}_sid": sids[name]})

    assert found
    assert {each.event_data[f"{name}_sid"] for each in found} == {sids[name]}
