"""Phrases of explanations for names, lists and times; text from users is made safe to show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ...display.safe_text import isolate, one_line, short_sid
from ...expressions import Trace

__all__ = [
    "IN_SHORT",
    "ONE_BY_ONE",
    "TRIED",
    "clauses",
    "expression",
    "finish",
    "join",
    "quote",
    "safe",
    "task_name",
    "why_false",
    "write_json",
]

IN_SHORT = "In short:"
"""Start of the sentence that has the whole answer."""

ONE_BY_ONE = 12
"""Number of Workers or Tasks that are shown one by one; more are shown in groups."""

TRIED = "Nothing has changed yet{nor}: this was tried on a copy."

_SHOWN = 3


def safe(text: object) -> str:
    """Return text from a user on one line, so that it can't change the lines or the direction of the text around it."""
    return isolate(one_line(text))


def quote(name: object) -> str:
    """Return a name in quotes, on one line."""
    return f'"{safe(name)}"'


def expression(text: object) -> str:
    """Return an expression on one line, with single spaces."""
    return safe(" ".join(str(text or "").split()))


def write_json(value: Any) -> str:
    """Return a value as JSON on one line."""
    return safe(json.dumps(value, ensure_ascii=False, default=str))


def task_name(sid: str | None) -> str:
    """Return the short name of a Task: ``Task WT12ab…``."""
    return f"Task {short_sid(sid)}"


def join(names: Sequence[str], *, most: int = _SHOWN, joint: str = "and") -> str:
    """Return ``Alice, Bob and Carol``, or ``Alice, Bob, Carol and 34 more``."""
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most:,} more"
    return f" {joint} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else "nobody"


def clauses(trace: Trace) -> list[str]:
    """Return a line for each comparison, with its result and, if it is false, the reason."""
    if not trace.children:
        reason = f": {safe(trace.reason)}" if trace.reason else ""
        return [f"{'✓' if trace.result else '✗'} {expression(trace.text)}{reason}"]
    word = "all of these are needed" if trace.operator == "AND" else "one of these is enough"
    lines = [f"{'✓' if trace.result else '✗'} {trace.operator}: {word}"]
    return lines + [f"  {line}" for child in trace.children for line in clauses(child)]


def why_false(trace: Trace) -> str:
    """Return the reasons of at most three false comparisons in one sentence."""
    reasons = list(dict.fromkeys(safe(each.reason) for each in trace.failures()))
    return _join_reasons(reasons) if reasons else safe(trace.reason)


def finish(sentence: str) -> str:
    """Return the sentence with a full stop, unless it is a question."""
    text = sentence.rstrip(".")
    return text if text.endswith("?") else f"{text}."


def _join_reasons(reasons: Iterable[str]) -> str:
    given = list(reasons)
    more = f"; and {len(given) - _SHOWN} more" if len(given) > _SHOWN else ""
    return "; and ".join(given[:_SHOWN]) + more
