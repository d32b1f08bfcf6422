"""What could reach a Worker."""

from __future__ import annotations

from tests.unit.emulator.explanations.scenes import story
from tests.unit.emulator.portal.questions.conftest import ask_desk


def test_alice(desk):
    """Queues with what decides, Tasks that wait, capacity, and the change that would help."""
    alice, bob, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    answer = ask_desk(desk, "reach", worker=alice.sid)

    assert answer["sentence"] == (
        "Alice has Activity Offline, which isn't available: TaskRouter offers no queued Tasks. "
        "1 Task waits in the queues that Alice matches."
    )
    assert [(each["name"], each["ok"], each["words"], each["waiting"]) for each in answer["queues"]] == [
        ("Spanish", True, 'has "es"', 1),
        ("English", True, 'has "en"', 0),
    ]
    assert [(each["sid"], each["rule"]) for each in answer["tasks"]] == [(task.sid, "activity")]
    assert answer["channels"][0] | {"sid": ""} == {
        "sid": "",
        "name": "default",
        "used": 0,
        "capacity": 1,
        "available": True,
    }
    assert answer["changes"][0]["button"] == "Set Alice to Available"
    assert ask_desk(desk, "reach", worker=bob.sid)["queues"][0]["words"] == 'no "es"'


def test_all_tasks_are_counted(desk):
    """More Tasks than are copied and told are still counted."""
    alice, _, workflow = story(desk)
    for _ in range(330):
        desk.task({"selected_language": "es"}, workflow_sid=workflow)
    answer = ask_desk(desk, "reach", worker=alice.sid)

    assert answer["queues"][0]["waiting"] == 330
    assert len(answer["tasks"]) + answer["more_tasks"] == 330


def test_unknown_worker(ask):
    """A Worker that isn't there."""
    for sid in ("WK" + "0" * 32, None, 7):
        assert "Worker" in ask("reach", worker=sid)["error"]["message"]
