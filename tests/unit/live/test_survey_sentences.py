"""Sentences about what was left: few of them, however much that is, and none that leads to somebody else's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.live.belongings import Fate, Survey
from helpers.live.ledger import OwnWorkspace
from helpers.live.survey_sentences import tell_left, tell_removal


def survey(number, outcome):
    """Fates of so many Workspaces."""
    url, sid = "https://taskrouter.twilio.com", "AC" + "1" * 32
    made = [OwnWorkspace(each, url, sid, f"Name {each}", f"WS{each}") for each in range(number)]
    return Survey([Fate(each, outcome, "no answer") for each in made], [], [])


@pytest.mark.parametrize("outcome", ["there", "failed", "kept"])
@pytest.mark.parametrize(("number", "lines"), [(0, 0), (1, 1), (10, 10), (11, 11), (500, 11)])
def test_at_most_ten_of_a_kind(outcome, number, lines):
    """The others are counted, so that 500 dead kernels fill no screen."""
    told = tell_left(survey(number, outcome))

    if outcome != "kept":
        lines += bool(number)
        assert not told or told[-1] == "`tidy_up()` deletes what earlier runs left."
    assert len(told) == lines
    assert (f"and {number - 10} more" in told) == (number > 10)


@pytest.mark.parametrize(
    ("number", "end"),
    [(1, "Name 0 (WS0), with everything in it."), (12, "Name 9 (WS9), and 2 more, with everything in them.")],
)
def test_what_was_removed_is_one_sentence(number, end):
    """It names ten, and counts the others."""
    [told] = tell_removal(survey(number, "removed"))

    assert told.startswith("Removed: Name 0 (WS0)")
    assert told.endswith(end)


def test_damaged_ledger_leads_to_nothing_of_others():
    """Colleagues use these notebooks in the same account, so only what nobody uses is to be deleted."""
    [told] = tell_left(Survey([], [], [Path("a.jsonl")]))

    assert told == (
        "a.jsonl has lines that can't be read, so an earlier run may have left more: a Workspace named “TaskRouter "
        "Notebooks” with eight more characters. Delete the Workspaces that nobody uses any more, then this file."
    )
