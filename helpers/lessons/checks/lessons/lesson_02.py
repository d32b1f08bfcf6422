"""Lesson 2: a function that answers the assignment callback."""

from __future__ import annotations

import inspect
import json
import time
from collections.abc import Callable
from typing import Any

from helpers.callbacks import AssignmentCallback
from helpers.callbacks.decision import REPLY_LIMIT_SECONDS
from helpers.callbacks.instructions import read_instruction
from helpers.ground.message import Parameters
from helpers.lessons.checks.answers import call, read_function, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]

_ACCEPT = {"instruction": "accept"}
_CASES = (
    ("es", ["en", "es"], True),
    ("es", ["en"], False),
    ("en", ["en"], True),
    ("en", ["es"], False),
    ("fr", ["en", "fr"], True),
)
"""Language of the Task, languages of the Worker, and True if the function should accept."""


def decides_by_language(accept_same_language: object) -> str:
    """2.1: accept when the Worker speaks the Task's language, else leave it for later."""
    function = read_function("accept_same_language", accept_same_language, "callback")
    for language, languages, accepts in _CASES:
        case = f"for a Task in {language!r} and a Worker who speaks {languages} "
        answer = _ask(function, language, languages, case)
        if (answer or {}) != (_ACCEPT if accepts else {}):
            raise NotYet(f"{case}your function returns {spell(answer)}. {_rule(answer, accepts)}")
    return "accepts for those who speak the Task's language, and leaves the rest for later."


def _ask(function: Callable[[Any], Any], language: str, languages: list[str], case: str) -> Any:
    parameters: Parameters = {
        "TaskSid": "WT" + "0" * 32,
        "TaskAttributes": json.dumps({"selected_language": language}),
        "WorkerAttributes": json.dumps({"languages": languages}),
    }
    began = time.monotonic()
    answer = call("accept_same_language", function, AssignmentCallback.read(parameters), case)
    took = time.monotonic() - began
    if took > REPLY_LIMIT_SECONDS:
        raise NotYet(
            f"your function took {took:.0f} s. TaskRouter waits {REPLY_LIMIT_SECONDS:g} s for the answer, then turns "
            "to the fallback address or cancels the Reservation.",
            "decide at once, and do slow work after the answer.",
        )
    if inspect.iscoroutine(answer):
        answer.close()
    if inspect.iscoroutine(answer) or inspect.isgenerator(answer):
        raise NotYet(f"{case}your function returns {spell(answer)}.", "write a plain `def` that returns a dictionary.")
    if answer is not None and (problems := read_instruction(answer)):
        raise NotYet(f"{case}your function returns {spell(answer)}. {problems[0]}")
    return answer


def _rule(answer: Any, accepts: bool) -> str:
    if accepts:
        return f"The Worker speaks the language, so {_ACCEPT!r} is needed."
    if answer == _ACCEPT:
        return "The Worker doesn't speak the language, so the decision is left for later: `{}`."
    return "“Later” is an empty dictionary: an instruction is carried out at once."


CHECKS = {"2.1": decides_by_language}

HINTS = {
    "2.1": Hints(
        nudge="Which two facts decide: what does the Task ask for, and what can the Worker do?",
        pointer='`callback.task_attributes["selected_language"]` is text, `callback.worker_attributes["languages"]` '
        "is a list. “Later” is an empty dictionary.",
        line='if callback.task_attributes["selected_language"] in ___: return {"instruction": "accept"}',
    ),
}
