"""A name that stands alone."""

from __future__ import annotations

import pytest

from helpers.emulator.expressions import parse_reference


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("task.agent", ("task", "agent")),
        (" task.team.agents[01] ", ("task", "team", "agents", "1")),
        ("worker.sid", ("worker", "sid")),
    ],
)
def test_name_becomes_a_path(text: str, path: tuple[str, ...]) -> None:
    """Keys and indexes, as in an expression."""
    assert parse_reference(text) == path


@pytest.mark.parametrize(
    "text", ["", "task.", "task.a b", "task.a == 1", "'task.a'", "task.a[x]", "in", "5", "*task.a"]
)
def test_anything_else_is_none(text: str) -> None:
    """A text that is no name in an expression is none here; no character is dropped."""
    assert parse_reference(text) is None
