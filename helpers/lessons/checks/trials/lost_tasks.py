"""Attributes of six Tasks of which four end nowhere, and the check that asks for them (exercise 3.3)."""

from __future__ import annotations

import json
import re

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import join_words, means_all, normalize, spell
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.verdict import NotYet

__all__ = ["SAMPLES", "finds_lost_tasks"]

SAMPLES = {
    "a": {"selected_language": "es", "order": 1001},
    "b": {"selected_langauge": "es"},
    "c": {"selected_language": "es-MX"},
    "d": {"selected_language": "en", "language": "fr"},
    "e": {"selected_language": ["es", "en"]},
    "f": {"customer": {"selected_language": "es"}},
}
"""Attributes by letter, as the lesson's cell has them."""

_WHY = {
    "a": "other attributes don't matter to a filter.",
    "b": "the attribute's name is misspelled, so `selected_language` is missing.",
    "c": '`==` compares the whole text, and "es-MX" isn\'t "es".',
    "d": 'the filters read only `selected_language`, which is "en".',
    "e": "`==` never matches a list. `HAS` is for lists.",
    "f": "the language is inside `customer`, and the filters look for it outside.",
}
"""Reason, for each letter, why a filter matches or why none does."""


def finds_lost_tasks(lost: object) -> str:
    """3.3: the Tasks that no filter matches; the check creates all six in a Workspace of its own."""
    given = _read_letters(lost)
    own = OwnWorld.build()
    for letter, attributes in SAMPLES.items():
        status, _ = own.create_task(json.dumps(attributes))
        pointer = f'Run `explain(workflow, samples["{letter}"])`, and read the lines under “Filters”.'
        if status == "canceled" and letter not in given:
            wrong = f"Task {letter} is missing: the check created it, and TaskRouter canceled it."
            raise NotYet(wrong, _WHY[letter], pointer=pointer)
        if status != "canceled" and letter in given:
            wrong = f"Task {letter} isn't lost: the check created it, and it is {status}."
            raise NotYet(wrong, _WHY[letter], pointer=pointer)
    return "TaskRouter cancels these four without an error: a typo, another value, a list, and a wrong place."


def _read_letters(lost: object) -> list[str]:
    """Return the answer as letters; it can also be text, or a list with the attributes themselves.

    Raises:
        NotYet: it is something else, empty, or has a letter that isn't one of the six.
    """
    if means_all(lost):
        return list(SAMPLES)
    if isinstance(lost, str):
        lost = re.findall(r"\w", re.sub(r"\band\b", "", lost))
    if not isinstance(lost, list | tuple | set | frozenset):
        raise NotYet(f"`lost` is {kind(lost)}.", 'write a list of letters, such as ["a", "b"].')
    if not lost:
        raise NotYet("there is no letter in `lost`.", "more than one of the six Tasks gets lost.")
    return [_read_letter(each) for each in lost]


def _read_letter(answer: object) -> str:
    if isinstance(answer, dict):
        answer = next((letter for letter, sample in SAMPLES.items() if sample == answer), answer)
    said = normalize(answer) if isinstance(answer, str) else ""
    if said not in SAMPLES:
        raise NotYet(f"{spell(answer)} isn't one of the six letters.", f"the letters are {join_words(SAMPLES)}.")
    return said
