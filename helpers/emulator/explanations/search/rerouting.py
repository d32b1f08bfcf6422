"""Changes that would route a Task differently: to its attributes or its Workflow, or a new Worker."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from ...engine.model.attributes import decode
from ...engine.model.resources import Task, Workflow
from ...engine.model.workflow_configuration import RoutingPlan, read_plan
from ...engine.routing.matching import first_filter, task_names
from ...engine.state import WorkspaceState, bypasses_workflow
from ...expressions import Edit, ExpressionError, Scope, parse
from ..sentences.phrases import quote
from ..sentences.workflow_route import filter_name
from .new_worker import invent_worker
from .possible_changes import Way, edits_in_words, rewrite
from .remedies import SLIP
from .sdk_calls import SdkCall, update

__all__ = ["find_reroutes"]

_FILTER_SLIP, _FILTERS, _DEFAULT, _QUEUE = 40, 45, 85, 90
_MEANING = 120
_MOST_QUEUES = 3


def find_reroutes(state: WorkspaceState, task: Task, now: int, *, is_new: bool) -> Iterator[Way]:
    """Yield ways that change the Task, change its Workflow or create a Worker, rather than change a Worker."""
    somebody_new = invent_worker(state, task, now)
    if somebody_new is not None:
        yield somebody_new
    workflow = state.workflows.get(task.workflow_sid or "")
    if workflow is None or bypasses_workflow(task):
        return
    plan = read_plan(workflow.configuration)
    winner = first_filter(plan, task.attributes, now)
    yield from _mend_attributes(task, plan, winner, now)
    change = _Change(state, workflow, is_new)
    yield from (Way().plus(call) for call in _other_filters(change, task, plan, winner, now))


def _mend_attributes(task: Task, plan: RoutingPlan, winner: int | None, now: int) -> Iterator[Way]:
    """Yield new attributes that make a filter match before the one that matches now."""
    names = task_names(decode(task.attributes), now)
    for index, each in enumerate(plan.filters[:winner]):
        edits = each.expression.repair(names, lambda path: path[0] != "taskrouter")
        if edits:
            words = edits_in_words("the Task", edits, task.attributes).removesuffix(".")
            sentence = f"{words}, so that {filter_name(each, index)} matches."
            cost = sum(SLIP if edit.slip else _MEANING for edit in edits)
            yield Way().rewriting(rewrite(task.attributes, edits), sentence, cost)


class _Change:
    """Writer of new configurations of one Workflow."""

    def __init__(self, state: WorkspaceState, workflow: Workflow, is_new: bool) -> None:
        self.state = state
        self._workflow = workflow
        self.is_new = is_new

    def call(self, sentence: str, cost: int, change: Callable[[dict[str, Any]], None]) -> SdkCall:
        """Return the call that updates the Workflow after ``change`` was made to ``task_routing``."""
        document = json.loads(self._workflow.configuration)
        change(document["task_routing"])
        given = {"configuration": json.dumps(document, ensure_ascii=False)}
        given |= {} if self.is_new else {"re_evaluate_tasks": "true"}
        return update((("workflows", self._workflow.sid),), sentence, cost, **given)

    def again(self, sentence: str) -> SdkCall:
        """Return the call that leaves the Workflow as it is and evaluates its waiting Tasks again."""
        return update((("workflows", self._workflow.sid),), sentence, _FILTERS, re_evaluate_tasks="true")

    def queues(self, *but: str | None) -> list[tuple[str, str]]:
        """Return SID and name of at most three queues with members, first those with an available one."""
        state = self.state
        every = [each for each in state.task_queues.values() if each.sid not in but and state.members(each.sid)]
        available = {sid for sid, each in state.activities.items() if each.available}

        def somebody(sid: str) -> bool:
            return any(state.workers[each].activity_sid in available for each in state.members(sid))

        every.sort(key=lambda each: not somebody(each.sid))
        return [(each.sid, each.friendly_name) for each in every[:_MOST_QUEUES]]


def _other_filters(change: _Change, task: Task, plan: RoutingPlan, winner: int | None, now: int) -> Iterator[SdkCall]:
    names = task_names(decode(task.attributes), now)
    for index, each in enumerate(plan.filters[:winner]):
        edits = each.expression.repair(names, lambda path: path[0] != "taskrouter")
        text = None if edits is None else _respell(each.expression.text, edits)
        if text is not None:
            sentence = f"Change {filter_name(each, index)} to {text}."
            yield change.call(sentence, _FILTER_SLIP, _expression_of(index, text))
    if winner is None and plan.default is None:
        for sid, name in change.queues():
            sentence = f"Add a default filter that leads to TaskQueue {quote(name)}."
            yield change.call(sentence, _DEFAULT, _default_to(sid))
    if winner is not None:
        yield from _later_filters(change, plan, winner, names)
        first = plan.filters[winner]
        for sid, name in change.queues(task.task_queue_sid):
            if first.targets[0].queue_sid != sid:
                sentence = f"Make {filter_name(first, winner)} lead to TaskQueue {quote(name)}."
                yield change.call(sentence, _QUEUE, _queue_of(winner, sid))
            elif not change.is_new:
                yield change.again(
                    f"Evaluate waiting Tasks again: this one starts in target 1, TaskQueue {quote(name)}."
                )


def _later_filters(change: _Change, plan: RoutingPlan, winner: int, names: dict[str, Any]) -> Iterator[SdkCall]:
    for index, each in enumerate(plan.filters):
        if index > winner and each.expression.matches(names):
            sentence = f"Move {filter_name(each, index)} before {filter_name(plan.filters[winner], winner)}."
            yield change.call(sentence, _FILTERS, _move(index, winner))


def _respell(text: str, edits: tuple[Edit, ...]) -> str | None:
    """Return a filter's expression with the Task's spelling of each key; None unless keys alone are misspelled."""
    renamed = [edit for edit in edits if edit.instead_of is not None]
    if not renamed or len(renamed) < len(edits):
        return None
    for edit in renamed:
        wrong, right = ".".join(edit.path), ".".join(edit.instead_of or ())
        text = right.join(re.split(rf"(?<![\w.$]){re.escape(wrong)}(?![\w$])", text))
    try:
        parse(text, scope=Scope.TASK)
    except ExpressionError:
        return None
    return text


def _expression_of(index: int, text: str) -> Callable[[dict[str, Any]], None]:
    return lambda routing: routing["filters"][index].update(expression=text)


def _default_to(sid: str) -> Callable[[dict[str, Any]], None]:
    return lambda routing: routing.update(default_filter={"queue": sid})


def _queue_of(index: int, sid: str) -> Callable[[dict[str, Any]], None]:
    return lambda routing: routing["filters"][index]["targets"][0].update(queue=sid)


def _move(index: int, before: int) -> Callable[[dict[str, Any]], None]:
    return lambda routing: routing["filters"].insert(before, routing["filters"].pop(index))
