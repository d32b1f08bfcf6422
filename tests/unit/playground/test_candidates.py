"""Whom an expression is tried on, whatever is given."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers.playground.candidates import MOST, make_candidates


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        (SimpleNamespace(activity_name="Idle", friendly_name="Alice", sid="WK1", attributes="{}"), "Worker", "Alice"),
        (SimpleNamespace(assignment_status="pending", sid="WT123456789", attributes="{}"), "Task", "WT1234…"),
        ({"level": 1}, "attributes", "#1"),
        ('{"level": 1}', "attributes", "#1"),
    ],
)
def test_kind_and_name(given, kind, name):
    """Workers and Tasks are told apart; bare attributes have a number; one thing counts as a list of one."""
    [found] = make_candidates(given)

    assert (found.kind, found.name, found.problem) == (kind, name, "")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (None, "this is nothing (None), not a Worker, a Task or a dict"),
        (SimpleNamespace(list=0), "this is a SimpleNamespace, which hasn't read anything yet: write .list() after it"),
        (5, "this is a value of type int, not a Worker, a Task or a dict"),
        ("no JSON", "attributes aren't a JSON object: no JSON"),
        ("[1]", "attributes aren't a JSON object: [1]"),
        ('"{}"', 'attributes aren\'t a JSON object: "{}"'),
        ("[" * 100_000, "attributes aren't a JSON object: " + "[" * 119 + "…"),
    ],
    ids=["None", "not listed", "number", "text", "list", "encoded twice", "deep"],
)
def test_what_cannot_be_tried_says_why(given, problem):
    """Anything else stays in its place in the list, with the reason."""
    fine, found = make_candidates([{}, given])

    assert (fine.problem, found.problem) == ("", problem)


@pytest.mark.parametrize("empty", ["", None, "{}"])
def test_no_attributes_are_empty_ones(empty):
    """A Worker without attributes can be tried."""
    [found] = make_candidates(SimpleNamespace(activity_name="", friendly_name="", sid="WK1", attributes=empty))

    assert (found.attributes, found.problem, found.name) == ({}, "", "WK1")


def test_number_is_bounded():
    """A stream without end ends."""
    assert len(make_candidates({"level": 1} for _ in iter(int, 1))) == MOST


def test_nothing_is_no_candidate():
    """None stands for an empty list."""
    assert make_candidates(None) == make_candidates([]) == []
