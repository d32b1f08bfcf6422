"""Lesson 4: the Reservation of the callback, what the callback doesn't say, and a line for the Worker's screen."""

from __future__ import annotations

import json

import pytest

from helpers.lessons import cell_runs
from helpers.lessons.cell_runs import Run
from helpers.lessons.checks import check


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
            "This only says where the Reservation is, and nothing has been fetched yet. End with `.fetch()",
        ),
        (lambda d: d.there.fetch, "This is the method `fetch`, not what it returns. Call it with parentheses"),
        (lambda d: d.task.reservations, "This is the collection of every Reservation, not a Reservation"),
        (
            lambda d: d.task.reservations.list(),
            "`from_callback` is a list with 1 Reservation. Take one of its items: `[0]`",
        ),
        (lambda d: [], "This is a list, not a Reservation"),
        (lambda d: d.task, "This is a reference to a Task that isn't fetched yet. Continue with `.reservations(...)"),
        (lambda d: d.task.fetch(), "This is a Task. Continue with `.reservations(...)"),
        (lambda d: d.sent["ReservationSid"], "This is the Reservation's SID. Fetch it"),
        (lambda d: d.sent["TaskSid"], "This is the Task's SID. Continue with"),
        (lambda d: d.sent["WorkerSid"], "is text, not a Reservation"),
        (lambda d: "Alice", "'Alice' is text, not a Reservation"),
        (lambda d: d.sent, "This is a dictionary, not a Reservation"),
        (lambda d: d.callback, "This is the callback itself. Its parameters hold the SIDs"),
        (lambda d: d.workspace.workers(d.sent["WorkerSid"]).fetch(), "This is a Worker, not a Reservation"),
        (lambda d: d.workspace, "This is a reference to a Workspace that isn't fetched yet, not a Reservation"),
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
    desk.workspace.workers(desk.story.bob_sid).update(activity_sid=desk.story.activity_sids["Idle"])
    english = desk.workspace.tasks.create(
        attributes='{"selected_language": "en"}', workflow_sid=desk.story.workflow_sid
    )
    return desk.workspace.tasks(english.sid).reservations.list()[0]


RIGHT_CELL = """\
sent = callback.parameters
from_callback = client.taskrouter.v1.workspaces(sent["WorkspaceSid"]).tasks(sent["TaskSid"]).reservations(
    sent["ReservationSid"]
).fetch()"""


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (RIGHT_CELL, "✓ This is Alice's Reservation, and it is pending."),
        ('room = client.taskrouter.v1.workspaces("x")\nfrom_callback = room.fetch()', "✓"),
        ("from_callback = [each for each in client.x if str(each)][0]", "✓"),
        ('from_callback = workspace.tasks(sent["TaskSid"])', "your cell also uses `workspace`, from another cell"),
        ("from_callback = client.x(story.workspace_sid)", "your cell also uses `story`, from another cell"),
        ("sent = callback.parameters\nfrom_callback = reservation", "your cell also uses `reservation`"),
        ("from_callback = client.tasks(task.sid)", "your cell also uses `task`"),
        ("from_callback = listener.inbox.last", "your cell also uses `listener`"),
        (f'from_callback = client.x("WR{"0" * 32}")', "you typed the SID WR0000… by hand"),
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


NOT_SENT = [
    ("AccountSid", "TaskRouter sends `AccountSid`: it says whose account it is."),
    ("WorkspaceSid", "TaskRouter sends `WorkspaceSid`: your code needs it"),
    ("WorkflowSid", "TaskRouter sends `WorkflowSid`: it says which Workflow"),
    ("TaskQueueSid", "TaskRouter sends `TaskQueueSid`: it says in which queue"),
    ("TaskSid", "TaskRouter sends `TaskSid`: it says which Task"),
    ("taskattributes", "TaskRouter sends `TaskAttributes`: it has what you know about the customer"),
    ("TaskAge", "TaskRouter sends `TaskAge`: it says how many seconds ago"),
    ("TaskPriority", "TaskRouter sends `TaskPriority`: it says which Task goes first"),
    ("WorkerSid", "TaskRouter sends `WorkerSid`: it says which Worker"),
    ("WorkerAttributes", "TaskRouter sends `WorkerAttributes`: it has the Worker's languages"),
    ("ReservationSid", "TaskRouter sends `ReservationSid`: your code needs it to accept"),
    ("Alice", "'Alice' isn't one of the twelve names"),
    (12, "`not_sent` is a number; this exercise needs text"),
    (..., "`not_sent` is still `...`"),
]


