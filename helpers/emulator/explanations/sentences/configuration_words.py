"""Words for a Workflow's configuration: its filters, their targets, and the way on after the last target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...display.safe_text import one_line, short_sid
from ...engine.model.workflow_configuration import Filter, RoutingPlan, Target

__all__ = ["describe_conditions", "describe_default", "describe_end", "describe_wait", "filter_title", "queue_title"]

Queues = Mapping[str, str]
"""Friendly names of TaskQueues by SID."""


def filter_title(number: int, each: Filter) -> str:
    """Return the title of a filter: ``filter 1 “Spanish”``."""
    return f"filter {number}" + (f" “{one_line(each.name)}”" if each.name else "")


def queue_title(target: Target, queues: Queues) -> str:
    """Return the title of a target's queue: ``TaskQueue “Spanish”``, or with its SID if the name isn't known."""
    name = queues.get(target.queue_sid)
    return f"TaskQueue “{one_line(name)}”" if name else f"TaskQueue {short_sid(target.queue_sid)}"


def describe_wait(each: Filter, place: int) -> str:
    """Return how long a Task waits in a target; deadlines count from the entry into the filter (reference 4.3)."""
    target, until = each.targets[place], each.deadline(place)
    if until is None:
        return "waits there until the Task's timeout"
    so_far = f" (until {until} s after entering the filter)" if until != target.timeout else ""
    return f"waits up to {target.timeout} s{so_far}"


def describe_conditions(target: Target) -> Iterator[str]:
    """Yield the other settings of a target, a line each."""
    if target.priority is not None:
        yield f"sets the priority to {target.priority}"
    if target.known_worker is not None:
        field, path = target.known_worker
        yield f"only the Worker whose {field} is task.{one_line('.'.join(path))}"
    if target.expression is not None:
        yield f"only Workers who match {one_line(target.expression.text)}"
    if target.order_by:
        clauses = (f"{'.'.join(clause.path)} {'DESC' if clause.descending else 'ASC'}" for clause in target.order_by)
        yield f"best first by {one_line(', '.join(clauses))}"
    if target.skip_if is not None:
        yield f"skipped if nobody can be reserved right away and {one_line(target.skip_if.text)}"


def describe_end(each: Filter, plan: RoutingPlan) -> Iterator[str]:
    """Yield the ways on for a Task after the filter's last target (reference 4.2g, 4.2h)."""
    last = each.targets[-1]
    if last.timeout is None:
        yield "at the Task's timeout: canceled"
    else:
        yield "timed out: a later filter that matches, else canceled (the default filter is not used)"
    if last.skip_if is not None:
        otherwise = "canceled" if plan.default is None else "the default filter"
        yield f"skipped: a later filter that matches, else {otherwise}"


def describe_default(plan: RoutingPlan, queues: Queues) -> str:
    """Return the target of a Task that no filter matches."""
    if plan.default is None:
        return "no default filter: a Task that no filter matches is canceled at once"
    name = f" “{one_line(plan.default_name)}”" if plan.default_name else ""
    priority = "" if plan.default.priority is None else f", sets the priority to {plan.default.priority}"
    return f"default filter{name}: {queue_title(plan.default, queues)}{priority}, waits there until its own timeout"
