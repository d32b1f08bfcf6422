"""A name that stands alone."""

from __future__ import annotations

import pytest

from helpers.emulator.expressions import ExpressionError, parse_reference


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


@pytest.mark.parametrize("text", ["", "task.", "task.a b", "task.a == 1", "'task.a'", "task.a[x]", "in", "5"])
def test_anything_else_is_refused(text: str) -> None:
    """What is no name in an expression is none here."""
    with pytest.raises(ExpressionError):
        parse_reference(text)
