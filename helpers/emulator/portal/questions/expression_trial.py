"""Question ``expression``: a TaskQueue's expression on all Workers, clause by clause, and beside what it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ...display.safe_text import pluralize
from ...engine.commands import task_queues
from ...engine.model.attributes import decode
from ...engine.model.refusals import Invalid, NotFound
from ...engine.model.resources import TaskQueue, Worker
from ...explanations.sentences.phrases import join, safe
from ...expressions import Expression, ExpressionError, Scope, Trace, format_value, parse
from ..answers.given_text import line_and_column
from ..answers.rich_text import Piece, say, strong
from ..answers.source import MOST_WORKERS, Copy, Source, say_partial
from .effects import new_offers

__all__ = ["OPERATORS", "answer_expression"]

OPERATORS = ("==", "!=", "HAS", "IN", "NOT IN", "CONTAINS", ">", ">=", "<", "<=", "AND", "OR")
"""Operators worth a button; others are only other spellings."""

_MOST_CLAUSES = 12
_MOST_NAMES = 30
_MOST_VALUES = 6


def answer_expression(source: Source, question: Mapping[str, Any]) -> Any:
    """Return whom an expression matches, and what changes for the Tasks of ``queue`` if it is saved.

    ::

        {question: "expression", expression, queue?: SID}
        error       {message, column, line, hint}, if it isn't an expression; then only names and operators follow
        sentence, parts, verdict    the verdict: "Matches nobody. Until now it matched Alice."; verdict is the sentence
        clauses     text of each comparison, at most 12
        joint       "AND", "OR", "mixed", or empty for one clause: how they are joined
        rows        [{worker_sid, name, cells: ["true" | "false" | "missing"], values: [text], joined, before}]
                    joined: the whole is true; before: so was the queue's present expression, null without queue
        notes       sentences about parts that have no effect
        effects     [{sign, words, …}] as in ``effects``: who is reserved once it is saved, tried on a copy
        names       [{name, values}]: attributes of the Workers, with some values as JSON
        operators   text of each
        partial     a sentence, only if there are more Workers than were tried
    """
    state, text = source.state, question.get("expression")
    if not isinstance(text, str):
        raise Invalid("The expression must be text.")
    queue_sid = question.get("queue")
    queue = state.task_queues.get(queue_sid) if isinstance(queue_sid, str) else None
    if queue_sid is not None and queue is None:
        raise NotFound("TaskQueue", "It was deleted, or belongs to a different Workspace.")
    workers = list(islice(state.workers.values(), MOST_WORKERS))
    common = {"names": _names(workers), "operators": list(OPERATORS)}
    try:
        parsed = parse(text, scope=Scope.WORKER)
    except ExpressionError as error:
        return {"error": _error(error), **common}
    members = None if queue is None else set(state.members(queue.sid))
    partial = say_partial(state, "the oldest first")
    shown = [(each.sid, each.friendly_name, each.attributes) for each in workers]
    trial = None if queue is None else source.copy(queue_sid=queue.sid)
    return lambda: common | _answer(parsed, shown, members) | {"effects": _effects(trial, queue, text)} | partial


def _error(error: ExpressionError) -> dict[str, Any]:
    line, column = line_and_column(error.text, error.position)
    return {"message": error.message, "line": line, "column": column, "hint": error.suggestion or ""}


def _answer(
    parsed: Expression, workers: Sequence[tuple[str, str, str]], members: Collection[str] | None
) -> dict[str, Any]:
    """Return the table; ``workers`` are SID, name and attributes of each, ``members`` the SIDs that match now."""
    shape = parsed.trace({})
    clauses = [leaf.text for leaf in shape.leaves() if leaf.text][:_MOST_CLAUSES]
    rows = []
    for sid, name, attributes in workers:
        trace = parsed.trace(decode(attributes))
        leaves = [leaf for leaf in trace.leaves() if leaf.text][:_MOST_CLAUSES]
        rows.append(
            {
                "worker_sid": sid,
                "name": safe(name),
                "cells": [_cell(leaf) for leaf in leaves],
                "values": [_value(leaf) for leaf in leaves],
                "joined": trace.result,
                "before": None if members is None else sid in members,
            }
        )
    verdict = say(*_verdict(rows))
    return {
        **verdict,
        "verdict": verdict["sentence"],
        "clauses": [" ".join(text.split()) for text in clauses],
        "joint": _joint(shape),
        "rows": rows,
        "notes": [safe(note) for note in parsed.notes()],
    }


def _joint(trace: Trace) -> str:
    inner = {each.operator for each in trace.children if each.children}
    return "" if not trace.children else "mixed" if inner - {trace.operator} else trace.operator


def _cell(leaf: Trace) -> str:
    if leaf.result:
        return "true"
    return "missing" if leaf.seen and all(value is None for value in leaf.seen.values()) else "false"


def _value(leaf: Trace) -> str:
    return ", ".join("missing" if value is None else safe(format_value(value)) for value in leaf.seen.values())


def _verdict(rows: Sequence[Mapping[str, Any]]) -> list[str | Piece]:
    if not rows:
        return ["There are no Workers to try it on."]
    now = [row["name"] for row in rows if row["joined"]]
    before = [row["name"] for row in rows if row["before"]]
    said: list[str | Piece] = ["Matches ", *_whom(now, len(rows)), "."]
    if rows[0]["before"] is not None and now != before:
        said += [" Until now it matched ", *_whom(before, len(rows)), "."]
    return said


def _whom(names: Sequence[str], of: int) -> list[str | Piece]:
    if not names:
        return [strong("nobody")]
    if len(names) == of > 1:
        return [strong("everybody"), f" ({pluralize(of, 'Worker')})"]
    return [strong(join(names))]


def _effects(trial: Copy | None, queue: TaskQueue | None, text: str) -> list[dict[str, Any]]:
    """Return who would be reserved if the queue had this expression; nobody for a queue that doesn't exist yet."""
    if trial is None or queue is None:
        return []
    sandbox = trial.replica.sandbox()
    offered = set(sandbox.state.reservations)
    sandbox.run(task_queues.update, queue.sid, {"target_workers": text})
    return list(new_offers(sandbox, offered))


def _names(workers: Sequence[Worker]) -> list[dict[str, Any]]:
    """Return the names that Workers' attributes have, nested ones with dots, each with some of its values as JSON."""
    found: dict[str, dict[str, None]] = {}
    for worker in workers:
        for name, value in _leaves_of(decode(worker.attributes)):
            if name in found or len(found) < _MOST_NAMES:
                known = found.setdefault(name, {})
                if len(known) < _MOST_VALUES:
                    known[safe(format_value(value))] = None
    return [{"name": name, "values": list(values)} for name, values in found.items()]


def _leaves_of(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        path = f"{before}{name}"
        if isinstance(inner, dict) and path.count(".") < 3:
            yield from _leaves_of(inner, f"{path}.")
        else:
            for each in inner if isinstance(inner, list) else [inner]:
                yield path, each
