"""TaskChannels through the official SDK."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext


def test_channel_is_found_by_sid_and_unique_name(workspace: WorkspaceContext) -> None:
    """Both addresses lead to the same channel, whose URL carries the SID."""
    created = workspace.task_channels.create(friendly_name="E-mail", unique_name="email")

    assert workspace.task_channels("email").fetch().url == workspace.task_channels(created.sid).fetch().url
    assert created.url.endswith(created.sid)


def test_optimized_routing_is_null_unless_said(workspace: WorkspaceContext) -> None:
    """``ChannelOptimizedRouting`` keeps three values apart."""
    created = workspace.task_channels.create(friendly_name="E-mail", unique_name="email")
    assert created.channel_optimized_routing is None

    updated = workspace.task_channels("email").update(friendly_name="Mail", channel_optimized_routing=True)

    assert (updated.friendly_name, updated.channel_optimized_routing) == ("Mail", True)


def test_channels_are_listed_under_channels(workspace: WorkspaceContext, ask) -> None:
    """There is no ``task_channels`` key."""
    answer = ask("GET", f"/v1/Workspaces/{workspace.fetch().sid}/TaskChannels")

    assert answer.json["meta"]["key"] == "channels"
    assert len(answer.json["channels"]) == 5


@pytest.mark.parametrize("name", ["e mail", "2nd", "näh"])
def test_unique_name_has_few_characters(workspace: WorkspaceContext, name: str) -> None:
    """A unique name is letters, digits, ``_``, ``$`` and ``-``, no digit first."""
    with pytest.raises(TwilioRestException, match="UniqueName") as refused:
        workspace.task_channels.create(friendly_name="E-mail", unique_name=name)
    assert (refused.value.status, refused.value.code) == (400, 20001)


def test_deleted_channel_is_gone(workspace: WorkspaceContext) -> None:
    """A channel can be deleted by its unique name."""
    workspace.task_channels.create(friendly_name="E-mail", unique_name="email")
    assert workspace.task_channels("email").delete()

    with pytest.raises(TwilioRestException, match="not found"):
        workspace.task_channels("email").fetch()
