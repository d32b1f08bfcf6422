"""Lesson 12: nine diagnoses, a handler for six deliveries, and a runbook that tells nine faults apart."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import find_unread, join_words, normalize, read_function, read_globals, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.trials.six_deliveries import SixDeliveries
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.fault_lab.contrast import CAUSES, NAMES, contrast, judge, read_cause, say, value_of
from helpers.lessons.fault_lab.symptoms import all_symptoms

__all__ = ["CHECKS", "HINTS"]

_NUMBERS = range(1, 10)
_FAULTS = join_words(sorted(CAUSES, key=str.lower))


def diagnoses_nine(diagnosis: object) -> str:
    """12.1: the fault of each application."""
    for number, said in _read_diagnosis(diagnosis).items():
        if not isinstance(said, str):
            raise NotYet(f"`diagnosis[{number}]` is {kind(said)}.", "Write one of the nine faults in quotes.")
        cause = read_cause(said)
        if not cause:
            wrong = f"`diagnosis[{number}]` is {spell(said)}, which isn't one of the nine faults."
            raise NotYet(
                wrong, f"Where does it break: on the way to the application, in it, or on the way back? {_LIST}"
            )
        if wrong := judge(number, cause):
            raise NotYet(wrong, pointer=_point_to_place(cause, number))
    return "all nine are right. Each has its own symptoms, and no two look the same at all three places."


_LIST = f"The faults are {_FAULTS}."


def _read_diagnosis(diagnosis: object) -> dict[int, object]:
    """Return the answer by number; a list of nine counts as one, and so do numbers in quotes."""
    if isinstance(diagnosis, list | tuple) and len(diagnosis) == len(_NUMBERS):
        diagnosis = dict(zip(_NUMBERS, diagnosis, strict=True))
    if not isinstance(diagnosis, dict):
        raise NotYet(f"`diagnosis` is {kind(diagnosis)}.", 'Write a dictionary with the numbers 1 to 9: `{1: "…", …}`.')
    found = {_read_number(key): said for key, said in diagnosis.items()}
    strange = [key for key in found if key not in _NUMBERS]
    missing = [number for number in _NUMBERS if number not in found]
    if strange:
        raise NotYet(f"There is no version {spell(strange[0])}.", "The broken ones are 1 to 9.")
    if missing:
        raise NotYet(f"Version {missing[0]} is missing.", "The answer has the numbers 1 to 9, with a fault for each.")
    return {number: found[number] for number in _NUMBERS}


def _read_number(key: object) -> Any:
    text = str(key).strip() if isinstance(key, str | int) and not isinstance(key, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else key


def _point_to_place(cause: str, number: int) -> str:
    """Return which application to put beside this one."""
    other = CAUSES.index(cause) + 1
    if cause in _SHOWN:
        shown = f"The lesson shows {NAMES[cause]} in version {other}."
        return f"{shown} Run `look({other})` and `look({number})`, and compare."
    return f"Run `look({number})` again, and go through the three places from top to bottom."


_SHOWN = ("server error", "stale URL", "slow reply")
"""Faults that the lesson's beats name."""


def survives_six_deliveries(handle: object) -> str:
    """12.2: a handler that checks, knows copies, and reads the response to its accept."""
    function = read_function("handle", handle, "request", "shop")
    if unread := find_unread(function):
        raise NotYet(f"`handle` never uses its argument `{unread}`.", "Everything it needs is in `request` and `shop`.")
    for name, value in read_globals(function).items():
        if isinstance(value, set | list | dict) or type(value).__module__.startswith("twilio.rest"):
            raise NotYet(
                f"`handle` uses `{name}`, a variable of another cell.",
                "The check has a shop of its own: use `shop.seen` and `shop.workspace`.",
                pointer="Keep what you have handled in `shop.seen`, and start requests with `shop.workspace`.",
            )
    SixDeliveries(function).play()
    return "your handler accepts each good offer once, and survives the copy, the forged, the late and the lost one."


