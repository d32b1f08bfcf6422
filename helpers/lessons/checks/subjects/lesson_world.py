"""World of the lesson that a check looks into: this kernel's own, among those of others in one account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.connection import connect
from helpers.emulator.sids import is_sid
from helpers.lessons import story
from helpers.lessons.story import Story

if TYPE_CHECKING:
    from twilio.rest import Client

__all__ = ["find_world", "name_of"]


def find_world(client: Client) -> Story:
    """Return the SIDs of the kernel's world.

    Raises:
        StoryMissing: the workspace, or a resource in it, isn't there.
    """
    return story.find(client, connect().workspace_name)


def name_of(answer: object) -> object:
    """Return the name of the resource that is given, or whose SID is given; any other answer as it is."""
    name = getattr(answer, "friendly_name", answer)
    if not (isinstance(name, str) and is_sid(name.strip(), "")):
        return name
    world = find_world(connect().make_onlooker())
    names = {world.alice_sid: "Alice", world.bob_sid: "Bob"}
    names |= dict(zip((world.english_queue_sid, world.spanish_queue_sid), story.QUEUES, strict=True))
    names |= {sid: activity for activity, sid in world.activity_sids.items()}
    return names.get(name.strip(), name)
