"""Commands on TaskChannels."""

from __future__ import annotations

import re
from typing import Any

from ..event_data import task_channel_data
from ..model import defaults
from ..model.refusals import Invalid, NotFound
from ..model.resources import TaskChannel, Worker, WorkerChannel
from ..transaction import Transaction

__all__ = ["create", "delete", "give_channels", "update"]

_UNIQUE_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*")
"""Pattern of unique names. Expressions can't read one with a hyphen, which is a minus there (reference 1.8)."""


def create(
    transaction: Transaction, *, friendly_name: str, unique_name: str, channel_optimized_routing: bool | None = None
) -> TaskChannel:
    """Add a TaskChannel; every Worker gets a channel of it, with capacity 1.

    Raises:
        Invalid: the unique name is taken, or has characters that aren't allowed.
    """
    if not _UNIQUE_NAME.fullmatch(unique_name):
        raise Invalid(f"UniqueName {unique_name!r} is not valid: letters, digits, _, $ and -, the first no digit or -")
    if transaction.state.channel(unique_name) is not None:
        raise Invalid(f"TaskChannel with UniqueName {unique_name} already exists")
    channel = transaction.new(
        TaskChannel,
        friendly_name=friendly_name,
        unique_name=unique_name,
        channel_optimized_routing=channel_optimized_routing,
    )
    transaction.save(channel)
    for worker in transaction.state.workers.values():
        _give(transaction, worker, channel)
    transaction.emit(
        "task-channel.created", f"TaskChannel {friendly_name} created", channel, task_channel_data(channel)
    )
    return channel


def update(transaction: Transaction, key: str, changes: dict[str, Any]) -> TaskChannel:
    """Change the name, or turn channel-optimized routing on or off."""
    channel = _find(transaction, key)
    for name, value in changes.items():
        setattr(channel, name, value)
    transaction.save(channel)
    transaction.emit(
        "task-channel.updated", f"TaskChannel {channel.friendly_name} updated", channel, task_channel_data(channel)
    )
    return channel


def delete(transaction: Transaction, key: str) -> None:
    """Remove a TaskChannel that no Task is on.

    Raises:
        Invalid: a Task uses it, or it is the ``default`` one.
    """
    channel = _find(transaction, key)
    if channel.unique_name == defaults.TASK_CHANNEL:
        raise Invalid(f"The {defaults.TASK_CHANNEL} TaskChannel cannot be deleted")
    if any(task.task_channel_sid == channel.sid for task in transaction.state.tasks.values()):
        raise Invalid(f"TaskChannel {channel.sid} cannot be deleted: Tasks are on it")
    for worker_sid in transaction.state.workers:
        transaction.delete(transaction.state.channels_of(worker_sid)[channel.sid])
    transaction.delete(channel)
    transaction.emit(
        "task-channel.deleted", f"TaskChannel {channel.friendly_name} deleted", channel, task_channel_data(channel)
    )


def give_channels(transaction: Transaction, worker: Worker) -> None:
    """Give a new Worker a channel on each TaskChannel."""
    for channel in transaction.state.task_channels.values():
        _give(transaction, worker, channel)


def _give(transaction: Transaction, worker: Worker, channel: TaskChannel) -> None:
    transaction.save(
        transaction.new(
            WorkerChannel, worker_sid=worker.sid, task_channel_sid=channel.sid, idle_since=worker.idle_since
        )
    )


def _find(transaction: Transaction, key: str) -> TaskChannel:
    channel = transaction.state.channel(key)
    if channel is None:
        raise NotFound(key)
    return channel
