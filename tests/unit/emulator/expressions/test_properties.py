"""What holds for every text and for all names, found out by trying thousands."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.emulator.expressions import ExpressionError, Scope, Trace, parse, parse_order_by

SCOPES = st.sampled_from(Scope)
KEYS = st.sampled_from(["a", "b", "o", "task", "worker", "Ä", "²", "a b", ""]) | st.text(max_size=3)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "6", "x", "X ", "\ud800"])
SCALARS |= st.sampled_from([10**400, float("inf"), float("nan"), "9" * 5000, "1.5", "-0"])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))
NAMES = st.dictionaries(KEYS, VALUES, max_size=6)

PIECES = (
    st.sampled_from([*"()[].,-=<>!&|'\"\\ \n"])
    | st.sampled_from(
        ["==", "!=", "AND", "or", "HAS", "IN", "NOT IN", "NOT", "CONTAINS", "<-", ">-", "HAVE", "ASC", "DESC", "true"]
    )
    | st.sampled_from(
        ["a", "b[0]", "o.p", "a-b", "task.x", "worker.y", "'x'", '"6"', "5", "-1.5", "007", "9" * 5000, "['x', 1]"]
    )
    | st.sampled_from(
        ["\u0130N", "\u0131n", "HA\u017f", "\ud800", "²", "\u00a0"]  # letters whose other case is surprising
    )
)
TEXTS = st.text(max_size=40) | st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join)

REFERENCES = st.sampled_from(["a", "b", "o", "o.a", "o.b[1]", "a[0]", "task", "worker.a", "Ä", "²x"])
CONSTANTS = st.sampled_from(["'x'", "'X'", '"6"', "6", "-1", "1", "0", "1.5", "true", "false", "null", "9" * 400])
LISTS = st.lists(CONSTANTS, min_size=1, max_size=4).map(lambda items: f"[{', '.join(items)}]")
OPERANDS = REFERENCES | CONSTANTS | LISTS
OPERATORS = st.sampled_from(
    ["=", "==", "!=", "<", "<=", ">", ">=", "CONTAINS", "HAS", "IN", "NOT IN", "not\tin", ">-", "<-"]
)
COMPARISONS = st.tuples(OPERANDS, OPERATORS, OPERANDS).map(" ".join)
EXPRESSIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.tuples(inner, st.sampled_from([" AND ", " or "]), inner).map("".join) | inner.map("({})".format),
    max_leaves=6,
)

# The same examples on every run; how long one takes depends on the machine.
BOUNDED = settings(derandomize=True, deadline=None)


@given(text=TEXTS, scope=SCOPES)
@settings(BOUNDED, max_examples=500)
@example(text="²x == 1", scope=Scope.TASK)
@example(text="a[٣] == 1", scope=Scope.TASK)
@example(text="a \u0131n b", scope=Scope.TASK)
def test_any_text_parses_or_is_refused(text: str, scope: Scope) -> None:
    """A text is an expression, or an ExpressionError that points into it and can be drawn."""
    refused = None
    try:
        parse(text, scope=scope)
    except ExpressionError as error:
        refused = error

    assert refused is None or 0 <= refused.position <= len(text)
    assert refused is None or refused.explain().startswith(refused.message)


@given(text=TEXTS)
@settings(BOUNDED, max_examples=300)
def test_any_order_by_parses_or_is_refused(text: str) -> None:
    """An order_by is read or refused, never anything else."""
    with contextlib.suppress(ExpressionError):
        assert all(clause.path[0] == "worker" for clause in parse_order_by(text))


@given(text=EXPRESSIONS, names=NAMES)
@settings(BOUNDED, max_examples=500)
def test_matches_and_trace_agree(text: str, names: dict[str, Any]) -> None:
    """Both give the same verdict, that of the clauses together, and a reason stands exactly where it is false."""
    expression = parse(text, scope=Scope.WORKER)
    trace = expression.trace(names)

    assert trace.result is expression.matches(names)
    assert bool(trace.reason) is not trace.result
    assert all(failure.reason for failure in trace.failures())
    assert str(trace)[0] == "✗✓"[trace.result]
    assert all(each.result is combined(each) for each in walk(trace) if each.children)


def walk(trace: Trace) -> Iterator[Trace]:
    """Go through a trace and all its clauses."""
    yield trace
    for child in trace.children:
        yield from walk(child)


def combined(trace: Trace) -> bool:
    """Return the verdict of a trace's clauses together: AND needs all of them, OR one."""
    combine = {"AND": all, "OR": any}[trace.operator]
    return combine(child.result for child in trace.children)


@pytest.mark.parametrize("operator", ["==", "!=", "IN", "CONTAINS"])
@given(value=VALUES)
@settings(BOUNDED, max_examples=100)
def test_any_value_can_be_compared_with_itself(operator: str, value: Any) -> None:
    """Comparing a value with itself gives a verdict, however deep or large the value is."""
    verdict = parse(f"a {operator} a", scope=Scope.WORKER).matches({"a": value})

    assert verdict in (True, False)
