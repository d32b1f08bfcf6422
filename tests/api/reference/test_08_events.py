"""Reference 8: event callbacks, what each type says, in which order, and the Event resource."""

from __future__ import annotations

import re
from typing import Any

import pytest

from helpers.emulator.clock import LESSON_START
from tests.worlds.application import EVENTS_URL, Application
from tests.worlds.desk import Desk, filter_

COMMON = {
    "Sid", "EventType", "AccountSid", "WorkspaceSid", "WorkspaceName", "EventDescription", "ResourceType",
    "ResourceSid", "Timestamp", "TimestampMs",
}  # fmt: skip
TASK = {
    "TaskSid", "TaskAttributes", "TaskAge", "TaskPriority", "TaskAssignmentStatus", "TaskChannelSid",
    "TaskChannelUniqueName", "TaskQueueSid", "TaskQueueName", "TaskQueueTargetExpression", "WorkflowSid",
    "WorkflowName",
}  # fmt: skip
NEWER = {"TaskVersion", "TaskDateCreated", "TaskQueueEnteredDate", "TaskVirtualStartTime", "TaskIgnoreCapacity"}
WORKER = {"WorkerSid", "WorkerName", "WorkerAttributes", "WorkerActivitySid", "WorkerActivityName"}
QUEUE = {"TaskQueueSid", "TaskQueueName", "TaskQueueTargetExpression"}
CHANNEL = {
    "WorkerChannelAvailable", "WorkerChannelAvailableCapacity", "WorkerChannelPreviousCapacity",
    "WorkerChannelTaskCount", "TaskChannelSid", "TaskChannelUniqueName",
}  # fmt: skip
FIELDS: dict[str, set[str]] = {
    "activity.created": {"ActivitySid", "ActivityName", "ActivityAvailable"},
    "task-channel.created": {
        "TaskChannelSid", "TaskChannelName", "TaskChannelUniqueName", "TaskChannelOptimizedRouting",
    },
    "task-queue.created": QUEUE,
    "task-queue.expression.updated": {"TaskQueueSid", "TaskQueueTargetExpression"},
    "task-queue.deleted": QUEUE,
    "workflow.created": {"WorkflowSid", "WorkflowName"},
    "worker.created": WORKER | {"WorkerVersion"},
    "worker.deleted": WORKER,
    "worker.activity.update": WORKER | {
        "WorkerPreviousActivitySid", "WorkerPreviousActivityName", "WorkerTimeInPreviousActivity",
        "WorkerTimeInPreviousActivityMs",
    },
    "worker.attributes.update": WORKER,
    "worker.capacity.update": WORKER | CHANNEL,
    "worker.channel.availability.update": WORKER | CHANNEL,
    "workflow.target-matched": TASK | {"WorkflowFilterName", "WorkflowFilterExpression"},
    "workflow.entered": TASK | NEWER,
    "task-queue.entered": TASK | NEWER,
    "task-queue.timeout": TASK,
    "task-queue.moved": TASK | {"PreviousTaskQueueSid", "PreviousTaskQueueName", "PreviousTaskPriority"},
    "workflow.timeout": TASK,
    "task.created": TASK | NEWER,
    "task.updated": TASK,
    "task.canceled": TASK | {"TaskCanceledReason", "Reason"},
    "task.wrapup": TASK,
    "task.completed": TASK | WORKER | {"TaskCompletedReason", "Reason"},
    "task.deleted": TASK,
    "reservation.created": TASK | WORKER | NEWER | {"ReservationSid", "ReservationVersion", "WorkerVersion"},
    "reservation.accepted": TASK | WORKER | {"ReservationSid"},
    "reservation.wrapup": TASK | WORKER | {"ReservationSid"},
    "reservation.completed": TASK | WORKER | {"ReservationSid"},
}  # fmt: skip
DESCRIPTIONS = {
    "worker.created": "Worker Alice created",
    "worker.deleted": "Worker Alice deleted",
    "worker.activity.update": "Worker Alice updated to Offline Activity",
    "workflow.target-matched": "Task {task} matched a workflow target",
    "workflow.entered": "Task {task} entered Workflow Requests",
    "task-queue.entered": "Task {task} entered TaskQueue Everybody",
    "task.created": "Task {task} created",
    "task.updated": "Task {task} updated",
    "task.completed": "Task {task} completed",
    "reservation.created": "Reservation {reservation} created",
    "reservation.accepted": "Reservation {reservation} accepted",
}


