"""Way of a Task through a Workflow in words: its filters, their clauses and their targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...display.blocks import Fields
from ...display.durations import span
from ...display.safe_text import pluralize
from ...engine.model.attributes import decode
from ...engine.model.resources import Task
from ...engine.model.workflow_configuration import Filter, RoutingPlan, Target
from ...engine.routing.matching import first_filter, task_names
from ...engine.state import WorkspaceState
from ...expressions import Scope, format_path, parse
from .phrases import clauses, expression, quote, safe, why_false

__all__ = ["describe_queue", "describe_route", "filter_name"]

_IN_FULL = 6
"""Number of filters that are shown in full; if there are more, one that doesn't match takes a single line."""
_SHOWN = 20
"""Number of filters that are shown."""


class _Tense(NamedTuple):
    """Words for the place of a Task, and for what it left at once."""

    here: str
    left: str
    filter_left: str
    default: str


_IS = _Tense(
    here="  ← the Task is here",
    left="  (left: skip_if matched, and nobody could be reserved)",
    filter_left="→ all its targets were skipped at once (skip_if)",
    default="because every earlier target was skipped at once",
)
_WOULD = _Tense(
    here="  ← a Task would start here",
    left="  (skipped at once: skip_if matches, and nobody can be reserved)",
    filter_left="→ all its targets would be skipped at once (skip_if)",
    default="because every earlier target would be skipped at once",
)


class _Route(NamedTuple):
    """Task on its way through a Workflow; ``winner`` is the index of the filter that matches it now, or None."""

    state: WorkspaceState
    task: Task
    winner: int | None
    now: int
    tense: _Tense


def filter_name(each: Filter, index: int) -> str:
    """Return the name of a filter: ``filter 2 "Spanish"``."""
    return f"filter {index + 1} {quote(each.name)}" if each.name else f"filter {index + 1}"


def describe_route(
    state: WorkspaceState, task: Task, plan: RoutingPlan, now: int, *, title: str, exists: bool
) -> Fields:
    """Return the filters in order with their results, and the targets of the one that has or would have the Task.

    Unless the Task ``exists``, the words say where it would start.
    """
    names = task_names(decode(task.attributes), now)
    route = _Route(state, task, first_filter(plan, task.attributes, now), now, _IS if exists else _WOULD)
    pairs = []
    for index, each in enumerate(plan.filters[:_SHOWN]):
        trace = each.expression.trace(names)
        brief = not trace.result and len(plan.filters) > _IN_FULL
        lines = [f"✗ {expression(trace.text)}: {why_false(trace)}"] if brief else clauses(trace)
        lines += _list_notes("expression", each.expression.notes())
        lines += _explain_result(route, each, index, matches=trace.result)
        pairs.append((filter_name(each, index), "\n".join(lines)))
    if len(plan.filters) > _SHOWN:
        pairs.append((f"{pluralize(len(plan.filters) - _SHOWN, 'filter')} more", "not shown here"))
    pairs.append(("default filter", _default(route, plan)))
    return Fields(title, tuple(pairs))


def describe_queue(state: WorkspaceState, task: Task) -> Fields:
    """Return the facts about the TaskQueue of a Task."""
    queue = state.task_queues[task.task_queue_sid or ""]
    text = queue.target_workers or ""
    members = len(state.members(queue.sid))
    order = "newest first, priority ignored" if queue.task_order == "LIFO" else "highest priority, then oldest first"
    pairs = [
        ("target_workers", expression(text) or "(empty: no Worker is in this queue)"),
        ("Workers in it", f"{members:,} of {len(state.workers):,}"),
        ("order", f"{queue.task_order}: {order}"),
    ]
    if notes := parse(text, scope=Scope.WORKER).notes():
        pairs.append(("without effect", "\n".join(map(safe, notes))))
    if queue.max_reserved_workers > 1:
        pairs.append(
            ("reserved at once", f"up to {queue.max_reserved_workers} Workers, and the first to accept gets the Task")
        )
    return Fields(f"TaskQueue {quote(queue.friendly_name)}", tuple(pairs))


def _explain_result(route: _Route, each: Filter, index: int, *, matches: bool) -> Iterator[str]:
    """Yield lines on what a filter's result means for the Task; a Task in no queue isn't routed yet."""
    task, winner = route.task, route.winner
    here = task.filter_index == index
    if here or index == winner:
        yield from _targets(route, each, here=here)
        if not here and each.can_be_left and task.task_queue_sid is not None:
            yield route.tense.filter_left
        elif not here and task.task_queue_sid is not None:
            yield "→ matches a Task that is created now, but this Task isn't in it"
    elif matches and winner is not None and index > winner:
        yield f"→ matches too, but filter {winner + 1} comes first: the first match wins"


def _targets(route: _Route, each: Filter, *, here: bool) -> Iterator[str]:
    for index, target in enumerate(each.targets):
        place = _whether_here(route, each, index) if here else ""
        which = f"→ target {index + 1} of {len(each.targets)}"
        yield f"{which}: {_target(route.state, target)}{_timing(each, index)}{place}"
        for key, notes in target.notes():
            yield from _list_notes(key, notes)


def _list_notes(key: str, notes: Iterable[str]) -> list[str]:
    """Return a line for each part of an expression that has no effect."""
    return [f"! {key}: {safe(each)}" for each in notes]


def _whether_here(route: _Route, each: Filter, index: int) -> str:
    """Return words for a target that the Task is in or has left; empty for a later target."""
    task = route.task
    if task.target_index is None or index > task.target_index:
        return ""
    if index == task.target_index:
        return route.tense.here
    if each.is_over(index, task.filter_entered or task.date_created, route.now):
        return "  (left: its timeout passed)"
    skips = each.targets[index].skip_if is not None
    return route.tense.left if skips else "  (left)"


def _target(state: WorkspaceState, target: Target) -> str:
    queue = state.task_queues.get(target.queue_sid)
    parts = [f"TaskQueue {quote(queue.friendly_name if queue else target.queue_sid)}"]
    if target.known_worker is not None:
        parts.append(f"only the Worker named by {format_path(('task', *target.known_worker[1]))}")
    if target.expression is not None:
        parts.append(f"only Workers who match {expression(target.expression.text)}")
    if target.priority is not None:
        parts.append(f"priority {target.priority}")
    if target.order_by:
        parts.append("sorted by order_by")
    if target.skip_if is not None:
        parts.append(f"skipped at once if nobody can be reserved and {expression(target.skip_if.text)}")
    return ", ".join(parts)


def _timing(each: Filter, index: int) -> str:
    deadline = each.deadline(index)
    if deadline is None:
        return ", no timeout"
    return f", until {span(deadline)} after entering the filter"


def _default(route: _Route, plan: RoutingPlan) -> str:
    if plan.default is None:
        return "none: a Task that no filter matches is canceled at once"
    task, winner, tense = route.task, route.winner, route.tense
    name = f" {quote(plan.default_name)}" if plan.default_name else ""
    where = f"→{name} {_target(route.state, plan.default)}"
    here = task.filter_index is None and task.task_queue_sid == plan.default.queue_sid
    if winner is not None and here and plan.filters[winner].can_be_left:
        return f"{where}, {tense.default}{tense.here}"
    if winner is not None:
        return f"{where}, not needed: filter {winner + 1} matches"
    why = "because no filter matches" if plan.filters else "because there are no filters"
    return f"{where}, {why}{tense.here if here else ''}"
