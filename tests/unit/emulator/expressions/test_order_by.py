"""The order_by of a target."""

from __future__ import annotations

import pytest

from helpers.emulator.expressions import ExpressionError, OrderClause, parse_order_by


@pytest.mark.reference("6.1b")
def test_clauses_keep_their_order() -> None:
    """Several names, nested ones too, each with its direction in any case."""
    assert parse_order_by("worker.a DESC,\n worker.b.c[0] asc") == (
        OrderClause(("worker", "a"), descending=True),
        OrderClause(("worker", "b", "c", "0"), descending=False),
    )


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "mismatched input '<EOF>' expecting REFERENCE"),
        ("worker.level", 12, "mismatched input '<EOF>' expecting {ASC, DESC}"),
        ("worker.level DESC,", 18, "mismatched input '<EOF>' expecting REFERENCE"),
        ("worker.level DOWN", 13, "mismatched input 'DOWN' expecting {ASC, DESC}"),
        ("worker.a ASC, task.b ASC", 14, "no viable alternative at input 'task.b'"),
        ("worker ASC", 0, "no viable alternative at input 'worker'"),
    ],
)
def test_other_shapes_are_refused(text: str, position: int, message: str) -> None:
    """Whatever is not a list of Worker names with directions is refused, with its place."""
    with pytest.raises(ExpressionError) as caught:
        parse_order_by(text)

    assert caught.value.message.startswith(message)
    assert caught.value.position == position