@pytest.fixture(scope="module")
def story() -> dict[str, dict[str, str]]:
    """The first callback of each type, from a desk where everything happens."""
    application = Application()
    desk = Desk(application, event_callback_url=EVENTS_URL)
    queue, other = desk.queue(), desk.queue("Other", "1==2")
    workflow = desk.workflow(
        filter_("lang=='es'", {"queue": queue}, filter_friendly_name="Spanish"),
        filter_("1==1", {"queue": queue, "timeout": 10}, {"queue": other, "timeout": 10}),
    )
    alice = desk.worker("Alice")
    task = desk.task({"lang": "es"})
    desk.answer(task, "accepted")
    task.update(assignment_status="wrapping")
    task.update(assignment_status="completed", reason="solved")
    desk.advance(26)
    desk.move(alice, "Offline")
    desk.task()
    desk.advance(20)
    alice.update(attributes='{"level":1}')
    alice.worker_channels("chat").update(capacity=3, available=False)
    desk.task({"lang": "es"}).delete()
    desk.workspace.task_channels.create(friendly_name="Mail", unique_name="mail")
    desk.workspace.activities.create(friendly_name="Lunch")
    alice.delete()
    spare = desk.queue("Spare")
    desk.workspace.task_queues(spare).update(target_workers="1==3")
    desk.workspace.task_queues(spare).delete()
    assert workflow
    found: dict[str, dict[str, str]] = {}
    for form in application.forms(EVENTS_URL):
        found.setdefault(form["EventType"], form)
    return found


@pytest.mark.reference("8.1a", "8.2a", "8.2b", "8.2c", "8.2d", "8.2e", "8.2f", "8.2g", "8.2h", "8.2i")
@pytest.mark.parametrize("event_type", FIELDS)
def test_callback_carries_the_fields_of_its_type(story: dict[str, dict[str, str]], event_type: str) -> None:
    """Those of every event, and those of its group; captured ones are there to the last."""
    form = story[event_type]

    assert form.keys() >= COMMON | FIELDS[event_type]
    assert form["ResourceType"] == form["ResourceType"].lower()


@pytest.mark.reference("8.2j")
@pytest.mark.parametrize("event_type", DESCRIPTIONS)
def test_descriptions_are_worded_as_captured(story: dict[str, dict[str, str]], event_type: str) -> None:
    """With the name or SID of what it is about."""
    form = story[event_type]
    names = {"task": form.get("TaskSid"), "reservation": form.get("ReservationSid")}

    assert form["EventDescription"] == DESCRIPTIONS[event_type].format(**names)


@pytest.mark.reference("8.2k")
def test_activity_change_tells_the_time_before(story: dict[str, dict[str, str]]) -> None:
    """In whole seconds and in milliseconds."""
    form = story["worker.activity.update"]

    assert (form["WorkerTimeInPreviousActivity"], form["WorkerTimeInPreviousActivityMs"]) == ("26", "26000")
    assert (form["WorkerPreviousActivityName"], form["WorkerActivityName"]) == ("Available", "Offline")


@pytest.mark.reference("8.2l")
def test_target_matched_names_the_filter(story: dict[str, dict[str, str]]) -> None:
    """Its expression stands in a JSON array."""
    form = story["workflow.target-matched"]

    assert (form["WorkflowFilterName"], form["WorkflowFilterExpression"]) == ("Spanish", "[\"lang=='es'\"]")


@pytest.mark.reference("8.2m", "8.1c")
@pytest.mark.parametrize(
    ("event_type", "kind"),
    [
        ("task-queue.entered", "task"),
        ("workflow.entered", "task"),
        ("workflow.timeout", "task"),
        ("task.created", "task"),
        ("reservation.created", "reservation"),
        ("worker.created", "worker"),
    ],
)
def test_resource_is_what_the_event_is_about(story: dict[str, dict[str, str]], event_type: str, kind: str) -> None:
    """For a Task's ways through queues and Workflows it is the Task."""
    form = story[event_type]

    assert (form["ResourceType"], form["ResourceSid"]) == (kind, form[f"{kind.capitalize()}Sid"])


@pytest.mark.reference("8.2n")
@pytest.mark.parametrize(
    ("event_type", "status"),
    [
        ("task.created", "pending"),
        ("task-queue.entered", "pending"),
        ("reservation.created", "reserved"),
        ("reservation.accepted", "assigned"),
    ],
)
def test_status_inside_is_that_of_the_moment(story: dict[str, dict[str, str]], event_type: str, status: str) -> None:
    """And a new Task carries its queue already."""
    assert story[event_type]["TaskAssignmentStatus"] == status
    assert story[event_type]["TaskQueueName"] == "Everybody"


