"""Lesson 2: functions that reply to the assignment callback, and what becomes of the Reservation after a reply."""

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
from helpers.lessons.checks.answers import (
    call,
    normalize,
    read_function,
    read_letters,
    read_text,
    spell,
    take_sentences,
)
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
    name = "accept_same_language"
    function = read_function(name, accept_same_language, "callback")
    for language, languages, accepts in _CASES:
        case = f"for a Task in {language!r} and a Worker who speaks {languages}, "
        answer = _ask(name, function, {"selected_language": language}, {"languages": languages}, case)
        if (answer or {}) != (_ACCEPT if accepts else {}):
            reason = "The Worker speaks this language" if accepts else "The Worker doesn't speak this language"
            raise NotYet(
                f"{case}your function returned {spell(answer)}. {_rule(answer, accepts, reason)}",
                pointer=_point_to_condition(answer, accepts),
            )
    return "your function accepts if the Worker speaks the Task's language, and leaves the rest for later."


def _point_to_condition(answer: Any, accepts: bool) -> str:
    """Return where to look after a wrong reply."""
    if accepts:
        return "Look for one text in a list: `language in languages` is true or false."
    if answer == _ACCEPT:
        return "The instruction belongs inside an `if`. After it comes the reply for everybody else: `{}`."
    return "A Worker who doesn't speak the language isn't rejected: return `{}`, without an instruction."


def _ask(
    name: str,
    function: Callable[[Any], Any],
    task_attributes: dict[str, Any],
    worker_attributes: dict[str, Any],
    case: str,
) -> Any:
    """Return what the function returns for a callback with these attributes.

    Raises:
        NotYet: it raises, is too slow, or returns what TaskRouter can't use.
    """
    parameters: Parameters = {
        "TaskSid": "WT" + "0" * 32,
        "TaskAttributes": json.dumps(task_attributes),
        "WorkerAttributes": json.dumps(worker_attributes),
    }
    began = time.monotonic()
    answer = call(name, function, AssignmentCallback.read(parameters), case=case)
    took = time.monotonic() - began
    if took > REPLY_LIMIT_SECONDS:
        raise NotYet(
            f"your function took {took:.0f} s. TaskRouter waits {REPLY_LIMIT_SECONDS:g} s for the reply, then tries "
            "the fallback address or cancels the Reservation.",
            "Decide at once, and do slow work after the reply.",
        )
    if inspect.iscoroutine(answer):
        answer.close()
    if inspect.iscoroutine(answer) or inspect.isgenerator(answer):
        made = "coroutine" if inspect.iscoroutine(answer) else "generator"
        raise NotYet(f"{case}your function returned a {made}.", "Write a plain `def` with a `return`.")
    if answer is not None and (problems := read_instruction(answer)):
        raise NotYet(f"{case}your function returned {spell(answer)}. {take_sentences(problems[0], 2)}")
    return answer


def _rule(answer: Any, accepts: bool, reason: str) -> str:
    """Return what the function should have returned, and why."""
    if accepts:
        missing = " Is a `return` missing?" if answer is None else ""
        return f"{reason}, so it should return {_ACCEPT}.{missing}"
    if answer == _ACCEPT:
        return f"{reason}, so it should return {{}}."
    return "It should return {}, which means later. TaskRouter carries out an instruction right away."


_OUTCOMES = {
    "a": ("pending", "`{}` contains no instruction. TaskRouter leaves the decision to you."),
    "b": ("pending", "with status 200, an empty body means the same as `{}`: later."),
    "c": ("pending", "JSON without an `instruction` means later, and TaskRouter logs warning 40005."),
    "d": ("canceled", "status 500 is not a usable reply, and this Workflow has no fallback address."),
    "e": ("canceled", "TaskRouter waits five seconds. An instruction that comes later is never carried out."),
    "f": ("accepted", "the reply is in time and has an instruction, so TaskRouter carries it out at once."),
}
"""Replies of 2.2 by letter, each with the status of the Reservation after it, and the reason."""

_STATUSES = ("pending", "accepted", "canceled")
_OTHER_STATUSES = {
    "rejected": "a Reservation is rejected when somebody says so, and none of the six replies does.",
    "timeout": "a Reservation times out when nobody accepts or rejects it. All six replies come long before that.",
    "rescinded": "a Reservation is rescinded when another Worker accepts the Task. Here only one is reserved.",
    "reserved": "that's a status of the Task.",
    "assigned": "that's a status of the Task.",
    "completed": "accepting is only the beginning of the work.",
}
"""Statuses that none of the replies leads to."""


def outcome_of_each_reply(becomes: object) -> str:
    """2.2: the status of a Reservation after each of six replies."""
    given = read_letters(
        "becomes", becomes, list(_OUTCOMES), item="reply", value="a Reservation's status", example="pending"
    )
    for letter, (right, reason) in _OUTCOMES.items():
        said = _read_status(f'becomes["{letter}"]', given[letter])
        if said != right:
            raise NotYet(
                f"reply {letter} doesn't leave the Reservation {said}: {reason}",
                pointer="Find the row of the reply in the table under “Why does TaskRouter call you?”.",
            )
    return "the status and the time decide first. Then the body does: an instruction, or later."


