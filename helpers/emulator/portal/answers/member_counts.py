"""Numbers of the Workers that TaskQueues match, of a whole Workspace, for answers from a copy that has only some."""

from __future__ import annotations

from collections.abc import Sequence

from ...display.safe_text import pluralize
from ...engine.state import WorkspaceState
from ...explanations.sentences.phrases import join

__all__ = ["MemberCounts"]


class MemberCounts:
    """Numbers of Workers: of all in ``state``, and of the members of each TaskQueue, as they are now."""

    def __init__(self, state: WorkspaceState) -> None:
        self._all = len(state.workers)
        self._members = {sid: len(state.members(sid)) for sid in state.task_queues}

    def words(self, queue_sid: str, names: Sequence[str]) -> str:
        """Return ``2 of 5 Workers: Alice and Bob``; ``names`` are those of some members, the first ones."""
        number = self._members[queue_sid]
        told = [*names[:number], *([""] * (number - len(names)))]
        return f"{number:,} of {pluralize(self._all, 'Worker')}" + (f": {join(told)}" if number else "")
