"""Predictions after ``disconnect()``: the next connection's first Task has the same SID, and is another one."""

from __future__ import annotations

import pytest

from helpers import connection as connections
from helpers import predict
from helpers.lessons import story as stories


@pytest.fixture
def begin(no_dotenv):
    """Connect anew and create a Spanish Task."""

    def begin_anew():
        connections.disconnect()
        client = connections.connect().client
        story = stories.build(client)
        return stories.workspace_of(client, story).tasks.create(
            attributes='{"selected_language": "es"}', workflow_sid=story.workflow_sid
        )

    yield begin_anew
    connections.disconnect()


@pytest.mark.parametrize(("what", "value"), [("worker", "Bob"), ("status", "pending")])
def test_new_connection_has_new_predictions(begin, what, value):
    """Nothing was predicted of the new Task, and the emulator that has ended isn't asked."""
    earlier = begin()
    predict(earlier, value, what=what)
    task = begin()

    assert task.sid == earlier.sid
    assert predict(task, what=what).choice is None
