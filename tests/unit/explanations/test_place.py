"""Where a Task stands in its Workflow is found out as the engine knows it."""

from __future__ import annotations

import pytest

from helpers.explanations.replica import read_replica
from tests.unit.explanations.desk import rule


def steps(desk):
    """Two filters that are true, the first over after 30 s, the second with a step that ends and one that does not."""
    desk.worker("Alice", "Offline")
    first, second, third = desk.queue("First"), desk.queue("Second"), desk.queue("Third")
    return desk.workflow(
        rule("No", "n == 2", second),
        rule("A", "n == 1", {"queue": first, "timeout": 10}, {"queue": second, "timeout": 20}),
        rule("B", "n == 1", {"queue": third, "timeout": 60}, {"queue": third, "expression": "worker.level > 1"}),
        default=first,
    )


@pytest.mark.parametrize("age", [0, 5, 10, 15, 29, 30, 45, 89, 90, 200])
def test_step_is_the_engines_own(desk, age):
    """Filter, target and the end of the step agree with the engine's at every age."""
    task = desk.task(steps(desk), {"n": 1})
    desk.advance(age)
    own = desk.emulator.read(task.account_sid, desk.workspace_sid).tasks[task.sid]
    read = read_replica(desk.workspace).trial().state.tasks[task.sid]

    assert (read.filter_index, read.target_index) == (own.filter_index, own.target_index)
    assert (read.filter_entered, read.step_ends) == (own.filter_entered, own.step_ends)


def test_default_filter_is_no_step(desk):
    """A Task that no filter takes stands in none."""
    task = desk.task(steps(desk), {"n": 3})
    read = read_replica(desk.workspace).trial().state.tasks[task.sid]

    assert (read.filter_index, read.step_ends) == (None, None)


@pytest.mark.parametrize("skipped", [1, 2, 3])
def test_skipped_steps_are_left(desk, skipped):
    """Steps that lead to one queue are told apart by how many the Task has come to."""
    desk.worker("Alice", "Offline")
    queue = desk.queue("Everybody")
    targets = [{"queue": queue, "timeout": 60} | ({"skip_if": "1==1"} if place < skipped else {}) for place in range(3)]
    task = desk.task(desk.workflow(rule("A", "1==1", *targets), default=queue))
    own = desk.emulator.read(task.account_sid, desk.workspace_sid).tasks[task.sid]
    read = read_replica(desk.workspace).trial().state.tasks[task.sid]

    assert (read.filter_index, read.target_index) == (own.filter_index, own.target_index)
    assert read.step_ends == own.step_ends
