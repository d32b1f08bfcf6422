"""Question ``configuration``: the mistakes in a Workflow's configuration, each at its place, and its tree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...engine.model.refusals import Invalid, Refused
from ...engine.model.workflow_configuration import read_plan
from ...engine.state import WorkspaceState
from ...expressions import ExpressionError, Scope, parse, parse_order_by
from ..answers.given_text import Misspelt, check_json, line_and_column
from ..answers.json_places import character_at, place_of
from ..answers.member_counts import MemberCounts
from ..answers.source import Source
from .workflow_tree import draw_tree

__all__ = ["answer_configuration"]

Path = list[str | int]

_MOST_CHARACTERS = 200_000
"""Size of a text that is checked while it is typed; TaskRouter takes longer ones."""

_MOST_ERRORS = 50
_STEP = re.compile(r"([A-Za-z_]+)|\[(\d+)\]")
_MESSAGE = re.compile(r"Configuration: ([\w.\[\]]+):? (.*)", re.DOTALL)


def answer_configuration(source: Source, question: Mapping[str, Any]) -> dict[str, Any]:
    """Return what TaskRouter would refuse in a configuration, at most one mistake for each filter.

    ::

        {question: "configuration", text}
        {errors: [{line, column, path, words, hint}], notes: [text], tree: see ``workflow``, or null}

    ``line`` and ``column`` count from 1. ``path`` is as in TaskRouter's messages: ``filters[0].targets[1].queue``;
    empty for a text that isn't JSON. ``notes`` are parts of expressions that have no effect.
    """
    text = question.get("text")
    if not isinstance(text, str):
        raise Invalid("The configuration must be text.")
    if len(text) > _MOST_CHARACTERS:
        raise Invalid(f"A configuration of up to {_MOST_CHARACTERS:,} characters is checked here.", "Save it instead.")
    try:
        document = check_json(text)
    except Misspelt as mistake:
        return _refused([{"line": mistake.line or 1, "column": mistake.column or 1, "path": "", **_words(mistake)}])
    errors = [_located(text, *each) for each in _mistakes(source.state, document)][:_MOST_ERRORS]
    if errors:
        return _refused(errors)
    plan = read_plan(text)
    notes = [f"{path}: {' '.join(each)}" for path, each in plan.notes]
    return {"errors": [], "notes": notes, "tree": draw_tree(source.state, plan, source.now, MemberCounts(source.state))}


def _refused(errors: list[dict[str, Any]]) -> dict[str, Any]:
    return {"errors": errors, "notes": [], "tree": None}


def _words(refused: Refused) -> dict[str, str]:
    return {"words": refused.message, "hint": refused.hint}


def _mistakes(state: WorkspaceState, document: Any) -> Iterator[tuple[str, str, str]]:
    """Yield path, words and hint of each mistake: of the whole, else of each filter and the default filter alone."""
    routing = document.get("task_routing") if isinstance(document, dict) else None
    filters = routing.get("filters") if isinstance(routing, dict) else None
    if not isinstance(routing, dict) or not isinstance(filters, list | None):
        yield from _refusal(document)
        return
    for index, each in enumerate(filters or []):
        for path, words, hint in _refusal({"task_routing": {"filters": [each]}}):
            yield path.replace("filters[0]", f"filters[{index}]", 1), words, hint
        yield from _unknown_queues(state, each, f"filters[{index}]")
    if "default_filter" in routing:
        yield from _refusal({"task_routing": {"default_filter": routing["default_filter"]}})
        if isinstance(routing["default_filter"], dict):
            yield from _unknown_queue(state, routing["default_filter"], "default_filter")


def _refusal(document: Any) -> Iterator[tuple[str, str, str]]:
    """Yield what TaskRouter refuses in a configuration, if it does."""
    try:
        read_plan(json.dumps(document))
    except Refused as refused:
        found = _MESSAGE.fullmatch(refused.message)
        path, words = (found[1], found[2]) if found else ("", refused.message.removeprefix("Configuration ").strip())
        yield path, words, refused.hint


def _unknown_queues(state: WorkspaceState, each: Any, path: str) -> Iterator[tuple[str, str, str]]:
    targets = each.get("targets") if isinstance(each, dict) else None
    for index, target in enumerate(targets if isinstance(targets, list) else []):
        if isinstance(target, dict):
            yield from _unknown_queue(state, target, f"{path}.targets[{index}]")


def _unknown_queue(state: WorkspaceState, target: Mapping[str, Any], path: str) -> Iterator[tuple[str, str, str]]:
    queue = target.get("queue")
    if isinstance(queue, str) and queue and queue not in state.task_queues:
        yield f"{path}.queue", f"TaskQueue {queue[:80]} does not exist", "Use the SID of a TaskQueue in this Workspace."


def _located(text: str, path: str, words: str, hint: str) -> dict[str, Any]:
    steps: Path = [key or int(index) for key, index in _STEP.findall(path)]
    whole = steps if steps[:1] == ["task_routing"] else ["task_routing", *steps] if steps else []
    start = place_of(text, whole)
    line, column = line_and_column(text, _in_expression(text, start, steps))
    return {"line": line, "column": column, "path": path, "words": words, "hint": hint}


def _in_expression(text: str, start: int, steps: Path) -> int:
    """Return the offset at which an expression stops being one; the start of any other value."""
    if steps[-1:] not in (["expression"], ["skip_if"], ["order_by"]) or text[start : start + 1] != '"':
        return start
    value = json.JSONDecoder().raw_decode(text, start)[0]
    try:
        if steps[-1] == "order_by":
            parse_order_by(value)
        else:
            parse(value, scope=_scope(steps))
    except ExpressionError as error:
        return character_at(text, start, error.position)
    return start


def _scope(steps: Path) -> Scope:
    return Scope.SKIP_IF if steps[-1] == "skip_if" else Scope.TARGET if "targets" in steps else Scope.TASK
