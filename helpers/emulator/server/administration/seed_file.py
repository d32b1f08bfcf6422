"""Seed documents, Workspaces written by hand: JSON that uses names where Twilio has SIDs.

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

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from ...api.operations import OPERATIONS
from ...clock import Clock
from ...emulator import Account, Emulator
from ...engine.commands import activities, task_channels, task_queues, tasks, worker_channels, workers, workflows
from ...engine.commands import workspaces as workspace_commands
from ...engine.event_data import camel, text
from ...engine.model.refusals import Invalid, Refused
from ...engine.model.resources import Record
from ...engine.model.workflow_configuration import read_plan
from ...engine.transaction import Transaction
from ...sids import SeededSids
from ...store.store import Store

__all__ = ["Seeds", "plant", "read_seeds"]

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_PARAMETERS = {operation.name: operation.parameters for operation in OPERATIONS}


class _Part(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Part of the document; a field with the name of a TaskRouter parameter means the same, and has its default."""


class _Named(_Part, kw_only=True):
    friendly_name: str


class _Activity(_Named, kw_only=True):
    available: bool | None = None


class _TaskChannel(_Named, kw_only=True):
    unique_name: str
    channel_optimized_routing: bool | UnsetType = UNSET


class _TaskQueue(_Named, kw_only=True):
    target_workers: str | UnsetType = UNSET
    max_reserved_workers: int | UnsetType = UNSET
    task_order: str | UnsetType = UNSET


class _WorkerChannel(_Part, kw_only=True):
    capacity: int | UnsetType = UNSET
    available: bool | UnsetType = UNSET


class _Worker(_Named, kw_only=True):
    activity: str | None = None
    attributes: dict[str, Any] | UnsetType = UNSET
    channels: dict[str, _WorkerChannel] = {}


class _Workflow(_Named, kw_only=True):
    configuration: dict[str, Any]
    assignment_callback_url: str | None = None
    fallback_assignment_callback_url: str | None = None
    task_reservation_timeout: int | UnsetType = UNSET


class _Task(_Part, kw_only=True):
    workflow: str
    attributes: dict[str, Any] | UnsetType = UNSET
    task_channel: str | UnsetType = UNSET
    priority: int | UnsetType = UNSET
    timeout: int | UnsetType = UNSET


class _Workspace(_Named, kw_only=True):
    event_callback_url: str | None = None
    events_filter: str | None = None
    multi_task_enabled: bool | UnsetType = UNSET
    template: str | UnsetType = UNSET
    prioritize_queue_order: str | UnsetType = UNSET
    activities: list[_Activity] = []
    task_channels: list[_TaskChannel] = []
    task_queues: list[_TaskQueue] = []
    workers: list[_Worker] = []
    workflows: list[_Workflow] = []
    tasks: list[_Task] = []


class Seeds(msgspec.Struct, forbid_unknown_fields=True):
    """Seed document: the Workspaces to create."""

    workspaces: list[_Workspace]


def read_seeds(document: bytes) -> Seeds:
    """Read a seed document, and compile its configurations, which can take seconds; they are cached.

    Raises:
        Invalid: the document cannot be read, or has two Workspaces of one name.
    """
    try:
        wanted = msgspec.json.decode(document, type=Seeds)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"This is not a seed document: {error}") from error
    name, times = next(iter(Counter(seed.friendly_name for seed in wanted.workspaces).most_common(1)), ("", 0))
    if times > 1:
        raise Invalid(f"The seed document has {times} Workspaces named {name[:80]!r}: they are told apart by name")
    for workflow in (each for seed in wanted.workspaces for each in seed.workflows):
        with suppress(Refused, RecursionError):  # ``plant`` raises it, with its place in the document
            read_plan(msgspec.json.encode(workflow.configuration).decode())
    return wanted


def plant(emulator: Emulator, account_sid: str, wanted: Seeds) -> list[str]:
    """Create Workspaces, all or none; those whose name exists are left alone.

    Returns:
        SIDs of the new Workspaces.

    Raises:
        Invalid: a name in them is not defined, or TaskRouter would refuse a part of them.
    """
    existing = {workspace.friendly_name for workspace in emulator.workspaces(account_sid)}
    fresh = [seed for seed in wanted.workspaces if seed.friendly_name not in existing]
    if len(fresh) > 1:  # each is a transaction, and a later one must not be refused once the first is kept
        _rehearse(fresh, account_sid)
    return [emulator.write(account_sid, None, _plant, seed) for seed in fresh]


