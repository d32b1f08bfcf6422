"""Checks: right answers pass in every form, each mistake gets a sentence of its own, nothing is ever raised."""

from __future__ import annotations

import inspect
import json

import pytest

from helpers.lessons import cell_runs, checks
from helpers.lessons.cell_runs import Run
from helpers.lessons.checks import CHECKS, check
from helpers.lessons.checks.lessons import lesson_02 as second_lesson
from helpers.lessons.checks.verdict import Verdict
from helpers.lessons.lessons import catch_up
from helpers.lessons.progress import read_progress
from helpers.predictions import predict
from tests.unit.lessons.checks.mistakes import (
    ALL_RIGHT,
    BUGS,
    DECISIONS,
    EXPRESSIONS,
    NEXT,
    PLACES,
    SPANISH,
    STAGES,
    case,
    made,
)

MISTAKES = [
    pytest.param(exercise, answer, words, id=f"{exercise}-{number}")
    for exercise, rows in (
        ("0.1", STAGES),
        ("1.1", EXPRESSIONS),
        ("1.2", PLACES),
        ("2.1", DECISIONS),
        ("3.1", BUGS),
        ("4.2", NEXT),
    )
    for number, (answer, words) in enumerate(rows)
]


def by_language(callback):
    """The worked solution of 2.1."""
    speaks = callback.task_attributes["selected_language"] in callback.worker_attributes["languages"]
    return {"instruction": "accept"} if speaks else {}


@pytest.mark.parametrize(("exercise", "answer", "words"), MISTAKES)
def test_mistake_is_told_what_is_wrong_with_it(desk, exercise, answer, words):
    """The verdict says what is wrong with this answer, and never raises."""
    given = made(answer, desk.begin(2))

    verdict = check(exercise, *given) if exercise == "3.1" else check(exercise, given)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    ("exercise", "answers"),
    [
        ("0.1", ["bdeac"]),
        ("0.1", ["B D E A C"]),
        ("0.1", ["b,d,e,a,c"]),
        ("0.1", ["b -> d -> e -> a -> c"]),
        ("0.1", [["b", "d", "e", "a", "c"]]),
        ("0.1", [("B", "D", "E", "A", "C")]),
        (
            "0.1",
            [
                [
                    "Task Created",
                    "eligible Worker becomes available",
                    "Worker reserved",
                    "Reservation accepted",
                    "Task assigned to Worker",
                ]
            ],
        ),
        ("1.1", ['"es" NOT IN languages']),
        ("1.1", ["'es' not in languages"]),
        ("1.1", [['"es" NOT IN languages']]),
        ("1.2", [ALL_RIGHT]),
        ("1.2", [case(a="spanish ", c="canceled", d=None)]),
        ("1.2", [case(a="Customer Care Requests - Spanish", b="Customer Care Requests - English", d="cancelled")]),
        ("1.2", [{key.upper(): place for key, place in ALL_RIGHT.items()}]),
        ("1.2", [list(ALL_RIGHT.values())]),
        ("1.2", [lambda desk: case(a=desk.story.spanish_queue_sid)]),
        ("1.2", [lambda desk: case(b=desk.workspace.task_queues(desk.story.english_queue_sid).fetch())]),
        ("2.1", [by_language]),
        ("2.1", [lambda callback: by_language(callback) or None]),
        ("3.1", ["canceled", SPANISH]),
        ("3.1", [" Cancelled ", SPANISH]),
        ("3.1", ["canceled", '{"selected_language": "es", "type": "support"}']),
        ("4.2", ["Bob"]),
        ("4.2", ["bob."]),
        ("4.2", [["Bob"]]),
        ("4.2", [lambda desk: desk.story.bob_sid]),
        ("4.2", [lambda desk: desk.workspace.workers(desk.story.bob_sid).fetch()]),
    ],
)
def test_right_answers_pass_in_another_form(desk, exercise, answers):
    """What is right is told so, whatever its case and spelling, as a list, by SID, by a queue's full name."""
    desk.begin(2)

    assert check(exercise, *(made(answer, desk) for answer in answers)).passed


