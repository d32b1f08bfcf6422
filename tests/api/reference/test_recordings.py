"""What recordings and programs of 2016 to 2026 show, where the documentation says less, or otherwise."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from helpers.emulator.clock import LESSON_START
from tests.worlds.application import EVENTS_URL, Application
from tests.worlds.desk import Desk, filter_

UNKNOWN = {prefix: prefix + "0" * 31 + "9" for prefix in ("WA", "WK", "WQ", "WR", "WT", "WW")}


def refused(call: Any, *args: Any, **given: Any) -> tuple[int, int, str]:
    """Status, code and message of a call that must fail."""
    with pytest.raises(TwilioRestException) as caught:
        call(*args, **given)
    return caught.value.status, caught.value.code, caught.value.msg.partition(": ")[2]


def callbacks(application: Application, event_type: str) -> list[dict[str, str]]:
    """Forms of the event callbacks of one type."""
    return [form for form in application.forms(EVENTS_URL) if form["EventType"] == event_type]


# -- texts -------------------------------------------------------------------------------------


@pytest.mark.reference("10c")
@pytest.mark.parametrize(
    "path",
    ["Tasks/{WT}", "Workers/{WK}/Reservations/{WR}", "Workers/{WK}/Channels/voice", "TaskChannels/fax", "Nothing/here"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_not_found_names_the_path_without_the_version(desk: Desk, method: str, path: str) -> None:
    """Whatever is missing, and whichever way it was asked for."""
    url = f"{desk.workspace.fetch().url}/{path.format(**UNKNOWN)}"
    auth = desk.client.auth
    answer = desk.http.request(method, url, auth=auth)

    if answer.status_code != 405:
        below = url.partition("/v1")[2]
        assert json.loads(answer.text)["message"] == f"The requested resource {below} was not found"
        assert answer.status_code == 404


@pytest.mark.reference("3.1m")
@pytest.mark.parametrize(
    ("accepted", "status", "text"),
    [
        (False, "completed", "Cannot complete {} because it is not currently assigned."),
        (False, "wrapping", "Cannot wrap up a {} because it's not currently assigned"),
        (True, "canceled", "Cannot cancel {} because it is not pending or reserved."),
    ],
)
def test_refused_statuses_end_where_twilios_words_end(desk: Desk, accepted: bool, status: str, text: str) -> None:
    """Nothing of ours follows."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    task = desk.task()
    if accepted:
        desk.answer(task, "accepted")
    sid, workspace, account = task.sid, desk.workspace.fetch().sid, desk.client.account_sid

    refusal = refused(task.update, assignment_status=status, reason="resolved")

    assert refusal == (400, 20001, text.format(f"task {sid} in workspace {workspace} for account {account}"))


@pytest.mark.reference("3.2k", "14.12", "14.13")
@pytest.mark.parametrize("again", ["accepted", "rejected"])
@pytest.mark.parametrize(("ended", "status"), [("accepted", 400), ("rejected", 400), ("rescinded", 410)])
def test_answered_reservation_is_refused_in_one_sentence(desk: Desk, ended: str, status: int, again: str) -> None:
    """The same for each way in which it ended; a rescinded one answers 410."""
    desk.workflow(default=desk.queue(max_reserved_workers=2))
    desk.worker("Alice")
    desk.worker("Bob")
    first, second = desk.task().reservations.list()
    first.update(reservation_status="accepted" if ended == "rescinded" else ended)
    over = second if ended == "rescinded" else first

    text = f"Reservation {over.sid} is not currently in a Pending state."
    assert refused(over.update, reservation_status=again) == (status, 20001, text)


@pytest.mark.reference("10e")
def test_other_version_is_refused_in_two_words(desk: Desk) -> None:
    """What the versions are is no part of them."""
    assert refused(desk.worker("Alice").update, attributes="{}", if_match="5") == (412, 20412, "Precondition Failed")


# -- events ------------------------------------------------------------------------------------


