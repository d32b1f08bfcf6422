"""Trying an expression: truth table, sentences, errors with a caret, in every place an expression may stand."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from helpers import try_expression

ALICE = {"languages": ["en", "es"], "level": 4}
BOB = {"languages": ["en"], "level": 2}

TABLE = """\
Expression, as target_workers of a TaskQueue: languages HAS "es" AND level >= 3
It matches 1 of 2 Workers: Alice.
1: languages HAS "es"
2: level >= 3
Truth table
Worker  Matches  1  2  Value                              Reason
------  -------  -  -  ---------------------------------  --------------------------------------------------------
Alice   yes      ✓  ✓  languages: ["en", "es"], level: 4
Bob     no       ✗  ✗  languages: ["en"], level: 2        languages is ["en"], without "es"; level (2) is not >= 3"""

SYNTAX = """\
Expression, as target_workers of a TaskQueue: skill-level > 3
This isn't a valid expression. TaskRouter answers: extraneous input 'evel' expecting OPERATOR
Here
  skill-level > 3
       ^^
A key can't contain a hyphen. Rename the attribute skill-level to skill_level. Expressions have no arithmetic either."""


@pytest.fixture
def workers():
    """Alice, available, and Bob, who is not."""
    return [worker("Alice", '{"languages": ["en", "es"], "level": 4}', "WA1", True), worker("Bob", BOB, "WA2", False)]


@pytest.fixture
def spanish():
    """A Task created on a Monday at 09:30 UTC."""
    created = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    return SimpleNamespace(
        sid="WT" + "1" * 32, assignment_status="pending", attributes='{"language": "es"}', date_created=created
    )


def worker(name, attributes, activity, available):
    """A Worker as the SDK gives it."""
    activity_sid = f"{activity}{'0' * 31}"
    return SimpleNamespace(
        sid=f"WK{name}",
        friendly_name=name,
        activity_name="",
        activity_sid=activity_sid,
        available=available,
        attributes=attributes,
    )


def said(*given, **more):
    """The sentences below the expression, up to the table."""
    return str(try_expression(*given, **more)).partition("\nTruth table")[0].split("\n")[1:]


def test_truth_table_in_words(workers):
    """Each Worker has a verdict for each clause, the values seen, and every reason against."""
    assert str(try_expression('languages HAS "es" AND level >= 3', workers)) == TABLE


def test_syntax_error_has_caret_and_advice(workers):
    """A text that is no expression gets Twilio's message, a caret and the next step."""
    assert str(try_expression("skill-level > 3", workers)) == SYNTAX


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ('languages == "es"', "It is false for everybody: languages is a list: == is always false on a list; use HAS."),
        ('worker.languages HAS "es"', "names here have no worker. in front. Write languages."),
        ('langauges HAS "es"', "The Worker has languages: is one of the two misspelled?"),
        (
            "languages HAS es",
            "It is false for everybody: es is missing (null); if you mean text, put it in quotes: 'es'.",
        ),
        ('"languages" HAS "es"', "It reads no attribute, so the result is always the same."),
        ("1==1", "It reads no attribute, so the result is always the same."),
        ('languages HAS "fr"', "It is false for everybody, for different reasons."),
    ],
)
def test_what_everybody_shares_is_said_once(workers, expression, sentence):
    """A clause that keeps everybody out, and one that asks nobody anything, is explained above the table."""
    assert said(expression, workers)[-1].endswith(sentence)


def test_quoted_name_is_recognised(workers):
    """Quotes around the name of an attribute are pointed out."""
    words = str(try_expression('"level" > 3', workers))

    assert '"level" in quotes is a text, not the attribute: write level without quotes' in words


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("task.language == 'es'", "task.… works only in a target's expression."),
        ("task.language IN worker.languages", "task.… works only in a target's expression."),
    ],
)
def test_names_of_another_place(workers, expression, sentence):
    """A name that belongs into a target's expression is told where it belongs."""
    assert said(expression, workers)[1].startswith(sentence)


def test_what_a_worker_carries_is_not_known(workers, spanish):
    """A target's expression on channels is tried, and says what it cannot see."""
    words = str(try_expression("worker.channel.voice.assigned_tasks == 0", workers, spanish))

    assert "so worker.channel.… counts as missing." in words


