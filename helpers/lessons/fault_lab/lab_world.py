"""Worlds of the fault lab: that of the kernel, and those of checks and tests, which nobody else sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from twilio.rest import Client

from helpers.connection import SEED, Connection
from helpers.emulator.callbacks.direct_transport import NOBODY
from helpers.emulator.callbacks.request import CallbackRequest, Undelivered
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.sdk.http_client import InProcessHttpClient
from helpers.emulator.server.in_process import start_in_process
from helpers.emulator.server.running import RunningEmulator
from helpers.ground.choice import current_ground
from helpers.ground.ground import Receiver
from helpers.ground.message import make_request
from helpers.lessons import story
from helpers.lessons.story import Story

__all__ = ["LabDoor", "LabWorld", "build_world", "world_of"]

_PATIENCE_SECONDS = 10.0


class LabDoor(Protocol):
    """Address at which an application answers until it is closed."""

    @property
    def port(self) -> int:
        """Its port on 127.0.0.1."""
        ...

    def close(self) -> None:
        """Answer no more requests."""
        ...


@dataclass(frozen=True)
class LabWorld:
    """TaskRouter with the tutorial's Workspace, and a way to let an application answer its callbacks."""

    client: Client
    sids: Story
    emulator: RunningEmulator
    advance: Callable[[float], object]
    open_door: Callable[[Receiver], LabDoor]

    @property
    def workspace(self) -> Any:
        """Context of the SDK for the Workspace."""
        return story.workspace_of(self.client, self.sids)


def world_of(connection: Connection) -> LabWorld | None:
    """Return the kernel's world, where doors are those of the ground; None without an emulator of its own.

    Raises:
        StoryMissing: the tutorial's Workspace isn't there.
    """
    if connection.emulator is None:
        return None
    sids = story.find(connection.client)
    ground = current_ground()
    return LabWorld(
        connection.client,
        sids,
        connection.emulator,
        connection.advance,
        lambda receiver: ground.open_door(0, receiver, _PATIENCE_SECONDS),
    )


def build_world() -> LabWorld:
    """Return a new world inside this process: Alice and Bob, both Offline."""
    doors: dict[int, Receiver] = {}
    emulator = start_in_process(seed=SEED, receive=lambda request: _carry(doors, request))
    client = Client(emulator.account_sid, emulator.auth_token, http_client=InProcessHttpClient(emulator.app))
    sids = story.build(client)
    return LabWorld(client, sids, emulator, emulator.advance, lambda receiver: _InnerDoor(doors, receiver))


class _InnerDoor:
    """Door of a world inside this process, which has a number as its port."""

    def __init__(self, doors: dict[int, Receiver], receiver: Receiver) -> None:
        self._doors = doors
        self.port = max(doors, default=8000) + 1
        doors[self.port] = receiver

    def close(self) -> None:
        """Answer no more requests."""
        self._doors.pop(self.port, None)


def _carry(doors: dict[int, Receiver], request: CallbackRequest) -> CallbackReply:
    """Let the application at the request's port answer.

    Raises:
        Undelivered: nobody answers there.
    """
    url = urlsplit(request.url)
    receiver = doors.get(url.port or 0)
    if receiver is None:
        raise Undelivered(NOBODY)
    target = url.path + (f"?{url.query}" if url.query else "")
    reply, _ = receiver.answer(make_request(request.method, target, request.headers.items(), request.body))
    return CallbackReply(status=reply.status, content_type=reply.content_type, body=reply.body)
