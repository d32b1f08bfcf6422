"""Checks of exercises that act on the lesson's own world: 3.2, 4.1 and 5.1."""

from __future__ import annotations

import json

import pytest

from helpers.errors.lesson_problems import StoryMissing
from helpers.lessons import cell_runs
from helpers.lessons.cell_runs import Run
from helpers.lessons.checks import check
from helpers.lessons.progress import read_progress
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
        "The filters read `selected_language`, and it isn't there",
    ),
    (lambda desk: task_of(desk, '{"selected_language": "EN"}'), "The filters compare `selected_language` with"),
    (lambda desk: task_of(desk, "{}"), "canceled: no filter matches {}"),
    (lambda desk: task_of(desk).sid, "This is the Task's SID, not the Task. Leave out `.sid` at the end"),
    (lambda desk: [task_of(desk)], "`english_task` is a list of Tasks"),
    (lambda desk: [], "`english_task` is a list, not a Task"),
    (lambda desk: desk.workspace.tasks, "`english_task` is the way to every Task, not one of them, not a Task"),
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
        str(check("3.2", make(third))) == "✓ Bob is reserved for it: English queue, available, and nothing else to do."
    )


def test_task_that_bob_let_pass(third):
    """3.2: an answer stays right, but nobody is said to be reserved after the Reservation has ended."""
    task = task_of(third)
    third.connection.advance(1300)

    assert str(check("3.2", task)) == "✓ Bob was reserved for it: English queue, available, and nothing else to do."


def test_right_task_run_twice_stays_right(third):
    """3.2: an earlier try has Bob's only place; the answer is right all the same, and the reason is said."""
    task_of(third)
    verdict = check("3.2", task_of(third))

    assert verdict.passed
    assert "waits for an earlier one: Bob has no room" in str(verdict)
    assert "begin the lesson again, from the cell with `catch_up(3)` on." in str(verdict)


def test_right_task_while_bob_is_away(third):
    """3.2: what stands in the way is said in explain's own sentence, and once it's gone the Task is right."""
    set_activity(third, third.story.bob_sid, "Offline")
    task = task_of(third)

    said = str(check("3.2", task))
    assert 'The Task is right, but Bob is in Activity "Offline"' in said
    assert "Begin the lesson again, from the cell with `catch_up(3)` on. Its cells make Bob Idle." in said

    set_activity(third, third.story.bob_sid, "Idle")
    assert check("3.2", task).passed


def test_right_task_that_alice_got(desk):
    """3.2: somebody else is reserved."""
    desk.begin(5)
    set_activity(desk, desk.story.bob_sid, "Offline")
    [task] = desk.workspace.tasks.list()
    task.delete()

    assert "Alice was reserved, not Bob. Is Bob Idle, and is Alice Offline?" in str(check("3.2", task_of(desk)))


@pytest.fixture
def fourth(desk):
    """Lesson 4 after Alice was reserved, with ``sent`` and ``there``, the way to the Reservation."""
    desk.begin(5)
    desk.callback = desk.connection.listen().inbox.wait(path="/assignment_callback")
    desk.sent = desk.callback.parameters
    desk.task = desk.workspace.tasks(desk.sent["TaskSid"])
    desk.there = desk.task.reservations(desk.sent["ReservationSid"])
    return desk


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda d: ..., "`from_callback` is still `...`"),
        (
            lambda d: d.there,
            "This only says where the Reservation is; nothing has been read yet. End with `.fetch()",
        ),
        (lambda d: d.there.fetch, "This is the method `fetch`, not what it returns. Parentheses call it"),
        (lambda d: d.task.reservations, "This is the way to every Reservation, not one of them"),
        (lambda d: d.task.reservations.list(), "This is a list of 1, not a Reservation"),
        (lambda d: [], "This is an empty list, not a Reservation"),
        (lambda d: d.task, "This is the way to a Task, not read yet. Go on with `.reservations(...)"),
        (lambda d: d.task.fetch(), "This is a Task. Go on with `.reservations(...)"),
        (lambda d: d.sent["ReservationSid"], "This is the Reservation's SID. Fetch it"),
        (lambda d: d.sent["TaskSid"], "This is the Task's SID. Go on with"),
        (lambda d: d.sent["WorkerSid"], "is text, not a Reservation"),
        (lambda d: "Alice", "'Alice' is text, not a Reservation"),
        (lambda d: d.sent, "This is a dictionary, not a Reservation"),
        (lambda d: d.callback, "This is the callback itself. Its parameters hold the SIDs"),
        (lambda d: d.workspace.workers(d.sent["WorkerSid"]).fetch(), "This is a Worker, not a Reservation"),
        (lambda d: d.workspace, "This is the way to a Workspace, not read yet, not a Reservation"),
        (lambda d: None, "This is nothing (`None`), not a Reservation"),
        (lambda d: bobs(d), "This Reservation isn't Alice's. Take the SIDs from `callback.parameters"),
    ],
)
def test_not_the_reservation_of_the_callback(fourth, answer, words):
    """4.1: what it is instead, and how to go on from there."""
    verdict = check("4.1", answer(fourth))

    assert not verdict.passed
    assert words in str(verdict)


