"""Events through the official SDK."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

from helpers.emulator.emulator import Emulator
from helpers.emulator.engine import transaction
from helpers.emulator.engine.model.event_types import EVENT_TYPES

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def story(workspace: WorkspaceContext, routed: tuple[str, str], available: str) -> dict[str, str]:
    """SIDs of a task, its worker and its accepted reservation."""
    alice = workspace.workers.create(friendly_name="Alice", activity_sid=available)
    task = workspace.tasks.create(attributes='{"path": "a/b"}', task_channel="chat")
    reservation = workspace.tasks(task.sid).reservations.list()[0]
    reservation.update(reservation_status="accepted")
    return {"task": str(task.sid), "worker": str(alice.sid), "reservation": str(reservation.sid)}


def types(found: list) -> list[str]:
    """The types of a list of events, in order."""
    return [each.event_type for each in found]


def test_events_are_listed_in_order(workspace: WorkspaceContext, story: dict[str, str]) -> None:
    """A task's story reads from creation to acceptance."""
    found = types(workspace.events.list(task_sid=story["task"]))

    assert set(found[:4]) == {"task.created", "workflow.target-matched", "task-queue.entered", "workflow.entered"}
    assert found[4:] == ["reservation.created", "reservation.accepted"]


def test_event_tells_what_happened_to_what(workspace: WorkspaceContext, story: dict[str, str]) -> None:
    """Type, description, resource, actor and data are all there; data are text."""
    (event,) = workspace.events.list(event_type="reservation.accepted")
    reservation = workspace.tasks(story["task"]).reservations(story["reservation"]).fetch()

    assert (event.resource_type, event.resource_sid, event.resource_url) == (
        "reservation",
        reservation.sid,
        reservation.url,
    )
    assert event.description == f"Reservation {reservation.sid} accepted"
    assert (event.actor_type, event.actor_url) == ("workspace", workspace.fetch().url)
    assert event.event_data["task_assignment_status"] == "assigned"
    assert event.event_date == datetime.fromtimestamp(event.event_date_ms // 1000, UTC)


def test_fetch_equals_list(workspace: WorkspaceContext, story: dict[str, str]) -> None:
    """An event fetched is the event listed."""
    listed = workspace.events.list()[-1]
    fetched = workspace.events(listed.sid).fetch()

    assert (fetched.url, fetched.event_data, fetched.description) == (listed.url, listed.event_data, listed.description)


@pytest.mark.parametrize("kind", ["task", "worker", "reservation"])
def test_list_filters_by_subject(workspace: WorkspaceContext, story: dict[str, str], kind: str) -> None:
    """Each SID filter finds the events that carry that SID, and nothing else."""
    found = workspace.events.list(**{f"{kind}_sid": story[kind]})

    assert "reservation.accepted" in types(found)
    assert {each.event_data[f"{kind}_sid"] for each in found} == {story[kind]}


def test_list_filters_by_place(workspace: WorkspaceContext, story: dict[str, str], routed: tuple[str, str]) -> None:
    """Queue, workflow and channel filter too; a channel by either name."""
    queue_sid, workflow_sid = routed
    channel = workspace.task_channels("chat").fetch()

    for filters in ({"task_queue_sid": queue_sid}, {"workflow_sid": workflow_sid}):
        assert "reservation.accepted" in types(workspace.events.list(**filters))
    by_name = types(workspace.events.list(task_channel="chat", task_sid=story["task"]))
    assert by_name == types(workspace.events.list(task_channel=channel.sid, task_sid=story["task"]))
    assert workspace.events.list(task_channel="voice", task_sid=story["task"]) == []


def test_list_filters_by_own_sid(workspace: WorkspaceContext, story: dict[str, str]) -> None:
    """``Sid`` finds one event."""
    last = workspace.events.list()[-1]

    assert [each.sid for each in workspace.events.list(sid=last.sid)] == [last.sid]


def test_old_events_vanish_from_the_default_window(
    workspace: WorkspaceContext, story: dict[str, str], advance: Callable[[float], None]
) -> None:
    """Unfiltered lists show the last 15 minutes; a wider window brings the rest back."""
    advance(16 * 60)
    assert workspace.events.list(task_sid=story["task"]) == []

    assert len(workspace.events.list(task_sid=story["task"], minutes=30)) == 6
    assert len(workspace.events.list(task_sid=story["task"], start_date=START)) == 6


def test_dates_bound_the_window(workspace: WorkspaceContext, story: dict[str, str]) -> None:
    """Both ends belong to the window; one that ends before it starts is refused."""
    created = workspace.tasks(story["task"]).fetch().date_created
    found = workspace.events.list(start_date=created, end_date=created, task_sid=story["task"])
    assert types(found)[-1] == "reservation.created"

    with pytest.raises(Exception, match="Unable to fetch page"):
        workspace.events.list(start_date=created, end_date=START)


def test_foreign_event_is_not_found(workspace: WorkspaceContext) -> None:
    """An unknown SID answers 404."""
    with pytest.raises(TwilioRestException) as refused:
        workspace.events("EV" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize(
    ("given", "nearest"),
    [("task.create", "task.created"), ("Task.Created", "task.created"), ("task_queue.entered", "task-queue.entered"),
     ("reservation.cancelled", "reservation.canceled"), ("worker.activity", "worker.activity.update")],
)  # fmt: skip
def test_unknown_type_in_a_filter_is_told(
    emulator: Emulator, workspace: WorkspaceContext, ask: Callable[..., Any], given: str, nearest: str
) -> None:
    """It is taken, as all filters are, and a header and an alert name it, with the type that was meant."""
    path = f"/v1/Workspaces/{workspace.fetch().sid}"
    answer = ask("POST", path, f"EventsFilter=task.canceled, {given}")
    words = f"No event has the type '{given}'. The nearest type is {nearest}."

    assert (answer.status, answer.json["events_filter"]) == (200, f"task.canceled, {given}")
    assert answer.headers["x-emulator-hint"] == words
    assert [each.text for each in emulator.store.alerts()] == [f"EventsFilter: {words}"]
    assert ask("GET", f"{path}/Events?EventType={given}").headers["x-emulator-hint"] == words
    assert "x-emulator-hint" not in ask("POST", path, "EventsFilter=task.canceled").headers


def test_every_type_that_is_emitted_is_known(workspace: WorkspaceContext) -> None:
    """No type stands in the code that the list of types has not."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path(transaction.__file__).parent.rglob("*.py"))
    kinds = "|".join(sorted({each.partition(".")[0] for each in EVENT_TYPES}))
    emitted = set(re.findall(rf'(?:emit|emit_task)\([^"()]*"((?:{kinds})\.[a-z.-]+)"', source))

    assert {"task.created", "workflow.entered", "worker.capacity.update"} <= emitted <= set(EVENT_TYPES)
