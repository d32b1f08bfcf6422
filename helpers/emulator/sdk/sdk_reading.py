"""Reading through the SDK: whole lists, resources that may be gone, and what the SDK keeps in private attributes."""

from __future__ import annotations

from typing import Any

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

__all__ = [
    "PAGE",
    "client_of",
    "fetch_or_none",
    "is_gone",
    "list_or_empty",
    "other_world_of",
    "read_list",
    "sid_of",
    "workspace_of",
    "workspace_sid_of",
]

PAGE = 1000
"""Most resources that one response holds (reference 11i)."""

_NOT_FOUND = 404


def read_list(resources: Any, *, limit: int | None = None, **query: Any) -> list[Any]:
    """Read a list in as few requests as there can be.

    Args:
        resources: one of the SDK's, such as ``workspace.tasks``.
        limit: how many at most; None for all.
        query: parameters of its ``list``.

    Raises:
        TwilioException: a request was refused.
    """
    found: list[Any] = resources.list(limit=limit, page_size=PAGE if limit is None else min(limit, PAGE), **query)
    return found


def list_or_empty(resources: Any, **query: Any) -> list[Any]:
    """Read a list; an empty one if the resource that it belongs to is gone.

    Raises:
        TwilioException: a request was refused for another reason.
    """
    try:
        return read_list(resources, **query)
    except TwilioException as error:
        if not is_gone(error):
            raise
        return []


def fetch_or_none(context: Any) -> Any | None:
    """Fetch a resource; None if it is gone.

    Raises:
        TwilioException: the request was refused for another reason.
    """
    try:
        return context.fetch()
    except TwilioException as error:
        if not is_gone(error):
            raise
        return None


def is_gone(error: BaseException) -> bool:
    """Return True if a request was refused because there is no such resource.

    A single request raises ``TwilioRestException``; ``list()`` raises ``TwilioException`` with the response as its
    second argument.
    """
    if isinstance(error, TwilioRestException):
        return bool(error.status == _NOT_FOUND)
    response = error.args[1] if isinstance(error, TwilioException) and len(error.args) > 1 else None
    return getattr(response, "status_code", None) == _NOT_FOUND


def sid_of(resource: object) -> str | None:
    """Return the SID of a resource, or of a context, which keeps it in private; None for anything else."""
    sid = _solution(resource).get("sid") or getattr(resource, "sid", None)
    return sid if isinstance(sid, str) else None


def workspace_sid_of(resource: Any) -> str:
    """Return the SID of the Workspace that a resource, or a context, belongs to; its body may leave it out."""
    return str(_solution(resource)["workspace_sid"])


def workspace_of(resource: Any) -> Any:
    """Return the SDK's context of the Workspace that a resource, or a context, belongs to."""
    return resource._version.workspaces(workspace_sid_of(resource))


def client_of(resource: Any) -> Client:
    """Return the Client that a resource, or a context, was made with."""
    client: Client = resource._version.domain.twilio
    return client


def other_world_of(resource: Any) -> str | None:
    """Return the expression for a copy's or a branch's Workspace, if the resource is from there; else None.

    Its SIDs are the original's. So a request by SID through another Client would reach the original.
    """
    http_client = client_of(resource).http_client if hasattr(resource, "_version") else None
    named: str | None = getattr(http_client, "spelled_workspace", None)
    return named


def _solution(resource: object) -> dict[str, Any]:
    """Return the parts of a resource's URL, as the SDK notes them."""
    parts = getattr(resource, "_solution", None)
    return parts if isinstance(parts, dict) else {}
