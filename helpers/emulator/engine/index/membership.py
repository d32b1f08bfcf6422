"""Index of the Workers that each TaskQueue's ``target_workers`` matches, updated when either changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...expressions import NOBODY, Expression, Scope, Trace, parse
from ..model.attributes import decode
from ..model.resources import TaskQueue, Worker

__all__ = ["Membership"]


class Membership:
    """TaskQueues and their Workers, both ways, in order of joining, with the number of Workers in each Activity.

    Dicts serve as ordered sets: a set of text has another order in each run.
    """

    def __init__(self) -> None:
        self._workers: dict[str, dict[str, None]] = {}
        self._queues: dict[str, dict[str, None]] = {}
        self._expressions: dict[str, Expression | None] = {}
        self._attributes: dict[str, str] = {}
        self._activities: dict[str, str] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._all: Counter[str] = Counter()

    def workers(self, task_queue_sid: str) -> dict[str, None]:
        """Return the SIDs of the Workers in a queue."""
        return self._workers.get(task_queue_sid, {})

    def queues(self, worker_sid: str) -> dict[str, None]:
        """Return the SIDs of the queues that a Worker is in."""
        return self._queues.get(worker_sid, {})

    def activity_counts(self, task_queue_sid: str | None = None) -> Counter[str]:
        """Return the number of Workers by Activity SID: of one queue (none if it is unknown), or of all."""
        return self._all if task_queue_sid is None else self._counts.get(task_queue_sid, Counter())

    def admits(self, task_queue_sid: str, worker: Worker) -> bool:
        """Return True if the queue's expression matches the Worker. An empty expression matches nobody."""
        expression = self._expressions[task_queue_sid]
        return expression is not None and expression.matches(decode(worker.attributes))

    def trace(self, task_queue_sid: str, worker: Worker) -> Trace:
        """Return the verdict of :meth:`admits` clause by clause, with reasons."""
        expression = self._expressions[task_queue_sid]
        return NOBODY if expression is None else expression.trace(decode(worker.attributes))

    def put_queue(self, queue: TaskQueue, workers: Iterable[Worker]) -> None:
        """Add a queue, or one with a new expression; evaluates it once for each Worker."""
        self.drop_queue(queue.sid)
        text = queue.target_workers
        self._expressions[queue.sid] = parse(text, scope=Scope.WORKER) if text and text.strip() else None
        self._workers[queue.sid] = {}
        self._counts[queue.sid] = Counter()
        for worker in workers:
            self._settle(queue.sid, worker)

    def drop_queue(self, task_queue_sid: str) -> None:
        """Remove a queue."""
        for worker_sid in self._workers.pop(task_queue_sid, {}):
            del self._queues[worker_sid][task_queue_sid]
        self._counts.pop(task_queue_sid, None)
        self._expressions.pop(task_queue_sid, None)

    def put_worker(self, worker: Worker) -> list[tuple[str, bool]]:
        """Add or update a Worker; new attributes are matched with each queue.

        Returns:
            ``(task_queue_sid, joined)`` for each queue that gained or lost the Worker.
        """
        self._queues.setdefault(worker.sid, {})
        self._move_worker(worker)
        if self._attributes.get(worker.sid) == worker.attributes:
            return []
        self._attributes[worker.sid] = worker.attributes
        moves = ((task_queue_sid, self._settle(task_queue_sid, worker)) for task_queue_sid in self._expressions)
        return [(task_queue_sid, joined) for task_queue_sid, joined in moves if joined is not None]

    def drop_worker(self, worker: Worker) -> None:
        """Remove a Worker."""
        self._attributes.pop(worker.sid)
        activity_sid = self._activities.pop(worker.sid)
        self._all[activity_sid] -= 1
        for task_queue_sid in self._queues.pop(worker.sid, {}):
            del self._workers[task_queue_sid][worker.sid]
            self._counts[task_queue_sid][activity_sid] -= 1

    def _move_worker(self, worker: Worker) -> None:
        before = self._activities.get(worker.sid)
        if before == worker.activity_sid:
            return
        self._activities[worker.sid] = worker.activity_sid
        self._all[worker.activity_sid] += 1
        if before is None:
            return
        self._all[before] -= 1
        for task_queue_sid in self._queues.get(worker.sid, {}):
            counts = self._counts[task_queue_sid]
            counts[before] -= 1
            counts[worker.activity_sid] += 1

    def _settle(self, task_queue_sid: str, worker: Worker) -> bool | None:
        members = self._workers[task_queue_sid]
        counts = self._counts[task_queue_sid]
        belongs = self.admits(task_queue_sid, worker)
        if belongs and worker.sid not in members:
            members[worker.sid] = None
            self._queues.setdefault(worker.sid, {})[task_queue_sid] = None
            counts[worker.activity_sid] += 1
            return True
        if not belongs and worker.sid in members:
            del members[worker.sid]
            del self._queues[worker.sid][task_queue_sid]
            counts[worker.activity_sid] -= 1
            return False
        return None
