"""Lesson 1: what is said to each mistake, and that the right answers are TaskRouter's own."""

from __future__ import annotations

import json
import re
from itertools import permutations

import pytest
from twilio.rest import Client

from helpers.emulator.sdk.http_client import InProcessHttpClient
from helpers.emulator.server.in_process import start_in_process
from helpers.lessons.checks import check, hint
from tests.notebooks.generated import NOTEBOOKS, cell_of, read

ALL_RIGHT = {"a": "Alice", "b": "nobody", "c": "nobody", "d": "nobody"}
EXPRESSIONS = {
    "a": 'languages HAS "es"',
    "b": '"languages" HAS "es"',
    "c": 'languages == "es"',
    "d": "languages HAS es",
}


def case(**changed):
    """The right answer to 1.3 with some letters changed."""
    return {**ALL_RIGHT, **changed}


MATCHES = [
    (..., "`matches` is still `...`"),
    (case(c=...), '`matches["c"]` is still `...`'),
    (case(a="nobody"), "Expression a matches Alice. Her attribute `languages` is a list"),
    (case(b="Alice"), 'Expression b matches nobody. "languages" in quotes is text'),
    (case(c="Alice"), "Expression c matches nobody. `languages` is a list, and a list"),
    (case(d="Alice"), "Expression d matches nobody. `es` without quotes is the name"),
    (case(a="Bob"), "Expression a doesn't match Bob. He speaks only English"),
    (case(a="es"), '`matches["a"]` is \'es\'. Write "Alice" or "nobody"'),
    (case(b=True), '`matches["b"]` is True'),
    ({"a": "Alice"}, "The letters b, c and d are missing"),
    (case(e="nobody"), "There is no expression 'e' in this exercise"),
    ("Alice", "`matches` is text"),
    (["Alice", "nobody"], "`matches` is a list"),
    (None, "`matches` is nothing (`None`)"),
]

ORDERS = [
    (..., "`build_order` is still `...`"),
    ("abcdef", "TaskRouter has no call b: you can't put a Worker into a TaskQueue"),
    ("fdceab", "TaskRouter has no call b"),
    ("acdef", "Call a uses `desk`, which no call before it creates. Everything is in a Workspace"),
    ("cdefa", "Call c uses `desk`"),
    ("dcefa", "Call d uses `desk`"),
    ("edcfa", "Call e uses `desk`"),
    ("fcdea", "Call c uses `ready`, which no call before it creates. A Worker's Activity is passed by its SID"),
    ("fadce", "Call a uses `queue`, which no call before it creates. A Workflow refers to a queue by its SID"),
    ("fde", "The letters a and c are missing. Five of the six calls are needed"),
    ("fdcea" + "d", "The letter d is there more than once"),
    ("fdceag", "There is no letter g in this exercise"),
    ("12345", "`build_order` has digits in it"),
    ("", "`build_order` is empty"),
    (5, "`build_order` is a number. Write letters in quotes"),
    ("Workspace first, then everything", "`build_order` has more than 6 letters"),
    ({"f": 1}, "`build_order` is a dictionary"),
    (["f", 2], "`build_order` has a number in it"),
]

MISTAKES = {"1.3": MATCHES, "1.4": ORDERS}
"""Wrong answers by exercise, as in ``mistakes``."""


@pytest.mark.parametrize(
    ("exercise", "answer", "words"), [(exercise, *row) for exercise, rows in MISTAKES.items() for row in rows]
)
def test_wrong_answer_is_told_why(exercise, answer, words):
    """The verdict names the first letter that is wrong, and the reason."""
    verdict = check(exercise, answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("answer", [ALL_RIGHT, list(ALL_RIGHT.values()), case(a=" alice.", b=None, c="no one")])
def test_right_matches_in_another_form(answer):
    """1.3: case, None for nobody, and a list of four count."""
    assert check("1.3", answer).passed


@pytest.mark.parametrize("answer", ["fdcea", "F, E, A, D, C", ["f", "d", "e", "a", "c"]])
def test_right_order_in_another_form(answer):
    """1.4: case, commas and a list count, and so does another order."""
    assert check("1.4", answer).passed


def test_answer_is_what_taskrouter_selects(desk):
    """1.3: the right answer is the emulator's own."""
    workers = desk.begin(2).workspace.workers

    for letter, expression in EXPRESSIONS.items():
        names = [each.friendly_name for each in workers.list(target_workers_expression=expression)]
        assert names == ([] if ALL_RIGHT[letter] == "nobody" else [ALL_RIGHT[letter]])


def test_order_is_right_if_the_calls_run_in_it():
    """1.4: the check passes exactly the orders in which the notebook's own calls find what they use."""
    intro = cell_of(read(NOTEBOOKS / "01_build_the_workspace.ipynb"), "exercise-1-4-intro").source
    calls = dict(re.findall(r"^- \*\*(\w)\*\* `([^`]+)`", intro, re.MULTILINE))
    own = start_in_process(seed="orders")
    client = Client(own.account_sid, own.auth_token, http_client=InProcessHttpClient(own.app))

    for order in permutations("acdef"):
        try:
            exec("\n".join(calls[letter] for letter in order), {"client": client, "json": json})
            runs = True
        except NameError:
            runs = False
        assert check("1.4", order).passed == runs, order

    made = {"client": client, "json": json}
    exec("\n".join(calls[letter] for letter in "fdcea"), made)
    with pytest.raises(AttributeError):
        exec(calls["b"], made)


@pytest.mark.parametrize(
    ("exercise", "answer", "pointer"),
    [
        ("1.1", 'friendly_name == "Bob"', "Look at the expressions of the two queues"),
        ("1.1", '"es" NOT IN languages AND "en" IN languages', "take the others out of your expression"),
        ("1.2", ["Spanish", "nowhere", "nowhere", "nowhere"], "with the attributes of Task b"),
        ("1.3", case(c="Alice"), "Pass expression c to `try_expression`"),
        ("1.4", "fadce", "Find the call that starts with `queue =`. It comes before call a"),
        ("1.4", "abcdef", "Leave out b"),
    ],
)
def test_pointer_fits_the_answer(exercise, answer, pointer):
    """The second hint after a common mistake is about that mistake."""
    check(exercise, answer)
    hint(exercise)

    assert pointer in str(hint(exercise))
