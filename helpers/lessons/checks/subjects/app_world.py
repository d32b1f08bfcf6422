"""World in which a check runs the learner's application: its file once more, with an emulator of the check's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from twilio.rest import Client

from helpers.connection import SEED
from helpers.connection.clients import make_transport
from helpers.emulator.server import RunningEmulator
from helpers.ground.choice import current_ground
from helpers.lessons import story
from helpers.lessons.story import Story
from helpers.webapp.own_app import OwnApp, start_app

__all__ = ["AppWorld", "open_app_world"]


@dataclass(frozen=True)
class AppWorld:
    """Learner's application in a Workspace that nobody else sees: Alice and Bob, both Offline, as lesson 1 ends."""

    app: OwnApp
    workspace: Any
    """Context of the SDK for it."""
    sids: Story


@contextmanager
def open_app_world() -> Iterator[AppWorld]:
    """Start an emulator and the learner's file with its settings; both are stopped at the end.

    Raises:
        AppProblem: the file isn't there, or doesn't run.
    """
    emulator = current_ground().start_emulator(SEED)
    try:
        transport = make_transport("local", emulator.url)
        client = Client(emulator.account_sid, emulator.auth_token, http_client=transport)
        sids = story.build(client)
        app = start_app(_settings(emulator, sids))
        try:
            yield AppWorld(app, story.workspace_of(client, sids), sids)
        finally:
            app.stop()
    finally:
        emulator.stop()


def _settings(emulator: RunningEmulator, sids: Story) -> dict[str, str]:
    return {
        "TASKROUTER_URL": emulator.url,
        "TWILIO_ACCOUNT_SID": emulator.account_sid,
        "TWILIO_AUTH_TOKEN": emulator.auth_token,
        "WORKSPACE_SID": sids.workspace_sid,
        "WORKFLOW_SID": sids.workflow_sid,
    }
