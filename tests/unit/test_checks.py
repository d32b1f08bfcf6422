"""Checks: right answers pass, every likely mistake is told what is wrong, nothing is ever raised."""

from __future__ import annotations

import json

import pytest

from helpers import story
from helpers.checks import CHECKS, check
from helpers.lessons import catch_up

SPANISH = '{"selected_language": "es"}'
ALL_RIGHT = {"a": "Spanish", "b": "English", "c": "nowhere", "d": "nowhere"}


def by_language(callback):
    """The worked solution of 2.1."""
    return (
        {"instruction": "accept"}
        if callback.task_attributes["selected_language"] in callback.worker_attributes["languages"]
        else {}
    )


@pytest.mark.parametrize(
    ("exercise", "answers"),
    [
        ("0.1", ["bdeac"]),
        ("0.1", ["B D E A C"]),
        ("1.1", ['"es" NOT IN languages']),
        ("1.2", [ALL_RIGHT]),
        ("2.1", [by_language]),
        ("3.1", ["canceled", SPANISH]),
        ("4.2", ["Bob"]),
        ("4.2", ["bob"]),
    ],
)
def test_right_answers_pass(connection, exercise, answers):
    """What solves the exercise is told so."""
    catch_up(2)

    assert check(exercise, *answers).passed


@pytest.mark.parametrize(
    ("exercise", "answers", "words"),
    [
        ("0.1", [...], "`stages` is still `...`"),
        ("0.1", ["abc"], "not each of the letters"),
        ("0.1", ["abcde"], "“Reservation accepted” does not come first"),
        ("0.1", ["bdaec"], "“Reservation accepted” does not come right after “eligible Worker becomes available”"),
        ("1.1", ['languages HAS "en"'], "selects Alice and Bob; it should select Bob alone"),
        ("1.1", ['languages HAS "fr"'], "selects nobody"),
        ("1.1", ['friendly_name == "Bob"'], "this names Bob"),
        ("1.1", ["languages HAS"], "400, code 20001"),
        ("1.1", [7], "an expression is text"),
        ("1.2", [{**ALL_RIGHT, "c": ...}], "`goes_to` is still `...`"),
        ("1.2", [{**ALL_RIGHT, "c": "Spanish"}], "Task c does not go to 'Spanish'"),
        ("1.2", ["Spanish"], "a dictionary with the letters a to d"),
        ("2.1", ["accept"], "this is no function"),
        ("2.1", [lambda callback: {"instruction": "accept"}], "who speaks ['en'] your function returns"),
        ("2.1", [lambda callback: {"accept": True}], 'has no "instruction"'),
        ("2.1", [lambda callback: callback.task_attributes["language"]], "stops with KeyError: 'language'"),
        ("3.1", ["pending", SPANISH], "not pending"),
        ("3.1", ["failed", SPANISH], "not what happens"),
        ("3.1", ["canceled", {"selected_language": "es"}], "only the keys"),
        ("3.1", ["canceled", "{'selected_language': 'es'}"], "is not JSON"),
        ("3.1", ["canceled", '{"type":"support"}'], "does not say that the language is Spanish"),
        ("3.2", ["WT1"], "is no Task"),
        ("4.1", ["WT" + "0" * 32], "this is the Task"),
        ("4.1", ["WR" + "0" * 32], "only says where"),
        ("4.1", ["Alice"], "is no Reservation"),
        ("4.2", ["Alice"], "look at her channel's capacity"),
        ("4.2", ["nobody"], "somebody is"),
        ("4.2", [5], "none of the three"),
        ("5.1", [None], "this is no function"),
        ("5.1", [], "wants one answer (serve) and got no answer"),
        ("9.9", ["x"], "There is no exercise '9.9'"),
    ],
)
def test_mistakes_are_explained(connection, exercise, answers, words):
    """The verdict says what is wrong with this answer, and never raises."""
    catch_up(2)

    verdict = check(exercise, *answers)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "✓ Bob is reserved"), ("fr", "canceled"), ("es", "nobody is reserved")],
)
def test_english_task(connection, language, words):
    """3.2: the Task itself is looked at."""
    world = catch_up(3)
    workspace = story.workspace_of(connection.client, world)
    workspace.workers(world.bob_sid).update(activity_sid=world.activity_sids["Idle"])
    attributes = json.dumps({"selected_language": language})
    task = workspace.tasks.create(attributes=attributes, workflow_sid=world.workflow_sid)

    assert words in str(check("3.2", task))


def test_reservation_from_the_callback(connection):
    """4.1: the fetched Reservation passes; one that was only addressed does not."""
    world = catch_up(5)
    workspace = story.workspace_of(connection.client, world)
    sent = connection.listen().inbox.wait(path="/assignment_callback").parameters
    there = workspace.tasks(sent["TaskSid"]).reservations(sent["ReservationSid"])

    assert str(check("4.1", there.fetch())) == "✓ it is Alice's, and it is pending."
    assert "only says where" in str(check("4.1", there))


def test_serving_a_task(connection):
    """5.1: the function is tried on a Task, each way of failing is told, and the Task is taken away again."""
    world = catch_up(6)
    workspace = story.workspace_of(connection.client, world)

    def blank(task_sid): ...

    def accept(task_sid):
        for reservation in workspace.tasks(task_sid).reservations.list():
            workspace.tasks(task_sid).reservations(reservation.sid).update(reservation_status="accepted")

    def complete(task_sid):
        workspace.tasks(task_sid).update(assignment_status="completed")

    verdicts = [str(check("5.1", each)) for each in (blank, len, accept, complete)]
    serve = check("5.1", lambda task_sid: (accept(task_sid), complete(task_sid)))

    assert "`serve` still does nothing" in verdicts[0]
    assert "still reserved" in verdicts[1]
    assert "after `serve` the Task is assigned" in verdicts[2]
    assert "accept the Task's Reservation first" in verdicts[3]
    assert serve.passed
    assert len(workspace.tasks.list()) == 1


def test_verdict_shows_code_as_code():
    """In a notebook the words are escaped and names stand out."""
    html = check("4.2", "<b>")._repr_html_()

    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "<code>stages</code>" in check("0.1", ...)._repr_html_()


def test_broken_world_is_a_verdict(connection):
    """A check that needs a world which is not there says what to run."""
    assert "run this notebook's set-up cells" in str(check("1.1", '"es" NOT IN languages'))


def test_every_check_says_what_it_wants():
    """Each check's docstring begins with its exercise's number."""
    assert all(function.__doc__.startswith(f"{number}: ") for number, function in CHECKS.items())
