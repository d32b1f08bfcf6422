"""View of a Workflow as a tree of filters and targets, with the way of one Task. Drawn by ``routing.js``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from helpers.diagrams.workflow_path import NOT_ASKED, FilterResult, choose_moment, judge_filters, read_attributes
from helpers.emulator.display.blocks import Block, Preformatted, Sentence, View
from helpers.emulator.display.safe_text import clip, one_line, pluralize, short_sid
from helpers.emulator.engine.model.refusals import Refused
from helpers.emulator.engine.model.workflow_configuration import Filter, RoutingPlan, Target, read_plan
from helpers.emulator.explanations.sentences.configuration_words import (
    describe_conditions,
    describe_default,
    describe_end,
    describe_wait,
    filter_title,
    queue_title,
)

__all__ = ["routing_view"]

_SHOWN_FILTERS, _SHOWN_TARGETS = 30, 10
"""Largest numbers that fit in a diagram; the text says how many are left out."""
_SHOWN_CHARACTERS = 400

_Results = Sequence[FilterResult] | None
"""One for each filter; None without a Task."""
_MARKS = {True: "✓", False: "✗", None: "·"}
_VERDICTS = {True: "matches", False: "doesn't match", None: "not evaluated"}


def routing_view(
    title: str, configuration: str, queues: Mapping[str, str], task: Any = None, at: datetime | None = None
) -> View:
    """Build the view of a Workflow with this ``configuration`` (JSON text), with the way of ``task`` through it."""
    try:
        plan = read_plan(configuration)
    except Refused as refused:
        return _unreadable(title, refused.message)
    found: _Results = None
    outcome: list[Block] = []
    attributes = None if task is None else read_attributes(task)
    if isinstance(attributes, str):
        outcome = [Sentence(attributes)]
    elif attributes is not None:
        found = judge_filters(plan, attributes, choose_moment(task, at))
        outcome = [Sentence(_outcome(plan, queues, found))]
    blocks = [Preformatted(title, "\n".join(_tree(plan, queues, found))), *outcome]
    sentences = [each.text for each in outcome if isinstance(each, Sentence)]
    state = {"title": title, "tree": _state(plan, queues, found), "sentences": sentences}
    if isinstance(attributes, dict):
        state["attributes"] = clip(json.dumps(attributes, ensure_ascii=False), _SHOWN_CHARACTERS)
    return View("routing", title, tuple(blocks), state)


def _unreadable(title: str, message: str) -> View:
    words = f"{title}: TaskRouter would reject this configuration. {one_line(message)}"
    return View("", title, (Sentence(words),))


def _outcome(plan: RoutingPlan, queues: Mapping[str, str], found: Sequence[FilterResult]) -> str:
    taking = next((place for place, verdict in enumerate(found) if verdict.takes), None)
    undecided = next((place for place, verdict in enumerate(found) if verdict.takes is None), None)
    if undecided is not None and (taking is None or undecided < taking):
        return f"The Task's route depends on the time of day: {filter_title(undecided + 1, plan.filters[undecided])}."
    if taking is not None:
        each = plan.filters[taking]
        return (
            f"The Task matches {filter_title(taking + 1, each)} and goes to {queue_title(each.targets[0], queues)} "
            "first."
        )
    if plan.default is not None:
        return f"No filter matches the Task. It goes to the default, {queue_title(plan.default, queues)}."
    return "No filter matches the Task, and there is no default filter. The Task is canceled at once."


def _by_default(found: _Results) -> bool:
    return found is not None and all(verdict.takes is False for verdict in found)


# -- in words ----------------------------------------------------------------------------------------------------


def _tree(plan: RoutingPlan, queues: Mapping[str, str], found: _Results) -> Iterator[str]:
    for place, each in enumerate(plan.filters[:_SHOWN_FILTERS]):
        yield f"├─ {filter_title(place + 1, each)}: {one_line(each.expression.text)}"
        if found:
            yield f"│    {_MARKS[found[place].takes]} {found[place].words}"
        yield from (f"│    {line}" for line in _targets(each, queues))
        yield from (f"│    then, {line}" for line in describe_end(each, plan))
    if len(plan.filters) > _SHOWN_FILTERS:
        yield f"├─ {_more(plan)}"
    mark = "✓ " if _by_default(found) else ""
    yield f"└─ {mark}{describe_default(plan, queues)}"


def _targets(each: Filter, queues: Mapping[str, str]) -> Iterator[str]:
    for place, target in enumerate(each.targets[:_SHOWN_TARGETS]):
        yield f"{place + 1}. {queue_title(target, queues)}: {describe_wait(each, place)}"
        yield from (f"   {line}" for line in describe_conditions(target))
    if len(each.targets) > _SHOWN_TARGETS:
        yield f"… and {pluralize(len(each.targets) - _SHOWN_TARGETS, 'more target')}"


def _more(plan: RoutingPlan) -> str:
    return f"… and {pluralize(len(plan.filters) - _SHOWN_FILTERS, 'more filter')}"


# -- as a diagram -----------------------------------------------------------------------------------------------


def _state(plan: RoutingPlan, queues: Mapping[str, str], found: _Results) -> dict[str, Any]:
    """Return the tree in the form of the portal's question ``workflow``, without what only a Workspace knows."""
    default = (
        None if plan.default is None else {"name": one_line(plan.default_name), "target": _target(plan.default, queues)}
    )
    filters = list(plan.filters[:_SHOWN_FILTERS])
    results = list(found[:_SHOWN_FILTERS]) if found else [None] * len(filters)
    return {
        "filters": [
            _filter(number, each, plan, queues, result)
            for number, (each, result) in enumerate(zip(filters, results, strict=True), 1)
        ],
        "more_filters": max(0, len(plan.filters) - _SHOWN_FILTERS),
        "default": default,
        "default_way": _by_default(found),
    }


def _filter(
    number: int, each: Filter, plan: RoutingPlan, queues: Mapping[str, str], result: FilterResult | None
) -> dict[str, Any]:
    takes = result is not None and bool(result.takes)
    return {
        "number": number,
        "name": one_line(each.name),
        "expression": one_line(each.expression.text),
        "verdict": "" if result is None else _VERDICTS[result.takes],
        "why": "" if result is None or takes or result is NOT_ASKED else result.words,
        "way": takes,
        "targets": [
            {
                "number": place + 1,
                "of": len(each.targets),
                **_target(target, queues),
                "wait": "" if each.deadline(place) is None else describe_wait(each, place),
                "conditions": list(describe_conditions(target)),
                "way": takes and place == 0,
            }
            for place, target in enumerate(each.targets[:_SHOWN_TARGETS])
        ],
        "more_targets": max(0, len(each.targets) - _SHOWN_TARGETS),
        "end": list(describe_end(each, plan)),
    }


def _target(target: Target, queues: Mapping[str, str]) -> dict[str, Any]:
    name = one_line(queues.get(target.queue_sid, ""))
    return {"queue_sid": short_sid(target.queue_sid), "name": name, "expression": "", "members": ""}
