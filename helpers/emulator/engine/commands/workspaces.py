"""Commands on Workspaces."""

from __future__ import annotations

from typing import Any

from ..model import defaults
from ..model.event_types import names_in, unknown_types
from ..model.refusals import Invalid
from ..model.resources import Workspace
from ..transaction import Transaction
from .activities import create as create_activity
from .task_channels import create as create_channel
from .task_queues import create as create_queue
from .workflows import create as create_workflow

__all__ = ["create", "delete", "update"]

_FIFO_CONFIGURATION = '{{"task_routing":{{"filters":[],"default_filter":{{"queue":"{queue}"}}}}}}'


def create(
    transaction: Transaction,
    *,
    friendly_name: str,
    event_callback_url: str | None = None,
    events_filter: str | None = None,
    multi_task_enabled: bool = defaults.MULTI_TASK_ENABLED,
    template: str = defaults.TEMPLATE,
    prioritize_queue_order: str = defaults.PRIORITIZE_QUEUE_ORDER,
) -> Workspace:
    """Create a Workspace with its TaskChannels and Activities.

    ``FIFO`` adds a TaskQueue and a Workflow; ``EMPTY`` has no Activities: the first one created becomes its default.
    """
    workspace = transaction.new(
        Workspace,
        friendly_name=friendly_name,
        event_callback_url=event_callback_url or None,
        events_filter=events_filter,
        multi_task_enabled=multi_task_enabled,
        prioritize_queue_order=prioritize_queue_order,
    )
    transaction.open(workspace)
    transaction.emit("workspace.created", f"Workspace {friendly_name} created", workspace)
    _warn(transaction, events_filter)
    for name, available in () if template == "EMPTY" else defaults.ACTIVITIES:
        create_activity(transaction, friendly_name=name, available=available)
    for name in defaults.TASK_CHANNELS:
        create_channel(transaction, friendly_name=name.capitalize(), unique_name=name)
    if template == "FIFO":
        _add_fifo(transaction)
    return workspace


def update(transaction: Transaction, changes: dict[str, Any]) -> Workspace:
    """Change the fields in ``changes``.

    Raises:
        Invalid: an Activity is unknown, or multitasking would be turned off (reference 1.8).
    """
    workspace = transaction.state.workspace
    for parameter in ("default_activity_sid", "timeout_activity_sid"):
        if parameter in changes:
            transaction.resolve(transaction.state.activities, changes[parameter], _PARAMETER_NAMES[parameter])
    if workspace.multi_task_enabled and changes.get("multi_task_enabled") is False:
        raise Invalid("MultiTaskEnabled cannot be set to false: a multitasking workspace stays one")
    becomes_multitasking = bool(changes.get("multi_task_enabled")) and not workspace.multi_task_enabled
    for name, value in changes.items():
        setattr(workspace, name, value)
    transaction.save(workspace)
    for worker in transaction.state.workers.values() if becomes_multitasking else ():
        transaction.mark_freed(worker)
    transaction.emit("workspace.updated", f"Workspace {workspace.friendly_name} updated", workspace)
    _warn(transaction, changes.get("events_filter"))
    return workspace


def delete(transaction: Transaction) -> None:
    """Remove the Workspace and all its resources."""
    state = transaction.state
    transaction.emit("workspace.deleted", f"Workspace {state.workspace.friendly_name} deleted", state.workspace)
    transaction.close()


def _warn(transaction: Transaction, events_filter: str | None) -> None:
    """Leave an alert for each name in the filter that is no event type; the filter is accepted all the same."""
    for sentence in unknown_types(names_in(events_filter)):
        transaction.alert(Invalid.code, f"EventsFilter: {sentence}", transaction.state.workspace.sid)


_PARAMETER_NAMES = {"default_activity_sid": "DefaultActivitySid", "timeout_activity_sid": "TimeoutActivitySid"}


def _add_fifo(transaction: Transaction) -> None:
    queue = create_queue(transaction, friendly_name=defaults.SAMPLE_QUEUE)
    create_workflow(
        transaction,
        friendly_name=defaults.SAMPLE_WORKFLOW,
        configuration=_FIFO_CONFIGURATION.format(queue=queue.sid),
    )