@pytest.mark.parametrize(
    ("expression", "advised"),
    [
        ("level == 2 OR level == 4 AND level > 3", True),
        ("level == 2 OR (level == 4 AND level > 3)", False),
        ("level == 2 AND level == 4 AND level > 3", False),
    ],
)
def test_and_beside_or_wants_parentheses(workers, expression, advised):
    """Where the order of AND and OR decides, and nothing says which, parentheses are advised."""
    assert ("write parentheses to be sure" in str(try_expression(expression, workers))) is advised


def test_clause_that_decides_nothing(workers):
    """Of several clauses the one that is true for all is named."""
    assert said('languages HAS "en" AND level == 4', workers) == [
        "It matches 1 of 2 Workers: Alice.",
        'Clause 1 (languages HAS "en") is true for everybody, so it makes no difference here.',
        '1: languages HAS "en"',
        "2: level == 4",
    ]


def test_tasks_make_it_a_filter(spanish):
    """On Tasks the expression stands in a filter, where a Task tells the time of its creation."""
    expression = 'language == "es" AND taskrouter.dayOfWeek == "Mon" AND taskrouter.currentTime == 930'

    assert said(expression, [spanish])[0] == "It matches 1 of 1 Task: WT1111…"


def test_pairs_make_it_a_target(workers, spanish):
    """With Tasks beside the Workers every pair is tried, fields of Workers included."""
    picture = try_expression('task.language IN worker.languages AND worker.friendly_name != "Bob"', workers, [spanish])

    assert said(picture._view.state["expression"], workers, [spanish])[0] == (
        "It matches 1 of 2 pairs of Task and Worker: WT1111… for Alice."
    )


def test_counts_make_it_a_skip_if(workers):
    """Workers stand for the members of a TaskQueue, counted by availability and Activity."""
    assert said("workers.available < 2", workers) == [
        "True: the target is skipped if no Worker can be reserved at once.",
    ]
    assert said(f"workers.WA1{'0' * 31} == 0", workers)[0].endswith("is 1, not 0.")
    assert said("workers.available == 3", {"available": 2}, place="skip_if")[0].startswith("False: the Task waits")


def test_clock_is_not_guessed():
    """Without a time an expression that asks the clock is not tried; with one it is."""
    expression = "taskrouter.currentHour == '12'"

    assert "couldn't be tried" in said(expression, {}, place="filter")[0]
    assert said(expression, {}, place="filter", at=datetime(2026, 3, 2, 12, tzinfo=UTC))[0].startswith("It matches 1")


@pytest.mark.parametrize(
    ("expression", "on", "sentence"),
    [
        ("level > 1", [], "There is no Worker to try it on: the list is empty."),
        ("", [ALICE], "It matches nobody: 0 of 1 Worker."),
        (
            "x" * 100_000,
            [ALICE],
            "This isn't a valid expression. TaskRouter answers: expression is 100000 characters long, at",
        ),
        ("level > 1", [None, 5], "It couldn't be tried on anything. The table says why."),
        ("level > 1", [None, ALICE], "It matches 1 of 1 Worker: #2."),
    ],
    ids=["empty list", "empty text", "long text", "nothing usable", "mixed"],
)
def test_bad_input_gets_clear_words(expression, on, sentence):
    """Nothing raises; the first sentence says what to do with it, and the words stay short."""
    picture = str(try_expression(expression, on))

    assert picture.split("\n")[1].startswith(sentence)
    assert len(picture) < 2000


@pytest.mark.parametrize(("given", "seen"), [(None, "of type NoneType"), (..., "still `...`"), (5, "of type int")])
def test_expression_must_be_text(given, seen):
    """What is no text is named, with an example."""
    assert str(try_expression(given, [ALICE])).startswith(f"The expression is {seen}. Write it as text in quotes")


