"""Each wrong diagnosis of each fault gets a sentence that is true of it."""

from __future__ import annotations

import pytest

from helpers.lessons.fault_lab.contrast import CAUSES, NAMES, contrast, judge, read_cause, say, value_of
from helpers.lessons.fault_lab.symptoms import all_symptoms

PAIRS = [(claimed, number) for number in range(1, 10) for claimed in range(1, 10) if claimed != number]


@pytest.mark.parametrize(("claimed", "number"), PAIRS)
def test_contradiction_is_true_and_specific(claimed, number):
    """What the fault would show was measured where it is, what is seen was measured here, and they differ."""
    found = contrast(claimed, number)
    expected, seen = (value_of(found.property, all_symptoms()[each]) for each in (claimed, number))
    sentence = judge(number, CAUSES[claimed - 1])

    assert expected != seen
    assert found.expected != found.seen
    assert sentence.startswith(f"Version {number} doesn't have {NAMES[CAUSES[claimed - 1]]}: with ")
    assert f"with {NAMES[CAUSES[claimed - 1]]}, {say(found.property, all_symptoms()[claimed])}. " in sentence
    assert f"Here {say(found.property, all_symptoms()[number])}. " in sentence


def test_there_are_72_of_them():
    """Nine faults, and eight wrong diagnoses of each."""
    assert len({judge(number, CAUSES[claimed - 1]) for claimed, number in PAIRS}) == 72


@pytest.mark.parametrize("number", range(1, 10))
def test_right_diagnosis_is_not_contradicted(number):
    """An empty text."""
    assert judge(number, CAUSES[number - 1]) == ""


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("stale URL", "stale URL"),
        (" Stale-url ", "stale URL"),
        ("SERVER_ERROR", "server error"),
        ("network", ""),
        ("", ""),
        (500, ""),
        (None, ""),
    ],
)
def test_words_of_a_diagnosis(words, cause):
    """In any case, with hyphens or underscores; anything else is none of the nine."""
    assert read_cause(words) == cause


def test_other_words_get_the_list():
    """The nine faults in alphabetical order, which isn't that of the applications."""
    assert judge(3, "").endswith(
        "They are duplicate, empty reply, late accept, no instruction, reordered events, server error, slow reply, "
        "stale URL, wrong signature."
    )