_STEPS = ("alerts", "board", "calls", "events", "log", "order", "reply", "status", "worker")
_NEVER = {
    "alerts": "read the code of the alert",
    "calls": "count the calls for a Reservation",
    "log": "look at what the application did afterwards",
    "order": "compare time stamps with arrival",
    "reply": "look at the body of the reply",
    "status": "ask which status TaskRouter got",
}
"""Words for a runbook that lacks a step, by step."""
_LENGTH = 5


def separates_nine(runbook: object) -> str:
    """12.3: five steps after which each fault, and no fault, has answers of its own."""
    steps = _read_steps(runbook)
    symptoms = all_symptoms()
    answers = [tuple(value_of(step, each) for step in steps) for each in symptoms]
    for one, other in combinations([*_NUMBERS, 0], 2):
        if answers[one] == answers[other]:
            raise NotYet(*_describe_pair(one, other, steps), pointer=_point_to_step(steps, answers))
    return f"five steps tell nine faults apart: {join_words(steps)}. No two faults have the same answers."


def _read_steps(runbook: object) -> list[str]:
    """Return five steps of the nine; a step can be a pair of its word and a note."""
    if isinstance(runbook, str) or not isinstance(runbook, list | tuple):
        raise NotYet(f"`runbook` is {kind(runbook)}.", 'Write a list of five steps, such as `["board", …]`.')
    words = [each[0] if isinstance(each, list | tuple) and each else each for each in runbook]
    steps = [normalize(each) if isinstance(each, str) else each for each in words]
    for step in steps:
        if not isinstance(step, str) or step not in _STEPS:
            raise NotYet(f"{spell(step)} isn't one of the nine steps.", f"They are {join_words(_STEPS)}.")
        if steps.count(step) > 1:
            raise NotYet(f'The step "{step}" is there more than once.', "Asking once is enough.")
    if len(steps) != _LENGTH:
        more = (
            "Leave out one whose answer another step gives, too." if len(steps) > _LENGTH else "Add what you never ask."
        )
        has = "one step" if len(steps) == 1 else f"{len(steps)} steps"
        raise NotYet(f"`runbook` has {has}; this exercise needs five.", more)
    return [str(step) for step in steps]


def _describe_pair(one: int, other: int, steps: list[str]) -> tuple[str, str]:
    """Return that two faults can't be separated, and the step that would do it."""
    symptoms = all_symptoms()
    names = [NAMES[("", *CAUSES)[number]] for number in (one, other)]
    step = contrast(one, other).property
    first, second = say(step, symptoms[one]), say(step, symptoms[other])
    return (
        f"Your five steps can't separate {names[0]} from {names[1]}: you never {_NEVER[step]}.",
        f"With {names[0]}, {first}. With {names[1]}, {second}.",
    )


def _point_to_step(steps: list[str], answers: list[tuple[object, ...]]) -> str:
    """Return a step that could go: without it, no more faults look the same than with it."""
    groups = len(set(answers))
    for place, step in enumerate(steps):
        if len({each[:place] + each[place + 1 :] for each in answers}) == groups:
            return f'The step "{step}" separates nothing that the others don\'t separate. Put another one in its place.'
    return ""


CHECKS = {"12.1": diagnoses_nine, "12.2": survives_six_deliveries, "12.3": separates_nine}

HINTS = {
    "12.1": Hints(
        nudge="Was the application called, and if it was, what did it reply?",
        pointer="Use the table under “Called or not, alert or not”. Then compare the faults that it leaves.",
        line='3: "server ___"',
    ),
    "12.2": Hints(
        nudge="What has to be true before the customer gets an email?",
        pointer="Ask in this order: Is it signed? Was it handled before? Did TaskRouter accept? Then reply.",
        line='if sent["ReservationSid"] not in shop.___:',
    ),
    "12.3": Hints(
        nudge="Which two faults look the same until you ask one more question?",
        pointer="With two faults the Task is completed, and TaskRouter sees no trouble. Two steps look at your side.",
        line='runbook = ["calls", "order", "log", "___", "status"]',
    ),
}
