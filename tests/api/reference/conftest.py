"""Desks for the rules of the reference: multitasking ones, and legacy ones that do one thing at a time."""

from __future__ import annotations

import pytest

from tests.api.reference.desk import EVENTS, Application, Desk, open_desk


@pytest.fixture
def application() -> Application:
    """Receives callbacks, and answers ``{}`` unless told otherwise."""
    return Application()


@pytest.fixture
def desk(application: Application) -> Desk:
    """A multitasking workspace, as made today."""
    return open_desk(application=application)


@pytest.fixture
def told(application: Application) -> Desk:
    """A multitasking workspace whose events are sent to the application."""
    return open_desk(application=application, event_callback_url=EVENTS)


@pytest.fixture
def single() -> Desk:
    """A single-tasking workspace with Activities for reserved and for assigned Workers."""
    desk = open_desk(multi_task_enabled=False)
    for name in ("Reserved", "Busy"):
        desk.workspace.activities.create(friendly_name=name, available=False)
    return desk