@pytest.mark.parametrize(("answer", "words"), NOT_SENT)
def test_parameter_that_is_sent(answer, words):
    """4.3: each of the eleven has its use."""
    verdict = check("4.3", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("answer", ["WorkerName", " workername ", "`WorkerName`", ["WorkerName"]])
def test_parameter_that_is_not_sent(answer):
    """4.3: the name, whatever its case."""
    assert check("4.3", answer).passed


def test_callback_has_the_eleven_parameters(desk):
    """4.3: the names that the exercise calls sent are those of a callback."""
    from helpers.lessons.checks.lessons import lesson_04

    desk.begin(5)
    callback = desk.connection.listen().inbox.wait(path="/assignment_callback")

    assert set(lesson_04._SENT) == set(callback.parameters)


@pytest.fixture
def names(desk):
    """The dictionary of the exercise's cell."""
    desk.begin(5)
    return {desk.story.alice_sid: "Alice", desk.story.bob_sid: "Bob"}


def language(sent):
    """The Task's language."""
    return json.loads(sent["TaskAttributes"])["selected_language"]


ANNOUNCERS = [
    (lambda names: ..., "`announce` is still `...`"),
    (lambda names: "Alice: es, waiting 1 s", "`announce` is text, not a function"),
    (lambda names: lambda: "", "`announce` can't be called with one argument"),
    (lambda names: lambda sent: len(sent) and None, "`announce` returned nothing. Add a `return"),
    (lambda names: lambda sent: [language(sent)], "your function returned a list, not text"),
    (
        lambda names: lambda sent: "Alice: es, waiting 1 s",
        "For Bob, language en and age 0, your function returned the line of another callback",
    ),
    (
        lambda names: lambda sent: f"{sent['WorkerSid']}: {language(sent)}, waiting {sent['TaskAge']} s",
        "the line has the Worker's SID instead of the name. `names` has the name for each SID",
    ),
    (lambda names: lambda sent: f"{language(sent)}, waiting {sent['TaskAge']} s", "the line doesn't name Alice"),
    (
        lambda names: lambda sent: f"{names[sent['WorkerSid']]}: {sent['TaskAttributes']}, {sent['TaskAge']} s",
        "the line has all the attributes",
    ),
    (
        lambda names: lambda sent: f"{names[sent['WorkerSid']]}: waiting {sent['TaskAge']} s",
        "the line has no language",
    ),
    (
        lambda names: lambda sent: f"{names[sent['WorkerSid']]}: {language(sent)}, waiting",
        "the line doesn't say how old the Task is",
    ),
    (
        lambda names: lambda sent: f"{names[sent['WorkerSid']]} ({language(sent)}) {sent['TaskAge']}",
        'It should be exactly "Alice: es, waiting 1 s"',
    ),
    (lambda names: lambda sent: sent["TaskAttributes"]["selected_language"], "`announce` stops with TypeError"),
    (lambda names: lambda sent: names[sent["WorkerName"]], "`announce` stops with KeyError: 'WorkerName'"),
]


@pytest.mark.parametrize(("make", "words"), ANNOUNCERS)
def test_line_that_is_wrong(names, make, words):
    """4.4: the first thing that is wrong with the line."""
    verdict = check("4.4", make(names))

    assert not verdict.passed
    assert words in str(verdict)


def test_line_that_is_right(names):
    """4.4: for Alice and for Bob."""
    assert check(
        "4.4", lambda sent: f"{names[sent['WorkerSid']]}: {language(sent)}, waiting {sent['TaskAge']} s"
    ).passed
