"""Page of sentences and tables: the first sentences are its lead, the rest gives the details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import takewhile

from ..blocks import Sentence, Table, View

__all__ = ["page_view"]


def page_view(name: str, blocks: Sequence[Sentence | Table]) -> View:
    """Build the view of ``blocks``; ``name`` is its repr."""
    lead = list(takewhile(lambda block: isinstance(block, Sentence), blocks))
    rest = blocks[len(lead) :]
    state = {"lead": [asdict(block)["text"] for block in lead], "rest": [asdict(block) for block in rest]}
    return View(kind="page", name=name, blocks=tuple(blocks), state=state)
