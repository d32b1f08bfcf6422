"""Everything that an explanation says, before it is put into words or drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...display.blocks import Block
from ..search.search import Fix

__all__ = ["Report"]


@dataclass(frozen=True)
class Report:
    """Blocks about a Task, a Worker or a Workflow, in the order in which they are read.

    Attributes:
        status: of the Task; ``worker`` and ``workflow`` for one of those, ``gone`` for what can't be fetched.
        typed: the call that gives this explanation, as it can be typed; empty where nothing is left to explain.
        fixes: ways to a Reservation that were proved on a copy, the smallest first.
    """

    status: str
    blocks: Sequence[Block]
    typed: str = ""
    fixes: Sequence[Fix] = ()
