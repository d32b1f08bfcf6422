"""Update of WorkerChannels; TaskRouter creates and deletes them by itself."""

from __future__ import annotations

from typing import Any

from ..event_data import worker_channel_data
from ..model.refusals import NotFound
from ..model.resources import WorkerChannel
from ..transaction import Transaction

__all__ = ["update"]


def update(transaction: Transaction, worker_sid: str, key: str, changes: dict[str, Any]) -> WorkerChannel:
    """Change a channel's ``capacity`` or ``available``; its open Reservations stay."""
    worker = transaction.find(transaction.state.workers, worker_sid)
    channel = transaction.state.worker_channel(worker_sid, key)
    if channel is None:
        raise NotFound(key)
    previous_capacity, previous_available = channel.configured_capacity, channel.available
    channel.configured_capacity = changes.get("capacity", previous_capacity)
    channel.available = changes.get("available", previous_available)
    if (channel.configured_capacity, channel.available) != (previous_capacity, previous_available):
        worker.version += 1
        transaction.save(worker, quietly=True)
    transaction.save(channel)
    data = worker_channel_data(transaction.state, channel, previous_capacity)
    if channel.configured_capacity != previous_capacity:
        transaction.emit("worker.capacity.update", f"Worker {worker.friendly_name} capacity updated", worker, data)
    if channel.available != previous_available:
        transaction.emit(
            "worker.channel.availability.update",
            f"Worker {worker.friendly_name} channel availability updated",
            worker,
            data,
        )
    transaction.mark_freed(worker)
    return channel
