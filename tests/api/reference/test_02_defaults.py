"""Reference 2: what is there without being asked for, and what happens by itself."""

from __future__ import annotations

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.worlds.desk import Desk

TEMPLATES = pytest.mark.parametrize("template", ["NONE", "FIFO"])


def names(resources: list[Any]) -> list[str]:
    """Friendly names in order."""
    return [each.friendly_name for each in resources]


@pytest.mark.reference("2.1a", "2.1b", "1.8ag")
@TEMPLATES
def test_new_workspace_has_three_activities(template: str) -> None:
    """Offline is the default, and where reservation timeouts lead; only Available is available."""
    room = Desk(template=template).workspace
    workspace = room.fetch()

    assert [(each.friendly_name, each.available) for each in room.activities.list()] == [
        ("Offline", False),
        ("Available", True),
        ("Unavailable", False),
    ]
    assert (workspace.default_activity_name, workspace.timeout_activity_name) == ("Offline", "Offline")


@pytest.mark.reference("2.1c")
def test_template_fifo_brings_a_queue_and_a_workflow() -> None:
    """NONE brings neither, and EMPTY is NONE."""
    room = Desk(template="FIFO").workspace
    (queue,), (workflow,) = room.task_queues.list(), room.workflows.list()

    assert (queue.friendly_name, queue.target_workers, queue.task_order) == ("Sample Queue", "1==1", "FIFO")
    assert workflow.friendly_name == "Default Fifo Workflow"
    assert (workflow.task_reservation_timeout, workflow.assignment_callback_url) == (120, None)
    for template in ("NONE", "EMPTY"):
        empty = Desk(template=template).workspace
        assert empty.task_queues.list() == empty.workflows.list() == []


@pytest.mark.reference("2.1d", "2.1e", "2.1f")
def test_new_workspace_is_multitasking_and_first_in_first_out(desk: Desk) -> None:
    """With five TaskChannels, and nobody to tell of events."""
    workspace = desk.workspace.fetch()

    assert (workspace.multi_task_enabled, workspace.prioritize_queue_order) == (True, "FIFO")
    assert (workspace.events_filter, workspace.event_callback_url) == (None, "")
    channels = [each.unique_name for each in desk.workspace.task_channels.list()]
    assert channels == ["default", "voice", "sms", "chat", "video"]


@pytest.mark.reference("2.2a", "1.6c")
def test_new_worker_is_offline_and_gets_nothing(desk: Desk) -> None:
    """They stand in the default Activity, which receives no Tasks."""
    desk.workflow(default=desk.queue())
    alice = desk.workspace.workers.create(friendly_name="Alice")
    task = desk.task()

    assert (alice.activity_name, alice.available, alice.attributes) == ("Offline", False, "{}")
    assert task.fetch().assignment_status == "pending"


@pytest.mark.reference("2.2c", "2.2d")
def test_worker_has_a_channel_of_each_kind(desk: Desk) -> None:
    """Capacity 1, available, nothing assigned; a TaskChannel made later brings everybody one more."""
    worker = desk.worker("Alice")
    desk.workspace.task_channels.create(friendly_name="Mail", unique_name="mail")
    channels = worker.worker_channels.list()

    assert [each.task_channel_unique_name for each in channels] == ["default", "voice", "sms", "chat", "video", "mail"]
    for each in channels:
        assert (each.configured_capacity, each.available, each.assigned_tasks) == (1, True, 0)
        assert each.available_capacity_percentage == 100


@pytest.mark.reference("2.2e", "2.2f")
def test_new_queue_takes_everybody(desk: Desk) -> None:
    """One Reservation at a time, first in first out, no Activities of its own."""
    queue = desk.workspace.task_queues.create(friendly_name="Care")

    assert (queue.target_workers, queue.max_reserved_workers, queue.task_order) == ("1==1", 1, "FIFO")
    assert queue.reservation_activity_sid is queue.assignment_activity_sid is None


@pytest.mark.reference("2.2g", "2.2h", "2.2i")
def test_new_workflow_and_task_have_defaults(desk: Desk) -> None:
    """120 s for a Reservation; priority 0, a day, the default channel, and the start is the creation."""
    workflow = desk.workflow(default=desk.queue())
    task = desk.task().fetch()

    assert desk.workspace.workflows(workflow).fetch().task_reservation_timeout == 120
    assert (task.priority, task.timeout, task.task_channel_unique_name) == (0, 86_400, "default")
    assert task.virtual_start_time == task.date_created