def bobs(desk):
    """A Reservation of Bob's."""
    set_activity(desk, desk.story.bob_sid, "Idle")
    return desk.workspace.tasks(task_of(desk).sid).reservations.list()[0]


RIGHT_CELL = """\
sent = callback.parameters
from_callback = client.taskrouter.v1.workspaces(sent["WorkspaceSid"]).tasks(sent["TaskSid"]).reservations(
    sent["ReservationSid"]
).fetch()"""


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (RIGHT_CELL, "✓ It is Alice's, and it is pending."),
        ('room = client.taskrouter.v1.workspaces("x")\nfrom_callback = room.fetch()', "✓"),
        ("from_callback = [each for each in client.x if str(each)][0]", "✓"),
        ('from_callback = workspace.tasks(sent["TaskSid"])', "your cell also uses `workspace`, from another cell"),
        ("from_callback = client.x(story.workspace_sid)", "your cell also uses `story`, from another cell"),
        ("sent = callback.parameters\nfrom_callback = reservation", "your cell also uses `reservation`"),
        ("from_callback = client.tasks(task.sid)", "your cell also uses `task`"),
        ("from_callback = listener.inbox.last", "your cell also uses `listener`"),
        (f'from_callback = client.x("WR{"0" * 32}")', "the SID WR0000… was typed by hand"),
        ("", "✓"),
    ],
)
def test_nothing_but_the_parameters(fourth, monkeypatch, cell, words):
    """4.1: the goal asks for the callback's parameters alone, so where else the answer came from is said."""
    monkeypatch.setattr(cell_runs, "_finished", [Run(cell)])
    monkeypatch.setattr(cell_runs, "_running", Run('check("4.1", from_callback)'))

    assert words in str(check("4.1", fourth.there.fetch()))


def test_reservation_from_the_workers_side(fourth):
    """4.1: a Reservation is found under its Worker as well."""
    reservations = fourth.workspace.workers(fourth.sent["WorkerSid"]).reservations

    assert check("4.1", reservations(fourth.sent["ReservationSid"]).fetch()).passed


@pytest.fixture
def fifth(desk):
    """Lesson 5 at its end: Alice is Idle and free."""
    return desk.begin(7)


def accept(desk, task_sid, status="accepted"):
    """Update each pending Reservation of the Task."""
    for reservation in desk.workspace.tasks(task_sid).reservations.list(reservation_status="pending"):
        reservation.update(reservation_status=status)


def complete(desk, task_sid):
    """Complete the Task."""
    desk.workspace.tasks(task_sid).update(assignment_status="completed")


