"""Members and waiting Tasks of all TaskQueues."""

from __future__ import annotations

from tests.unit.emulator.explanations.scenes import story
from tests.unit.emulator.portal.questions.conftest import ask_desk


def test_members_and_tasks(desk):
    """Each queue has its numbers and a few names."""
    _, _, workflow = story(desk)
    desk.task({"selected_language": "es"}, workflow_sid=workflow)
    crowd = desk.queue("Crowd", "crowd == 1")
    for number in range(6):
        desk.worker(f"W{number}", {"crowd": 1}, "Offline")
    sids = {each.friendly_name: each.sid for each in desk.workspace.task_queues.list()}
    queues = ask_desk(desk, "queues")["queues"]

    assert queues[sids["Spanish"]] == {"matches": 1, "available": 0, "words": "Alice", "waiting": 1}
    assert queues[sids["English"]] == {"matches": 2, "available": 1, "words": "Alice and Bob", "waiting": 0}
    assert queues[crowd]["words"] == "W0, W1, W2 and 3 more"
