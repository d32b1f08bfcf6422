"""Workspaces through the official SDK."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext


def test_new_workspace_has_defaults(client: Client) -> None:
    """A workspace starts multitasking, FIFO, with Offline as default and timeout activity."""
    created = client.taskrouter.v1.workspaces.create(friendly_name="Care Desk")

    assert (created.multi_task_enabled, created.prioritize_queue_order) == (True, "FIFO")
    assert (created.default_activity_name, created.timeout_activity_name) == ("Offline", "Offline")
    assert (created.event_callback_url, created.events_filter) == ("", None)


def test_new_workspace_has_activities_and_channels(workspace: WorkspaceContext) -> None:
    """Three activities and five task channels are there, in this order."""
    assert [each.friendly_name for each in workspace.activities.list()] == ["Offline", "Available", "Unavailable"]
    assert [each.unique_name for each in workspace.task_channels.list()] == ["default", "voice", "sms", "chat", "video"]


@pytest.mark.parametrize(("template", "queues"), [("NONE", []), ("EMPTY", []), ("FIFO", ["Sample Queue"])])
def test_template_decides_what_is_inside(client: Client, template: str, queues: list[str]) -> None:
    """Only ``FIFO`` adds a queue and a workflow."""
    created = client.taskrouter.v1.workspaces.create(friendly_name="Care Desk", template=template)

    assert [each.friendly_name for each in created.task_queues.list()] == queues
    assert len(created.workflows.list()) == len(queues)


def test_fetch_equals_create(client: Client) -> None:
    """What was created is what is fetched."""
    created = client.taskrouter.v1.workspaces.create(friendly_name="Care Desk")
    fetched = client.taskrouter.v1.workspaces(created.sid).fetch()

    assert vars(fetched).keys() == vars(created).keys()
    assert (fetched.url, fetched.links, fetched.date_created) == (created.url, created.links, created.date_created)


def test_list_filters_by_exact_name(client: Client) -> None:
    """``test`` does not find ``test1``."""
    for name in ("test", "test1"):
        client.taskrouter.v1.workspaces.create(friendly_name=name)

    found = client.taskrouter.v1.workspaces.list(friendly_name="test")

    assert [each.friendly_name for each in found] == ["test"]


def test_update_changes_only_what_is_given(workspace: WorkspaceContext) -> None:
    """Parameters left out stay as they are."""
    idle = workspace.activities.create(friendly_name="Idle", available=True)
    workspace.update(event_callback_url="https://app.example/events", events_filter="task.created")

    updated = workspace.update(default_activity_sid=idle.sid, friendly_name="Desk", prioritize_queue_order="LIFO")

    assert (updated.friendly_name, updated.default_activity_name) == ("Desk", "Idle")
    assert (updated.event_callback_url, updated.events_filter) == ("https://app.example/events", "task.created")
    assert (updated.prioritize_queue_order, updated.timeout_activity_name) == ("LIFO", "Offline")


def test_empty_url_clears_it(workspace: WorkspaceContext) -> None:
    """An empty ``EventCallbackUrl`` ends event callbacks."""
    workspace.update(event_callback_url="https://app.example/events")

    assert workspace.update(event_callback_url="").event_callback_url == ""


def test_deleting_a_workspace_removes_all_of_it(workspace: WorkspaceContext) -> None:
    """Everything below a deleted workspace answers 404."""
    assert workspace.delete()

    with pytest.raises(TwilioRestException) as refused:
        workspace.activities("WA" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)
