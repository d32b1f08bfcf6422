"""Use of the Workers' channels, counted from the Reservations that were read: which use capacity, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ...engine.model.capacity import count_held

__all__ = ["ChannelUse"]


class ChannelUse:
    """Use of channels by Worker and TaskChannel: the API's own numbers don't tell pending from wrapping.

    Args:
        reservations: of any Workers and in any status.
        tasks: the Tasks by SID, which know the channel of each Reservation.
    """

    def __init__(self, reservations: Iterable[Any], tasks: Mapping[str, Any]) -> None:
        groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for each in reservations:
            if each.task_sid in tasks:
                groups[each.worker_sid, tasks[each.task_sid].task_channel_sid].append(each)
        self._groups = groups

    def of(self, channel: Any) -> dict[str, int]:
        """Return how many Reservations on a Worker's channel are accepted, pending and wrapping."""
        return count_held(self._groups.get((channel.worker_sid, channel.task_channel_sid), ()))
