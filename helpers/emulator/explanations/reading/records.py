"""Conversion of the SDK's instances to the engine's records, with defaults for missing fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from ...clock import Millis
from ...engine.model import defaults
from ...engine.model.resources import (
    Activity,
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
from ...engine.model.statuses import ENDED, HELD
from ...engine.state import revision_key

__all__ = ["CURRENT", "EARLIER", "Recorder", "is_object", "millis"]

CURRENT, EARLIER = 1, 0
"""Revisions of a Workflow: the current one, and the one of Tasks created before its last update."""


def millis(moment: datetime | None) -> Millis:
    """Return ``moment`` in epoch milliseconds, 0 for None."""
    return 0 if moment is None else int(moment.timestamp() * 1000)


def is_object(text: str | None) -> bool:
    """Return True for the text of a JSON object; no text counts as an empty one."""
    try:
        return isinstance(msgspec.json.decode(text or "{}"), dict)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return False


class Recorder(msgspec.Struct, frozen=True):
    """Maker of records of one workspace; ``numbers`` gives each its number of creation."""

    account_sid: str
    workspace_sid: str
    numbers: Iterator[int]

    def workspace(self, instance: Any) -> Workspace:
        """Return a Workspace without URLs, because a copy must not call them."""
        return Workspace(
            **self._common(instance),
            friendly_name=instance.friendly_name or "",
            multi_task_enabled=_given(instance.multi_task_enabled, defaults.MULTI_TASK_ENABLED),
            prioritize_queue_order=_word(instance.prioritize_queue_order, defaults.PRIORITIZE_QUEUE_ORDER),
            default_activity_sid=instance.default_activity_sid,
            timeout_activity_sid=instance.timeout_activity_sid,
        )

    def activity(self, instance: Any) -> Activity:
        """Return an Activity."""
        name = instance.friendly_name or ""
        return Activity(
            **self._common(instance),
            friendly_name=name,
            available=_given(instance.available, defaults.ACTIVITY_AVAILABLE),
        )

    def activity_of(self, worker: Any) -> Activity:
        """Return a Worker's Activity, as far as the Worker's own fields have it."""
        common = {**self._common(worker), "sid": worker.activity_sid}
        return Activity(**common, friendly_name=worker.activity_name or "?", available=bool(worker.available))

    def task_channel(self, instance: Any) -> TaskChannel:
        """Return a TaskChannel."""
        return TaskChannel(
            **self._common(instance),
            friendly_name=instance.friendly_name or "",
            unique_name=instance.unique_name or instance.sid,
            channel_optimized_routing=instance.channel_optimized_routing,
        )

    def task_queue(self, instance: Any, target_workers: str | None) -> TaskQueue:
        """Return a TaskQueue with ``target_workers``, which must parse."""
        return TaskQueue(
            **self._common(instance),
            friendly_name=instance.friendly_name or "",
            target_workers=target_workers,
            max_reserved_workers=instance.max_reserved_workers or defaults.MAX_RESERVED_WORKERS,
            task_order=_word(instance.task_order, defaults.TASK_ORDER),
            reservation_activity_sid=instance.reservation_activity_sid,
            assignment_activity_sid=instance.assignment_activity_sid,
        )

    def worker(self, instance: Any, reservations: Iterable[Any], rested: Millis) -> Worker:
        """Return a Worker; idle since the latest of: change of Activity, creation of ``reservations``, ``rested``."""
        changed = millis(instance.date_status_changed) or millis(instance.date_created)
        return Worker(
            **self._common(instance),
            friendly_name=instance.friendly_name or instance.sid,
            activity_sid=instance.activity_sid,
            attributes=_attributes(instance),
            date_status_changed=changed,
            idle_since=max([changed, rested, *(millis(each.date_created) for each in reservations)]),
        )

    def worker_channel(self, instance: Any, worker: Worker) -> WorkerChannel:
        """Return a channel of a Worker."""
        return WorkerChannel(
            **self._common(instance),
            worker_sid=worker.sid,
            task_channel_sid=instance.task_channel_sid,
            configured_capacity=_given(instance.configured_capacity, defaults.CAPACITY),
            available=_given(instance.available, defaults.CHANNEL_AVAILABLE),
            idle_since=worker.idle_since,
        )

    def assume_channel(self, worker: Worker, channel: TaskChannel) -> WorkerChannel:
        """Return a channel that wasn't read, as free as a new one."""
        return WorkerChannel(
            **{**self._common(worker), "sid": f"{worker.sid}:{channel.sid}"},
            worker_sid=worker.sid,
            task_channel_sid=channel.sid,
            idle_since=worker.idle_since,
        )

    def workflow(self, instance: Any, configuration: str) -> Workflow:
        """Return a Workflow with ``configuration``, which must be readable."""
        return Workflow(
            **self._common(instance),
            friendly_name=instance.friendly_name or "",
            configuration=configuration,
            task_reservation_timeout=instance.task_reservation_timeout or defaults.RESERVATION_TIMEOUT,
        )

    def earlier_workflow(self, workflow: Workflow) -> WorkflowRevision:
        """Return its earlier revision, with the current configuration as its own can't be read any more."""
        return WorkflowRevision(
            **self._common(workflow) | {"sid": revision_key(workflow.sid, EARLIER)},
            workflow_sid=workflow.sid,
            revision=EARLIER,
            configuration=workflow.configuration,
        )

    def task(self, instance: Any, workflow_sid: str | None) -> Task:
        """Return a Task that isn't placed in its Workflow yet."""
        created, updated = millis(instance.date_created), millis(instance.date_updated)
        status = _word(instance.assignment_status, "pending")
        target = instance.routing_target
        for_worker = isinstance(target, str) and target.startswith("WK")
        return Task(
            **self._common(instance),
            workflow_sid=workflow_sid,
            task_channel_sid=instance.task_channel_sid,
            assignment_status=status,
            attributes=_attributes(instance),
            priority=_given(instance.priority, defaults.PRIORITY),
            reason=instance.reason,
            timeout=instance.timeout or defaults.TASK_TIMEOUT,
            virtual_start_time=millis(instance.virtual_start_time) or created,
            routing_target=target,
            ignore_capacity=for_worker if instance.ignore_capacity is None else instance.ignore_capacity,
            task_queue_sid=instance.task_queue_sid,
            task_queue_entered=millis(instance.task_queue_entered_date) or created,
            assignments=0 if status == "pending" else 1,
            assigned_at=updated if status in HELD else None,
            ended_at=updated if status in ENDED else None,
        )

    def reservation(self, instance: Any, task: Task, timeout: int) -> Reservation:
        """Return a Reservation; a pending one expires ``timeout`` seconds after its creation."""
        status = _word(instance.reservation_status, "pending")
        return Reservation(
            **self._common(instance),
            task_sid=task.sid,
            worker_sid=instance.worker_sid,
            task_queue_sid=task.task_queue_sid,
            reservation_status=status,
            timeout=timeout,
            expires=millis(instance.date_created) + timeout * 1000 if status == "pending" else None,
        )

    def _common(self, instance: Any) -> dict[str, Any]:
        """Return the fields that all records have."""
        created, updated = instance.date_created, instance.date_updated
        return {
            "sid": instance.sid,
            "account_sid": self.account_sid,
            "workspace_sid": self.workspace_sid,
            "number": next(self.numbers),
            "date_created": created if isinstance(created, int) else millis(created),
            "date_updated": updated if isinstance(updated, int) else millis(updated),
        }


def _attributes(instance: Any) -> str:
    text: str | None = instance.attributes
    return text if text and is_object(text) else defaults.ATTRIBUTES


def _given(value: Any, usual: Any) -> Any:
    return usual if value is None else value


def _word(value: Any, usual: str) -> str:
    return usual if value is None else str(getattr(value, "value", value))
