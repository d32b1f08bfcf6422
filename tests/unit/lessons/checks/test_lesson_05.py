"""Lesson 5: a Task served, completed too early, the lines in order, and a Workspace in which several customers wait."""

from __future__ import annotations

import json

import pytest

from helpers.lessons.checks import check
from helpers.lessons.checks.subjects.own_world import OwnWorld


def accept(workspace, sid, status="accepted"):
    """Update the Task's pending Reservation."""
    workspace.tasks(sid).reservations.list(reservation_status="pending")[0].update(reservation_status=status)


def end(workspace, sid, status="completed"):
    """Update the Task."""
    workspace.tasks(sid).update(assignment_status=status)


def reserved(workspace):
    """SIDs of the Tasks that are reserved."""
    return [task.sid for task in workspace.tasks.list(assignment_status=["reserved"])]


def serve_once(workspace):
    """Serve the Tasks that are reserved at the start."""
    for sid in reserved(workspace):
        accept(workspace, sid)
        end(workspace, sid)


def serve(workspace, task_sid):
    """The exercise's own function, as it is handed out."""


SERVE = [
    (..., "`serve` is still `...`"),
    ("accept", "`serve` is text, not a function"),
    (None, "`serve` is nothing (`None`), not a function. Pass the function itself"),
    (lambda: 1, "`serve` can't be called with 2 arguments. Begin with `def serve(workspace, task_sid):`"),
    (lambda task_sid: task_sid, "`serve` can't be called with 2 arguments"),
    (serve, "`serve` still does nothing"),
    (lambda workspace, task_sid: len(task_sid), "`serve` never uses its argument `workspace`"),
    (lambda workspace, task_sid: serve_once(workspace), "`serve` never uses its argument `task_sid`"),
    (lambda workspace, sid: serve_once(workspace) or sid, "`serve` changed another Task, which it wasn't given"),
    (lambda workspace, sid: workspace.tasks(sid).fetch(), "After `serve` the Task is still reserved. Accept its"),
    (accept, "After `serve` the Task is assigned. Complete it with one more update"),
    (lambda workspace, sid: accept(workspace, sid) or end(workspace, sid, "wrapping"), "the Task is wrapping up"),
    (lambda workspace, sid: accept(workspace, sid, "rejected"), "`serve` rejected the Reservation. Set"),
    (lambda workspace, sid: end(workspace, sid, "canceled"), "After `serve` the Task is canceled"),
    (lambda workspace, sid: workspace.tasks(sid).delete(), "After `serve` the Task is gone: it was deleted"),
    (end, "because it is not currently assigned."),
    (lambda workspace, sid: accept(workspace, sid, "accept"), "What to do: Write `reservation_status='accepted'`"),
    (lambda workspace, sid: end(workspace, sid, "accepted"), "You don't accept the Task, but one of its Reservations"),
    (lambda sid, workspace: accept(workspace, sid), "`serve` stops with AttributeError: 'str' object has no attribute"),
    (
        lambda workspace, sid: workspace.tasks(sid).reservations.list().update(reservation_status="accepted"),
        "This is a list with 1 item. Take one item first, for example `[0]`.",
    ),
    (
        lambda workspace, sid: workspace.tasks(sid).reservations.list(status="pending"),
        "Write `reservation_status` instead of `status`.",
    ),
    (
        lambda workspace, sid: workspace.tasks(sid).reservations.list()[0].accept(),
        'Use `reservation.update(reservation_status="accepted")`',
    ),
    (
        lambda workspace, sid: workspace.tasks(sid).reservations.list(reservation_status="accepted")[0],
        "`serve` stops with IndexError: list index out of range",
    ),
    (lambda workspace, sid: print(workspace, sid, undefined), "`serve` stops with NameError: name 'undefined'"),  # noqa: F821
    (lambda workspace, sid: workspace.tasks[sid], "This is the collection, and it hasn't read anything yet"),
    (lambda workspace, sid: workspace.workers(sid).fetch(), "In `serve`: TaskRouter returned an error: status 404"),
    (lambda workspace, sid: [workspace.tasks(sid).fetch() for _ in range(400)], "`serve` doesn't end: it sent 300"),
    (lambda workspace, sid: exit(workspace.tasks(sid)), "`serve` stops with SystemExit"),
]


