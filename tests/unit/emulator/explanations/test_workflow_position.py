"""Where a Task stands in its Workflow is found out as the engine knows it."""

from __future__ import annotations

import pytest

from helpers.emulator.explanations import explain
from helpers.emulator.explanations.reading.workspace_reader import read_replica
from tests.worlds.desk import configuration, filter_


def steps(desk):
    """Two filters that are true, the first over after 30 s, the second with a step that ends and one that does not."""
    desk.worker("Alice", activity="Offline")
    first, second, third = desk.queue("First"), desk.queue("Second"), desk.queue("Third")
    return desk.workflow(
        filter_("n == 2", second, name="No"),
        filter_("n == 1", {"queue": first, "timeout": 10}, {"queue": second, "timeout": 20}, name="A"),
        filter_(
            "n == 1", {"queue": third, "timeout": 60}, {"queue": third, "expression": "worker.level > 1"}, name="B"
        ),
        default=first,
    )


@pytest.mark.parametrize("age", [0, 5, 10, 15, 29, 30, 45, 89, 90, 200])
def test_step_is_the_engines_own(desk, age):
    """Filter, target and the end of the step agree with the engine's at every age."""
    task = desk.task({"n": 1}, workflow_sid=steps(desk))
    desk.advance(age)
    own = desk.emulator.read(task.account_sid, desk.workspace_sid).tasks[task.sid]
    read = read_replica(desk.workspace).sandbox().state.tasks[task.sid]

    assert (read.filter_index, read.target_index) == (own.filter_index, own.target_index)
    assert (read.filter_entered, read.step_ends) == (own.filter_entered, own.step_ends)


def test_default_filter_is_no_step(desk):
    """A Task that no filter takes stands in none."""
    task = desk.task({"n": 3}, workflow_sid=steps(desk))
    read = read_replica(desk.workspace).sandbox().state.tasks[task.sid]

    assert (read.filter_index, read.step_ends) == (None, None)


@pytest.mark.parametrize("skipped", [1, 2, 3])
def test_skipped_steps_are_left(desk, skipped):
    """Steps that lead to one queue are told apart by how many the Task has come to."""
    desk.worker("Alice", activity="Offline")
    queue = desk.queue("Everybody")
    targets = [{"queue": queue, "timeout": 60} | ({"skip_if": "1==1"} if place < skipped else {}) for place in range(3)]
    task = desk.task(workflow_sid=desk.workflow(filter_("1==1", *targets, name="A"), default=queue))
    own = desk.emulator.read(task.account_sid, desk.workspace_sid).tasks[task.sid]
    read = read_replica(desk.workspace).sandbox().state.tasks[task.sid]

    assert (read.filter_index, read.target_index) == (own.filter_index, own.target_index)
    assert read.step_ends == own.step_ends


def same_place(desk, task):
    """Whether a Task stands in the copy where the engine has it, and goes by the same version of its Workflow."""
    state = desk.emulator.read(task.account_sid, desk.workspace_sid)
    own, read = state.tasks[task.sid], read_replica(desk.workspace).sandbox().state.tasks[task.sid]
    follows = own.revision == state.workflows[own.workflow_sid].revision
    fields = ("filter_index", "target_index", "filter_entered", "step_ends")
    return [getattr(read, name) for name in fields] == [getattr(own, name) for name in fields], read.revision == follows


def test_filter_is_entered_with_the_attributes_that_match(desk):
    """Where other attributes led a Task to another filter, its time counts from then, not from its creation."""
    task = desk.task({"n": 2}, workflow_sid=steps(desk))
    desk.advance(40)
    desk.workspace.tasks(task.sid).update(attributes='{"n": 1}')

    assert same_place(desk, task) == (True, True)


@pytest.mark.parametrize("again", ["true", "false"])
def test_re_evaluated_task_begins_anew(desk, again):
    """After an update with ``re_evaluate_tasks`` a Task is in its first step again, without it where it was."""
    workflow = steps(desk)
    task = desk.task({"n": 1}, workflow_sid=workflow)
    desk.advance(12)
    desk.workspace.workflows(workflow).update(task_reservation_timeout=60, re_evaluate_tasks=again)

    assert same_place(desk, task)[0]


@pytest.mark.parametrize("again", ["true", "false"])
def test_version_of_the_workflow_is_the_tasks_own(desk, again):
    """Only a Task that was not led through the Workflow since its update goes by an earlier version."""
    desk.worker("Alice", activity="Offline")
    queue = desk.queue("Everybody")
    workflow = desk.workflow(filter_("1==1", {"queue": queue, "timeout": 60}, name="A"))
    task = desk.task(workflow_sid=workflow)
    later = configuration(filter_("1==1", {"queue": queue, "timeout": 90}, name="A"))
    desk.workspace.workflows(workflow).update(configuration=later, re_evaluate_tasks=again)
    text = str(explain(task))

    assert same_place(desk, task)[1]
    assert ("The Workflow was updated after this Task entered it" in text) == (again == "false")
    assert ("unless the earlier" in text) == (again == "false")


def test_reservation_outlasts_its_step(desk):
    """A reserved Task stays in the step in which it was reserved, though the step's time is over."""
    alice, queue = desk.worker("Alice"), desk.queue("Everybody")
    targets = [{"queue": queue, "timeout": 10}, {"queue": queue}]
    task = desk.task(workflow_sid=desk.workflow(filter_("1==1", *targets, name="A")))
    desk.advance(15)

    assert same_place(desk, task) == (True, True)
    desk.reserved_for(alice).update(reservation_status="rejected", worker_activity_sid=desk.activity("Offline"))
    assert same_place(desk, task) == (True, True)


def test_step_that_cannot_have_been_left_was_added(desk):
    """A target without a timeout before the Task's own shows that the Workflow would lead it elsewhere now."""
    desk.worker("Alice", activity="Offline")
    first, second = desk.queue("First"), desk.queue("Second")
    workflow = desk.workflow(filter_("1==1", second, name="A"))
    task = desk.task(workflow_sid=workflow)
    later = configuration(filter_("1==1", first, second, name="A"))
    desk.workspace.workflows(workflow).update(configuration=later)
    explanation = explain(task)

    assert "would lead it to" in explanation.short
    assert "time was over" not in str(explanation)
    assert repr(explanation.apply()) == "Explanation(reserved)"


def test_forecast_depends_on_what_others_follow(desk):
    """Who is reserved by itself, and when, may hang on a Task that goes by an earlier version of its Workflow."""
    desk.worker("Alice")
    queue = desk.queue("Everybody")
    workflow = desk.workflow(default=queue)
    desk.workspace.update(timeout_activity_sid=desk.activity("Available"))
    desk.task(workflow_sid=workflow)
    first, later = "If nothing changes", "unless the earlier version of the Workflow, which some Tasks still follow"
    waiting = desk.task(workflow_sid=workflow, timeout=3600)
    desk.workspace.tasks(waiting.sid).update(priority=5)
    before = str(explain(waiting))
    desk.workspace.workflows(workflow).update(task_reservation_timeout=300)

    assert (first in before, later in before) == (True, False)
    assert (first in str(explain(waiting)), later in str(explain(waiting))) == (True, True)
