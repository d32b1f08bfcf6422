"""WorkerChannels through the official SDK."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext
from twilio.rest.taskrouter.v1.workspace.worker import WorkerContext


@pytest.fixture
def alice(workspace: WorkspaceContext, available: str) -> WorkerContext:
    """A worker who is available."""
    return workspace.workers(workspace.workers.create(friendly_name="Alice", activity_sid=available).sid)


def test_worker_has_each_channel(alice: WorkerContext) -> None:
    """A worker has one channel of each kind, with room for one."""
    channels = alice.worker_channels.list()

    assert [each.task_channel_unique_name for each in channels] == ["default", "voice", "sms", "chat", "video"]
    assert {(each.configured_capacity, each.available_capacity_percentage) for each in channels} == {(1, 100)}


def test_channel_is_found_by_three_names(workspace: WorkspaceContext, alice: WorkerContext) -> None:
    """Its own SID, the task channel's SID and the unique name lead to the same channel."""
    chat = alice.worker_channels("chat").fetch()

    for name in (chat.sid, chat.task_channel_sid):
        assert alice.worker_channels(name).fetch().url == chat.url


def test_reservation_uses_capacity(workspace: WorkspaceContext, alice: WorkerContext, routed: tuple[str, str]) -> None:
    """A pending reservation takes room at once; only an accepted one counts as assigned."""
    alice.worker_channels("default").update(capacity=4)
    workspace.tasks.create(attributes="{}")
    assert alice.worker_channels("default").fetch().available_capacity_percentage == 75

    alice.reservations.list()[0].update(reservation_status="accepted")

    assert alice.worker_channels("default").fetch().assigned_tasks == 1


def test_update_changes_one_channel(alice: WorkerContext) -> None:
    """Capacity and availability of one channel leave the others alone."""
    chat = alice.worker_channels("chat").update(capacity=0, available=False)

    assert (chat.configured_capacity, chat.available, chat.available_capacity_percentage) == (0, False, 0)
    assert alice.worker_channels("voice").fetch().configured_capacity == 1


def test_foreign_channel_is_not_found(workspace: WorkspaceContext, alice: WorkerContext) -> None:
    """A channel of another worker is not to be had through this one."""
    bob = workspace.workers(workspace.workers.create(friendly_name="Bob").sid)

    with pytest.raises(TwilioRestException) as refused:
        alice.worker_channels(bob.worker_channels("chat").fetch().sid).fetch()
    assert refused.value.status == 404
