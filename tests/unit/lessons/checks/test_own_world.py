"""Check of an exercise that acts on the lesson's own world: 3.2."""

from __future__ import annotations

import json

import pytest

from helpers.errors.lesson_problems import StoryMissing
from helpers.lessons.checks import check
from tests.unit.lessons.checks.mistakes import SPANISH

ENGLISH = '{"selected_language": "en"}'


def task_of(desk, attributes=ENGLISH, **more):
    """What a learner creates in 3.2."""
    return desk.workspace.tasks.create(attributes=attributes, workflow_sid=desk.story.workflow_sid, **more)


def set_activity(desk, sid, name):
    """Move a Worker to an Activity."""
    desk.workspace.workers(sid).update(activity_sid=desk.story.activity_sids[name])


@pytest.fixture
def third(desk):
    """Lesson 3 with Bob Idle, as its cells leave it."""
    desk.begin(3)
    set_activity(desk, desk.story.bob_sid, "Idle")
    return desk


ENGLISH_TASKS = [
    (
        lambda desk: task_of(desk, SPANISH),
        'Bob can\'t get a Task with {"selected_language":"es"}. Which language',
    ),
    (lambda desk: task_of(desk, '{"selected_language": "fr"}'), "canceled: no filter matches"),
    (
        lambda desk: task_of(desk, '{"language": "en"}'),
        "The filters read `selected_language`, and it's missing",
    ),
    (lambda desk: task_of(desk, '{"selected_language": "EN"}'), "The filters compare `selected_language` with"),
    (lambda desk: task_of(desk, "{}"), "canceled: no filter matches {}"),
    (lambda desk: task_of(desk).sid, "This is the Task's SID, not the Task. Leave out `.sid` at the end"),
    (lambda desk: [task_of(desk)], "`english_task` is a list with 1 Task. Take one of its items: `[0]`"),
    (lambda desk: [], "`english_task` is a list, not a Task"),
    (lambda desk: desk.workspace.tasks, "`english_task` is the collection of every Task, not a Task"),
    (lambda desk: desk.workspace.tasks.create, "`english_task` is the method `create`, not called, not a Task"),
    (lambda desk: ENGLISH, "`english_task` is text, not a Task"),
    (lambda desk: json.loads(ENGLISH), "`english_task` is a dictionary, not a Task"),
    (lambda desk: None, "`english_task` is nothing (`None`), not a Task"),
    (lambda desk: desk.workspace.workers(desk.story.bob_sid).fetch(), "`english_task` is a Worker, not a Task"),
    (
        lambda desk: desk.workspace.tasks(task_of(desk).sid).reservations.list()[0],
        "`english_task` is a Reservation, not a Task",
    ),
    (lambda desk: deleted(desk, task_of(desk)), "isn't in this Workspace any more: it was deleted"),
    (lambda desk: begun_again(desk, task_of(desk, SPANISH)), "isn't in this Workspace any more"),
    (lambda desk: canceled(desk, task_of(desk, SPANISH)), "Bob can't get a Task with"),
]


def deleted(desk, task):
    """A Task that its learner has deleted."""
    task.delete()
    return task


def canceled(desk, task):
    """A Task that its learner has canceled."""
    return task.update(assignment_status="canceled", reason="try")


def begun_again(desk, task):
    """A Task of before the lesson began again."""
    desk.begin(3)
    return task


@pytest.mark.parametrize(("make", "words"), ENGLISH_TASKS)
def test_task_that_is_not_for_bob(third, make, words):
    """3.2: what is wrong with it, or what it is instead."""
    verdict = check("3.2", make(third))

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "make",
    [
        task_of,
        lambda desk: desk.workspace.tasks(task_of(desk).sid),
        lambda desk: desk.workspace.tasks(task_of(desk).sid).fetch(),
        lambda desk: task_of(desk, '{"selected_language": "en", "name": "Zoe"}'),
        lambda desk: desk.workspace.tasks.create(attributes=ENGLISH),
        lambda desk: task_of(desk, priority=5),
    ],
)
def test_task_for_bob(third, make):
    """3.2: as it was created or fetched, with more attributes, or with the Workspace's only Workflow left out."""
    assert (
        str(check("3.2", make(third)))
        == "✓ Bob is reserved for it: he matches the English queue, and he is available and free."
    )


def test_task_that_bob_let_pass(third):
    """3.2: an answer stays right, but nobody is said to be reserved after the Reservation has ended."""
    task = task_of(third)
    third.connection.advance(1300)

    assert (
        str(check("3.2", task))
        == "✓ Bob was reserved for it: he matches the English queue, and he was available and free."
    )


def test_right_task_run_twice_stays_right(third):
    """3.2: an earlier try has Bob's only place; the answer is right all the same, and the reason is said."""
    task_of(third)
    verdict = check("3.2", task_of(third))

    assert verdict.passed
    assert "as soon as he has free capacity. Now Bob has no" in str(verdict)
    assert "start the lesson again from the cell with `catch_up(3)`." in str(verdict)


def test_right_task_while_bob_is_away(third):
    """3.2: what stands in the way is said in explain's own sentence, and once it's gone the Task is right."""
    set_activity(third, third.story.bob_sid, "Offline")
    task = task_of(third)

    said = str(check("3.2", task))
    assert 'The Task is right, but Bob is in Activity "Offline"' in said
    assert "Start the lesson again from the cell with `catch_up(3)`. A later cell sets Bob Idle." in said

    set_activity(third, third.story.bob_sid, "Idle")
    assert check("3.2", task).passed


def test_right_task_that_alice_got(desk):
    """3.2: somebody else is reserved."""
    desk.begin(5)
    set_activity(desk, desk.story.bob_sid, "Offline")
    [task] = desk.workspace.tasks.list()
    task.delete()

    assert "Alice was reserved, not Bob. Is Bob Idle, and is Alice Offline?" in str(check("3.2", task_of(desk)))


def test_world_that_is_not_there(desk):
    """A missing Workspace is said in the words of the error that the lesson's own cells would get."""
    desk.begin(3)
    desk.client.taskrouter.v1.workspaces(desk.story.workspace_sid).delete()

    assert str(StoryMissing("workspace 'TaskRouter Notebooks'")) in str(check("3.2", task_like(desk)))


def task_like(desk):
    """A Task's SID is enough to ask for it."""
    return desk.workspace.tasks("WT" + "0" * 32)