@pytest.mark.reference("2.3a", "10d")
@pytest.mark.parametrize("end", ["canceled", "completed"])
def test_ended_task_disappears_after_five_minutes(desk: Desk, end: str) -> None:
    """Silently: there is no ``task.deleted``."""
    desk.workflow(default=desk.queue())
    if end == "completed":
        desk.worker("Alice")
    task = desk.task()
    if end == "completed":
        desk.answer(task, "accepted")
    task.update(assignment_status=end)
    before = desk.happened(task)
    desk.advance(299)
    assert task.fetch().assignment_status == end
    desk.advance(1)

    with pytest.raises(TwilioRestException) as gone:
        task.fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)
    assert desk.happened(task) == before


@pytest.mark.reference("2.3b")
@pytest.mark.parametrize("status", ["assigned", "wrapping"])
def test_task_nobody_completes_is_removed_after_a_day(desk: Desk, status: str) -> None:
    """With ``task.system-deleted``; the Worker has room again."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    task = desk.task()
    desk.answer(task, "accepted")
    if status == "wrapping":
        task.update(assignment_status="wrapping")
    desk.advance(86_399)
    waiting = desk.task()
    assert (task.fetch().assignment_status, waiting.fetch().assignment_status) == (status, "pending")
    desk.advance(1)

    assert "task.system-deleted" in desk.happened(task)
    assert waiting.fetch().assignment_status == "reserved"


@pytest.mark.reference("2.3c", "3.1e")
@pytest.mark.parametrize("reserved", [False, True])
def test_waiting_task_lives_as_long_as_its_timeout(desk: Desk, reserved: bool) -> None:
    """Then it is canceled, with a reason; what was offered is canceled, too."""
    desk.workflow(default=desk.queue(), task_reservation_timeout=1000)
    if reserved:
        desk.worker("Alice")
    task = desk.task(timeout=30)
    desk.advance(30)
    ended = task.fetch()

    assert (ended.assignment_status, ended.reason) == ("canceled", "Task TTL Exceeded")
    assert desk.offers(task) == ([("Alice", "canceled")] if reserved else [])
    (event,) = desk.events(task_sid=task.sid, event_type="task.canceled")
    assert (event.description, event.event_data["task_canceled_reason"]) == ("Task TTL Exceeded", "Task TTL Exceeded")


@pytest.mark.reference("2.3d", "3.1e")
def test_task_is_reserved_a_thousand_times_at_most(desk: Desk) -> None:
    """The same Worker is asked again and again, until it is canceled."""
    desk.workflow(default=desk.queue(), task_reservation_timeout=1)
    desk.workspace.update(timeout_activity_sid=desk.activity("Available"))
    desk.worker("Alice")
    task = desk.task()
    desk.advance(999)
    assert task.fetch().assignment_status == "reserved"
    desk.advance(1)

    ended = task.fetch()
    assert ended.assignment_status == "canceled"
    assert ended.reason == "Task TTL Exceeded or Max assignment count exceeded"
    assert len(task.reservations.list(page_size=1000)) == 1000


@pytest.mark.reference("2.3e")
def test_reservation_lasts_as_long_as_its_workflow_says(desk: Desk) -> None:
    """To the second."""
    desk.workflow(default=desk.queue(), task_reservation_timeout=20)
    desk.worker("Alice")
    task = desk.task()
    desk.advance(19)
    assert desk.offers(task) == [("Alice", "pending")]
    desk.advance(1)

    assert desk.offers(task) == [("Alice", "timeout")]


@pytest.mark.reference("2.3f")
def test_events_can_be_read_for_thirty_days(desk: Desk) -> None:
    """Afterwards neither a list nor a SID finds them."""
    desk.queue()
    event = desk.events(event_type="task-queue.created")[0]
    began = event.event_date
    desk.advance(30 * 86_400)
    assert len(desk.workspace.events.list(start_date=began)) > 0
    desk.advance(1)

    assert desk.workspace.events.list(start_date=began) == []
    with pytest.raises(TwilioRestException) as gone:
        desk.workspace.events(event.sid).fetch()
    assert gone.value.status == 404
