"""Lesson 2: what becomes of a Reservation after each reply, and a function that fails for one Worker."""

from __future__ import annotations

import pytest

from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.lessons.checks import check
from tests.worlds.application import ASSIGNMENT_URL, Application
from tests.worlds.desk import Desk

RIGHT = {"a": "pending", "b": "pending", "c": "pending", "d": "canceled", "e": "canceled", "f": "accepted"}
ACCEPT = {"instruction": "accept"}

REPLIES = {
    "a": {},
    "b": CallbackReply(status=200, content_type="text/plain", body=b""),
    "c": {"message": "success"},
    "d": 500,
    "e": "no answer within 5 s",
    "f": ACCEPT,
}
"""The replies of 2.2, as the application of these tests gives them."""


@pytest.mark.parametrize("letter", REPLIES)
def test_outcome_is_what_taskrouter_does(letter):
    """2.2: the right answers are those of the emulator, for a Workflow without a fallback address."""
    desk = Desk(Application({ASSIGNMENT_URL: REPLIES[letter]}))
    desk.workflow(default=desk.queue(), assignment_callback_url=ASSIGNMENT_URL)
    desk.worker("Alice")

    assert desk.offers(desk.task())[0] == ("Alice", RIGHT[letter])


OUTCOMES = [
    ({"a": "accepted"}, "Reply a doesn't leave the Reservation accepted: `{}` contains no instruction"),
    ({"a": "canceled"}, "Reply a doesn't leave the Reservation canceled: `{}` contains no instruction"),
    ({"b": "canceled"}, "Reply b doesn't leave the Reservation canceled: with status 200, an empty body means"),
    ({"b": "accepted"}, "Reply b doesn't leave the Reservation accepted"),
    ({"c": "canceled"}, "Reply c doesn't leave the Reservation canceled: JSON without an `instruction` means later"),
    ({"c": "accepted"}, "Reply c doesn't leave the Reservation accepted"),
    ({"d": "pending"}, "Reply d doesn't leave the Reservation pending: status 500 is not a usable reply"),
    ({"d": "accepted"}, "Reply d doesn't leave the Reservation accepted"),
    ({"e": "accepted"}, "Reply e doesn't leave the Reservation accepted: TaskRouter waits five seconds"),
    ({"e": "pending"}, "Reply e doesn't leave the Reservation pending"),
    ({"f": "pending"}, "Reply f doesn't leave the Reservation pending: the reply is in time and has an instruction"),
    ({"f": "canceled"}, "Reply f doesn't leave the Reservation canceled"),
    ({"d": "rejected"}, "a Reservation is rejected when somebody says so"),
    ({"d": "timeout"}, "a Reservation times out when nobody accepts or rejects it"),
    ({"d": "rescinded"}, "a Reservation is rescinded when another Worker accepts the Task"),
    ({"f": "assigned"}, "`becomes[\"f\"]` is 'assigned': that's a status of the Task"),
    ({"a": "reserved"}, "`becomes[\"a\"]` is 'reserved': that's a status of the Task"),
    ({"f": "completed"}, "accepting is only the beginning of the work"),
    ({"d": "500"}, "'500' is not a Reservation's status"),
    ({"d": 500}, '`becomes["d"]` is a number'),
    ({"c": None}, '`becomes["c"]` is nothing (`None`)'),
    ({"c": ...}, '`becomes["c"]` is still `...`'),
    ({"g": "pending"}, "There is no reply 'g' in this exercise"),
]


@pytest.mark.parametrize(("wrong", "words"), OUTCOMES)
def test_outcome_that_is_wrong(wrong, words):
    """2.2: the first letter that is wrong, and the rule."""
    verdict = check("2.2", RIGHT | wrong)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    ("becomes", "words"),
    [({"a": "pending"}, "The letters b, c, d, e and f are missing"), ("pending", "`becomes` is text")],
)
def test_outcomes_that_are_not_six(becomes, words):
    """2.2: one for each letter."""
    verdict = check("2.2", becomes)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "becomes",
    [
        RIGHT,
        list(RIGHT.values()),
        {letter.upper(): f" {status.title()}." for letter, status in RIGHT.items()},
        RIGHT | {"d": "cancelled", "f": "accept"},
    ],
)
def test_outcomes_that_are_right(becomes):
    """2.2: as a dictionary or a list, in any case and either spelling."""
    assert check("2.2", becomes).passed


