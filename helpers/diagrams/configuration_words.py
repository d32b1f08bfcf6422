"""A Workflow's configuration in words: what each filter and target says, and what comes after the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helpers.emulator.display.safe_text import one_line, short_sid
from helpers.emulator.engine.model.workflow_configuration import Filter, RoutingPlan, Target

__all__ = ["NO_DEFAULT", "after_last", "conditions", "default_words", "filter_title", "queue_title", "waiting"]

NO_DEFAULT = "no default filter: a Task that no filter takes is canceled at once"

Queues = Mapping[str, str]
"""Friendly names of TaskQueues by SID."""


def filter_title(number: int, each: Filter) -> str:
    """``filter 1 “Spanish”``."""
    return f"filter {number}" + (f" “{one_line(each.name)}”" if each.name else "")


def queue_title(target: Target, queues: Queues) -> str:
    """``TaskQueue “Spanish”``, or its SID where the name is not known."""
    name = queues.get(target.queue_sid)
    return f"TaskQueue “{one_line(name)}”" if name else f"TaskQueue {short_sid(target.queue_sid)}"


def waiting(each: Filter, place: int) -> str:
    """How long a Task stays in a target; deadlines add up from when it entered the filter (reference 4.3)."""
    target, until = each.targets[place], each.deadline(place)
    if until is None:
        return "waits there until the Task's own timeout"
    so_far = f" (until {until} s after entering the filter)" if until != target.timeout else ""
    return f"waits up to {target.timeout} s{so_far}"


def conditions(target: Target) -> Iterator[str]:
    """Whatever else a target says, a line each."""
    if target.priority is not None:
        yield f"sets the priority to {target.priority}"
    if target.known_worker is not None:
        field, path = target.known_worker
        yield f"only the Worker whose {field} is task.{one_line('.'.join(path))}"
    if target.expression is not None:
        yield f"only Workers for whom {one_line(target.expression.text)}"
    if target.order_by:
        clauses = (f"{'.'.join(clause.path)} {'DESC' if clause.descending else 'ASC'}" for clause in target.order_by)
        yield f"best first by {one_line(', '.join(clauses))}"
    if target.skip_if is not None:
        yield f"skipped if nobody can be reserved at once and {one_line(target.skip_if.text)}"


def after_last(each: Filter, plan: RoutingPlan) -> Iterator[str]:
    """What becomes of a Task that no target of the filter kept (reference 4.2g, 4.2h)."""
    last = each.targets[-1]
    if last.timeout is None:
        yield "at the Task's own timeout: canceled"
    else:
        yield "timed out: a later filter that matches, else canceled (the default filter is not used)"
    if last.skip_if is not None:
        otherwise = "canceled" if plan.default is None else "the default filter"
        yield f"skipped: a later filter that matches, else {otherwise}"


def default_words(plan: RoutingPlan, queues: Queues) -> str:
    """Where a Task goes that no filter takes."""
    if plan.default is None:
        return NO_DEFAULT
    name = f" “{one_line(plan.default_name)}”" if plan.default_name else ""
    priority = "" if plan.default.priority is None else f", sets the priority to {plan.default.priority}"
    return f"default filter{name}: {queue_title(plan.default, queues)}{priority}, waits there until its own timeout"