@pytest.mark.parametrize(("answer", "words"), SERVE)
def test_function_that_does_not_serve(kernel, answer, words):
    """5.1: how far the function got, with the hint that its error gets anywhere else."""
    verdict = check("5.1", answer)

    assert not verdict.passed
    assert words in str(verdict)
    assert "refused. TaskRouter refused" not in str(verdict)


OTHER_CELLS = [
    ("task", "accept(room, sid) or task.update(assignment_status='completed')"),
    ("workspace", "accept(room, sid) or [workspace for _ in room.tasks.list()]"),
    ("client", "client.taskrouter.v1.workspaces(room) and sid"),
    ("story", "[room.workers(story.alice_sid) for _ in sid]"),
]


@pytest.mark.parametrize(("variable", "body"), OTHER_CELLS)
def test_function_that_uses_another_cell(desk, variable, body):
    """5.1: the lesson's own resources are never those of the check, and the check leaves them alone."""
    desk.begin(5)
    [task] = desk.workspace.tasks.list()
    cells = {"task": task, "workspace": desk.workspace, "client": desk.client, "story": desk.story, "accept": accept}
    serve = eval(f"lambda room, sid: {body}", cells)

    assert f"`serve` uses `{variable}`, a variable of another cell" in str(check("5.1", serve))
    assert task.fetch().assignment_status == "reserved"


def test_function_that_serves(kernel):
    """5.1: accept, then complete."""
    assert str(check("5.1", lambda workspace, sid: (accept(workspace, sid), end(workspace, sid)))) == (
        "✓ Your function accepted the Reservation, and then completed the Task."
    )


def test_function_is_judged_whatever_the_lesson_left(desk):
    """5.1: a Task that waits for the learner's Alice, or Alice Offline, makes no difference, and stays as it was."""
    desk.begin(4)

    assert check("5.1", lambda workspace, sid: (accept(workspace, sid), end(workspace, sid))).passed
    assert [task.assignment_status for task in desk.workspace.tasks.list()] == ["pending"]


BUGS = [
    ("pending", "b", "The Task wasn't pending: TaskRouter had already reserved Alice"),
    ("assigned", "b", "The Task wasn't assigned: the message itself says so"),
    ("accepted", "b", "that's a status of a Reservation"),
    ("completed", "b", "TaskRouter returned an error instead"),
    ("cancelled", "b", "nobody canceled it"),
    ("wrapping", "b", "a Task can only wrap up after a Worker has accepted it"),
    ("offered", "b", "the Task's status has another name"),
    ("early", "b", "`was` is 'early', which isn't an `assignment_status`"),
    ("reserved", "a", "change a doesn't help: TaskRouter assigns the Task itself"),
    ("reserved", "c", "change c doesn't help: Alice is Idle already"),
    ("reserved", "D", "change d doesn't help: the second request gets the same response"),
    ("reserved", "e", "`was` is right, but `repair` is 'e'"),
    ("reserved", 2, "`repair` is a number"),
    ("reserved", ..., "`repair` is still `...`"),
]


@pytest.mark.parametrize(("was", "repair", "words"), BUGS)
def test_bug_that_is_not_found(was, repair, words):
    """5.2: each status and each change has its reason."""
    verdict = check("5.2", was, repair)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(("was", "repair"), [("reserved", "b"), (" Reserved", "B."), (["reserved"], ["b"])])
def test_bug_that_is_found(was, repair):
    """5.2: in any case."""
    assert check("5.2", was, repair).passed


@pytest.mark.parametrize("change", ["assigned", "completed"])
def test_changes_of_the_bug_are_refused(change):
    """5.2: TaskRouter takes neither change a nor change d, as often as it is asked."""
    own = OwnWorld.build()
    own.set_activity(own.sids.alice_sid, "Idle")
    own.create_task(json.dumps({"selected_language": "es"}))
    [task] = own.workspace.tasks.list()
    for _ in range(2):
        with pytest.raises(Exception, match=r"cannot be set|not currently assigned"):
            task.update(assignment_status=change)

    assert task.fetch().assignment_status == "reserved"


