"""Which names may stand where."""

from __future__ import annotations

import pytest

from helpers.emulator.expressions import ExpressionError, Scope, parse

ACTIVITY = "WA" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("worker.a == task.a AND taskrouter.currentHour > 8", Scope.TARGET),
        (f"workers.{ACTIVITY} == 0 OR workers.available > 0", Scope.SKIP_IF),
        ("sid IN ['WK1'] AND activity_name == 'Idle'", Scope.WORKER_FILTER),
        ("task == 'x' AND worker.a != 1", Scope.TASK),
        ("", Scope.WORKER),
        (" \n", Scope.WORKER),
    ],
)
def test_name_is_allowed(text: str, scope: Scope) -> None:
    """These parse where they stand."""
    assert parse(text, scope=scope).scope is scope


@pytest.mark.reference("5.1d", "14.7")
@pytest.mark.parametrize(
    ("text", "scope", "position"),
    [
        ("worker.a == level", Scope.TARGET, 12),
        ("task == 'x'", Scope.TARGET, 0),
        ("tasks.a == 'x'", Scope.TARGET, 0),
        ("workers.busy == 0", Scope.SKIP_IF, 0),
        ("workers.WA12 == 0", Scope.SKIP_IF, 0),
        ("workers.available.x == 0", Scope.SKIP_IF, 0),
        ("1==1 OR available == 0", Scope.SKIP_IF, 8),
        ("", Scope.TARGET, 0),
        ("  ", Scope.SKIP_IF, 2),
    ],
)
def test_name_is_refused(text: str, scope: Scope, position: int) -> None:
    """These are refused, at the name, with advice."""
    with pytest.raises(ExpressionError, match="no viable alternative at input") as caught:
        parse(text, scope=scope)

    assert caught.value.position == position
    assert caught.value.suggestion


def test_unprefixed_name_is_advised() -> None:
    """A target expression asks whose attribute it is."""
    with pytest.raises(ExpressionError) as caught:
        parse("level >= 3", scope=Scope.TARGET)

    assert caught.value.suggestion == (
        "Names in a target's expression start with task., worker. or taskrouter. "
        "Say whose it is: worker.level or task.level. Text needs quotes."
    )
