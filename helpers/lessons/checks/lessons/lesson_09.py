"""Lesson 9: a Workflow read, targets put in order, a trap for regulars repaired, and VIPs who don't starve others."""

from __future__ import annotations

import re

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import normalize, read_letters, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.letter_order import read_order
from helpers.lessons.checks.trials.fair_vips import is_fair
from helpers.lessons.checks.trials.known_worker_trap import releases_the_regular
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]

# -- 9.1: be the Workflow ----------------------------------------------------------------------

_GOES_TO = {
    "a": ("english", 10),
    "b": ("spanish", 0),
    "c": ("english", 0),
    "d": None,
    "e": ("english", 0),
    "f": None,
}
"""Queue and priority of each Task in 9.1; None for a Task that is canceled."""
_WHY = {
    "a": "two filters match Task a, and the first one in the list wins.",
    "b": "two filters match Task b, and the Spanish filter is above Repairs.",
    "c": 'the topic "warranty" is in the list of Repairs, and no filter above it matches.',
    "d": "no filter matches Task d, and there is no default filter.",
    "e": "`vip` is inside `customer`, where the VIP filter doesn't look. So Repairs is the first filter that matches.",
    "f": "names of attributes are case-sensitive: `VIP` isn't `vip`.",
}
"""Reason for the right answer, by letter."""
_WHERE_TO_LOOK = {
    "a": "Go through the filters from the top, and stop at the first one that matches.",
    "b": "Go through the filters from the top, and stop at the first one that matches.",
    "c": "Read the third filter: `IN` matches if the topic is one of the texts in the list.",
    "d": "Look at the step “What if no filter matches?”, at the Task without a default filter.",
    "e": "Ask each filter: does the Task have this attribute, with this name, at the top level?",
    "f": "Ask each filter: does the Task have this attribute, with this name, at the top level?",
}
_NOWHERE = ("nowhere", "canceled", "none", "nobody", "no queue")


def routes_like_the_workflow(goes_to: object) -> str:
    """9.1: queue and priority of six Tasks, read from a Workflow with three filters."""
    given = read_letters(
        "goes_to", goes_to, list(_GOES_TO), item="Task", value="a queue and a priority", example="Spanish 0"
    )
    for letter, right in _GOES_TO.items():
        answer = _read_place(letter, given[letter])
        if answer != right:
            raise NotYet(_describe_place(letter, answer, right), pointer=_WHERE_TO_LOOK[letter])
    return "You read it as TaskRouter does: from the top, the first match wins, and its target sets queue and priority."


def _read_place(letter: str, answer: object) -> tuple[str, int] | None:
    """Return the queue, in lower case, and the priority; None for nowhere.

    Raises:
        NotYet: it names neither of the two queues.
    """
    if isinstance(answer, list | tuple) and all(isinstance(each, str | int) for each in answer):
        answer = " ".join(map(str, answer))
    place, example = f'`goes_to["{letter}"]`', 'Write "English 10", "Spanish 0" or "nowhere".'
    if answer is None:
        return None
    if not isinstance(answer, str):
        raise NotYet(f"{place} is {kind(answer)}.", example)
    said = normalize(answer)
    if said in _NOWHERE:
        return None
    queues = [each for each in ("english", "spanish") if each in said]
    if "both" in said or len(queues) == 2:
        raise NotYet(f"{place} names two queues, and a Task is in one queue.", example)
    if "default" in said:
        raise NotYet(f"{place} is {spell(answer)}, and this Workflow has no default filter.", example)
    if said in ("pending", "waits"):
        raise NotYet(f"{place} is {spell(answer)}, and a Task needs a queue to wait in.", example)
    if said in ("vip", "repairs"):
        raise NotYet(f"{place} is {spell(answer)}, the name of a filter.", "Write the queue in its target.")
    if not queues:
        raise NotYet(f"{place} is {spell(answer)}.", example)
    numbers = re.findall(r"-?\d+", said)
    return queues[0], int(numbers[0]) if numbers else 0


def _describe_place(letter: str, answer: tuple[str, int] | None, right: tuple[str, int] | None) -> str:
    if answer is None or right is None or answer[0] != right[0]:
        where = "goes to a queue" if answer is None else f"doesn't go to the {answer[0].capitalize()} queue"
        return f"Task {letter} {where}: {_WHY[letter]}"
    if right[1]:
        return f"Task {letter}: the queue is right, and the VIP target also sets a priority, which isn't {answer[1]}."
    if answer[1] == 10:
        return f"Task {letter}: the queue is right, but only the VIP filter's target sets a priority."
    return f"Task {letter}: the queue is right, but nothing sets the priority to {answer[1]}."


