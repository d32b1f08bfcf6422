"""Answers of lists and statistics, counted again from the records alone: plain, slow, and with no index in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from helpers.emulator.engine.index.sorted_index import Ordering, sort_key
from helpers.emulator.engine.index.table import RecordTable
from helpers.emulator.engine.model.resources import Record, Task
from helpers.emulator.engine.model.statuses import WAITING
from helpers.emulator.engine.state import WorkspaceState
from helpers.emulator.engine.statistics import queue_realtime, workflow_realtime, workspace_realtime

PRESENT = ("reserved", "pending", "assigned", "wrapping")
TASK_FIELDS = ("assignment_status", "priority", "workflow_sid", "task_queue_sid", "routing_target")
TASK_ORDERINGS: tuple[Ordering, ...] = (
    (),
    (("date_created", -1),),
    (("priority", -1), ("date_created", 1)),
    (("virtual_start_time", 1), ("priority", -1)),
)


def wrong_answers(state: WorkspaceState, now: int, by: Random) -> list[str]:
    """In words, some answers that differ from what a recount gives; ``by`` chooses what is asked."""
    return [*_wrong_lists_of_tasks(state, by), *_wrong_lists_of_workers(state, by), *_wrong_statistics(state, now, by)]


def _wrong_lists_of_tasks(state: WorkspaceState, by: Random) -> Iterator[str]:
    some = by.choice([*state.tasks.values()] or [None])
    fields = by.sample(TASK_FIELDS, by.randrange(3))
    where = {field: {getattr(some, field, None), by.choice(("pending", 0))} for field in fields}
    ordering = by.choice(TASK_ORDERINGS)
    expected = [each for each in state.tasks.values() if all(getattr(each, field) in where[field] for field in where)]
    if not _agree(state.tasks, where, ordering, expected, by):
        yield f"Tasks where {where} by {ordering}"


def _wrong_lists_of_workers(state: WorkspaceState, by: Random) -> Iterator[str]:
    queue_sid, activity_sid = by.choice([*state.task_queues] or [""]), by.choice([*state.activities] or [""])
    ordering = by.choice(((), (("date_status_changed", -1),)))
    where = {"task_queue_sid": [queue_sid], "activity_sid": [activity_sid]}
    members = [state.workers[sid] for sid in state.members(queue_sid)]
    expected = [each for each in members if each.activity_sid == activity_sid]
    if not _agree(state.workers, where, ordering, expected, by):
        yield f"Workers where {where} by {ordering}"


def _agree(
    table: RecordTable[Any], where: dict[str, Any], ordering: Ordering, expected: Iterable[Record], by: Random
) -> bool:
    """Whether a list, cut somewhere and read both ways from there, holds what is expected."""
    place = sort_key(ordering)
    whole = sorted(expected, key=place)
    cut = by.randrange(len(whole) + 1)
    listing = table.listing(where, ordering)
    if cut == len(whole):
        return [*listing.after()] == whole
    edge = place(whole[cut])
    return [*listing.before(edge)] == whole[:cut][::-1] and [*listing.after(edge)] == whole[cut + 1 :]


def _wrong_statistics(state: WorkspaceState, now: int, by: Random) -> Iterator[str]:
    channel = by.choice((None, "chat", "default", "nonsense", *state.task_channels))
    on = None if channel is None else getattr(state.channel(channel), "sid", None)
    tasks = [task for task in state.tasks.values() if channel is None or task.task_channel_sid == on]
    if not _says(workspace_realtime(state, now, task_channel=channel), _counted(tasks, now)):
        yield f"statistics of the workspace on {channel}"
    for sid in state.workflows:
        mine = [task for task in tasks if task.workflow_sid == sid]
        if not _says(workflow_realtime(state, sid, now, task_channel=channel), _counted(mine, now)):
            yield f"statistics of workflow {sid} on {channel}"
    for sid in state.task_queues:
        mine = [task for task in tasks if task.task_queue_sid == sid]
        age, first = _longest(mine, lambda task: task.task_queue_entered or task.date_created, now)
        relative = {"longest_relative_task_age_in_queue": age, "longest_relative_task_sid_in_queue": first}
        if not _says(queue_realtime(state, sid, now, task_channel=channel), _counted(mine, now) | relative):
            yield f"statistics of queue {sid} on {channel}"


def _says(answer: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Whether the answer has what is expected; a status left out of a Counter is one that no Task has."""
    return {name: answer[name] for name in expected} | {
        "tasks_by_status": Counter(answer["tasks_by_status"])
    } == expected


def _counted(tasks: list[Task], now: int) -> dict[str, Any]:
    present = [task for task in tasks if task.assignment_status in PRESENT]
    age, sid = _longest(present, lambda task: task.date_created, now)
    return {
        "longest_task_waiting_age": age,
        "longest_task_waiting_sid": sid,
        "tasks_by_priority": Counter(str(task.priority) for task in present),
        "tasks_by_status": Counter(task.assignment_status for task in present),
        "total_tasks": len(present),
    }


def _longest(tasks: list[Task], since: Callable[[Task], int], now: int) -> tuple[int, str | None]:
    waiting = [(since(task), task.number, task.sid) for task in tasks if task.assignment_status in WAITING]
    first = min(waiting, default=None)
    return (0, None) if first is None else ((now - first[0]) // 1000, first[2])
