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
        ("task == 'x'", Scope.TARGET, 0),
        ("worker == 'x'", Scope.TARGET, 0),
        ("worker.a == taskrouter", Scope.TARGET, 12),
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


@pytest.mark.parametrize("text", ["level >= 3", "worker.a == level", "tasks.level IN ['x']"])
def test_name_without_owner_is_null(text: str) -> None:
    """Production files hold such a name in a target's expression: it is taken, null, and told of."""
    expression = parse(text, scope=Scope.TARGET)
    names = {"task": {"level": 3, "a": 3}, "worker": {"level": 3, "a": 3}}

    assert not expression.matches(names)
    assert "it has no task. or worker. in front" in expression.trace(names).reason
    assert "so it's null here. Write task." in expression.notes()[0]


@pytest.mark.parametrize("name", ["friendly_name", "worker.sid", "channel.voice.assigned_tasks", "worker.channel.chat"])
def test_own_fields_of_a_worker_are_no_attributes(name: str) -> None:
    """A queue's expression doesn't see them, and never says to write one (reference 5.1)."""
    field = name.removeprefix("worker.").partition(".")[0]

    assert parse(f"{name} == 'Alice'", scope=Scope.WORKER).trace({"level": 3}).reason == (
        f"{name} is missing (null): it isn't an attribute, and the Worker's own {field} isn't known here"
    )


def test_attributes_named_like_fields_are_read() -> None:
    """An attribute may have such a name, and the filter of a list knows the fields."""
    expression = parse("friendly_name == 'Alice'", scope=Scope.WORKER)
    listed = parse("worker.sid == 'WK1'", scope=Scope.WORKER_FILTER)

    assert expression.matches({"friendly_name": "Alice"})
    assert expression.trace({"friendly_name": None}).reason == "friendly_name is null"
    assert listed.trace({"sid": "WK1"}).reason.endswith("names here have no worker. in front. Write sid")
