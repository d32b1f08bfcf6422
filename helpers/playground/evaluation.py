"""Evaluation of an expression on many rows: a verdict for each row, and for each clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helpers.emulator.expressions import Expression, Scope, format_value, parse
from helpers.playground.contexts import CandidateRow

__all__ = ["SHOWN_ROWS", "CandidateResult", "ClauseSummary", "Evaluation", "evaluate"]

SHOWN_ROWS, _SHOWN_CLAUSES = 50, 8


@dataclass(frozen=True)
class CandidateResult:
    """Result of one row: ``matches`` is None if it can't be tried; ``clauses`` has a verdict for each clause shown."""

    name: str
    matches: bool | None
    clauses: tuple[bool, ...] = ()
    seen: str = ""
    why: str = ""


@dataclass(frozen=True)
class ClauseSummary:
    """One comparison, the number of rows for which it is true, and the different ``reasons`` why it is false."""

    text: str
    true: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """Results of an expression: ``verdicts`` of the rows to show, and in ``matching`` the names of all that match."""

    rows: int
    tried: int
    matching: tuple[str, ...]
    verdicts: tuple[CandidateResult, ...]
    clauses: tuple[ClauseSummary, ...]
    more_clauses: int
    reads: frozenset[tuple[str, ...]]
    """Paths that the expression reads; without any it has one verdict for all rows."""
    mixes: bool
    """True if AND and OR are joined without any parentheses."""


def evaluate(expression: Expression, rows: Sequence[CandidateRow]) -> Evaluation:
    """Try ``expression`` on every row; if there are too many to show, those that match come first."""
    possible = [row for row in rows if not row.problem]
    matching = [row for row in possible if expression.matches(row.names)]
    trace = expression.trace({})
    texts = [leaf.text for leaf in trace.leaves() if leaf.text]
    return Evaluation(
        rows=len(rows),
        tried=len(possible),
        matching=tuple(row.name for row in matching),
        verdicts=tuple(_verdict(expression, row) for row in _choose(rows, matching)),
        clauses=tuple(_clause(text, expression.scope, possible) for text in texts[:_SHOWN_CLAUSES]),
        more_clauses=max(0, len(texts) - _SHOWN_CLAUSES),
        reads=expression.references,
        mixes="(" not in expression.text
        and {"AND", "OR"} <= {trace.operator, *(each.operator for each in trace.children)},
    )


def _choose(rows: Sequence[CandidateRow], matching: Sequence[CandidateRow]) -> Iterable[CandidateRow]:
    if len(rows) <= SHOWN_ROWS:
        return rows
    chosen = {id(row) for row in matching}
    others = (row for row in rows if id(row) not in chosen)
    return [*matching, *others][:SHOWN_ROWS]


def _verdict(expression: Expression, row: CandidateRow) -> CandidateResult:
    if row.problem:
        return CandidateResult(row.name, None, why=row.problem)
    trace = expression.trace(row.names)
    leaves = list(trace.leaves())
    seen = {label: format_value(value) for leaf in leaves for label, value in leaf.seen.items()}
    return CandidateResult(
        name=row.name,
        matches=trace.result,
        clauses=tuple(leaf.result for leaf in leaves if leaf.text)[:_SHOWN_CLAUSES],
        seen=", ".join(f"{label}: {value}" for label, value in seen.items()),
        why="; ".join(dict.fromkeys(failure.reason for failure in trace.failures())),
    )


def _clause(text: str, scope: Scope, rows: Sequence[CandidateRow]) -> ClauseSummary:
    """Try one clause alone; the reasons of a few rows are enough to see if they are all the same."""
    alone = parse(text, scope=scope)
    false = [row for row in rows if not alone.matches(row.names)]
    reasons = dict.fromkeys(alone.trace(row.names).reason for row in false[:SHOWN_ROWS])
    return ClauseSummary(" ".join(text.split()), len(rows) - len(false), tuple(reasons))
