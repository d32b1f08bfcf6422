"""Tasks through the official SDK."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext


@pytest.fixture
def tasks(workspace: WorkspaceContext, routed: tuple[str, str]) -> dict[str, str]:
    """SIDs of three waiting tasks that differ in language, priority and channel."""
    created = {}
    for language, priority, channel in (("en", 1, "default"), ("es", 5, "chat"), ("fr", 3, "default")):
        attributes = json.dumps({"language": language, "skill_rating": priority + 0.1})
        task = workspace.tasks.create(attributes=attributes, priority=priority, task_channel=channel)
        created[language] = str(task.sid)
    return created


def languages(found: list) -> list[str]:
    """What the tasks of a list speak, in order."""
    return [json.loads(each.attributes)["language"] for each in found]


def test_new_task_waits_in_its_queue(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """A task with nothing given has defaults and is where the only workflow leads."""
    task = workspace.tasks.create()

    assert (task.assignment_status, task.attributes, task.addons, task.reason) == ("pending", "{}", "{}", None)
    assert (task.priority, task.timeout, task.task_channel_unique_name) == (0, 86400, "default")
    assert (task.task_queue_sid, task.workflow_sid) == routed
    assert (task.task_queue_friendly_name, task.workflow_friendly_name) == ("Everybody", "Everything")
    assert task.virtual_start_time == task.date_created == task.task_queue_entered_date


def test_new_task_is_pending_even_if_taken_at_once(
    workspace: WorkspaceContext, routed: tuple[str, str], available: str
) -> None:
    """The answer to create precedes routing; the reservation is there a moment later."""
    workspace.workers.create(friendly_name="Alice", activity_sid=available)
    task = workspace.tasks.create()

    assert task.assignment_status == "pending"
    assert workspace.tasks(task.sid).fetch().assignment_status == "reserved"


def test_age_grows_with_the_clock(
    workspace: WorkspaceContext, tasks: dict[str, str], advance: Callable[[float], None]
) -> None:
    """``age`` is in seconds since creation."""
    before = workspace.tasks(tasks["fr"]).fetch().age
    advance(90)

    assert workspace.tasks(tasks["fr"]).fetch().age == before + 90


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"priority": 5}, ["es"]),
        ({"assignment_status": ["pending", "reserved"]}, ["en", "es", "fr"]),
        ({"assignment_status": "reserved,pending"}, ["en", "es", "fr"]),
        ({"assignment_status": ["completed"]}, []),
        ({"workflow_name": "Everything"}, ["en", "es", "fr"]),
        ({"workflow_name": "Every"}, []),
        ({"task_queue_name": "Everybody"}, ["en", "es", "fr"]),
        ({"task_queue_name": "Nobody"}, []),
        ({"evaluate_task_attributes": "language == 'es' OR language == 'fr'"}, ["es", "fr"]),
        ({"evaluate_task_attributes": "(language == 'es' OR language == 'fr') AND skill_rating >= 5.1"}, ["es"]),
        ({"evaluate_task_attributes": "taskrouter.dayOfWeek == 'Mon'"}, ["en", "es", "fr"]),
        ({"has_addons": True}, []),
        ({"has_addons": False}, ["en", "es", "fr"]),
        ({"ordering": "Priority:desc"}, ["es", "fr", "en"]),
        ({"ordering": "DateCreated:desc"}, ["fr", "es", "en"]),
        ({"ordering": "Priority:asc,DateCreated:desc"}, ["en", "fr", "es"]),
        ({"ordering": "VirtualStartTime:desc", "priority": 3}, ["fr"]),
    ],
)
def test_list_filters(
    workspace: WorkspaceContext, tasks: dict[str, str], filters: dict[str, object], found: list[str]
) -> None:
    """Each filter narrows the list, ``Ordering`` sorts it."""
    assert languages(workspace.tasks.list(**filters)) == found


def test_list_filters_by_sids(workspace: WorkspaceContext, tasks: dict[str, str], routed: tuple[str, str]) -> None:
    """Queue and workflow SIDs filter; so does the routing target."""
    queue_sid, workflow_sid = routed
    alice = workspace.workers.create(friendly_name="Alice")
    direct = workspace.tasks.create(routing_target=alice.sid)

    assert languages(workspace.tasks.list(task_queue_sid=queue_sid)) == ["en", "es", "fr"]
    assert len(workspace.tasks.list(workflow_sid=workflow_sid)) >= 3
    assert [each.sid for each in workspace.tasks.list(routing_target=alice.sid)] == [direct.sid]


def test_impossible_ordering_is_refused(workspace: WorkspaceContext, ask) -> None:
    """The two dates cannot be combined, and only three fields are known."""
    path = f"/v1/Workspaces/{workspace.fetch().sid}/Tasks?Ordering="

    for ordering in ("DateCreated:asc,VirtualStartTime:asc", "Age:asc", "Priority:up", "Priority,Priority"):
        answer = ask("GET", path + ordering)
        assert (answer.status, answer.json["code"]) == (400, 20001)


def test_everything_a_create_can_say_is_kept(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """Every parameter comes back as a property."""
    queue_sid, workflow_sid = routed
    alice = workspace.workers.create(friendly_name="Alice")
    task = workspace.tasks.create(
        workflow_sid=workflow_sid,
        task_queue_sid=queue_sid,
        routing_target=alice.sid,
        ignore_capacity="False",
        timeout=60,
        priority=7,
        task_channel="voice",
        virtual_start_time=datetime(2026, 3, 1, tzinfo=UTC),
    )

    assert (task.routing_target, task.ignore_capacity, task.timeout, task.priority) == (alice.sid, False, 60, 7)
    assert (task.task_channel_unique_name, task.task_queue_sid) == ("voice", queue_sid)
    assert task.virtual_start_time == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("days", [1, -60_000])
def test_virtual_start_must_be_past_but_not_ancient(
    workspace: WorkspaceContext, routed: tuple[str, str], days: int
) -> None:
    """Neither the future nor the time before 1900 will do."""
    with pytest.raises(TwilioRestException, match="VirtualStartTime"):
        workspace.tasks.create(virtual_start_time=datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=days))


def test_update_counts_versions(workspace: WorkspaceContext, tasks: dict[str, str], ask) -> None:
    """A new task is version 0, its first update makes it 1; the ETag is quoted."""
    path = workspace.tasks(tasks["en"]).fetch().url.removeprefix("https://taskrouter.twilio.com")
    assert ask("GET", path).headers["etag"] == '"0"'

    assert ask("POST", path, "Priority=9", if_match='"0"').headers["etag"] == '"1"'

    stale = ask("POST", path, "Priority=8", if_match="0")
    assert (stale.status, stale.json["code"]) == (412, 20412)


def test_cancel_keeps_the_reason(workspace: WorkspaceContext, tasks: dict[str, str]) -> None:
    """A canceled task says why."""
    canceled = workspace.tasks(tasks["en"]).update(assignment_status="canceled", reason="caller hung up")

    assert (canceled.assignment_status, canceled.reason) == ("canceled", "caller hung up")


def test_ended_task_disappears_after_five_minutes(
    workspace: WorkspaceContext, tasks: dict[str, str], advance: Callable[[float], None]
) -> None:
    """A canceled task is readable for five minutes and then 404."""
    workspace.tasks(tasks["en"]).update(assignment_status="canceled")
    advance(299)
    assert workspace.tasks(tasks["en"]).fetch().assignment_status == "canceled"

    advance(1)

    with pytest.raises(TwilioRestException, match="not found") as refused:
        workspace.tasks(tasks["en"]).fetch()
    assert refused.value.code == 20404


def test_pending_task_cannot_be_completed(workspace: WorkspaceContext, tasks: dict[str, str]) -> None:
    """Twilio's words say which task, and why not."""
    with pytest.raises(TwilioRestException, match="because it is not currently assigned") as refused:
        workspace.tasks(tasks["en"]).update(assignment_status="completed")
    assert (refused.value.status, refused.value.code) == (400, 20001)


