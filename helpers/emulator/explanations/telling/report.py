"""Content of an explanation, before it is put into words or drawn."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ...display.blocks import Block
from ..search.search import Fix
from ..sentences.ineligibility import Barrier

__all__ = ["Report"]


class Report(msgspec.Struct, frozen=True):
    """Blocks about a Task, a Worker or a Workflow, in the order in which they are read.

    Attributes:
        status: the Task's status, or ``worker``, ``workflow``, or ``gone`` for a resource that can't be fetched.
        typed: code that gives this explanation; empty if the resource is gone.
        fixes: changes that lead to a Reservation, tried on a copy, the smallest first.
        barriers: first rule against each Worker, of a Task that waits or of one that a Workflow would get.
    """

    status: str
    blocks: Sequence[Block]
    typed: str = ""
    fixes: Sequence[Fix] = ()
    barriers: Sequence[Barrier] = ()
