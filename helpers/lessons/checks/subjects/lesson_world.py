"""World of the lesson that a check looks into: this kernel's own, among those of others in one account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.connection import connect
from helpers.lessons import story
from helpers.lessons.story import Story

if TYPE_CHECKING:
    from twilio.rest import Client

__all__ = ["find_world"]


def find_world(client: Client) -> Story:
    """Return the SIDs of the kernel's world.

    Raises:
        StoryMissing: the workspace, or a resource in it, isn't there.
    """
    return story.find(client, connect().workspace_name)
