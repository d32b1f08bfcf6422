"""Question ``queues``: how many Workers each TaskQueue matches, and how many Tasks wait in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ...explanations.sentences.phrases import join, safe
from ..answers.source import Source

__all__ = ["answer_queues"]

_NAMED = 4


def answer_queues(source: Source, question: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members of all TaskQueues.

    ::

        {question: "queues"}
        {queues: {SID: {matches, available, words, waiting}}}

    ``matches`` is the number of Workers that the expression matches, ``available`` of those with an available Activity,
    ``waiting`` of the pending Tasks in the queue. ``words`` are the Workers' names, at most four: "Alice and Bob".
    """
    state = source.state
    waiting = Counter(each.task_queue_sid for each in state.tasks.values() if each.assignment_status == "pending")
    available = {sid for sid, each in state.activities.items() if each.available}
    found = {}
    for sid in state.task_queues:
        members = [state.workers[each] for each in state.members(sid)]
        names = [safe(each.friendly_name) for each in members[:_NAMED]] + [""] * (len(members) - _NAMED)
        found[sid] = {
            "matches": len(members),
            "available": sum(each.activity_sid in available for each in members),
            "words": join(names) if members else "nobody",
            "waiting": waiting[sid],
        }
    return {"queues": found}
