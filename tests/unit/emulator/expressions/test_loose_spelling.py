"""Spellings that the documentation does not show and production files hold."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.emulator.expressions import OrderClause, Scope, parse, parse_order_by

LEVELS: dict[str, Any] = {"levels": {"988EN": 5, "24_7": True, "7": "seven", "list": [0, {"2nd": 2}]}, "web": "x"}


@pytest.mark.reference("5.2f")
@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("web IN []", False),
        ("web NOT IN []", True),
        ("missing IN [ ]", False),
        ("web IN [] OR web == 'x'", True),
        ("[] HAS web", False),
        ("levels.988EN == 5", True),
        ("levels.988EN > 5 or levels.24_7 = true", True),
        ("levels.7 == 'seven'", True),
        ("levels.list.1.2nd == 2 and levels.list[1].2nd == 2", True),
        ("levels.8 == null", True),
    ],
)
def test_spelling_is_read(text: str, result: bool) -> None:
    """An empty list holds nothing; behind a dot a key may begin with a digit, or be one."""
    assert parse(text, scope=Scope.WORKER).matches(LEVELS) is result


@pytest.mark.reference("5.2f")
def test_order_by_takes_such_keys() -> None:
    """Names of skills that begin with a digit sort as others do."""
    path = ("worker", "routing", "levels", "988EN")

    assert parse_order_by("worker.routing.levels.988EN DESC") == (OrderClause(path, descending=True),)


def test_empty_list_is_told_of() -> None:
    """The reason is the empty list, not the value."""
    assert parse("web IN []", scope=Scope.WORKER).trace(LEVELS).reason == "the list is empty, so no value is in it"