@pytest.mark.reference("8.2j", "8.2d")
def test_queue_events_name_the_sid_and_the_expression(told: Desk, application: Application) -> None:
    """Their resource type is one word."""
    sid = told.queue("Billing", "1==1")
    told.workspace.task_queues(sid).update(target_workers="routing.skills HAS 'billing'")
    told.workspace.task_queues(sid).delete()
    wanted = {
        "task-queue.created": f"TaskQueue {sid} created",
        "task-queue.expression.updated": f"TaskQueue {sid} expression updated to 'routing.skills HAS 'billing''",
        "task-queue.deleted": f"TaskQueue {sid} deleted",
    }

    for event_type, description in wanted.items():
        (form,) = callbacks(application, event_type)
        assert (form["EventDescription"], form["ResourceType"], form["ResourceSid"]) == (description, "taskqueue", sid)
        (event,) = told.events(event_type=event_type)
        assert (event.description, event.resource_type) == (description, "taskqueue")
        assert event.resource_url == f"{told.workspace.fetch().url}/TaskQueues/{sid}"
    assert callbacks(application, "task-queue.expression.updated")[0]["TaskQueueName"] == "Billing"


@pytest.mark.reference("8.2j")
def test_new_attributes_stand_in_the_description(told: Desk, application: Application) -> None:
    """With their slashes escaped, as in the field beside it."""
    told.worker("Alice").update(attributes='{"image": "https://example.com/a"}')
    (form,) = callbacks(application, "worker.attributes.update")

    assert form["WorkerAttributes"] == r'{"image":"https:\/\/example.com\/a"}'
    assert form["EventDescription"] == f"Worker Alice updated attributes to {form['WorkerAttributes']}"


@pytest.mark.reference("8.2c")
def test_new_worker_names_their_activity(told: Desk, application: Application) -> None:
    """And is at version 0."""
    told.worker("Alice", activity="Unavailable")
    (form,) = callbacks(application, "worker.created")

    assert (form["WorkerActivityName"], form["WorkerVersion"]) == ("Unavailable", "0")
    assert form["WorkerActivitySid"] == told.activity("Unavailable")