ORDERS = [
    ([], "`order` is empty"),
    ("ebdca", "ine e comes too early: it lists the Reservations of `task"),
    ("bedca", "ine e comes too early: it finds no Reservation yet"),
    ("bdcea", "ine c comes too early: it updates `reservation"),
    ("bdeac", "ine a comes too early: it completes the Task"),
    ("acedb", "Line e comes too early"),
    ("bde", "The letters a and c are missing. Use each of the lines a to e once"),
    ("bdec", "The letter a is missing"),
    ("bdecaa", "The letter a is there more than once"),
    ("bdecf", "There is no letter f"),
    ("all", "`order` is 'all', and the letters are a to e"),
    ("24531", "`order` has digits in it"),
    (24531, "`order` is a number. Write letters"),
    (None, "`order` is nothing"),
    ("", "`order` is empty. Write letters"),
    (..., "`order` is still `...`"),
]


@pytest.mark.parametrize(("order", "words"), ORDERS)
def test_lines_in_another_order(order, words):
    """5.3: the first line that comes too early, and why."""
    verdict = check("5.3", order)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    ("order", "words"),
    [("bdeca", "created, available"), ("dbeca", "the Task doesn't wait"), ("B, D, E, C, A", ""), (list("bdeca"), "")],
)
def test_lines_in_order(order, words):
    """5.3: with Alice available before or after the customer asks."""
    verdict = check("5.3", order)

    assert verdict.passed
    assert words in str(verdict)


def serve_all(workspace):
    """Serve Tasks until none is reserved."""
    while reserved(workspace):
        serve_once(workspace)


def serve_for_ever(workspace):
    """Ask without doing anything."""
    while workspace.tasks.list():
        pass


def accept_all(workspace):
    """Accept what is reserved."""
    for sid in reserved(workspace):
        accept(workspace, sid)


def cancel_all(workspace):
    """Cancel every Task."""
    for task in workspace.tasks.list():
        end(workspace, task.sid, "canceled")


def delete_all(workspace):
    """Delete every Task."""
    for task in workspace.tasks.list():
        task.delete()


def complete_all(workspace):
    """Complete Tasks that nobody accepted."""
    for sid in reserved(workspace):
        end(workspace, sid)


SERVINGS = [
    (..., "`serve_all` is still `...`"),
    (None, "`serve_all` is nothing (`None`), not a function"),
    (lambda: 1, "`serve_all` can't be called with one argument"),
    (lambda workspace: print("served"), "`serve_all` never uses its argument"),
    (serve_once, "2 of 4 Tasks are completed, and another is reserved. A Worker who is free again gets the next"),
    (serve_for_ever, "`serve_all` doesn't end: it sent 300 requests"),
    (accept_all, "0 of 4 Tasks are completed, and others are only accepted"),
    (cancel_all, "0 of 4 Tasks are completed, and 4 canceled"),
    (delete_all, "0 of 4 Tasks are completed, and 4 deleted"),
    (complete_all, "because it is not currently assigned"),
    (reserved, "0 of 4 Tasks are completed, and none is accepted"),
    (
        lambda workspace: accept(workspace, reserved(workspace)[0], "accept"),
        "In `serve_all`: TaskRouter returned an error: status 400, code 20001.",
    ),
    (lambda workspace: workspace.tasks.list()[9], "`serve_all` stops with IndexError"),
    (lambda workspace: workspace.task, "`serve_all` stops with AttributeError"),
]


@pytest.mark.parametrize(("answer", "words"), SERVINGS)
def test_function_that_leaves_somebody_waiting(kernel, answer, words):
    """5.4: how far it got."""
    verdict = check("5.4", answer)

    assert not verdict.passed
    assert words in str(verdict)


def test_function_that_serves_everybody(kernel):
    """5.4: also those who are reserved in the meantime."""
    assert check("5.4", serve_all).passed
