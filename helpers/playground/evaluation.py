"""An expression tried on many: a verdict for each, and for each of its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from helpers.emulator.expressions import Expression, Scope, Trace, format_value, parse
from helpers.playground.contexts import CandidateRow

__all__ = ["SHOWN_CLAUSES", "SHOWN_ROWS", "CandidateResult", "ClauseSummary", "Evaluation", "tried"]

SHOWN_ROWS, SHOWN_CLAUSES = 50, 8


@dataclass(frozen=True)
class CandidateResult:
    """One row: ``matches`` is None where it could not be tried; ``clauses`` has one verdict for each clause shown."""

    name: str
    matches: bool | None
    clauses: tuple[bool, ...] = ()
    seen: str = ""
    why: str = ""


@dataclass(frozen=True)
class ClauseSummary:
    """One comparison, and for how many of all rows it is true; ``reasons`` are the different ones why not."""

    text: str
    true: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """What came of it. ``verdicts`` holds the rows to be shown, ``matching`` the names of all that match."""

    rows: int
    tried: int
    matching: tuple[str, ...]
    verdicts: tuple[CandidateResult, ...]
    clauses: tuple[ClauseSummary, ...]
    more_clauses: int
    reads: frozenset[tuple[str, ...]]
    """The paths that the expression reads; without any it is the same for everybody."""
    mixes: bool
    """Whether AND and OR stand side by side without any parentheses."""


def tried(expression: Expression, rows: Sequence[CandidateRow]) -> Evaluation:
    """Try ``expression`` on every row; when there are too many to be shown, those that match come first."""
    possible = [row for row in rows if not row.problem]
    matching = [row for row in possible if expression.matches(row.names)]
    trace = expression.trace({})
    texts = [leaf.text for leaf in _leaves(trace) if leaf.text]
    return Evaluation(
        rows=len(rows),
        tried=len(possible),
        matching=tuple(row.name for row in matching),
        verdicts=tuple(_verdict(expression, row) for row in _chosen(rows, matching)),
        clauses=tuple(_clause(text, expression.scope, possible) for text in texts[:SHOWN_CLAUSES]),
        more_clauses=max(0, len(texts) - SHOWN_CLAUSES),
        reads=expression.references,
        mixes="(" not in expression.text
        and {"AND", "OR"} <= {trace.operator, *(each.operator for each in trace.children)},
    )


def _chosen(rows: Sequence[CandidateRow], matching: Sequence[CandidateRow]) -> Iterable[CandidateRow]:
    if len(rows) <= SHOWN_ROWS:
        return rows
    chosen = {id(row) for row in matching}
    others = (row for row in rows if id(row) not in chosen)
    return [*matching, *others][:SHOWN_ROWS]


def _verdict(expression: Expression, row: CandidateRow) -> CandidateResult:
    if row.problem:
        return CandidateResult(row.name, None, why=row.problem)
    trace = expression.trace(row.names)
    leaves = list(_leaves(trace))
    seen = {label: format_value(value) for leaf in leaves for label, value in leaf.seen.items()}
    return CandidateResult(
        name=row.name,
        matches=trace.result,
        clauses=tuple(leaf.result for leaf in leaves if leaf.text)[:SHOWN_CLAUSES],
        seen=", ".join(f"{label}: {value}" for label, value in seen.items()),
        why="; ".join(dict.fromkeys(failure.reason for failure in trace.failures())),
    )


def _clause(text: str, scope: Scope, rows: Sequence[CandidateRow]) -> ClauseSummary:
    """How one clause fares on its own; a few reasons are enough to tell whether they are all the same."""
    alone = parse(text, scope=scope)
    false = [row for row in rows if not alone.matches(row.names)]
    reasons = dict.fromkeys(alone.trace(row.names).reason for row in false[:SHOWN_ROWS])
    return ClauseSummary(" ".join(text.split()), len(rows) - len(false), tuple(reasons))


def _leaves(trace: Trace) -> Iterator[Trace]:
    if not trace.children:
        yield trace
    for child in trace.children:
        yield from _leaves(child)
