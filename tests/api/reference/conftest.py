"""Desks for the rules of the reference: multitasking ones, and legacy ones that do one thing at a time."""

from __future__ import annotations

import pytest

from tests.worlds.application import EVENTS_URL, Application
from tests.worlds.desk import Desk


@pytest.fixture
def application() -> Application:
    """Receives callbacks, and answers ``{}`` unless told otherwise."""
    return Application()


@pytest.fixture
def desk(application: Application) -> Desk:
    """A multitasking workspace, as made today."""
    return Desk(application)


@pytest.fixture
def told(application: Application) -> Desk:
    """A multitasking workspace whose events are sent to the application."""
    return Desk(application, event_callback_url=EVENTS_URL)


@pytest.fixture
def single() -> Desk:
    """A single-tasking workspace with Activities for reserved and for assigned Workers."""
    desk = Desk(multi_task_enabled=False)
    for name in ("Reserved", "Busy"):
        desk.workspace.activities.create(friendly_name=name, available=False)
    return desk
