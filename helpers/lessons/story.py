"""The tutorial's world of Alice and Bob, two queues and one workflow: functions that build, find and remove it.

They make the same ``twilio`` SDK calls as lesson 1, in the same order, so that the SIDs are the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from helpers.errors.lesson_problems import StoryMissing

if TYPE_CHECKING:
    from twilio.rest import Client

__all__ = [
    "ACTIVITIES",
    "QUEUES",
    "WORKERS",
    "WORKFLOW",
    "WORKSPACE",
    "Story",
    "build",
    "find",
    "remove",
    "workflow_configuration",
    "workspace_of",
]

WORKSPACE = "TaskRouter Notebooks"
"""Name of the lessons' workspace in an emulator of the kernel's own. Elsewhere a mark follows that no other kernel has
(see ``Connection.workspace_name``): a name alone doesn't say whose a workspace is."""

ACTIVITIES = {"Idle": True, "Busy": False, "Reserved": False}
"""Activities of the official tutorial, True if available. A workspace
starts with Offline, Available and Unavailable (reference 2.1)."""

WORKERS = {"Alice": {"languages": ["en", "es"]}, "Bob": {"languages": ["en"]}}

QUEUES = {
    "Customer Care Requests - English": 'languages HAS "en"',
    "Customer Care Requests - Spanish": 'languages HAS "es"',
}

WORKFLOW = "Customer Care Requests"

_RESERVATION_TIMEOUT_SECONDS = 1200
"""Timeout long enough to read a page while Alice's Reservation waits (reference 13.1)."""


@dataclass(frozen=True)
class Story:
    """SIDs of the tutorial's world, as production code would keep them in its settings."""

    workspace_sid: str
    activity_sids: dict[str, str] = field(repr=False)
    """SIDs by name: Idle, Busy, Reserved, and those that every workspace starts with."""
    alice_sid: str
    bob_sid: str
    english_queue_sid: str
    spanish_queue_sid: str
    workflow_sid: str


def build(client: Client, name: str = WORKSPACE) -> Story:
    """Create the world in a new workspace of this ``name`` and return its SIDs; both Workers are Offline."""
    workspace = _workspaces(client).create(friendly_name=name)
    for activity, available in ACTIVITIES.items():
        workspace.activities.create(friendly_name=activity, available=available)
    for worker, attributes in WORKERS.items():
        workspace.workers.create(friendly_name=worker, attributes=json.dumps(attributes))
    queues = [
        workspace.task_queues.create(friendly_name=queue, target_workers=expression)
        for queue, expression in QUEUES.items()
    ]
    workspace.workflows.create(
        friendly_name=WORKFLOW,
        configuration=json.dumps(workflow_configuration(*(queue.sid for queue in queues))),
        task_reservation_timeout=_RESERVATION_TIMEOUT_SECONDS,
    )
    return _read(client, workspace.sid)


def workflow_configuration(english_queue_sid: str, spanish_queue_sid: str) -> dict[str, Any]:
    """Return a configuration with a filter for each language and no default: another language isn't matched."""
    languages = (("Spanish", "es", spanish_queue_sid), ("English", "en", english_queue_sid))
    filters = [
        {
            "filter_friendly_name": name,
            "expression": f'selected_language == "{code}"',
            "targets": [{"queue": queue_sid}],
        }
        for name, code, queue_sid in languages
    ]
    return {"task_routing": {"filters": filters}}


def find(client: Client, name: str = WORKSPACE) -> Story:
    """Return the SIDs of the world in the workspace of this ``name``.

    Raises:
        StoryMissing: the workspace, or a resource in it, isn't there.
    """
    workspace = next(_named(client, name), None)
    if workspace is None:
        raise StoryMissing(f"workspace {name!r}")
    return _read(client, workspace.sid)


def remove(client: Client, name: str = WORKSPACE) -> list[str]:
    """Delete the workspaces of exactly this ``name``, and return their SIDs.

    Only in an emulator of the kernel's own, where there are no other people's.
    """
    workspaces = list(_named(client, name))
    for workspace in workspaces:
        workspace.delete()
    return [workspace.sid for workspace in workspaces]


def workspace_of(client: Client, world: Story) -> Any:
    """Return the SDK's context of the tutorial's workspace."""
    return _workspaces(client)(world.workspace_sid)


def _workspaces(client: Client) -> Any:
    # Any, because the SDK types each property as optional, even those that TaskRouter always sends.
    return client.taskrouter.v1.workspaces


def _named(client: Client, name: str) -> Iterator[Any]:
    # The names are compared, because a list can be longer than its filter asks for.
    return (each for each in _workspaces(client).stream(friendly_name=name) if each.friendly_name == name)


def _read(client: Client, workspace_sid: str) -> Story:
    context = _workspaces(client)(workspace_sid)
    workers = _by_name(context.workers.list())
    queues = _by_name(context.task_queues.list())
    english, spanish = (_require(queues, name, "task queue") for name in QUEUES)
    return Story(
        workspace_sid=workspace_sid,
        activity_sids=_by_name(context.activities.list()),
        alice_sid=_require(workers, "Alice", "worker"),
        bob_sid=_require(workers, "Bob", "worker"),
        english_queue_sid=english,
        spanish_queue_sid=spanish,
        workflow_sid=_require(_by_name(context.workflows.list()), WORKFLOW, "workflow"),
    )


def _by_name(resources: list[Any]) -> dict[str, str]:
    return {resource.friendly_name: resource.sid for resource in resources}


def _require(sids: dict[str, str], name: str, kind: str) -> str:
    if name not in sids:
        raise StoryMissing(f"{kind} {name!r}")
    return sids[name]
