"""List of HTTP exchanges with details, as in ngrok's inspector, for the views of the inbox and of the wire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..blocks import Block, Column, Fields, Preformatted, Sentence, Table, View
from ..safe_text import clip_lines

__all__ = ["SHOWN_EXCHANGES", "ExchangeRow", "exchanges_view"]

SHOWN_EXCHANGES = 50
_UNSTABLE = "(differs on every run)"
_COLUMNS = (Column("#", "number"), Column("Method"), Column("Path"), Column("Status", "status"), Column("About"))


@dataclass(frozen=True)
class ExchangeRow:
    """Exchange, formatted for display.

    ``parts`` are its sections in order. Only the widget shows ``took``, because it differs on every run.
    """

    number: int
    method: str
    path: str
    status: str
    about: str
    took: str
    sentences: tuple[str, ...]
    parts: tuple[Fields | Preformatted, ...]
    tone: Literal["good", "bad", "plain"] = "plain"

    def blocks(self) -> tuple[Block, ...]:
        """Return the exchange in full, for words and HTML: bounded, and without values that differ on every run."""
        heading = f"Request {self.number}: {self.method} {self.path} → {self.status}"
        return (Sentence(heading), *(Sentence(text) for text in self.sentences), *map(_stabilize, self.parts))

    def row(self) -> tuple[str, ...]:
        """Return the exchange as one row of the list."""
        return str(self.number), self.method, self.path, self.status, self.about

    def state(self) -> dict[str, Any]:
        """Return the exchange as the widget draws it."""
        return {
            "key": self.number,
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "about": self.about,
            "took": self.took,
            "sentences": list(self.sentences),
            "tone": self.tone,
            "parts": [_part_state(part) for part in self.parts],
        }


def exchanges_view(
    title: str, entries: Sequence[ExchangeRow], *, total: int, empty: str, in_full: int, replay: bool
) -> View:
    """Show ``entries`` (at most 50, in the order to list) as a list, and the first ``in_full`` of them in full."""
    rows = tuple(entry.row() for entry in entries)
    table = Table(f"{title} ({total})", _COLUMNS, rows, empty, more=total - len(entries))
    details = tuple(block for entry in entries[:in_full] for block in entry.blocks())
    state = {
        "title": title,
        "entries": [entry.state() for entry in entries],
        "more": table.more,
        "total": total,
        "empty": empty,
        "replay": replay,
    }
    return View(kind="exchanges", name=f"{title}({total})", blocks=(table, *details), state=state)


def _stabilize(part: Fields | Preformatted) -> Fields | Preformatted:
    if isinstance(part, Preformatted):
        return replace(part, text=clip_lines(part.text))
    pairs = tuple((name, _UNSTABLE if name in part.unstable else clip_lines(value)) for name, value in part.pairs)
    return replace(part, pairs=pairs)


def _part_state(part: Fields | Preformatted) -> dict[str, Any]:
    if isinstance(part, Preformatted):
        return {"title": part.title, "text": part.text, "empty": part.empty}
    return {"title": part.title, "pairs": [list(pair) for pair in part.pairs], "empty": part.empty}
