"""Link to the portal in a cell, which also opens it beside the notebook."""

from __future__ import annotations

from typing import Any

from helpers.console.kernel_side import Kernel
from helpers.console.widget_feed import WidgetFeed, open_feed
from helpers.emulator.display.safe_text import one_line, short_sid
from helpers.emulator.display.views.portal_link_view import portal_link_view, twilio_link_view
from helpers.emulator.sdk.sdk_reading import other_world_of, sid_of, workspace_sid_of
from helpers.errors.view_problems import NotShowable, OtherWorld
from helpers.output.display import Display

__all__ = ["PortalDisplay", "portal_of"]


class PortalDisplay(Display):
    """Display of a link to an emulator's portal, or of all its views where no link leads to the one in this kernel."""

    def __init__(self, kernel: Kernel, path: str, about: str) -> None:
        self._kernel = kernel
        self._path = path
        self._feed: WidgetFeed | None = None
        super().__init__(portal_link_view(about))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        self._feed = self._feed or open_feed(self._kernel, None, "portal_link", self._path, repr(self))
        drawn = None if self._feed is None else self._feed.widget._repr_mimebundle_()
        return {**(drawn[0] if drawn else {}), **super()._repr_mimebundle_(include, exclude)}


def portal_of(kernel: Kernel, task: object, workspace_name: str) -> Display:
    """Return a link to the portal, or in live mode to Twilio's console.

    Args:
        task: Task of the SDK to begin at, or None.
        workspace_name: name of the kernel's Workspace.

    Raises:
        NotShowable: ``task`` is something else.
        OtherWorld: it is a copy's or a branch's.
    """
    path, about = ("/", "") if task is None else _place_of(task)
    if kernel.mode == "live":
        return Display(twilio_link_view(one_line(workspace_name)))
    return PortalDisplay(kernel, path, about)


def _place_of(task: Any) -> tuple[str, str]:
    """Return the path of a Task's page, and a sentence about it."""
    if place := other_world_of(task):
        raise OtherWorld("connection.portal()", place)
    sid = sid_of(task) or ""
    if not sid.startswith("WT"):
        raise NotShowable("a Task", task, "workspace.tasks(task.sid).fetch()")
    about = f"It opens at Task {short_sid(sid)}: why it waits or what happened, its timeline and its Reservations."
    return f"/workspaces/{workspace_sid_of(task)}/tasks/{sid}", about
