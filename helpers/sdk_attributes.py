"""An attribute that an object of the ``twilio`` library does not have: which object does."""

from __future__ import annotations

from twilio.base.instance_context import InstanceContext
from twilio.base.list_resource import ListResource
from twilio.rest import Client

__all__ = ["missing_attribute"]


def missing_attribute(error: AttributeError) -> str | None:
    """Say what to write instead, or None if the object is none of the library's ways to a resource.

    ``workspace.tasks`` is a list resource, ``workspace.tasks(sid)`` a context, and only what
    ``fetch()``, ``list()``, ``create()`` and ``update()`` return has a resource's properties.
    """
    name = error.name or ""
    if isinstance(error.obj, Client) and hasattr(error.obj.taskrouter.v1, name):
        return f"{error}. It belongs to TaskRouter: write `client.taskrouter.v1.{name}`."
    if isinstance(error.obj, InstanceContext):
        return (
            f"{error}. It only says where a resource is; nothing has been read yet. `.fetch()` reads it, and what that "
            "returns has the resource's properties."
        )
    if isinstance(error.obj, ListResource):
        return (
            f"{error}. It stands for all resources of a kind: `.list()` reads them, `(sid).fetch()` reads one, and "
            "what these return has a resource's properties."
        )
    return None