@pytest.mark.reference("8.2o")
def test_end_of_the_workflow_says_why(story: dict[str, dict[str, str]]) -> None:
    """In two fields."""
    form = story["task.canceled"]

    assert form["TaskCanceledReason"] == form["Reason"] == "Task canceled on Workflow timeout"


# -- which, and to whom ------------------------------------------------------------------------


@pytest.mark.reference("8.1d")
@pytest.mark.parametrize(
    ("events_filter", "expected"),
    [
        ("task.created, task.canceled", {"task.created", "task.canceled"}),
        ("task.created", {"task.created"}),
        ("", None),
    ],
)
def test_filter_chooses_the_types(application: Application, events_filter: str, expected: set[str] | None) -> None:
    """Spaces after commas do not matter; an empty filter lets all through."""
    desk = Desk(application, event_callback_url=EVENTS_URL, events_filter=events_filter)
    desk.workflow(default=desk.queue())
    desk.task().update(assignment_status="canceled")
    told = [form["EventType"] for form in application.forms(EVENTS_URL)]

    assert set(told) == expected if expected else len(told) == len(desk.events())


@pytest.mark.reference("8.1e", "14.14")
def test_failed_event_callback_is_logged_and_let_go(application: Application) -> None:
    """One try, with 15 seconds; the next events go out all the same."""
    application.replies[EVENTS_URL] = 500
    desk = Desk(application, event_callback_url=EVENTS_URL)
    before = len(application.received)
    desk.queue()
    entry = desk.emulator.store.deliveries(None)[-1]

    assert len(application.received) == before + 1
    assert application.received[-1].limit_seconds == 15.0
    assert (entry.delivered, entry.code) == (False, 11200)


@pytest.mark.reference("8.1f")
def test_events_are_signed_and_come_in_order(told: Desk, application: Application) -> None:
    """Callbacks and the list tell the same story."""
    told.workflow(default=told.queue())
    told.worker("Alice")
    told.answer(told.task(), "accepted")

    assert [form["Sid"] for form in application.forms(EVENTS_URL)] == [each.sid for each in told.events()][
        -len(application.received) :
    ]
    assert all("X-Twilio-Signature" in each.headers for each in application.received)


# -- order -------------------------------------------------------------------------------------


@pytest.mark.reference("8.3a")
def test_new_task_is_told_of_in_four_events(desk: Desk) -> None:
    """In the captured order."""
    desk.workflow(filter_("1==1", {"queue": desk.queue()}))

    assert desk.happened(desk.task()) == [
        "workflow.target-matched", "task.created", "task-queue.entered", "workflow.entered",
    ]  # fmt: skip


@pytest.mark.reference("8.3i")
def test_next_queue_is_told_of_in_four_events(desk: Desk) -> None:
    """Timeout, moved, matched, entered."""
    nobody = desk.queue("Nobody", "1==2")
    desk.workflow(filter_("1==1", {"queue": nobody, "timeout": 5}, {"queue": desk.queue("Next", "1==3")}))
    task = desk.task()
    desk.advance(5)

    assert desk.happened(task)[4:] == [
        "task-queue.timeout", "task-queue.moved", "workflow.target-matched", "task-queue.entered",
    ]  # fmt: skip


# -- the resource ------------------------------------------------------------------------------


@pytest.mark.reference("8.4a", "8.4b", "8.4c")
def test_event_resource_tells_all_in_text(desk: Desk) -> None:
    """``event_data`` has snake_case keys and text values; source, actor and URLs are there."""
    desk.workflow(default=desk.queue())
    alice = desk.worker("Alice")
    desk.advance(26)
    desk.move(alice, "Offline")
    event = desk.events()[-1]

    assert all(re.fullmatch("[a-z_]+", key) and isinstance(value, str) for key, value in event.event_data.items())
    assert event.event_data["worker_time_in_previous_activity"] == "26"
    assert (event.source, event.actor_type, event.event_type) == ("twilio", "workspace", "worker.activity.update")
    assert (event.resource_url, event.resource_type) == (alice.fetch().url, "worker")
    assert event.event_date_ms == LESSON_START + 26_000


@pytest.mark.reference("8.4d", "8.4f")
def test_unfiltered_list_shows_fifteen_minutes(desk: Desk) -> None:
    """Ascending; older events need a window."""
    desk.queue("Old")
    desk.advance(15 * 60)
    desk.queue("Last second")
    desk.advance(1)
    seen: list[Any] = desk.workspace.events.list(event_type="task-queue.created")
    moments = [each.event_date_ms for each in desk.events()]

    assert [each.event_data["task_queue_name"] for each in seen] == ["Last second"]
    assert len(desk.workspace.events.list(event_type="task-queue.created", minutes=16)) == 2
    assert moments == sorted(moments)
