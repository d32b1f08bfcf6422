"""Requests of SDK calls: method, path and form, for programs that don't use the Python SDK."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .sdk_calls import SdkCall

__all__ = ["request_of", "requests_of"]

_SEGMENTS = {"worker_channels": "Channels"}
"""Segments of a path that aren't the SDK's names in PascalCase."""


def requests_of(calls: Iterable[SdkCall], workspace_sid: str) -> list[dict[str, Any]]:
    """Return ``method``, ``path`` and ``form`` of each request; the forms' values are text."""
    described = (request_of(call, workspace_sid) for call in calls)
    return [each | {"path": "/".join(["/v1", *each["path"]])} for each in described]


def request_of(call: SdkCall, workspace_sid: str) -> dict[str, Any]:
    """Return ``method``, ``path`` as a list of its segments after ``/v1``, and ``form``, as the SDK would send them."""
    path = ["Workspaces", workspace_sid]
    for name, sid in call.place:
        path += [_SEGMENTS.get(name, _pascal(name)), *([] if sid is None else [sid])]
    return {"method": "POST", "path": path, "form": {_pascal(name): _text(value) for name, value in call.parameters}}


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
