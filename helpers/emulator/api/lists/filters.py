"""Filters of lists, as tables from a parameter to the values or the test that each record must pass."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ...engine.index.table import Listing, RecordTable
from ...engine.model.refusals import Invalid
from ...engine.model.resources import Record
from ...expressions import Expression, ExpressionError, Scope, parse
from ..operation import Call

if TYPE_CHECKING:
    from ...engine.state import WorkspaceState

__all__ = ["Exact", "Filters", "Test", "among", "equal", "filter_all", "parse_expression", "select", "within"]

_R = TypeVar("_R", bound=Record)
Test = Callable[[Any], bool]


class Exact(msgspec.Struct, frozen=True):
    """Condition that a table's index answers: ``field`` is one of ``values``. ``test`` checks one record."""

    field: str
    values: Collection[Any]
    test: Test


Filters = Mapping[str, Callable[["WorkspaceState", Any], Exact | Test]]
"""Parameter (snake_case) → function of Workspace and value that returns the condition."""


def select(call: Call, state: WorkspaceState, records: RecordTable[_R], filters: Filters) -> Listing[_R]:
    """Return the records that pass every filter of the call, in the call's order."""
    where: dict[str, Collection[Any]] = {}
    tests: list[Test] = []
    for wanted in _given(call, state, filters):
        if isinstance(wanted, Exact) and wanted.field not in where:
            where[wanted.field] = wanted.values
        else:
            tests.append(_test(wanted))
    return records.listing(where, call.values.get("ordering", ()), tests)


def filter_all(call: Call, state: WorkspaceState, records: Iterable[_R], filters: Filters) -> list[_R]:
    """Return the same of records without an index, in their own order."""
    tests = [_test(wanted) for wanted in _given(call, state, filters)]
    return [record for record in records if all(test(record) for test in tests)]


def among(field: str, values: Collection[Any]) -> Exact:
    """Return the condition that ``field`` is one of ``values``."""
    return Exact(field, values, lambda record: getattr(record, field) in values)


def equal(field: str) -> Callable[[WorkspaceState, Any], Exact]:
    """Return a filter for records whose ``field`` equals the value given (reference 1.4)."""
    return lambda state, wanted: among(field, (wanted,))


def within(field: str) -> Callable[[WorkspaceState, list[Any]], Exact | Test]:
    """Return a filter for records whose ``field`` is one of the values given; an empty list filters nothing."""
    return lambda state, wanted: among(field, wanted) if wanted else lambda record: True


def parse_expression(text: str, scope: Scope, parameter: str) -> Expression:
    """Return the expression of a filter, parsed.

    Raises:
        Invalid: it does not parse.
    """
    try:
        return parse(text, scope=scope)
    except ExpressionError as error:
        raise Invalid(f"{parameter}: {error}", error.hint) from None


def _given(call: Call, state: WorkspaceState, filters: Filters) -> list[Exact | Test]:
    return [make(state, call.values[name]) for name, make in filters.items() if name in call.values]


def _test(wanted: Exact | Test) -> Test:
    return wanted.test if isinstance(wanted, Exact) else wanted
