"""World for a check alone: the tutorial's Workspace, newly built, without traces of earlier tries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from twilio.http.response import Response
from twilio.rest import Client

from helpers.connection import SEED
from helpers.emulator.sdk.http_client import InProcessHttpClient
from helpers.emulator.server.in_process import start_in_process
from helpers.emulator.server.running import RunningEmulator
from helpers.lessons import story
from helpers.lessons.story import Story
from helpers.wire import RecordingHttpClient, Wire

__all__ = ["OwnWorld", "TooManyRequests"]

_MOST_REQUESTS = 300
"""Number of requests after which a learner's loop is taken for one that never ends."""


class TooManyRequests(Exception):
    """Error for code that sends more requests than any answer needs."""


class _LimitedHttpClient(InProcessHttpClient):
    """HTTP client that refuses to go on for ever."""

    _sent = 0

    def _exchange(self, prepared: requests.PreparedRequest, timeout: float) -> Response:
        self._sent += 1
        if self._sent > _MOST_REQUESTS:
            raise TooManyRequests(f"{_MOST_REQUESTS} requests, and no end")
        return super()._exchange(prepared, timeout)


@dataclass(frozen=True)
class OwnWorld:
    """Workspace inside this process that nobody else sees. Building one takes about 10 ms."""

    workspace: Any
    """Context of the SDK for it."""
    sids: Story
    wire: Wire
    """Requests to it with their responses: an error in a learner's function is explained by what was sent."""
    emulator: RunningEmulator

    @classmethod
    def build(cls) -> OwnWorld:
        """Return a new one: Alice and Bob, both Offline, with their queues and their Workflow."""
        own = start_in_process(seed=SEED)
        wire = Wire()
        http_client = RecordingHttpClient(_LimitedHttpClient(own.app), wire)
        client = Client(own.account_sid, own.auth_token, http_client=http_client)
        sids = story.build(client)
        return cls(story.workspace_of(client, sids), sids, wire, own)

    def advance(self, seconds: float) -> None:
        """Advance this world's clock; timers that are due fire in order."""
        self.emulator.advance(seconds)

    def set_activity(self, worker_sid: str, name: str) -> None:
        """Set the Worker's Activity to the one with this name."""
        self.workspace.workers(worker_sid).update(activity_sid=self.sids.activity_sids[name])

    def create_task(self, attributes: str) -> tuple[str, list[str]]:
        """Create a Task with these attributes; return its status and the names of the Workers reserved for it."""
        task = self.workspace.tasks.create(attributes=attributes, workflow_sid=self.sids.workflow_sid)
        reservations = self.workspace.tasks(task.sid).reservations.list()
        return task.fetch().assignment_status, [each.worker_name for each in reservations]
