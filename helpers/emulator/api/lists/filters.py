"""List filters as tables: from a parameter to the values, or to a test, that each record of the list must pass."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from ...engine.index.table import Listing, RecordTable
from ...engine.model.refusals import Invalid
from ...engine.model.resources import Record
from ...expressions import Expression, ExpressionError, Scope, parse
from ..operation import Call

if TYPE_CHECKING:
    from ...engine.state import WorkspaceState

__all__ = ["Exact", "Filters", "Test", "among", "equal", "filtered", "parsed_expression", "selected", "within"]

_R = TypeVar("_R", bound=Record)
Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Exact:
    """Condition that a table answers by an index: ``field`` is one of ``values``. ``test`` asks one record."""

    field: str
    values: Collection[Any]
    test: Test


Filters = Mapping[str, Callable[["WorkspaceState", Any], Exact | Test]]
"""Parameter (snake_case) → (workspace, wanted value) → what it asks for."""


def selected(call: Call, state: WorkspaceState, records: RecordTable[_R], filters: Filters) -> Listing[_R]:
    """Those of ``records`` that pass every filter the call gives, in the order it gives."""
    where: dict[str, Collection[Any]] = {}
    tests: list[Test] = []
    for wanted in _given(call, state, filters):
        if isinstance(wanted, Exact) and wanted.field not in where:
            where[wanted.field] = wanted.values
        else:
            tests.append(_test(wanted))
    return records.listing(where, call.values.get("ordering", ()), tests)


def filtered(call: Call, state: WorkspaceState, records: Iterable[_R], filters: Filters) -> list[_R]:
    """The same of a few records, in their order."""
    tests = [_test(wanted) for wanted in _given(call, state, filters)]
    return [record for record in records if all(test(record) for test in tests)]


def among(field: str, values: Collection[Any]) -> Exact:
    """Records whose ``field`` is one of ``values``."""
    return Exact(field, values, lambda record: getattr(record, field) in values)


def equal(field: str) -> Callable[[WorkspaceState, Any], Exact]:
    """A filter for records whose ``field`` is exactly what was given (reference 1.4)."""
    return lambda state, wanted: among(field, (wanted,))


def within(field: str) -> Callable[[WorkspaceState, list[Any]], Exact | Test]:
    """A filter for records whose ``field`` is among the values given; none given filters nothing."""
    return lambda state, wanted: among(field, wanted) if wanted else lambda record: True


def parsed_expression(text: str, scope: Scope, parameter: str) -> Expression:
    """The expression a filter holds.

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
