"""Places for an expression, and the names it can read there (reference 5.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from typing import Any

from helpers.emulator.display.safe_text import pluralize
from helpers.emulator.engine.routing.matching import worker_names
from helpers.emulator.expressions import ExpressionError, Scope, parse, taskrouter_names
from helpers.playground.candidates import MOST, Candidate, kinds_of

__all__ = ["PLACES", "CandidateRow", "Context", "choose_place", "find_mismatch", "make_rows"]

_ASKS_THE_CLOCK = "the expression reads taskrouter.*: pass a time, for example at=datetime(2026, 3, 2, 9, 30)"


@dataclass(frozen=True)
class Context:
    """Place for expressions: ``name`` as ``place=`` takes it, ``title`` for sentences, ``rows`` what it's tried on."""

    name: str
    title: str
    scope: Scope
    rows: str
    twin: str
    """Arguments after the expression in a learner's cell."""


PLACES = {
    place.name: place
    for place in (
        Context("target_workers", "target_workers of a TaskQueue", Scope.WORKER, "Worker", "workspace.workers.list()"),
        Context(
            "target_workers_expression",
            "target_workers_expression of a list of Workers",
            Scope.WORKER_FILTER,
            "Worker",
            'workspace.workers.list(), place="target_workers_expression"',
        ),
        Context("filter", "expression of a Workflow's filter", Scope.TASK, "Task", "workspace.tasks.list()"),
        Context(
            "target",
            "expression of a filter's target",
            Scope.TARGET,
            "Task and Worker",
            "workspace.workers.list(), workspace.tasks.list()",
        ),
        Context("skip_if", "skip_if of a filter's target", Scope.SKIP_IF, "TaskQueue", "workspace.workers.list()"),
    )
}


@dataclass(frozen=True)
class CandidateRow:
    """One row to try the expression on: its name, the names it has, or why it can't be tried."""

    name: str
    names: dict[str, Any]
    problem: str = ""


def choose_place(expression: str, found: Sequence[Candidate], tasks: Sequence[Candidate] | None) -> Context | str:
    """Return the place that fits the candidates, or a sentence if none does."""
    kinds = kinds_of([*found, *(tasks or ())])
    if tasks is not None:
        return find_mismatch(PLACES["target"], found, tasks) or PLACES["target"]
    if kinds >= {"Worker", "Task"}:
        return (
            "This list has Workers and Tasks. For a target's expression, which reads both, pass the Workers first "
            "and the Tasks with tasks=. For other expressions, pass only one kind."
        )
    if "Task" in kinds:
        return PLACES["filter"]
    return PLACES["skip_if" if "Worker" in kinds and _counts_workers(expression) else "target_workers"]


def find_mismatch(place: Context, found: Sequence[Candidate], tasks: Sequence[Candidate] | None) -> str:
    """Return a sentence if ``place`` can't be tried on these candidates, else an empty one."""
    if place.scope is Scope.TARGET and (tasks is None or "Task" in kinds_of(found) or "Worker" in kinds_of(tasks)):
        return f"A target's expression needs Workers and Tasks. Write try_expression(expression, {place.twin})."
    wanted, other = ("Task", "Worker") if place.scope is Scope.TASK else ("Worker", "Task")
    if other in kinds_of(found):
        return f"The {place.title} needs {wanted}s, but these are {other}s."
    return ""


def make_rows(
    place: Context, found: Sequence[Candidate], tasks: Sequence[Candidate], at: datetime | None, *, clock: bool
) -> list[CandidateRow]:
    """Return the rows to try the expression on; ``clock`` is True if it reads ``taskrouter.*``."""
    if place.scope is Scope.SKIP_IF:
        return [_queue(found)] if found else []
    if place.scope is Scope.TARGET:
        return [_pair(task, worker, at, clock) for task, worker in islice(product(tasks, found), MOST)]
    if place.scope is Scope.TASK:
        return [_timed(each, at, clock) for each in found]
    read = _worker if place.scope is Scope.WORKER_FILTER else _attributes
    return [CandidateRow(each.name, read(each), each.problem) for each in found]


def _counts_workers(expression: str) -> bool:
    try:
        return bool(parse(expression, scope=Scope.SKIP_IF).references)
    except ExpressionError:
        return False


def _timed(task: Candidate, at: datetime | None, clock: bool) -> CandidateRow:
    moment = at or task.created
    names = {**_clock(moment), **task.attributes}
    return CandidateRow(task.name, names, task.problem or (_ASKS_THE_CLOCK if clock and moment is None else ""))


def _pair(task: Candidate, worker: Candidate, at: datetime | None, clock: bool) -> CandidateRow:
    moment = at or task.created
    names = {**_clock(moment), "task": dict(task.attributes), "worker": _worker(worker)}
    problem = task.problem or worker.problem or (_ASKS_THE_CLOCK if clock and moment is None else "")
    return CandidateRow(f"{task.name} for {worker.name}", names, problem)


def _attributes(each: Candidate) -> dict[str, Any]:
    return dict(each.attributes)


def _worker(worker: Candidate) -> dict[str, Any]:
    """Return attributes overlaid by the Worker's own fields, as the engine does."""
    if worker.kind != "Worker":
        return _attributes(worker)
    fields = [worker.field(name) for name in ("sid", "friendly_name", "activity_sid", "activity_name")]
    return worker_names(dict(worker.attributes), *fields)


def _clock(moment: datetime | None) -> dict[str, Any]:
    return {} if moment is None else {"taskrouter": taskrouter_names(int(moment.timestamp() * 1000))}


def _queue(found: Iterable[Candidate]) -> CandidateRow:
    """Return one row with the counts of Workers, who are taken for the members of the TaskQueue."""
    counts: Counter[str] = Counter({"available": 0, "unavailable": 0})
    for each in found:
        counts.update(_count(each))
    total = counts["available"] + counts["unavailable"]
    return CandidateRow(pluralize(total, "Worker"), {"workers": dict(counts)})


def _count(each: Candidate) -> dict[str, int]:
    """Return what one Worker adds to the counts; a dict has counts itself."""
    if each.kind != "Worker":
        return {name: value for name, value in each.attributes.items() if type(value) is int}
    return {"available" if getattr(each.given, "available", False) else "unavailable": 1, each.field("activity_sid"): 1}