@pytest.mark.reference("8.2r")
def test_dates_inside_events_are_seconds(told: Desk, application: Application) -> None:
    """Wherever a Task is told of; only TimestampMs and event_date_ms are milliseconds."""
    told.workflow(default=told.queue())
    told.worker("Alice")
    start = datetime(1969, 12, 31, 23, 59, tzinfo=UTC)
    told.task(virtual_start_time=start)
    created = str(LESSON_START // 1000)

    for event_type in ("task.created", "reservation.created"):
        (form,) = callbacks(application, event_type)
        assert (form["TaskDateCreated"], form["TaskQueueEnteredDate"]) == (created, created)
        assert form["TaskVirtualStartTime"] == "-60"
        assert (form["Timestamp"], form["TimestampMs"]) == (created, f"{created}000")
        (event,) = told.events(event_type=event_type)
        assert event.event_data["task_date_created"] == created
        assert event.event_date_ms == LESSON_START


@pytest.mark.reference("8.2f")
@pytest.mark.parametrize(("given", "told_as"), [(None, "false"), (True, "true")])
def test_events_say_whether_capacity_counts(told: Desk, application: Application, given: Any, told_as: str) -> None:
    """A receiver in production takes no event without it."""
    alice = told.worker("Alice")
    told.workflow(default=told.queue())
    told.task(**({"routing_target": alice.sid, "ignore_capacity": given} if given else {}))

    assert callbacks(application, "reservation.created")[0]["TaskIgnoreCapacity"] == told_as


@pytest.mark.reference("8.4g")
def test_event_data_name_the_workspace(desk: Desk) -> None:
    """As it was called then."""
    desk.queue()
    desk.workspace.update(friendly_name="Renamed")
    (queue,) = desk.events(event_type="task-queue.created")
    (updated,) = desk.events(event_type="workspace.updated")

    assert queue.event_data["workspace_sid"] == updated.event_data["workspace_sid"] == desk.workspace.fetch().sid
    assert (queue.event_data["workspace_name"], updated.event_data["workspace_name"]) == ("Care Desk", "Renamed")


# -- resources ---------------------------------------------------------------------------------


@pytest.mark.reference("1.8ak")
def test_document_content_type_is_null(desk: Desk) -> None:
    """Created, listed, updated."""
    sid = desk.workflow(default=desk.queue())
    desk.workspace.workflows(sid).update(friendly_name="Other")

    assert desk.workspace.workflows(sid).fetch().document_content_type is None
    assert [each.document_content_type for each in desk.workspace.workflows.list()] == [None]


@pytest.mark.reference("1.8h")
def test_channel_with_a_hyphen_serves(desk: Desk) -> None:
    """By its name in each place that takes one; only expressions cannot name it."""
    desk.workspace.task_channels.create(friendly_name="Voice in", unique_name="voice-inbound")
    desk.workflow(default=desk.queue())
    alice = desk.worker("Alice", **{"voice-inbound": 2})
    task = desk.task(task_channel="voice-inbound")
    statistics = desk.workspace.statistics()

    assert desk.workspace.task_channels("voice-inbound").fetch().friendly_name == "Voice in"
    assert task.fetch().task_channel_unique_name == "voice-inbound"
    assert alice.worker_channels("voice-inbound").fetch().available_capacity_percentage == 50
    assert statistics.fetch(task_channel="voice-inbound").realtime["total_tasks"] == 1
    assert statistics.fetch(task_channel="voice").realtime["total_tasks"] == 0
    assert {each.event_type for each in desk.events(task_channel="voice-inbound")} >= {"task.created"}
    assert refused(
        desk.workflow, filter_("1==1", {"queue": desk.queue("Q"), "expression": "worker.channel.voice-inbound.x == 1"})
    )[:2] == (400, 20001)


@pytest.mark.reference("1.8h")
@pytest.mark.parametrize("name", ["1voice", "-voice", "voice inbound", "voice.in", "", "vöice"])
def test_other_channel_names_are_refused(desk: Desk, name: str) -> None:
    """They may neither begin with a digit nor hold anything else."""
    create = desk.workspace.task_channels.create

    assert refused(create, friendly_name="Voice", unique_name=name)[:2] == (400, 20001)


@pytest.mark.reference("2.1g")
def test_empty_template_leaves_activities_to_its_maker() -> None:
    """Names of one's own are free; the first of them becomes default and timeout Activity, until others are named."""
    desk = Desk(template="EMPTY", multi_task_enabled=False)
    assert desk.workspace.activities.list() == []
    assert refused(desk.workspace.workers.create, friendly_name="Early")[:2] == (400, 20001)

    for name in ("Offline", "Idle", "Busy", "Reserved"):
        desk.workspace.activities.create(friendly_name=name, available=name == "Idle")

    workspace = desk.workspace.fetch()
    assert (workspace.default_activity_name, workspace.timeout_activity_name) == ("Offline", "Offline")
    assert desk.workspace.workers.create(friendly_name="Alice").activity_name == "Offline"
    assert [each.friendly_name for each in desk.workspace.activities.list()] == ["Offline", "Idle", "Busy", "Reserved"]
    assert len(desk.workspace.task_channels.list()) == 5
    assert refused(desk.workspace.activities.create, friendly_name="Offline")[0] == 400
    desk.workspace.update(default_activity_sid=desk.activity("Idle"))
    assert desk.workspace.fetch().default_activity_name == "Idle"


@pytest.mark.reference("9.3f", "14.17")
def test_statistics_count_six_statuses_everywhere(desk: Desk) -> None:
    """In a Workspace, in a Workflow and in a queue, combined and in real time."""
    queue = desk.queue()
    workflow = desk.workflow(default=queue)
    desk.task()
    counts = dict.fromkeys(("reserved", "pending", "assigned", "wrapping", "completed", "canceled"), 0) | {"pending": 1}

    for place in (desk.workspace, desk.workspace.workflows(workflow), desk.workspace.task_queues(queue)):
        assert place.statistics().fetch().realtime["tasks_by_status"] == counts
        assert place.real_time_statistics().fetch().tasks_by_status == counts


@pytest.mark.reference("1.8al")
def test_cleared_filter_is_an_empty_text(desk: Desk) -> None:
    """Before it was ever set it is null."""
    assert desk.workspace.fetch().events_filter is None

    desk.workspace.update(events_filter="task.created")
    desk.workspace.update(events_filter="")

    assert desk.workspace.fetch().events_filter == ""
