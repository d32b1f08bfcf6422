"""What follows from a change of a Worker, said before it is saved."""

from __future__ import annotations

import pytest

from tests.unit.emulator.explanations.scenes import story
from tests.unit.emulator.explanations.test_any_workspace import random_desk
from tests.unit.emulator.portal.questions.conftest import ask_desk

SPANISH = {"selected_language": "es"}


def effects(desk, **fields):
    """The effects as (sign, sentence)."""
    return [(each["sign"], each["words"]) for each in ask_desk(desk, "effects", **fields)["effects"]]


def test_bob_learns_spanish(desk):
    """What is new, what stays, and what happens at once; saving it does just that."""
    _, bob, workflow = story(desk)
    first, _ = (desk.task(SPANISH, workflow_sid=workflow) for _ in range(2))
    attributes = '{"languages": ["en", "es"]}'

    assert effects(desk, worker=bob.sid, attributes=attributes) == [
        ("+", "Bob matches Spanish."),
        ("=", "Bob still matches English."),
        ("now", f"Bob is reserved for `{first.sid[:6]}…{first.sid[-4:]}` at once."),
        ("=", "1 more pending Task matches Bob, once there is capacity."),
    ]
    assert desk.offers(first) == []
    bob.update(attributes=attributes)
    assert desk.offers(first) == [("Bob", "pending")]


@pytest.mark.parametrize("seed", range(30, 50))
def test_prediction_holds(seed):
    """Whatever a Workspace looks like: after the change those are reserved who were named, and nobody else."""
    desk, _ = random_desk(seed)
    for worker in desk.workspace.workers.list():
        given = {
            "attributes": '{"languages": ["es", "en"], "level": 5, "team": "a"}',
            "activity": desk.activity("Available"),
        }
        answer = ask_desk(desk, "effects", worker=worker.sid, **given)
        before = offers(desk)
        worker.update(attributes=given["attributes"], activity_sid=given["activity"])

        told = {(each["sid"], each["worker_sid"]) for each in answer["effects"] if each["sign"] == "now"}
        assert told == {offer for sid, offer in offers(desk).items() if sid not in before}


def offers(desk):
    """Every pending Reservation, as its Task and its Worker."""
    state = desk.emulator.world.workspaces[desk.workspace_sid]
    return {sid: (each.task_sid, each.worker_sid) for sid, each in state.reservations.items()}


def test_crowd_in_one_line_is_not_forgotten(desk):
    """Of many Tasks that are alike as many are reserved as there is capacity, and the rest is counted."""
    alice, _, workflow = story(desk)
    desk.workspace.workers(alice.sid).worker_channels("default").update(capacity=9)
    tasks = [desk.task(SPANISH, workflow_sid=workflow) for _ in range(120)]
    told = ask_desk(desk, "effects", worker=alice.sid, activity=desk.activity("Available"))["effects"]
    now = [each["sid"] for each in told if each["sign"] == "now"]

    assert now == [task.sid for task in tasks[:9]]
    assert told[-1]["words"].startswith("At least ")
    desk.move(alice, "Available")
    assert [desk.offers(task) for task in tasks[8:10]] == [[("Alice", "pending")], []]


def test_activity(desk):
    """An Activity says whether Tasks are offered."""
    alice, bob, _ = story(desk)

    assert effects(desk, worker=alice.sid, activity=desk.activity("Available"))[0] == (
        "+",
        "Alice is available: Activity Available.",
    )
    assert effects(desk, worker=bob.sid, activity=desk.activity("Offline"))[0] == (
        "-",
        "Bob isn't available: TaskRouter offers no queued Tasks to Bob.",
    )


def test_capacity(desk):
    """More capacity brings the next Task."""
    _, bob, workflow = story(desk)
    for _ in range(2):
        desk.task({"selected_language": "en"}, workflow_sid=workflow)

    assert ("now" in [sign for sign, _ in effects(desk, worker=bob.sid, channel="default", capacity=2)]) is True
    assert ("now" in [sign for sign, _ in effects(desk, worker=bob.sid, channel="default", capacity=1)]) is False


def test_new_worker(desk):
    """A Worker who doesn't exist yet is tried as well."""
    _, _, workflow = story(desk)
    desk.task(SPANISH, workflow_sid=workflow)
    given = {"friendly_name": "Zoe", "activity": desk.activity("Available"), "attributes": '{"languages": ["es"]}'}

    assert [sign for sign, _ in effects(desk, worker=None, **given)] == ["+", "+", "now"]
    assert len(desk.workspace.workers.list()) == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"worker": "WK" + "0" * 32}, "Worker"),
        ({"worker": 7}, "Worker"),
        ({"attributes": "{"}, "Line 1: this isn't valid JSON."),
        ({"attributes": "[]"}, "Attributes must be an object: start with {."),
        ({"activity": "WA" + "0" * 32}, "Activity"),
        ({"activity": []}, "Activity"),
        ({"channel": "fax", "capacity": 1}, "fax"),
        ({"channel": "default", "capacity": "many"}, "Capacity must be a whole number"),
        ({"channel": "default", "capacity": 51}, "Capacity must be a whole number"),
        ({"worker": None, "friendly_name": "alice"}, "Worker with the same friendly name already exists"),
    ],
    ids=repr,
)
def test_mistakes(desk, fields, words):
    """Each is an answer that names what is wrong."""
    alice, _, _ = story(desk)

    assert words in ask_desk(desk, "effects", **{"worker": alice.sid} | fields)["error"]["message"]


def test_nothing_changes(desk):
    """A Worker of no queue says so."""
    alice = desk.worker("Alice", activity="Offline")

    assert effects(desk, worker=alice.sid, attributes='{"a": 1}') == [("=", "Nothing else changes.")]
