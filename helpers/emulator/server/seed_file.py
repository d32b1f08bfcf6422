"""Workspaces written down by hand: JSON that uses names where Twilio has SIDs.

::

    {"workspaces": [{
        "friendly_name": "Care Desk",
        "activities": [{"friendly_name": "Idle", "available": true}],
        "task_queues": [{"friendly_name": "Spanish", "target_workers": "languages HAS 'es'"}],
        "workers": [{"friendly_name": "Alice", "activity": "Idle", "attributes": {"languages": ["en", "es"]},
                     "channels": {"chat": {"capacity": 3}}}],
        "workflows": [{"friendly_name": "Requests",
                       "configuration": {"task_routing": {"default_filter": {"queue": "Spanish"}}}}],
        "tasks": [{"workflow": "Requests", "attributes": {"selected_language": "es"}}]
    }]}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from helpers.emulator.emulator import Emulator
from helpers.emulator.engine import activities, task_channels, task_queues, tasks, worker_channels, workers, workflows
from helpers.emulator.engine import workspaces as workspace_commands
from helpers.emulator.engine.refusals import Invalid
from helpers.emulator.engine.resources import Record
from helpers.emulator.engine.turn import Turn

__all__ = ["plant"]

R = TypeVar("R", bound=Record)


class _Seed(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of the document; fields that are named like a parameter of TaskRouter mean the same."""

    friendly_name: str = ""


class _Activity(_Seed, kw_only=True):
    available: bool = False


class _TaskChannel(_Seed, kw_only=True):
    unique_name: str
    channel_optimized_routing: bool = False


class _TaskQueue(_Seed, kw_only=True):
    target_workers: str = "1==1"
    max_reserved_workers: int = 1
    task_order: str = "FIFO"


class _WorkerChannel(_Seed, kw_only=True):
    capacity: int = 1
    available: bool = True


class _Worker(_Seed, kw_only=True):
    activity: str | None = None
    attributes: dict[str, Any] = {}
    channels: dict[str, _WorkerChannel] = {}


class _Workflow(_Seed, kw_only=True):
    configuration: dict[str, Any]
    assignment_callback_url: str | None = None
    fallback_assignment_callback_url: str | None = None
    task_reservation_timeout: int = 120


class _Task(_Seed, kw_only=True):
    workflow: str
    attributes: dict[str, Any] = {}
    task_channel: str = "default"
    priority: int = 0
    timeout: int = 86_400


class _Workspace(_Seed, kw_only=True):
    event_callback_url: str | None = None
    events_filter: str | None = None
    multi_task_enabled: bool = True
    template: str = "NONE"
    prioritize_queue_order: str = "FIFO"
    activities: list[_Activity] = []
    task_channels: list[_TaskChannel] = []
    task_queues: list[_TaskQueue] = []
    workers: list[_Worker] = []
    workflows: list[_Workflow] = []
    tasks: list[_Task] = []


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    workspaces: list[_Workspace]


def plant(emulator: Emulator, account_sid: str, document: bytes) -> list[str]:
    """Make the Workspaces of ``document``, each in one transaction; those whose name exists stay as they are.

    Returns:
        SIDs of the new Workspaces.

    Raises:
        Invalid: the document cannot be read, a name in it leads nowhere, or TaskRouter would refuse a part of it.
    """
    try:
        wanted = msgspec.json.decode(document, type=_Document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"This is not a seed document: {error}") from error
    existing = {workspace.friendly_name for workspace in emulator.workspaces(account_sid)}
    fresh = [seed for seed in wanted.workspaces if seed.friendly_name not in existing]
    return [emulator.write(account_sid, None, _plant, seed) for seed in fresh]


def _plant(turn: Turn, seed: _Workspace) -> str:
    parts = ("activities", "task_channels", "task_queues", "workers", "workflows", "tasks")
    workspace = workspace_commands.create(turn, **_given(seed, *parts))
    known = {activity.friendly_name for activity in turn.state.activities.values()}
    for activity in seed.activities:
        if activity.friendly_name not in known:
            activities.create(turn, **_given(activity))
    for channel in seed.task_channels:
        task_channels.create(turn, **_given(channel))
    for queue in seed.task_queues:
        task_queues.create(turn, **_given(queue))
    for worker in seed.workers:
        _plant_worker(turn, worker)
    for workflow in seed.workflows:
        configuration = _with_sids(turn, workflow.configuration)
        workflows.create(turn, configuration=_text(configuration), **_given(workflow, "configuration"))
    for task in seed.tasks:
        workflow_sid = _sid(turn.state.workflows, task.workflow, "Workflow")
        attributes = _text(task.attributes)
        tasks.create(turn, workflow_sid=workflow_sid, attributes=attributes, **_given(task, "workflow", "attributes"))
    return workspace.sid


def _plant_worker(turn: Turn, seed: _Worker) -> None:
    activity_sid = None if seed.activity is None else _sid(turn.state.activities, seed.activity, "Activity")
    worker = workers.create(
        turn, friendly_name=seed.friendly_name, activity_sid=activity_sid, attributes=_text(seed.attributes)
    )
    for key, channel in seed.channels.items():
        worker_channels.update(turn, worker.sid, key, _given(channel))


def _given(seed: _Seed, *without: str) -> dict[str, Any]:
    given: dict[str, Any] = {name: getattr(seed, name) for name in seed.__struct_fields__ if name not in without}
    if not seed.friendly_name:
        del given["friendly_name"]
    return given


def _with_sids(turn: Turn, part: Any) -> Any:
    """``part`` of a configuration, with the names of queues replaced by their SIDs."""
    if isinstance(part, list):
        return [_with_sids(turn, each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _sid(turn.state.task_queues, value, "TaskQueue") if key == "queue" else _with_sids(turn, value)
        for key, value in part.items()
    }


def _sid(records: Mapping[str, R], name: object, what: str) -> str:
    for record in records.values():
        if name in (record.sid, getattr(record, "friendly_name", None)):
            return record.sid
    raise Invalid(f"The seed document names the {what} {name!r}, which it does not define before")


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