def test_status_and_attributes_take_two_requests(workspace: WorkspaceContext, tasks: dict[str, str]) -> None:
    """``completed`` and ``Attributes`` in one request are refused."""
    with pytest.raises(TwilioRestException, match="one request"):
        workspace.tasks(tasks["en"]).update(assignment_status="completed", attributes="{}")


def test_several_workflows_must_be_told_apart(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """With more than one workflow a task must name its own."""
    configuration = workspace.workflows(routed[1]).fetch().configuration
    workspace.workflows.create(friendly_name="Second", configuration=configuration)

    with pytest.raises(TwilioRestException, match="WorkflowSid field is required"):
        workspace.tasks.create()


def test_deleted_task_is_gone(workspace: WorkspaceContext, tasks: dict[str, str]) -> None:
    """A deleted task leaves the list."""
    assert workspace.tasks(tasks["es"]).delete()

    assert languages(workspace.tasks.list()) == ["en", "fr"]


def test_waiting_task_changes_its_channel(workspace: WorkspaceContext, routed: tuple[str, str], available: str) -> None:
    """Then it can go to who has room there; a Task that somebody was offered stays on its channel."""
    alice = workspace.workers(workspace.workers.create(friendly_name="Alice", activity_sid=available).sid)
    alice.worker_channels("chat").update(capacity=0)
    task = workspace.tasks(workspace.tasks.create(task_channel="chat").sid)
    assert task.fetch().assignment_status == "pending"
    assert task.update(task_channel="voice").task_channel_unique_name == "voice"

    assert task.fetch().assignment_status == "reserved"
    with pytest.raises(TwilioRestException, match="cannot change") as refused:
        task.update(task_channel="chat")
    assert (refused.value.status, refused.value.code) == (400, 20001)
