"""Lesson 4: what the callback doesn't say, and a line for the Worker's screen."""

from __future__ import annotations

import json

import pytest

from helpers.lessons.checks import check

NOT_SENT = [
    ("AccountSid", "TaskRouter sends `AccountSid`: it says whose account it is."),
    ("WorkspaceSid", "TaskRouter sends `WorkspaceSid`: your code needs it"),
    ("WorkflowSid", "TaskRouter sends `WorkflowSid`: it says which Workflow"),
    ("TaskQueueSid", "TaskRouter sends `TaskQueueSid`: it says in which queue"),
    ("TaskSid", "TaskRouter sends `TaskSid`: it says which Task"),
    ("taskattributes", "TaskRouter sends `TaskAttributes`: it has what you know about the customer"),
    ("TaskAge", "TaskRouter sends `TaskAge`: it says how many seconds ago"),
    ("TaskPriority", "TaskRouter sends `TaskPriority`: here it is 0"),
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
    (lambda names: lambda sent: len(sent) and None, "your function returned nothing. Add a `return"),
    (lambda names: lambda sent: [language(sent)], "your function returned a list, not text"),
    (
        lambda names: lambda sent: "Alice: es, waiting 1 s",
        "For Bob, language en, age 0: your function returned the line of another callback",
    ),
    (
        lambda names: lambda sent: f"{sent['WorkerSid']}: {language(sent)}, waiting {sent['TaskAge']} s",
        "the line has the Worker's SID. `names` has the name for a SID",
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
        'Write "Alice: es, waiting 1 s", letter by letter',
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