@pytest.mark.parametrize(
    ("exercise", "answers", "words"),
    [
        ("5.1", [], "takes one answer and got no answer. Write `check('5.1', serve)`."),
        ("3.1", ["canceled"], "takes 2 answers and got one answer. Write `check('3.1', ends_as, payload)`."),
        ("9.9", ["x"], "There is no exercise '9.9'. There are 0.1, 0.2, 0.3, 1.1"),
        (["0.1"], ["x"], "The number of the exercise comes first, in quotes, and this is a list."),
        (lambda: 0, [], "The number of the exercise comes first, in quotes, and this is a function."),
        (4.2, ["Bob"], "✓"),
    ],
)
def test_call_of_a_check_that_does_not_fit(desk, exercise, answers, words):
    """Which exercises there are, and what each takes; a number is as good as a text."""
    assert words in str(check(exercise, *answers))


def test_answer_that_cannot_be_written(desk):
    """An answer whose own code raises is a verdict, too."""

    class Hostile(str):
        def __repr__(self):
            raise ValueError

        def strip(self, *_):
            raise ValueError("no")

    verdicts = [check(number, *[Hostile("x")] * len(inspect.signature(CHECKS[number]).parameters)) for number in CHECKS]

    assert not any(verdict.passed for verdict in verdicts)


def test_function_that_was_called(monkeypatch):
    """The cell with the check shows that the learner passed a result, whatever its kind."""
    monkeypatch.setattr(cell_runs, "_running", Run('check("4.4", announce(callback.parameters))'))

    assert "Pass the function itself, `announce` without parentheses." in str(check("4.4", "Alice: es, waiting 1 s"))


def test_slow_function_is_told_how_long_taskrouter_waits(desk, monkeypatch):
    """2.1: five seconds are all there is."""
    seconds = iter([100.0, 106.0])
    monkeypatch.setattr(second_lesson.time, "monotonic", lambda: next(seconds))

    assert "Your function took 6 s. TaskRouter waits 5 s for the reply" in str(check("2.1", by_language))


def test_prediction_of_the_beginning_is_not_the_answer(desk):
    """4.2: the object that ``predict`` made is told apart from a name."""
    desk.begin(4)

    assert "This is what `predict` returned" in str(check("4.2", predict(desk.workspace.tasks.list()[0])))


def test_result_is_kept(desk):
    """A verdict on an answer is remembered; what was solved stays solved, and a blank answer changes nothing."""
    check("0.1", ...)
    assert read_progress().exercises == {}
    check("0.1", "abcde")
    assert read_progress().state_of("0.1") == "tried"
    check("0.1", "bdeac")
    check("0.1", "abcde")
    assert read_progress().state_of("0.1") == "solved"


@pytest.mark.parametrize(
    "failed",
    [
        Run("stages = undefined", error="NameError"),
        Run("stages = bdeac'", error="SyntaxError"),
        Run("print(undefined)", cell_id="exercise-0-1", error="NameError"),
    ],
)
def test_red_cell_is_not_followed_by_a_verdict_on_the_old_value(desk, monkeypatch, failed):
    """If the latest run of the answer's cell failed, the answer is an old one, and the check says so."""
    history = [Run('stages = "bdeac"'), failed, Run('check("0.1", stages)')]
    monkeypatch.setattr(checks.general_answers, "history", lambda: history)

    assert f"The cell with your answer stopped with {failed.error}" in str(check("0.1", "bdeac"))

    history.insert(-1, Run('stages = "bdeac"'))
    assert check("0.1", "bdeac").passed


@pytest.mark.parametrize(
    "asking", ['check("0.1", mine)', 'verdict = checks.check("0.1", "".join(mine))', "check(0.1, mine)"]
)
def test_red_cell_with_a_name_of_ones_own(desk, monkeypatch, asking):
    """Whatever the learner calls the answer, an earlier value of it isn't judged after its cell failed."""
    history = [Run('mine = "bdeac"'), Run("mine = bdeac'", error="SyntaxError"), Run(asking)]
    monkeypatch.setattr(checks.general_answers, "history", lambda: history)

    assert "The cell with your answer stopped with SyntaxError, so `mine` may" in str(check("0.1", "bdeac"))