# -- 9.2: targets in order ---------------------------------------------------------------------

_RIGHT_ORDER = "cab"
_PLACES = {
    "first": "Which target asks Alice alone, and gives her time?",
    "second": "Which target asks everyone, and ends when the Task is 120 s old?",
    "third": "Which target asks nobody, and has no timeout?",
}
"""Questions that lead to the target in each place."""
_NO_NUMBER = 'the emulator refuses it, because a priority is a whole number, and "high" is text.'
_NOT_HERE = (
    {
        "a": "Bob would be asked at once, before Alice has had her 60 seconds.",
        "b": "this target matches nobody and has no end, so the Task would be parked at once.",
        "d": "Bob would be asked at once, before Alice has had her 60 seconds.",
        "e": "this target matches nobody, so nobody would be asked for a minute.",
        "f": _NO_NUMBER,
        "g": "`skip_if` doesn't wait, so without Alice the Task moves on at once.",
    },
    {
        "b": "this target has no timeout, so the Task would be parked here, and the next target never reached.",
        "d": "timeouts add up, and with 120 s this target would last until the Task is 180 s old.",
        "e": "nobody would be asked for a minute, although Bob may be free.",
        "f": _NO_NUMBER,
        "g": "the Spanish queue has had its minute, and Bob isn't in it.",
    },
    {
        "d": "this target has a timeout and is the last one, so the Task would be canceled, not parked.",
        "e": "a Task that leaves its last target by timeout is canceled, with or without a default filter.",
        "f": _NO_NUMBER,
        "g": "here the Task should be parked, and this target is skipped: then no target is left.",
    },
)
"""Reasons why a target is wrong in its place: the first, the second, the third."""
_LAST = "the step “Nobody is free: move on after 30 seconds”"


def escalates(order: object) -> str:
    """9.2: three of seven targets in the order that asks Alice, then everyone, then nobody."""
    letters = read_order("order", order, "abcdefg")
    if strange := sorted(set(letters) - set("abcdefg")):
        raise NotYet(f"There is no letter {strange[0]} in this exercise.", "Use three of the letters a to g.")
    if twice := next((letter for letter in letters if letters.count(letter) > 1), ""):
        raise NotYet(f"The letter {twice} is there more than once.", "The three targets differ.")
    for (place, question), letter, right, reasons in zip(
        _PLACES.items(), letters, _RIGHT_ORDER, _NOT_HERE, strict=False
    ):
        if letter != right:
            pointer = f"Read again what the owner wants of the {place} target. Timeouts are in {_LAST}."
            raise NotYet(f"target {letter} can't be the {place}: {reasons[letter]}", question, pointer=pointer)
    if len(letters) < 3:
        end = "the Task would be canceled after a minute." if len(letters) == 1 else _NOT_HERE[2]["e"]
        next_one = list(_PLACES.values())[len(letters)]
        raise NotYet(
            f"there are fewer than three targets: {end}", next_one, pointer=f"What ends the waiting? Look at {_LAST}."
        )
    if len(letters) > 3:
        raise NotYet(
            f"target {letters[3]} is never reached: the third target has no timeout.", "Three targets are enough."
        )
    return "Alice has a minute, then everyone is asked, and after two minutes the Task is parked."


CHECKS = {
    "9.1": routes_like_the_workflow,
    "9.2": escalates,
    "9.3": releases_the_regular,
    "9.4": is_fair,
}

HINTS = {
    "9.1": Hints(
        nudge="Which filter matches first, if you read from the top?",
        pointer="Look at each attribute's name and place: `vip`, `VIP`, and `vip` inside `customer` are three things.",
        line='"a": "English ___"',
    ),
    "9.2": Hints(
        nudge="What happens to a Task that leaves the last target by timeout?",
        pointer="Look at the two targets of the step “Nobody is free: move on after 30 seconds”, and at their order.",
        line='order = "c___b"',
    ),
    "9.3": Hints(
        nudge="What ends the waiting if Alice never comes?",
        pointer="In the step “Ask for one Worker first”, the first target has a key that `broken` doesn't have.",
        line='repaired = broken | {"timeout": ___}',
    ),
    "9.4": Hints(
        nudge="Which number has to rise above a VIP's 10, and when?",
        pointer="The step “Nobody is free: move on after 30 seconds” has a second target with a priority of its own.",
        line='{"queue": english, "priority": ___})',
    ),
}
