"""Workspaces of other people in the account: nobody but them may touch these."""

from __future__ import annotations

from typing import Any

__all__ = ["STRANGERS", "seed_document"]

STRANGERS = (
    "TaskRouter Notebooks",
    "TaskRouter Notebooks 0a1b2c3d",
    "TaskRouter Notebooks for the whole team",
    "taskrouter notebooks",
    "Production",
)
"""Names: the lessons' own one, as somebody else's kernel marks it, with the same prefix, in other case, another."""


def seed_document(names: tuple[str, ...]) -> dict[str, Any]:
    """Return a seed document with a small working desk for each name; its Task is in progress."""
    return {"workspaces": [_desk(name) for name in names]}


def _desk(name: str) -> dict[str, Any]:
    return {
        "friendly_name": name,
        "activities": [{"friendly_name": "Idle", "available": True}],
        "task_queues": [{"friendly_name": "All", "target_workers": "1==1"}],
        "workers": [{"friendly_name": "Bob", "activity": "Idle", "attributes": {"contact_uri": "+15005550006"}}],
        "workflows": [
            {
                "friendly_name": "Customer Care Requests",
                "configuration": {"task_routing": {"default_filter": {"queue": "All"}}},
                "task_reservation_timeout": 86400,
            }
        ],
        "tasks": [{"workflow": "Customer Care Requests", "attributes": {"selected_language": "es"}}],
    }
