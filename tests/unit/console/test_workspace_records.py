"""Records of a Workspace that was read, as an emulator would send them."""

from __future__ import annotations

import pytest

from helpers.console.reader import Reader
from helpers.console.workspace_records import records_of
from helpers.lessons import story
from helpers.show import show_console


@pytest.fixture
def read(connection, world, workspace):
    """Read the Workspace through the SDK, into records."""
    reader = Reader(story.workspace_of(connection.make_onlooker(), world), show_console(workspace)._clock)
    return lambda: records_of(reader.read())


def test_use_of_a_channel_is_counted(world, workspace, read):
    """Accepted, pending and wrapping Reservations, which the API's percentage doesn't tell apart."""
    workspace.workers(world.alice_sid).worker_channels("chat").update(capacity=3)
    spanish = {"attributes": '{"selected_language": "es"}', "workflow_sid": world.workflow_sid, "task_channel": "chat"}
    first, second, _ = (workspace.tasks.create(**spanish) for _ in range(3))
    for task in (first, second):
        workspace.tasks(task.sid).reservations.list()[0].update(reservation_status="accepted")
    workspace.tasks(second.sid).update(assignment_status="wrapping", reason="notes")

    of_alice = [each for each in read()["worker_channels"].values() if each["worker_sid"] == world.alice_sid]
    held = {each["task_channel_unique_name"]: each["held"] for each in of_alice}

    assert held["chat"] == {"accepted": 1, "pending": 1, "wrapping": 1}
    assert held["voice"] == {"accepted": 0, "pending": 0, "wrapping": 0}