def _rehearse(fresh: list[_Workspace], account_sid: str) -> None:
    """Create the Workspaces in an emulator that is thrown away.

    Raises:
        Invalid: as :func:`plant`.
    """
    scratch = Emulator(Store(None), Clock.paused(), SeededSids(""), {account_sid: Account(account_sid, "")})
    try:
        for seed in fresh:
            scratch.write(account_sid, None, _plant, seed)
    finally:
        scratch.store.close()


def _plant(transaction: Transaction, seed: _Workspace) -> str:
    parts = ("activities", "task_channels", "task_queues", "workers", "workflows", "tasks")
    workspace = _create(transaction, "Workspace", workspace_commands.create, seed, without=parts)
    for activity in seed.activities:
        _plant_activity(transaction, activity)
    for channel in seed.task_channels:
        _create(transaction, "TaskChannel", task_channels.create, channel)
    for queue in seed.task_queues:
        _create(transaction, "TaskQueue", task_queues.create, queue)
    for worker in seed.workers:
        _plant_worker(transaction, worker)
    for workflow in seed.workflows:
        with _naming(f"Workflow {workflow.friendly_name!r}"):
            configuration = _with_sids(transaction, workflow.configuration)
        _create(transaction, "Workflow", workflows.create, workflow, configuration=configuration)
    for task in seed.tasks:
        workflow_sid = _sid(transaction.state.workflows, task.workflow, "Workflow")
        _create(transaction, "Task", tasks.create, task, without=("workflow",), workflow_sid=workflow_sid)
    return workspace.sid


def _plant_activity(transaction: Transaction, seed: _Activity) -> None:
    """Create an Activity; one that the Workspace comes with can be repeated, but not changed."""
    for activity in transaction.state.activities.values():
        if activity.friendly_name == seed.friendly_name:
            if seed.available not in (None, activity.available):
                raise Invalid(
                    f"The seed document's Activity {seed.friendly_name!r} is there from the beginning, and "
                    f"available is {text(activity.available)}: give yours another name"
                )
            return
    _create(transaction, "Activity", activities.create, seed)


def _plant_worker(transaction: Transaction, seed: _Worker) -> None:
    activity_sid = None if seed.activity is None else _sid(transaction.state.activities, seed.activity, "Activity")
    without = ("activity", "channels")
    worker = _create(transaction, "Worker", workers.create, seed, without=without, activity_sid=activity_sid)
    for key, channel in seed.channels.items():
        with _naming(f"Worker {seed.friendly_name!r}, channel {key[:80]!r}"):
            worker_channels.update(
                transaction, worker.sid, key, _read("UpdateWorkerChannel", msgspec.structs.asdict(channel))
            )


def _create(
    transaction: Transaction,
    kind: str,
    command: Callable[..., T],
    seed: _Part,
    *,
    without: tuple[str, ...] = (),
    **instead: object,
) -> T:
    """Create the resource of ``seed``, by the rules and with the errors of its operation."""
    given = {name: value for name, value in msgspec.structs.asdict(seed).items() if name not in without}
    with _naming(f"{kind} {given.get('friendly_name', '')!r}"):
        return command(transaction, **_read(f"Create{kind}", given | instead))


def _read(operation: str, given: Mapping[str, object]) -> dict[str, Any]:
    """Return ``given`` as the operation reads parameters, without those that the document leaves out."""
    pairs = [(camel(name), _as_text(value)) for name, value in given.items() if value not in (None, UNSET)]
    return _PARAMETERS[operation].read(pairs)


def _as_text(value: object) -> str:
    return msgspec.json.encode(value).decode() if isinstance(value, dict) else text(value)


@contextmanager
def _naming(what: str) -> Iterator[None]:
    """Let errors inside the block name the part of the document."""
    try:
        yield
    except Refused as refused:
        raise Invalid(f"The seed document's {what}: {refused.message}") from refused
    except RecursionError:
        raise Invalid(f"The seed document's {what} is nested too deeply") from None


def _with_sids(transaction: Transaction, part: Any) -> Any:
    """Return ``part`` of a configuration with names of queues replaced by SIDs."""
    if isinstance(part, list):
        return [_with_sids(transaction, each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _sid(transaction.state.task_queues, value, "TaskQueue")
        if key == "queue"
        else _with_sids(transaction, value)
        for key, value in part.items()
    }


def _sid(records: Mapping[str, R], name: object, what: str) -> str:
    for record in records.values():
        if name in (record.sid, getattr(record, "friendly_name", None)):
            return record.sid
    raise Invalid(f"The seed document names the {what} {name!r}, which it does not define before")