SERVINGS = [
    (lambda d: "accept", "`serve` is text, not a function"),
    (lambda d: None, "serve` is nothing (`None`), not a function. Don't call it"),
    (lambda d: lambda: d.story, "serve` can't be called with one argument. Begin with `def serve(task_sid):"),
    (lambda d: lambda task_sid, worker: task_sid, "`serve` can't be called with one argument"),
    (lambda d: lambda task_sid: None, "`serve` still does nothing"),
    (lambda d: lambda task_sid: complete(d, d.story.workflow_sid), "`serve` never uses its argument"),
    (
        lambda d: lambda task_sid: len(task_sid),
        "After `serve` the Task is still reserved. Update the Reservation",
    ),
    (lambda d: lambda task_sid: accept(d, task_sid), "After `serve` the Task is assigned. Send one more update"),
    (
        lambda d: lambda task_sid: complete(d, task_sid),
        "Cannot complete task {sid} in workspace {workspace} because it is not currently assigned.",
    ),
    (
        lambda d: lambda task_sid: accept(d, task_sid, "accept"),
        "In `serve`: TaskRouter refused this request: 400, code 20001.",
    ),
    (lambda d: lambda task_sid: accept(d, task_sid, "accept"), "What to do: write `reservation_status='accepted'`"),
    (lambda d: lambda task_sid: accept(d, task_sid, "rejected"), "After `serve` the Task is "),
    (
        lambda d: lambda task_sid: d.workspace.tasks(task_sid).update(assignment_status="accepted"),
        "What to do: not the Task, but one of its Reservations is accepted",
    ),
    (
        lambda d: lambda task_sid: d.workspace.tasks(task_sid).update(assignment_status="canceled"),
        "After `serve` the Task is canceled",
    ),
    (lambda d: lambda task_sid: d.workspace.tasks(task_sid).delete(), "After `serve` the Task is gone: it was deleted"),
    (
        lambda d: (
            lambda task_sid: d.workspace.tasks(task_sid).reservations.list().update(reservation_status="accepted")
        ),
        "`serve` stops with AttributeError: 'list' object has no attribute 'update'",
    ),
    (
        lambda d: (
            lambda task_sid: d.workspace.tasks(task_sid).reservations.list().update(reservation_status="accepted")
        ),
        "It is a list, of 1: take one of its items, such as `[0]`, first.",
    ),
    (
        lambda d: lambda task_sid: d.workspace.tasks(task_sid).reservations.list(status="pending"),
        "Write `reservation_status` instead of `status`.",
    ),
    (
        lambda d: lambda task_sid: d.workspace.tasks(task_sid).reservations.list()[0].accept(),
        'The SDK changes a resource with `update`: `reservation.update(reservation_status="accepted")',
    ),
    (
        lambda d: lambda task_sid: d.workspace.tasks(task_sid).reservations.list(reservation_status="accepted")[0],
        "`serve` stops with IndexError: list index out of range",
    ),
    (lambda d: lambda task_sid: print(task_sid, undefined), "`serve` stops with NameError: name 'undefined'"),  # noqa: F821
    (lambda d: lambda task_sid: d.workspace.tasks[task_sid], "It stands for all resources of a kind"),
    (
        lambda d: lambda task_sid: d.workspace.workers(task_sid).fetch(),
        "In `serve`: TaskRouter refused this request: 404",
    ),
    (lambda d: lambda task_sid: exit(task_sid), "`serve` stops with SystemExit"),
]


@pytest.mark.parametrize(("make", "words"), SERVINGS)
def test_function_that_does_not_serve(fifth, make, words):
    """5.1: how far the function got, with the hint its error gets anywhere else; the check's Task is gone after."""
    verdict = check("5.1", make(fifth))

    assert not verdict.passed
    said = str(verdict)
    for part in words.split("{sid} in workspace {workspace}"):
        assert part in said
    assert [task.assignment_status for task in fifth.workspace.tasks.list()] == ["completed"]
    assert "refused. TaskRouter refused" not in said


def test_function_that_serves(fifth):
    """5.1: accept, then complete."""
    assert str(check("5.1", lambda task_sid: (accept(fifth, task_sid), complete(fifth, task_sid)))) == (
        "✓ Accepted, then completed."
    )


@pytest.mark.parametrize(("lesson", "words"), [(4, 'is in Activity "Offline"'), (5, "has no room")])
def test_nobody_to_serve_for(desk, lesson, words):
    """5.1: with nobody free the check says what stands in the way, in explain's own sentence, and judges nothing."""
    desk.begin(lesson)

    said = str(check("5.1", lambda task_sid: accept(desk, task_sid)))

    assert "Nobody is reserved for the check's Task, so there is nothing to serve" in said
    assert said.endswith("Run the lesson's cells, from the one with `catch_up(5)` on, and then this one again.")
    assert words in said
    assert read_progress().exercises == {}


def test_world_that_is_not_there(desk):
    """A missing Workspace is said in the words of the error that the lesson's own cells would get."""
    desk.begin(3)
    desk.client.taskrouter.v1.workspaces(desk.story.workspace_sid).delete()

    assert str(StoryMissing("workspace 'TaskRouter Notebooks'")) in str(check("3.2", task_like(desk)))


def task_like(desk):
    """A Task's SID is enough to ask for it."""
    return desk.workspace.tasks("WT" + "0" * 32)
