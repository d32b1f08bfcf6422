"""The first rule that keeps a Task from a Worker is the one routing goes by."""

from __future__ import annotations

import json

import pytest

from helpers.emulator.engine.commands import tasks, worker_channels, workers
from helpers.emulator.explanations.reading.eligibility import Rule, first_rule_against
from tests.worlds.engine_desk import EngineDesk


@pytest.fixture
def desk(emulator):
    """A desk of the engine alone."""
    return EngineDesk(emulator)


def rule_against(desk, task):
    """What is against Alice."""
    state = desk.emulator.world.workspaces[desk.workspace_sid]
    return first_rule_against(state, state.workers[desk.worker_sid], task, desk.emulator.clock.now())


def test_unavailable_activity_is_a_rule(desk):
    """Alice is Offline."""
    assert rule_against(desk, desk.task()) is Rule.ACTIVITY


def test_nothing_against_one_who_may(desk):
    """Offered or not: Alice may have the Task as soon as she is there and has room."""
    task = desk.task()
    desk.write(worker_channels.update, desk.worker_sid, "default", {"capacity": 2})
    desk.move(desk.available_sid)

    assert rule_against(desk, task) is None


@pytest.mark.parametrize(
    ("changes", "rule"),
    [({"available": False}, Rule.CHANNEL), ({"capacity": 0}, Rule.CAPACITY)],
    ids=lambda value: None,
)
def test_room_is_asked_after_activity(desk, changes, rule):
    """A channel that is off, or without capacity, counts once the Activity is available."""
    desk.write(worker_channels.update, desk.worker_sid, "default", changes)
    desk.move(desk.available_sid)

    assert rule_against(desk, desk.task()) is rule


def test_queue_is_asked_first(desk):
    """Who is not in the queue is not asked anything else."""
    task = desk.task()
    task.task_queue_sid = None

    assert rule_against(desk, task) is Rule.QUEUE


def test_task_for_another_worker(desk):
    """A Task with a routing target is nobody else's."""
    bob = desk.write(workers.create, friendly_name="Bob", attributes=json.dumps({}))
    task = desk.write(tasks.create, routing_target=bob.sid, ignore_capacity=False)

    assert rule_against(desk, task) is Rule.ROUTING_TARGET
