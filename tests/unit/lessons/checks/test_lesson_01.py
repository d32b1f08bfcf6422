"""Lesson 1: whom four expressions select, and what is said to each mistake."""

from __future__ import annotations

import pytest

from helpers.lessons.checks import check

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


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (..., "`matches` is still `...`"),
        (case(c=...), '`matches["c"]` is still `...`'),
        (case(a="nobody"), "Expression a matches Alice. Her attribute `languages` is a list"),
        (case(b="Alice"), 'Expression b matches nobody. "languages" in quotes is a text'),
        (case(c="Alice"), "Expression c matches nobody. `languages` is a list, and `=="),
        (case(d="Alice"), "Expression d matches nobody. `es` without quotes is the name"),
        (case(a="Bob"), "Expression a doesn't match Bob. He speaks English only"),
        (case(a="es"), 'matches["a"]` is \'es\'. Write "Alice" or "nobody"'),
        (case(b=True), '`matches["b"]` is True'),
        ({"a": "Alice"}, "The letters b, c and d are missing"),
        (case(e="nobody"), "There is no expression 'e' in this exercise"),
        ("Alice", "`matches` is text"),
        (None, "`matches` is nothing (`None`)"),
    ],
)
def test_wrong_match_is_told_why(answer, words):
    """The verdict names the first expression that is wrong, and the reason."""
    verdict = check("1.3", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("answer", [ALL_RIGHT, list(ALL_RIGHT.values()), case(a=" alice.", b=None, c="no one")])
def test_right_matches_in_another_form(answer):
    """Case, None for nobody, and a list of four count."""
    assert check("1.3", answer).passed


def test_answer_is_what_taskrouter_selects(desk):
    """The right answer is the emulator's own."""
    workers = desk.begin(2).workspace.workers

    for letter, expression in EXPRESSIONS.items():
        names = [each.friendly_name for each in workers.list(target_workers_expression=expression)]
        assert names == ([] if ALL_RIGHT[letter] == "nobody" else [ALL_RIGHT[letter]])