def careful(callback):
    """The worked solution of 2.3."""
    return ACCEPT if "es" in callback.worker_attributes.get("languages", []) else {}


def careless(callback):
    """The function with the bug."""
    return ACCEPT if "es" in callback.worker_attributes["languages"] else {}


def forgets_the_default(callback):
    """``get`` with one argument."""
    return ACCEPT if "es" in callback.worker_attributes.get("languages") else {}


def assumes_spanish(callback):
    """A default that matches."""
    return ACCEPT if "es" in callback.worker_attributes.get("languages", ["es"]) else {}


def accepts_on_error(callback):
    """An error taken for a yes."""
    try:
        return careless(callback)
    except KeyError:
        return ACCEPT


def rejects_on_error(callback):
    """An instruction instead of later."""
    return careless(callback) if "languages" in callback.worker_attributes else {"instruction": "reject"}


def misspells(callback):
    """A key that nobody has."""
    return ACCEPT if "es" in callback.worker_attributes.get("language", []) else {}


ALL = "For a Worker with the attributes "

REPAIRS = [
    ("pending", careful, "`after_error` is 'pending', but the function stopped before it could return `{}`"),
    ("accept", careful, "`after_error` is 'accept', but the function stopped before it could return an instruction"),
    ("500", careful, "that's the HTTP status of the reply, not the status of the Reservation"),
    ("KeyError", careful, "that's what happens in your program. TaskRouter sees only a reply with status 500"),
    ("rejected", careful, "a Reservation is rejected when somebody says so"),
    ("timeout", careful, "a Reservation times out when nobody accepts or rejects it"),
    ("reserved", careful, "that's a status of the Task"),
    ("fails", careful, "'fails' is not a Reservation's status"),
    (..., careful, "`after_error` is still `...`"),
    ("canceled", ..., "`accept_spanish` is still `...`"),
    ("canceled", {}, "`accept_spanish` is a dictionary, not a function"),
    ("canceled", careless, f"{ALL}{{}}, `accept_spanish` stops with KeyError: 'languages' (line 3 of the function)"),
    ("canceled", forgets_the_default, f"{ALL}{{}}, `languages` is `None` in your function, and nothing can be in it"),
    ("canceled", assumes_spanish, f"{ALL}{{}}, your function returned {{'instruction': 'accept'}}. Nothing says"),
    ("canceled", accepts_on_error, "Nothing says that this Worker speaks Spanish"),
    ("canceled", rejects_on_error, "TaskRouter carries out an instruction right away"),
    (
        "canceled",
        misspells,
        f"{ALL}{{'languages': ['en', 'es']}}, your function returned {{}}. This Worker speaks Spanish",
    ),
    ("canceled", lambda callback: ACCEPT, f"{ALL}{{'languages': ['en']}}, your function returned"),
    ("canceled", lambda callback: {}, "This Worker speaks Spanish, so it should return {'instruction': 'accept'}"),
    ("canceled", lambda callback: True, "your function returned True. The reply is of type bool"),
]


@pytest.mark.parametrize(("after_error", "function", "words"), REPAIRS)
def test_repair_that_is_not_one(after_error, function, words):
    """2.3: the status first, then the first Worker for whom the function is wrong."""
    verdict = check("2.3", after_error, function)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "function",
    [
        careful,
        lambda callback: ACCEPT if "es" in (callback.worker_attributes.get("languages") or "") else None,
        lambda callback: careless(callback) if "languages" in callback.worker_attributes else {},
    ],
)
def test_repair_that_works(function):
    """2.3: whatever the function does about the missing attribute, and `None` for later."""
    assert check("2.3", "Canceled", function).passed
