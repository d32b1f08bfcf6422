"""Question ``workflow``: a Workflow as a tree, and the way that a Task with some attributes takes through it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ...clock import Millis
from ...engine.commands import tasks
from ...engine.model.attributes import decode
from ...engine.model.resources import Task
from ...engine.model.workflow_configuration import Filter, RoutingPlan, Target, read_plan
from ...engine.routing.matching import task_names
from ...engine.state import WorkspaceState
from ...explanations.sentences.configuration_words import describe_conditions, describe_end, describe_wait
from ...explanations.sentences.phrases import expression, join, safe, why_false
from ...expressions import Edit, apply_edits
from ..answers.given_text import read_attributes
from ..answers.member_counts import MemberCounts
from ..answers.rich_text import Piece, say, strong
from ..answers.source import Copy, Source
from .route import find_reads, workflow_of_question
from .whys import why_in_short

__all__ = ["answer_workflow", "draw_tree"]

_SHOWN_FILTERS, _SHOWN_TARGETS, _SHOWN_SAMPLES = 60, 20, 6
_NAMED = 4
"""Number of members of a queue that are named."""


def answer_workflow(source: Source, question: Mapping[str, Any]) -> Any:
    """Return a Workflow as a tree; with ``attributes``, the way of such a Task, as a copy of the Workspace leads it.

    ::

        {question: "workflow", workflow: SID, attributes?: JSON text or object}
        filters         [{number, name, expression, verdict, why, way, targets: [target], end: [text]}]
                        verdict: "matches", "doesn't match", "not evaluated", or empty without attributes
                        way: the Task is in this filter
        target          {number, of, queue_sid, name, expression, members, wait, conditions: [text], way};
                        wait is empty if the target has no timeout
        default         {name, target} or null; default_way: the Task is there, or canceled because there is none
        more_filters    number of filters that aren't in ``filters``
        outcome         {kind: "waits" | "reserved" | "canceled", sentence, parts}; only with attributes
        reads           [{name, values}], as in ``route``
        samples         [{label, attributes}]: attributes that lead into each filter, and some that match none
        partial         a sentence, only if there are more Workers than were tried
    """
    workflow = workflow_of_question(source.state, question)
    given = question.get("attributes")
    plan = read_plan(workflow.configuration)
    if given is None:
        return draw_tree(source.state, plan, source.now, MemberCounts(source.state))
    attributes = read_attributes(given)
    copy = source.copy()
    return lambda: _answer(copy, workflow.sid, attributes)


def _answer(copy: Copy, workflow_sid: str, attributes: str) -> dict[str, Any]:
    sandbox = copy.replica.sandbox()
    task = sandbox.run(tasks.create, workflow_sid=workflow_sid, attributes=attributes)
    state = sandbox.state
    plan = read_plan(state.workflows[workflow_sid].configuration)
    names = [safe(state.workers[each.worker_sid].friendly_name) for each in sandbox.pending(task.sid)]
    tree = draw_tree(state, plan, sandbox.now, copy.members, task) | {
        "outcome": _outcome(state, task, names, sandbox.now)
    }
    return tree | copy.partial


def draw_tree(
    state: WorkspaceState, plan: RoutingPlan, now: Millis, counts: MemberCounts, task: Task | None = None
) -> dict[str, Any]:
    """Return the tree of a configuration, with the place of ``task``; see :func:`answer_workflow`."""
    default = (
        None
        if plan.default is None
        else {"name": safe(plan.default_name), "target": _target(state, plan.default, counts)}
    )
    return {
        "filters": list(_filters(state, plan, now, counts, task)),
        "more_filters": max(0, len(plan.filters) - _SHOWN_FILTERS),
        "default": default,
        "default_way": task is not None and task.filter_index is None,
        "reads": find_reads(plan),
        "samples": list(_samples(plan, now)),
    }


def _filters(
    state: WorkspaceState, plan: RoutingPlan, now: Millis, counts: MemberCounts, task: Task | None
) -> Iterator[dict[str, Any]]:
    names = None if task is None else task_names(decode(task.attributes), now)
    for index, each in enumerate(plan.filters[:_SHOWN_FILTERS]):
        here = task is not None and task.filter_index == index
        verdict, why = _verdict(each, index, names, task)
        yield {
            "number": index + 1,
            "name": safe(each.name),
            "expression": expression(each.expression.text),
            "verdict": verdict,
            "why": why,
            "way": here,
            "targets": list(_targets(state, each, counts, task if here else None)),
            "more_targets": max(0, len(each.targets) - _SHOWN_TARGETS),
            "end": list(describe_end(each, plan)),
        }


def _verdict(each: Filter, index: int, names: Mapping[str, Any] | None, task: Task | None) -> tuple[str, str]:
    if names is None or task is None:
        return "", ""
    if task.filter_index is not None and index > task.filter_index:
        return "not evaluated", ""
    trace = each.expression.trace(names)
    if not trace.result:
        return "doesn't match", why_false(trace)
    return "matches", "" if index == task.filter_index else "all of its targets were skipped"


def _targets(state: WorkspaceState, each: Filter, counts: MemberCounts, task: Task | None) -> Iterator[dict[str, Any]]:
    for index, target in enumerate(each.targets[:_SHOWN_TARGETS]):
        yield {
            "number": index + 1,
            "of": len(each.targets),
            **_target(state, target, counts),
            "wait": "" if each.deadline(index) is None else describe_wait(each, index),
            "conditions": list(describe_conditions(target)),
            "way": task is not None and task.target_index == index,
        }


def _target(state: WorkspaceState, target: Target, counts: MemberCounts) -> dict[str, Any]:
    queue = state.task_queues.get(target.queue_sid)
    if queue is None:
        return {"queue_sid": target.queue_sid, "name": "", "expression": "", "members": "This TaskQueue doesn't exist."}
    return {
        "queue_sid": queue.sid,
        "name": safe(queue.friendly_name),
        "expression": expression(queue.target_workers),
        "members": _members(state, queue.sid, counts),
    }


def _members(state: WorkspaceState, queue_sid: str, counts: MemberCounts) -> str:
    available = {sid for sid, each in state.activities.items() if each.available}
    members = [state.workers[sid] for sid in islice(state.members(queue_sid), _NAMED)]
    if not members:
        return "Matches no Worker"
    names = [
        f"{safe(each.friendly_name)} ({'available' if each.activity_sid in available else 'not available'})"
        for each in members
    ]
    return f"Matches {counts.words(queue_sid, names)}"


def _outcome(state: WorkspaceState, task: Task, names: list[str], now: Millis) -> dict[str, Any]:
    queue = state.task_queues.get(task.task_queue_sid or "")
    if task.ended_at is not None or queue is None:
        why = " No filter matches, and there is no default filter." if queue is None else " Every target was skipped."
        return {"kind": "canceled", **say(strong("This Task is canceled at once."), why)}
    where: list[str | Piece] = [strong(f"This Task goes to {queue.friendly_name}.")]
    if names:
        return {
            "kind": "reserved",
            **say(*where, f" {join(names)} {'is' if len(names) == 1 else 'are'} reserved at once."),
        }
    words = why_in_short(state, task.sid, now)["words"]
    return {"kind": "waits", **say(strong(f"This Task waits in {queue.friendly_name}."), f" {words}.")}


def _samples(plan: RoutingPlan, now: Millis) -> Iterator[dict[str, str]]:
    """Yield attributes that the filters are known to match, each tried, and empty ones if they match none."""
    for index, each in enumerate(plan.filters[:_SHOWN_SAMPLES]):
        edits = each.expression.repair(task_names({}, now), lambda path: path[0] != "taskrouter")
        attributes = _written(edits)
        names = task_names(attributes, now)
        if edits is not None and next(plan.matching(names), None) == index:
            label = safe(each.name) or f"Filter {index + 1}"
            yield {"label": label, "attributes": json.dumps(attributes, ensure_ascii=False)}
    if next(plan.matching(task_names({}, now)), None) is None:
        yield {"label": "No match" if plan.default is None else "Default", "attributes": "{}"}


def _written(edits: Iterable[Edit] | None) -> dict[str, Any]:
    return apply_edits({}, edits or ())
