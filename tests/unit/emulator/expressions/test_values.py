"""Comparison rules beside those of the reference's table: other kinds, other types, extremes."""

from __future__ import annotations

import math
from typing import Any

import pytest

from helpers.emulator.expressions import Scope, parse


@pytest.mark.parametrize(
    ("left", "operator", "right", "verdict"),
    [
        (True, "==", 1, False),
        (True, "!=", 1, True),
        (True, ">", 0, False),
        (True, "==", True, True),
        (True, "IN", [1], False),
        (1, "IN", [True], False),
        (0, "NOT IN", [False], True),
        (True, "IN", [1, True], True),
        (5, "IN", [5.0], True),
        (5, "IN", ["5"], False),
        ("5", "==", "5.0", False),
        ("5", "==", 5.0, True),
        ("five", "!=", 5, True),
        ("five", "<", 5, False),
        ("10", "<", "9", True),
        ("", "==", 0, False),
        (" 5", "==", 5, False),
        ("\u0665", "==", 5, False),
        ("1e3", "==", 1000, False),
        (None, "NOT IN", [None], True),
        (None, "IN", [None], False),
        (5, "NOT IN", None, False),
        ([1], "NOT IN", [2], False),
        ([1], "==", [1], False),
        ([1], "!=", [2], False),
        ([1], "==", None, False),
        (None, "!=", [1], True),
        ({}, "==", {}, False),
        ({"a": 1}, "!=", "x", False),
        ({"a": 1}, "!=", None, True),
        ([[1]], "HAS", [1], False),
        ("abc", "CONTAINS", "", True),
        ("5", "CONTAINS", 5, False),
        (math.nan, "==", math.nan, False),
        (math.nan, "<", 1, False),
        (-0.0, "==", 0, True),
    ],
)
def test_comparison(left: Any, operator: str, right: Any, verdict: bool) -> None:
    """Neither the verdict nor the trace is surprised by any kind of value."""
    expression = parse(f"a {operator} b", scope=Scope.WORKER)
    names = {"a": left, "b": right}

    assert expression.matches(names) is verdict
    assert expression.trace(names).result is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("huge > 1.5", True),
        ("huge == digits", False),
        ("digits > 5", True),
        ("huge IN list", True),
        ("huge != null", True),
        ("huge CONTAINS '1'", False),
    ],
)
def test_numbers_too_long_to_write_out(text: str, verdict: bool) -> None:
    """Thousands of digits compare like any number, and can be told of."""
    names = {"huge": 10**5000, "digits": "9" * 5000, "list": [1, 10**5000]}
    expression = parse(text, scope=Scope.WORKER)

    assert expression.matches(names) is verdict
    assert expression.trace(names).result is verdict