@pytest.mark.parametrize(
    ("given", "more", "sentence"),
    [
        ((), {}, "There's nothing to try it on. Pass the Workers after the expression"),
        ((None,), {}, "There's nothing to try it on."),
        (("level > 1",), {}, "Pass the expression first, then what to try"),
        (([ALICE], "language"), {}, "Pass the expression first, then what to try"),
        (([ALICE],), {"place": "target"}, "A target's expression needs Workers and Tasks."),
        (([ALICE],), {"at": "09:30"}, "at is of type str. Write a time"),
    ],
)
def test_other_arguments_are_asked_for(given, more, sentence):
    """Something missing, or of a kind that cannot be meant, is named with an example."""
    assert str(try_expression("level > 1", *given, **more)).startswith(sentence)


def test_what_is_not_read_is_told(workers):
    """Characters that are dropped are named above the table, with what is read instead."""
    assert said("*level >= 3'", workers)[:4] == [
        "It matches 1 of 2 Workers: Alice.",
        "* at character 1 means nothing here and is dropped.",
        "Expressions have no arithmetic. Compute the value first and store it as an attribute.",
        "The quote ' at character 12 has no matching quote and is dropped.",
    ]


def test_each_place_knows_its_own_names(workers):
    """The filter of a list of Workers sees their fields, a TaskQueue doesn't and says so."""
    queue, listed = (
        try_expression("friendly_name == 'Alice'", workers, place=place)
        for place in ("target_workers", "target_workers_expression")
    )

    assert "it isn't an attribute, and the Worker's own friendly_name isn't known here" in str(queue)
    assert "It matches 1 of 2 Workers: Alice." in str(listed)


def test_name_without_owner_is_told_of(workers, spanish):
    """In a target's expression a name says whose it is."""
    text = str(try_expression("level >= 3", workers, [spanish]))

    assert "level has no task. or worker. in front, so it's null here. Write task.level or worker.level" in text


def test_expression_comes_first():
    """Both the wrong way round are told apart from a wrong expression."""
    assert str(try_expression([ALICE], "level > 1")).startswith("Pass the expression first")


@pytest.mark.parametrize("place", ["target_workers", "target_workers_expression", "filter", "skip_if"])
def test_place_is_tried_on_what_it_reads(workers, spanish, place):
    """No Worker is called a Task, nor the other way round."""
    given, sentence = (
        (workers, "needs Tasks, but these are Workers.")
        if place == "filter"
        else ([spanish], "needs Workers, but these are Tasks.")
    )

    assert sentence in str(try_expression("1==1", given, place=place))


def test_workers_come_before_tasks(workers, spanish):
    """Swapped, or twice the same, they are asked for in their order."""
    for given in ([spanish], workers), (workers, workers):
        assert "try_expression(expression, workspace.workers.list(), workspace.tasks.list())" in str(
            try_expression("worker.level > 1", *given)
        )


def test_two_kinds_in_one_list(workers, spanish):
    """Workers and Tasks together are not guessed about."""
    assert str(try_expression("1==1", [*workers, spanish])).startswith("This list has Workers and Tasks.")


def test_unknown_place(workers):
    """The places there are stand in the sentence."""
    assert str(try_expression("1==1", workers, place="queue")) == (
        "place is 'queue'. Use one of target_workers, target_workers_expression, filter, target, skip_if, or leave "
        "it out."
    )


def test_table_is_bounded():
    """Of 10,000 Workers all are tried and 50 shown, those that match first."""
    picture = try_expression("n == 9999", [{"n": n} for n in range(10_000)])

    rows = picture._view.state["rows"]
    assert said("n == 9999", [{"n": n} for n in range(10_000)])[0] == "It matches 1 of 10000 Workers: #10000."
    assert (len(rows), rows[0]["name"]) == (50, "#10000")
    assert "50 of 10000 Workers are shown, those that match first." in str(picture)


def test_many_clauses_are_bounded(workers):
    """An expression of a hundred clauses has eight columns, and says so."""
    words = str(try_expression(" OR ".join(f"level == {n}" for n in range(100)), workers))

    assert "The first 8 clauses are shown, 92 more are not." in words
    assert "8: level == 7" in words
    assert "9: level" not in words


def test_markup_is_escaped():
    """Names, values and expressions are text in the static table."""
    named = worker("<b>Al</b>", {"x": "<script>"}, "WA1", True)

    html = try_expression("x == '<i>'", [named])._repr_mimebundle_()["text/html"]

    assert "<b>" not in html
    assert "<script>" not in html
    assert "&lt;i&gt;" in html
