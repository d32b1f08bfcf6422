"""Mending of records that were read while a Workspace changed, so that they fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from ..clock import Millis
from ..display.safe_text import pluralize
from ..engine.model.resources import (
    Activity,
    Record,
    Reservation,
    Task,
    TaskChannel,
    TaskQueue,
    Worker,
    WorkerChannel,
    Workflow,
    WorkflowRevision,
    Workspace,
)
from ..engine.model.statuses import ENDED, OPEN_RESERVATIONS, WAITING
from ..engine.model.workflow_configuration import read_plan
from ..engine.timers import ASSIGNED_LIFE_MS, REMOVAL_MS, deadline
from ..sids import SeededSids

__all__ = ["count_records", "mend"]

_NO_FILTERS = '{"task_routing":{"filters":[]}}'
_SOON_MS: Millis = 1000

_STATUSES = {None: "pending", "pending": "reserved", "accepted": "assigned", "wrapping": "wrapping"}
"""Statuses of a Task by that of its open Reservation."""


def mend(records: Iterable[Record], now: Millis) -> tuple[list[Record], list[str]]:
    """Return records that refer only to each other, and sentences about what was changed for that.

    Lists are read one after another, and what is created, deleted or moved meanwhile is in some of them only.
    """
    mending = _Mending(list(records), now)
    mended = mending.mended()
    return mended, [words.format(number) for words, number in mending.counts.items()]


@dataclass
class _Mending:
    records: list[Record]
    now: Millis
    counts: Counter[str] = field(default_factory=Counter)
    astray: set[str] = field(default_factory=set)
    """SIDs of Workflows without filters: a Task of theirs is in no step."""

    def mended(self) -> list[Record]:
        fixed = self._of(Workspace, Activity, TaskChannel)
        activities = {each.sid for each in self._of(Activity)}
        fixed = [self._with_known(each, activities) for each in fixed]
        queues = [self._with_known(each, activities) for each in self._of(TaskQueue)]
        workers = self._of(Worker)
        plans = [self._leading_somewhere(each, {queue.sid for queue in queues}) for each in self._plans()]
        self.astray = {each.sid for each in plans if each.configuration == _NO_FILTERS}
        offers, tasks = self._offers_and_tasks({each.sid for each in queues})
        records = [*fixed, *workers, *self._channels(workers), *queues, *plans, *tasks, *offers]
        return [replace(each, number=number) for number, each in enumerate(records, 1)]

    def _of(self, *kinds: type[Record]) -> list[Any]:
        return [each for each in self.records if isinstance(each, kinds)]

    def _with_known(self, record: Any, activities: set[str]) -> Any:
        """Return a record that names no Activity which isn't there."""
        names = [name for name in record.__struct_fields__ if name.endswith("activity_sid")]
        lost = {name: None for name in names if getattr(record, name) not in activities}
        return replace(record, **lost)

    def _plans(self) -> list[Any]:
        return self._of(Workflow, WorkflowRevision)

    def _leading_somewhere(self, workflow: Any, queue_sids: set[str]) -> Any:
        if read_plan(workflow.configuration).queue_sids().keys() <= queue_sids:
            return workflow
        if isinstance(workflow, Workflow):
            self.counts["Workflows that lead to a missing TaskQueue, and have no filters here: {}."] += 1
        return replace(workflow, configuration=_NO_FILTERS)

    def _channels(self, workers: list[Worker]) -> Iterator[WorkerChannel]:
        """Yield one channel for each Worker and TaskChannel; one that wasn't read is as free as a new one."""
        known = {(each.worker_sid, each.task_channel_sid): each for each in self._of(WorkerChannel)}
        sids = SeededSids(f"channels of {self.records[0].sid}")
        for worker in workers:
            for channel in self._of(TaskChannel):
                found = known.get((worker.sid, channel.sid))
                if found is None:
                    yield WorkerChannel(
                        sid=sids.new("WC"),
                        account_sid=worker.account_sid,
                        workspace_sid=worker.workspace_sid,
                        number=0,
                        date_created=worker.date_created,
                        date_updated=worker.date_updated,
                        worker_sid=worker.sid,
                        task_channel_sid=channel.sid,
                        idle_since=worker.idle_since,
                    )
                else:
                    yield found if ":" not in found.sid else replace(found, sid=sids.new("WC"))

    def _offers_and_tasks(self, queue_sids: set[str]) -> tuple[list[Reservation], list[Task]]:
        """Return Reservations and Tasks that agree on who is reserved."""
        channels = {each.sid for each in self._of(TaskChannel)}
        workers = {each.sid for each in self._of(Worker)}
        tasks = {task.sid: task for task in self._of(Task) if self._has_place(task, queue_sids, channels)}
        offers = [each for each in self._of(Reservation) if each.task_sid in tasks and each.worker_sid in workers]
        open_offers = [each for each in offers if each.reservation_status in OPEN_RESERVATIONS]
        open_offers.sort(key=lambda each: each.reservation_status != "pending")  # of several, the accepted one counts
        held = {each.task_sid: each.reservation_status for each in open_offers}
        agreed = {sid: self._lasting(self._agreeing(task, held.get(sid))) for sid, task in tasks.items()}
        return [self._answerable(each, agreed[each.task_sid]) for each in offers], list(agreed.values())

    def _has_place(self, task: Task, queue_sids: set[str], channels: set[str]) -> bool:
        has = task.task_channel_sid in channels
        if task.assignment_status in WAITING and not task.routing_target:
            has = has and task.task_queue_sid in queue_sids
        if not has:
            self.counts["Tasks whose TaskQueue or TaskChannel is missing, and which are left out: {}."] += 1
        return has

    def _agreeing(self, task: Task, held: str | None) -> Task:
        """Return a Task whose status is that of its open Reservation, which was read later; None if it has none."""
        if task.workflow_sid in self.astray:
            task = replace(task, filter_index=None, target_index=None, filter_entered=None, step_ends=None)
        status = _STATUSES[held]
        if task.assignment_status not in WAITING or task.assignment_status == status:
            return task
        if status == "pending":
            self.counts["Tasks whose Reservation ended while they were read, and which wait here: {}."] += 1
        return replace(task, assignment_status=status, assigned_at=None if status in WAITING else self.now)

    def _lasting(self, task: Task) -> Task:
        """Return a Task with no overdue timer, as TaskRouter may be late: here it would fire at the first look."""
        due = deadline(task)
        if due is None or due > self.now:
            return task
        soon = self.now + _SOON_MS
        if task.ended_at is not None:
            return replace(task, ended_at=soon - REMOVAL_MS)
        if task.assignment_status not in WAITING:
            return replace(task, assigned_at=soon - ASSIGNED_LIFE_MS)
        left = -(-(soon - task.date_created) // 1000)
        step_ends = None if task.step_ends is None else max(task.step_ends, soon)
        return replace(task, timeout=max(task.timeout, left), step_ends=step_ends)

    def _answerable(self, offer: Reservation, task: Task) -> Reservation:
        """Return a Reservation that isn't over at once, or that is over as its Task is."""
        is_open = offer.reservation_status in OPEN_RESERVATIONS
        if is_open and task.assignment_status in ENDED:
            ended = "completed" if task.assignment_status == "completed" else "canceled"
            return replace(offer, reservation_status=ended, expires=None)
        if offer.reservation_status != "pending":
            return offer
        if task.assignment_status != "reserved":
            return replace(offer, reservation_status="rescinded", expires=None)
        return replace(offer, expires=max(offer.expires or 0, self.now + _SOON_MS))


def count_records(records: Iterable[Record]) -> str:
    """Return how many Workers, TaskQueues, Workflows and Tasks there are, in words."""
    counts = Counter(type(each).__name__ for each in records)
    return ", ".join(pluralize(counts[kind], kind) for kind in ("Worker", "TaskQueue", "Workflow", "Task"))
