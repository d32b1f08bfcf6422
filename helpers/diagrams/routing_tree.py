"""Tree of a Workflow: its filters, their targets, the way on after the last target, and the way of one Task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from helpers.diagrams.diagram import Diagram
from helpers.diagrams.mermaid import label
from helpers.diagrams.workflow_path import FilterResult, choose_moment, judge_filters, read_attributes
from helpers.emulator.display.blocks import Block, Preformatted, Sentence
from helpers.emulator.display.safe_text import one_line, pluralize
from helpers.emulator.engine.model.refusals import Refused
from helpers.emulator.engine.model.workflow_configuration import Filter, RoutingPlan, read_plan
from helpers.emulator.explanations.sentences.configuration_words import (
    describe_conditions,
    describe_default,
    describe_end,
    describe_wait,
    filter_title,
    queue_title,
)

__all__ = ["draw_routing"]

_SHOWN_FILTERS, _SHOWN_TARGETS = 30, 10
"""Largest numbers that fit in a diagram; the text says how many are left out."""

_Results = Sequence[FilterResult] | None
"""One for each filter; None without a Task."""
_MARKS = {True: "✓", False: "✗", None: "·"}


def draw_routing(
    title: str, configuration: str, queues: Mapping[str, str], task: Any = None, at: datetime | None = None
) -> Diagram:
    """Draw the Workflow with this ``configuration`` (JSON text), and mark the way of ``task`` through it."""
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
    return Diagram(title, blocks, "flowchart LR", _body(title, plan, queues, found))


def _unreadable(title: str, message: str) -> Diagram:
    words = f"{title}: TaskRouter would refuse this configuration. {one_line(message)}"
    return Diagram(title, [Sentence(words)], "", ())


def _outcome(plan: RoutingPlan, queues: Mapping[str, str], found: Sequence[FilterResult]) -> str:
    taking = next((place for place, verdict in enumerate(found) if verdict.takes), None)
    undecided = next((place for place, verdict in enumerate(found) if verdict.takes is None), None)
    if undecided is not None and (taking is None or undecided < taking):
        return f"The Task's way depends on the time of day: {filter_title(undecided + 1, plan.filters[undecided])}."
    if taking is not None:
        each = plan.filters[taking]
        return f"The Task goes by {filter_title(taking + 1, each)} to {queue_title(each.targets[0], queues)} first."
    if plan.default is not None:
        return f"No filter takes the Task: it goes to the default, {queue_title(plan.default, queues)}."
    return "No filter takes the Task, and there is no default filter: it is canceled at once."


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


def _body(title: str, plan: RoutingPlan, queues: Mapping[str, str], found: _Results) -> Iterator[str]:
    yield f'w(["{label(title)}"])'
    for place, each in enumerate(plan.filters[:_SHOWN_FILTERS]):
        verdict = found[place] if found else None
        yield from _filter_nodes(f"f{place}", place, each, plan, queues, verdict)
    if len(plan.filters) > _SHOWN_FILTERS:
        yield f'w --> more["{label(_more(plan))}"]'
    taken = _by_default(found)
    text = label(("✓ " if taken else "") + describe_default(plan, queues))
    yield f'w {"==>" if taken else "-->"}|else| d["{text}"]'
    yield "classDef taken stroke-width:4px"
    taken_nodes = [f"f{place},f{place}t0" for place, verdict in enumerate(found or ()) if verdict.takes]
    yield from (f"class {nodes} taken" for nodes in [*taken_nodes, *(["d"] if taken else [])])


def _filter_nodes(
    name: str, place: int, each: Filter, plan: RoutingPlan, queues: Mapping[str, str], verdict: FilterResult | None
) -> Iterator[str]:
    thick = "==>" if verdict is not None and verdict.takes else "-->"
    asked = "first" if place == 0 else "else"
    lines = [filter_title(place + 1, each), each.expression.text]
    if verdict is not None:
        lines.append(f"{_MARKS[verdict.takes]} {verdict.words}")
    yield f'w {thick}|{asked}| {name}["{label(*lines)}"]'
    shown = each.targets[:_SHOWN_TARGETS]
    for at, target in enumerate(shown):
        before, arrow = (name, thick) if at == 0 else (f"{name}t{at - 1}", "-->")
        text = label(queue_title(target, queues), describe_wait(each, at), *describe_conditions(target))
        yield f'{before} {arrow} {name}t{at}["{text}"]'
    yield f'{name}t{len(shown) - 1} --> {name}e(["{label(*describe_end(each, plan))}"])'