def test_answer_that_is_typed_into_the_check_needs_no_cell(desk, monkeypatch):
    """A value typed where the name stood has nothing to do with the cell that failed."""
    history = [Run("stages = undefined", error="NameError"), Run('check("0.1", "bdeac")')]
    monkeypatch.setattr(checks.general_answers, "history", lambda: history)

    assert check("0.1", "bdeac").passed


def test_expression_is_judged_in_a_world_of_its_own(desk):
    """1.1: the learner taught Bob Spanish, as the lesson suggests, and the right answer stays right."""
    desk.begin(2)
    both = json.dumps({"languages": ["en", "es"]})
    desk.workspace.workers(desk.story.bob_sid).update(attributes=both)

    assert check("1.1", '"es" NOT IN languages').passed


def test_checks_leave_no_requests_on_the_wire(desk):
    """What a check reads isn't what the learner's cells asked, so pictures of the wire don't have it."""
    desk.begin(3)
    task = desk.workspace.tasks.create(attributes=SPANISH, workflow_sid=desk.story.workflow_sid)
    before = len(desk.connection.wire)

    check("1.1", '"es" NOT IN languages')
    check("3.2", task)
    check("4.1", task)

    assert len(desk.connection.wire) == before


@pytest.mark.parametrize("source", ['stages == "bdeac"', 'Stages = "bdeac"', 'stages: "bdeac"', '"bdeac"'])
def test_answer_that_is_not_given_any_more(monkeypatch, source):
    """A cell that ran without giving an answer is not judged by what an earlier run gave."""
    given, now = (Run(text, "exercise-0-1") for text in ('stages = "bdeac"', source))
    asking = Run('check("0.1", stages)', "check-0-1")
    monkeypatch.setattr(cell_runs, "_running", asking)
    monkeypatch.setattr(cell_runs, "_finished", [given, now])
    assert "doesn't set `stages` any more, so `stages` still has" in str(check("0.1", "bdeac"))

    for later in (given, Run('stages = "bdeac"', "a cell of one's own")):
        monkeypatch.setattr(cell_runs, "_finished", [given, now, later])
        assert check("0.1", "bdeac").passed


def test_answer_that_is_changed_in_place(monkeypatch):
    """One letter of a dictionary, given in a later run of the cell, is an answer."""
    monkeypatch.setattr(cell_runs, "_running", Run('check("1.2", goes_to)'))
    first, second = "goes_to = {}", 'goes_to["a"] = "Spanish"'
    monkeypatch.setattr(cell_runs, "_finished", [Run(text, "exercise-1-2") for text in (first, second)])

    assert "The letters b, c and d are missing" in str(check("1.2", {"a": "Spanish"}))


def test_verdict_shows_code_as_code(desk):
    """In a notebook the words are escaped and names stand out."""
    html = check("4.2", "<b>")._repr_html_()

    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "<code>stages</code>" in check("0.1", ...)._repr_html_()


def test_verdict_keeps_lines_apart():
    """TaskRouter's message has a line of its own in a notebook, too."""
    assert "20001.<br>Message:" in Verdict("tried", "code 20001.\nMessage: …")._repr_html_()


def test_world_that_is_not_there_is_a_verdict(desk):
    """A check that needs the Workspace says what to run where it is missing."""
    catch_up(0)

    assert "Run this notebook's set-up cells" in str(check("4.4", lambda sent: sent))


def test_every_check_says_what_it_wants():
    """Each check's docstring begins with its exercise's number."""
    assert all(function.__doc__.startswith(f"{number}: ") for number, function in CHECKS.items())


def test_history_is_that_of_the_kernel():
    """The checks look at the same runs as the guide writes."""
    assert checks.general_answers.history is cell_runs.history
