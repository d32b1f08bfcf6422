"""Flex: an account that has it has one Workspace, by Twilio's documentation."""

from __future__ import annotations

from json import JSONDecodeError
from typing import TYPE_CHECKING

from twilio.base.exceptions import TwilioException

if TYPE_CHECKING:
    from twilio.rest import Client

__all__ = ["tell_flex"]


def tell_flex(client: Client) -> list[str]:
    """Return a sentence about an account with Flex; nothing if it has none, or that can't be read.

    Sources: "A Flex project can only have a single Workspace" (www.twilio.com/docs/taskrouter/api/workspace) and
    Twilio's changelog of 2021-06-10. What a request for a second one is answered isn't documented.
    """
    try:
        client.flex_api.v1.configuration().fetch()
    except (TwilioException, OSError, JSONDecodeError):
        return []
    return [
        "This account has Flex. According to Twilio's documentation, an account with Flex can have only one "
        "Workspace, so Twilio may refuse to create the one for these lessons. If it does, nothing has changed: use "
        "an account without Flex."
    ]
