"""Index of Workers that are ready for another Task, in the order in which they are offered it."""

from __future__ import annotations

from collections.abc import Iterator

from sortedcontainers import SortedList

from ..model.resources import WorkerChannel

__all__ = ["Readiness"]

_Rank = tuple[int, int, str]
"""Sort key of a Worker: (idle since, number, SID), the longest idle first."""


class Readiness:
    """Ready Workers of each TaskQueue and TaskChannel, longest idle first.

    Each list is made when it is first read, so that channels without Tasks cost nothing.
    """

    def __init__(self) -> None:
        self._ranks: dict[str, dict[str, _Rank]] = {}
        self._lists: dict[tuple[str, str], SortedList[_Rank]] = {}

    def is_ready(self, worker_sid: str, task_channel_sid: str) -> bool:
        """Return True if the Worker can be offered another Task on the channel."""
        return worker_sid in self._ranks.get(task_channel_sid, {})

    def ready_members(self, task_queue_sid: str, task_channel_sid: str, members: dict[str, None]) -> Iterator[str]:
        """Return the SIDs of the ready ``members`` of a queue, longest idle first."""
        key = (task_queue_sid, task_channel_sid)
        if key not in self._lists:
            ranks = self._ranks.get(task_channel_sid, {})
            self._lists[key] = SortedList(ranks[sid] for sid in members if sid in ranks)
        return (sid for _, _, sid in self._lists[key])

    def put(self, channel: WorkerChannel, rank: _Rank | None, queues: dict[str, None]) -> None:
        """Set a Worker's rank on a channel; None if the Worker isn't ready."""
        ranks = self._ranks.setdefault(channel.task_channel_sid, {})
        before = ranks.get(channel.worker_sid)
        if before == rank:
            return
        if rank is None:
            del ranks[channel.worker_sid]
        else:
            ranks[channel.worker_sid] = rank
        for task_queue_sid in queues:
            listed = self._lists.get((task_queue_sid, channel.task_channel_sid))
            if listed is None:
                continue
            if before is not None:
                listed.discard(before)
            if rank is not None:
                listed.add(rank)

    def forget_queue(self, task_queue_sid: str) -> None:
        """Drop the lists of a queue whose members have changed."""
        for task_channel_sid in self._ranks:
            self._lists.pop((task_queue_sid, task_channel_sid), None)

    def change_member(self, task_queue_sid: str, worker_sid: str, *, joins: bool) -> None:
        """Add a Worker who joined a queue, or remove one who left it."""
        for task_channel_sid, ranks in self._ranks.items():
            listed = self._lists.get((task_queue_sid, task_channel_sid))
            rank = ranks.get(worker_sid)
            if listed is not None and rank is not None:
                (listed.add if joins else listed.discard)(rank)
