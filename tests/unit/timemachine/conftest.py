"""Alice and Bob in a kernel: a Spanish and an English Task, and Alice who comes late and accepts the Spanish one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers import before
from helpers import connection as connections
from helpers.lessons import story as stories


@pytest.fixture
def connection(kernel) -> connections.Connection:
    """The connection, everything in it as at the start."""
    kernel.reset()
    return kernel


@pytest.fixture
def world(connection):
    """What has happened so far, as a learner would hold it in names."""
    story = stories.build(connection.client)
    workspace = stories.workspace_of(connection.client, story)
    idle = story.activity_sids["Idle"]
    workspace.workers(story.bob_sid).update(activity_sid=idle)
    spanish = workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=story.workflow_sid)
    english = workspace.tasks.create(attributes='{"selected_language": "en"}', workflow_sid=story.workflow_sid)
    workspace.workers(story.alice_sid).update(activity_sid=idle)
    (reservation,) = workspace.tasks(spanish.sid).reservations.list()
    workspace.tasks(spanish.sid).reservations(reservation.sid).update(reservation_status="accepted")
    return SimpleNamespace(
        connection=connection, workspace=workspace, story=story, spanish=spanish, english=english, idle=idle
    )


BILINGUAL = '{"languages": ["en", "es"]}'


@pytest.fixture
def what_if(world):
    """A branch from before the Spanish Task, in which Bob speaks Spanish."""
    branch = before(world.spanish, "created").branch("Bob speaks Spanish")
    branch.workspace.workers(world.story.bob_sid).update(attributes=BILINGUAL)
    return branch
