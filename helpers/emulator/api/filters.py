"""List filters as tables: from a parameter to a test that each record of the list must pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from helpers.emulator.api.operation import Call
from helpers.emulator.engine.refusals import Invalid
from helpers.emulator.expressions import Expression, ExpressionError, Scope, parse

if TYPE_CHECKING:
    from helpers.emulator.engine.state import WorkspaceState

__all__ = ["Filters", "Test", "equal", "filtered", "parsed_expression", "within"]

_R = TypeVar("_R")
Test = Callable[[Any], bool]
Filters = Mapping[str, Callable[["WorkspaceState", Any], Test]]
"""Parameter (snake_case) → (workspace, wanted value) → test."""


def filtered(call: Call, state: WorkspaceState, records: Iterable[_R], filters: Filters) -> Iterable[_R]:
    """Those of ``records`` that pass every filter the call gives, in their order."""
    for name, make in filters.items():
        if name in call.values:
            records = filter(make(state, call.values[name]), records)
    return records


def equal(attribute: str) -> Callable[[WorkspaceState, Any], Test]:
    """A filter for records whose ``attribute`` is exactly what was given (reference 1.4)."""
    return lambda state, wanted: lambda record: getattr(record, attribute) == wanted


def within(attribute: str) -> Callable[[WorkspaceState, list[Any]], Test]:
    """A filter for records whose ``attribute`` is among the values given; none given filters nothing."""
    return lambda state, wanted: lambda record: not wanted or getattr(record, attribute) in wanted


def parsed_expression(text: str, scope: Scope, parameter: str) -> Expression:
    """The expression a filter holds.

    Raises:
        Invalid: it does not parse.
    """
    try:
        return parse(text, scope=scope)
    except ExpressionError as error:
        raise Invalid(f"{parameter}: {error}") from None
