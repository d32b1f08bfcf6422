"""Question ``reach``: what could reach a Worker, and what is in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ...engine.model.refusals import NotFound
from ...engine.model.resources import Worker
from ...engine.state import WorkspaceState
from ...explanations.search.worker_fixes import fixes_for_worker, waiting_tasks
from ...explanations.sentences.ineligibility import find_barrier
from ...explanations.sentences.phrases import expression, safe
from ..answers.change_buttons import describe_changes
from ..answers.rich_text import Piece, say, strong
from ..answers.source import Copy, Source
from ..answers.worker_matrix import queue_cell

__all__ = ["answer_reach"]

_SHOWN = 20
"""Number of waiting Tasks that are told one by one."""


def answer_reach(source: Source, question: Mapping[str, Any]) -> Any:
    """Return what could reach a Worker now.

    ::

        {question: "reach", worker: SID}
        sentence, parts     available or not, and how many Tasks wait in the queues matched
        queues              [{sid, name, ok, words, expression, waiting}]; words say what decides: has "es"
        tasks               [{sid, queue_sid, rule, words}], the nearest first, at most 20; a rule that is null: none
        more_tasks          number of waiting Tasks that aren't in ``tasks``
        channels            [{sid, name, used, capacity, available}]
        changes             see ``describe_changes``: what would bring the Worker a Task, tried on a copy
        partial             a sentence, only if there are more Workers than were tried
    """
    sid = question.get("worker")
    worker = source.state.workers.get(sid) if isinstance(sid, str) else None
    if worker is None:
        raise NotFound("Worker", "It was deleted, or belongs to a different Workspace.")
    copy = source.copy(worker=worker)
    waiting = Counter(
        each.task_queue_sid for each in source.state.tasks.values() if each.assignment_status == "pending"
    )
    return lambda: _answer(copy, worker.sid, waiting)


def _answer(copy: Copy, worker_sid: str, waiting_in: Mapping[str | None, int]) -> dict[str, Any]:
    sandbox = copy.replica.sandbox()
    state, now = sandbox.state, sandbox.now
    worker = state.workers[worker_sid]
    waiting = waiting_tasks(state, worker, now)
    queues = list(_queues(state, worker, waiting_in))
    barriers = [(task, find_barrier(state, worker, task, now)) for task, _ in waiting[:_SHOWN]]
    answer = {
        **say(*_sentence(state, worker, sum(each["waiting"] for each in queues if each["ok"]))),
        "queues": queues,
        "tasks": [
            {"sid": task.sid, "queue_sid": task.task_queue_sid, "rule": each.rule, "words": each.words}
            for task, each in barriers
        ],
        "more_tasks": max(0, len(waiting) - _SHOWN) + copy.tasks_left_out,
        "channels": list(_channels(state, worker)),
        "changes": describe_changes(state, fixes_for_worker(copy.replica, worker, waiting)),
    }
    return answer | copy.partial


def _sentence(state: WorkspaceState, worker: Worker, waiting: int) -> list[str | Piece]:
    activity, name = state.activities[worker.activity_sid], strong(worker.friendly_name)
    said: list[str | Piece] = [name, " has Activity ", strong(activity.friendly_name)]
    said.append(
        ", which is available." if activity.available else ", which isn't available: TaskRouter offers no queued Tasks."
    )
    if waiting:
        verb = "Task waits" if waiting == 1 else "Tasks wait"
        said += [f" {waiting:,} {verb} in the queues that ", name, " matches."]
    return said


def _queues(state: WorkspaceState, worker: Worker, waiting: Mapping[str | None, int]) -> Iterator[dict[str, Any]]:
    for sid, queue in state.task_queues.items():
        yield {
            "sid": sid,
            "name": safe(queue.friendly_name),
            **queue_cell(state, worker, sid),
            "expression": expression(queue.target_workers),
            "waiting": waiting.get(sid, 0),
        }


def _channels(state: WorkspaceState, worker: Worker) -> Iterator[dict[str, Any]]:
    for sid, channel in state.channels_of(worker.sid).items():
        yield {
            "sid": channel.sid,
            "name": safe(state.task_channels[sid].unique_name),
            "used": state.used_capacity(channel),
            "capacity": channel.configured_capacity,
            "available": channel.available,
        }