def _read_status(name: str, answer: object) -> str:
    """Return the answer as a status of a Reservation, as Twilio spells it.

    Raises:
        NotYet: it isn't one of the three that a reply can lead to.
    """
    said = _spell_status(read_text(name, answer, '"pending"'))
    if said in _STATUSES:
        return said
    why = _OTHER_STATUSES.get(said)
    wrong = f"`{name}` is {spell(answer)}: {why}" if why else f"{spell(answer)} is not a Reservation's status."
    raise NotYet(wrong, "Write pending, accepted or canceled.")


def _spell_status(answer: str) -> str:
    said = normalize(answer)
    return {"cancel": "canceled", "accept": "accepted"}.get(said, said)


_AFTER_ERROR = {
    "pending": "the function stopped before it could return `{}`, and the reply had status 500.",
    "accepted": "the function stopped before it could return an instruction, and the reply had status 500.",
    "500": "that's the HTTP status of the reply, not the status of the Reservation.",
    "keyerror": "that's what happens in your program. TaskRouter sees only a reply with status 500.",
    "error": "that's what happens in your program. TaskRouter sees only a reply with status 500.",
}
"""Wrong answers to the first half of 2.3, each with the reason."""

_WORKERS: tuple[tuple[dict[str, list[str]], bool], ...] = (
    ({"languages": ["en", "es"]}, True),
    ({"languages": ["en"]}, False),
    ({}, False),
    ({"languages": []}, False),
)
"""Attributes of the Workers in 2.3, and True if the function should accept."""


def survives_missing_attribute(after_error: object, accept_spanish: object) -> str:
    """2.3: the Reservation after a function has raised, and that function without the error."""
    _refuse_other_end(after_error)
    name = "accept_spanish"
    function = read_function(name, accept_spanish, "callback")
    for attributes, accepts in _WORKERS:
        case = f"for a Worker with the attributes {attributes}, "
        answer = _ask_about_worker(function, attributes, case)
        if (answer or {}) != (_ACCEPT if accepts else {}):
            reason = "This Worker speaks Spanish" if accepts else "Nothing says that this Worker speaks Spanish"
            raise NotYet(
                f"{case}your function returned {spell(answer)}. {_rule(answer, accepts, reason)}",
                pointer="Change one thing in the function of the exercise: how it reads `languages`.",
            )
    return "the function now replies for Workers without languages, too."


def _refuse_other_end(after_error: object) -> None:
    said = _spell_status(read_text("after_error", after_error, '"pending"'))
    if why := _AFTER_ERROR.get(said):
        raise NotYet(
            f"`after_error` is {spell(after_error)}, but {why}",
            "Exercise 2.2 has the same reply.",
            pointer="Look at reply d of exercise 2.2: status 500, and no fallback address.",
        )
    _read_status("after_error", after_error)


def _ask_about_worker(function: Callable[[Any], Any], attributes: dict[str, Any], case: str) -> Any:
    try:
        return _ask("accept_spanish", function, {"selected_language": "es"}, attributes, case)
    except NotYet as stopped:
        if isinstance(stopped.__cause__, KeyError):
            raise NotYet(
                str(stopped),
                pointer='`.get("languages", [])` in place of `["languages"]` returns an empty list if there is none.',
            ) from stopped
        if isinstance(stopped.__cause__, TypeError) and "NoneType" in str(stopped.__cause__):
            raise NotYet(
                f"{case}`languages` is `None` in your function, and nothing can be in it.",
                '`.get("languages", [])` returns an empty list if there are no languages.',
            ) from stopped
        raise


CHECKS = {"2.1": decides_by_language, "2.2": outcome_of_each_reply, "2.3": survives_missing_attribute}

HINTS = {
    "2.1": Hints(
        nudge="Which two facts decide: what does the Task ask for, and what can the Worker do?",
        pointer='`callback.task_attributes["selected_language"]` is text, `callback.worker_attributes["languages"]` '
        "is a list. To decide later, return an empty dictionary.",
        line="if language in callback.worker_attributes[___]:",
    ),
    "2.2": Hints(
        nudge="Which of the six replies can TaskRouter use: in time, and with status 200?",
        pointer="The table under “Why does TaskRouter call you?” has a row for each kind of reply.",
        line='becomes = {"a": "pending", "b": "pending", "c": ___, "d": "canceled", "e": "canceled", "f": "accepted"}',
    ),
    "2.3": Hints(
        nudge='What does `{}["languages"]` do in Python, and what can your server reply after that?',
        pointer="A dictionary's `.get` takes a second value, which it returns if the key is missing. "
        "For `after_error`, look at your answer to 2.2.",
        line='if "es" in callback.worker_attributes.get("languages", ___):',
    ),
}
