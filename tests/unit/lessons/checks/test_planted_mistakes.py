"""Planted mistakes: each exercise has many, with words of its own in the verdict on each.

A test of this folder plants mistakes if ``words``, which a verdict has, is one of its parameters. Its docstring begins
with the exercise, such as "3.1: ", unless a parameter ``exercise`` says it.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from helpers.lessons.checks import CHECKS

FEWEST = 10


def planted_in(module):
    """The exercise and the words of each mistake that the tests of a module plant."""
    for name, test in vars(module).items():
        marks = getattr(test, "pytestmark", []) if name.startswith("test_") else []
        for mark in marks:
            if mark.name == "parametrize" and "words" in mark.args[0]:
                yield from planted_by(test, *mark.args[:2])


def planted_by(test, columns, rows):
    """The exercise and the words in each row of a test's parameters."""
    named = re.match(r"(\d+\.\d+): ", test.__doc__)
    for row in rows:
        values = dict(zip(columns, getattr(row, "values", row), strict=True))
        yield values.get("exercise", named and named[1]), values["words"]


@pytest.fixture(scope="module")
def planted():
    """The exercise and the words of each mistake that the tests of this folder plant."""
    modules = [import_module(f"{__package__}.{path.stem}") for path in Path(__file__).parent.glob("test_*.py")]
    return [mistake for module in modules for mistake in planted_in(module)]


@pytest.mark.parametrize("exercise", CHECKS)
def test_each_exercise_has_many_mistakes(planted, exercise):
    """At least ten, and the verdict on each has words of its own."""
    assert len({words for number, words in planted if number == exercise}) >= FEWEST
