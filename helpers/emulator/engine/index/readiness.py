"""Workers ready for one more Task, in the order in which they are offered it."""

from __future__ import annotations

from collections.abc import Iterator

from sortedcontainers import SortedList

from ..model.resources import WorkerChannel

__all__ = ["Readiness"]

_Rank = tuple[int, int, str]
"""(idle since, number of the Worker, Worker SID): the longest idle first."""


class Readiness:
    """For each TaskQueue and TaskChannel the ready members, longest idle first.

    A list is made when it is first asked for, so that channels nobody uses cost nothing.
    """

    def __init__(self) -> None:
        self._ranks: dict[str, dict[str, _Rank]] = {}
        self._lists: dict[tuple[str, str], SortedList[_Rank]] = {}

    def is_ready(self, worker_sid: str, task_channel_sid: str) -> bool:
        """Whether the Worker has room on the channel."""
        return worker_sid in self._ranks.get(task_channel_sid, {})

    def ready(self, task_queue_sid: str, task_channel_sid: str, members: dict[str, None]) -> Iterator[str]:
        """SIDs of the ready ``members`` of a queue, longest idle first."""
        key = (task_queue_sid, task_channel_sid)
        if key not in self._lists:
            ranks = self._ranks.get(task_channel_sid, {})
            self._lists[key] = SortedList(ranks[sid] for sid in members if sid in ranks)
        return (sid for _, _, sid in self._lists[key])

    def put(self, channel: WorkerChannel, rank: _Rank | None, queues: dict[str, None]) -> None:
        """Give a Worker a place on a channel, or take it away (None)."""
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
        """The members of a queue changed: its lists are made anew when asked for."""
        for task_channel_sid in self._ranks:
            self._lists.pop((task_queue_sid, task_channel_sid), None)

    def change_member(self, task_queue_sid: str, worker_sid: str, *, joins: bool) -> None:
        """One Worker joined or left a queue."""
        for task_channel_sid, ranks in self._ranks.items():
            listed = self._lists.get((task_queue_sid, task_channel_sid))
            rank = ranks.get(worker_sid)
            if listed is not None and rank is not None:
                (listed.add if joins else listed.discard)(rank)
