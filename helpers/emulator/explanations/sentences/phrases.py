"""Names, lists, numbers and times as the explanations spell them; whatever users wrote is made safe to show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ...display.safe_text import isolated, one_line, short_sid
from ...expressions import Trace

__all__ = [
    "IN_SHORT",
    "ONE_BY_ONE",
    "TRIED",
    "clauses",
    "ended",
    "expression",
    "listed",
    "quoted",
    "safe",
    "shown",
    "task_name",
    "why_false",
]

IN_SHORT = "In short:"
"""Beginning of the sentence that holds the whole answer."""

ONE_BY_ONE = 12
"""Workers or Tasks that are told of one by one; of more, those alike are told of together."""

TRIED = "Nothing has been changed{nor}: this was tried on a copy."

_SHOWN = 3


def safe(text: object) -> str:
    """Return text of somebody else's on one line, so that it can neither end a sentence nor turn it round."""
    return isolated(one_line(text))


def quoted(name: object) -> str:
    """A name between quotes, on one line."""
    return f'"{safe(name)}"'


def expression(text: object) -> str:
    """An expression on one line, its white space evened out."""
    return safe(" ".join(str(text or "").split()))


def shown(value: Any) -> str:
    """A JSON value on one line."""
    return safe(json.dumps(value, ensure_ascii=False, default=str))


def task_name(sid: str | None) -> str:
    """``Task WT12ab…``."""
    return f"Task {short_sid(sid)}"


def listed(names: Sequence[str], *, most: int = _SHOWN, joint: str = "and") -> str:
    """``Alice, Bob and Carol``, or ``Alice, Bob, Carol and 34 more``."""
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most:,} more"
    return f" {joint} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else "nobody"


def clauses(trace: Trace) -> list[str]:
    """Each comparison on a line of its own: whether it is true, and why not."""
    if not trace.children:
        reason = f": {safe(trace.reason)}" if trace.reason else ""
        return [f"{'✓' if trace.result else '✗'} {expression(trace.text)}{reason}"]
    word = "all of these are needed" if trace.operator == "AND" else "one of these is enough"
    lines = [f"{'✓' if trace.result else '✗'} {trace.operator}: {word}"]
    return lines + [f"  {line}" for child in trace.children for line in clauses(child)]


def why_false(trace: Trace) -> str:
    """The failing comparisons in one sentence, at most three."""
    reasons = list(dict.fromkeys(safe(each.reason) for each in trace.failures()))
    return _joined(reasons) if reasons else safe(trace.reason)


def ended(sentence: str) -> str:
    """With a full stop, unless it is a question."""
    text = sentence.rstrip(".")
    return text if text.endswith("?") else f"{text}."


def _joined(reasons: Iterable[str]) -> str:
    given = list(reasons)
    more = f"; and {len(given) - _SHOWN} more" if len(given) > _SHOWN else ""
    return "; and ".join(given[:_SHOWN]) + more
