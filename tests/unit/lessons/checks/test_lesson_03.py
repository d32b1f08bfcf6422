"""Lesson 3: Tasks that get lost."""

from __future__ import annotations

import pytest

from helpers.lessons.checks import check
from helpers.lessons.checks.trials.lost_tasks import SAMPLES
from tests.notebooks.generated import cell_of, lesson_paths, read

LOST = [
    (["c", "e", "f"], "Task b is missing: the check created it, and TaskRouter canceled it"),
    ("bef", "Task c is missing"),
    (["b", "c", "f"], "Task e is missing"),
    (("b", "c", "e"), "Task f is missing"),
    ("all: abcdef", "'l' isn't one of the six letters"),
    ("everything", "Task a isn't lost"),
    ("abcdef", "Task a isn't lost: the check created it, and it is pending"),
    ({"b", "c", "d", "e", "f"}, "Task d isn't lost"),
    (["B", "C", "E", "G"], "'G' isn't one of the six letters"),
    ([1, 2], "1 isn't one of the six letters"),
    ([SAMPLES["a"]], "Task a isn't lost"),
    ([None], "None isn't one of the six letters"),
    ([], "There is no letter in `lost`"),
    ("", "There is no letter in `lost`"),
    (4, "`lost` is a number"),
    (None, "`lost` is nothing (`None`)"),
    (SAMPLES, "`lost` is a dictionary"),
    (..., "`lost` is still `...`"),
]


@pytest.mark.parametrize(("lost", "words"), LOST)
def test_other_tasks_than_the_lost(lost, words):
    """3.3: the first Task that is missing or doesn't belong there, as the check's own Workspace has it."""
    verdict = check("3.3", lost)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "lost",
    ["bcef", "b, c, e and f", ["f", "E", "c", "b"], {"b", "c", "e", "f"}, [SAMPLES[letter] for letter in "bcef"]],
)
def test_the_lost_tasks(lost):
    """3.3: as text, as a list or a set of letters, as the attributes themselves."""
    assert check("3.3", lost).passed


def test_notebook_has_the_same_samples():
    """3.3: the cell that the learner runs gives the Tasks that the check creates."""
    source = cell_of(read(lesson_paths()[3]), "samples").source
    names: dict[str, object] = {}
    exec(source[source.index("samples =") :], names)

    assert names["samples"] == SAMPLES
