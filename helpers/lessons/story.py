"""The tutorial's world: Alice and Bob, two queues, one workflow; build, find and remove it.

Everything goes through the ``twilio`` SDK, in the same order as lesson 1 does it by hand, so
that a world built here has the SIDs a learner has seen there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from helpers.errors import StoryMissing

if TYPE_CHECKING:
    from twilio.rest import Client

__all__ = [
    "ACTIVITIES",
    "QUEUES",
    "RESERVATION_TIMEOUT_SECONDS",
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
"""The one workspace these notebooks create, find and delete; they touch no other."""

ACTIVITIES = {"Idle": True, "Busy": False, "Reserved": False}
"""The official tutorial's names and whether Tasks may reach a Worker then. A workspace
starts with Offline, Available and Unavailable (reference 2.1)."""

WORKERS = {"Alice": {"languages": ["en", "es"]}, "Bob": {"languages": ["en"]}}

QUEUES = {
    "Customer Care Requests - English": 'languages HAS "en"',
    "Customer Care Requests - Spanish": 'languages HAS "es"',
}

WORKFLOW = "Customer Care Requests"

RESERVATION_TIMEOUT_SECONDS = 1200
"""Long enough to read a page while Alice's Reservation waits (reference 13.1)."""


@dataclass(frozen=True)
class Story:
    """The SIDs of the tutorial's world, as production code would keep them in its settings."""

    workspace_sid: str
    activity_sids: dict[str, str] = field(repr=False)
    """By name: Offline, Idle, Busy, Reserved, and those the workspace brought along."""
    alice_sid: str
    bob_sid: str
    english_queue_sid: str
    spanish_queue_sid: str
    workflow_sid: str


def build(client: Client) -> Story:
    """Create the world in a new workspace and return its SIDs; everybody is Offline."""
    workspace = _workspaces(client).create(friendly_name=WORKSPACE)
    for name, available in ACTIVITIES.items():
        workspace.activities.create(friendly_name=name, available=available)
    for name, attributes in WORKERS.items():
        workspace.workers.create(friendly_name=name, attributes=json.dumps(attributes))
    queues = [
        workspace.task_queues.create(friendly_name=name, target_workers=expression)
        for name, expression in QUEUES.items()
    ]
    workspace.workflows.create(
        friendly_name=WORKFLOW,
        configuration=json.dumps(workflow_configuration(*(queue.sid for queue in queues))),
        task_reservation_timeout=RESERVATION_TIMEOUT_SECONDS,
    )
    return find(client)


def workflow_configuration(english_queue_sid: str, spanish_queue_sid: str) -> dict[str, Any]:
    """Two filters, one for each language, and no default: another language leaves the workflow."""
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


def find(client: Client) -> Story:
    """The SIDs of the world that stands, found by name.

    Raises:
        StoryMissing: the workspace, or something in it, is not there.
    """
    workspace = next(iter(_workspaces(client).list(friendly_name=WORKSPACE, limit=1)), None)
    if workspace is None:
        raise StoryMissing(f"workspace {WORKSPACE!r}")
    context = _workspaces(client)(workspace.sid)
    workers = _by_name(context.workers.list())
    queues = _by_name(context.task_queues.list())
    english, spanish = (_needed(queues, name, "task queue") for name in QUEUES)
    return Story(
        workspace_sid=workspace.sid,
        activity_sids=_by_name(context.activities.list()),
        alice_sid=_needed(workers, "Alice", "worker"),
        bob_sid=_needed(workers, "Bob", "worker"),
        english_queue_sid=english,
        spanish_queue_sid=spanish,
        workflow_sid=_needed(_by_name(context.workflows.list()), WORKFLOW, "workflow"),
    )


def remove(client: Client) -> list[str]:
    """Delete the tutorial's workspaces with all that is in them, and return their SIDs."""
    workspaces = _workspaces(client).list(friendly_name=WORKSPACE)
    for workspace in workspaces:
        workspace.delete()
    return [workspace.sid for workspace in workspaces]


def workspace_of(client: Client, world: Story) -> Any:
    """The SDK's context of the tutorial's workspace."""
    return _workspaces(client)(world.workspace_sid)


def _workspaces(client: Client) -> Any:
    # The SDK types each property as optional, also those that TaskRouter always sends; hence Any.
    return client.taskrouter.v1.workspaces


def _by_name(resources: list[Any]) -> dict[str, str]:
    return {resource.friendly_name: resource.sid for resource in resources}


def _needed(sids: dict[str, str], name: str, kind: str) -> str:
    if name not in sids:
        raise StoryMissing(f"{kind} {name!r}")
    return sids[name]
