"""Console of one Workspace: the portal's views of it in a cell, and the same in words."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from helpers.console.kernel_side import Kernel
from helpers.console.reader import Reader
from helpers.console.widget_feed import UNREADABLE, WidgetFeed, open_feed
from helpers.emulator.display.blocks import View
from helpers.emulator.display.board.console_view import console_view
from helpers.emulator.display.board.workspace_snapshot import ClockFace, WorkspaceSnapshot
from helpers.emulator.sdk.sdk_reading import is_gone, other_world_of, sid_of
from helpers.errors.view_problems import NotShowable, OtherWorld
from helpers.output.callback_doubts import tunnel_doubts
from helpers.output.display import Display
from helpers.output.error_text import describe_error

__all__ = ["WorkspaceConsole", "console_of"]

_GONE = "This Workspace no longer exists. Run the set-up cells again, and the console shows the new one."


class WorkspaceConsole(Display):
    """Display of a Workspace's clock, board, lifecycle and events, which updates by itself.

    Its words come from the Workspace as it is when they are asked for; its widget has a feed of its own.
    """

    def __init__(self, kernel: Kernel, workspace_sid: str) -> None:
        self.kernel = kernel
        self._workspace_sid = workspace_sid
        self._reader = Reader(kernel.make_onlooker().taskrouter.v1.workspaces(workspace_sid), self._clock)
        self._reading = threading.RLock()
        self._snapshot = WorkspaceSnapshot(self._clock())
        self._feed: WidgetFeed | None = None
        super().__init__(self._view_now())

    def close(self) -> None:
        """End the feed; what is displayed stays as it is."""
        if self._feed is not None:
            self._feed.close()

    def __str__(self) -> str:
        self._read()
        return super().__str__()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        self._read()
        board = f"/workspaces/{self._workspace_sid}/board"
        self._feed = self._feed or open_feed(self.kernel, self._workspace_sid, "console", board, repr(self))
        drawn = None if self._feed is None else self._feed.widget._repr_mimebundle_()
        return {**(drawn[0] if drawn else {}), **super()._repr_mimebundle_(include, exclude)}

    def _read(self) -> None:
        with self._reading:
            try:
                self._snapshot = self._reader.read()
            except UNREADABLE as error:
                self._snapshot = self._with_trouble(error)
            self._view = self._view_now()

    def _with_trouble(self, error: Exception) -> WorkspaceSnapshot:
        if is_gone(error):
            return WorkspaceSnapshot(replace(self._snapshot.clock, next=None), trouble=_GONE)
        return replace(self._snapshot, trouble=f"This view may be out of date. {describe_error(error)}")

    def _clock(self) -> ClockFace:
        return ClockFace.of(self.kernel.clock(self._workspace_sid), datetime.now(UTC))

    def _view_now(self) -> View:
        return console_view(self._snapshot, tunnel_doubts())


_consoles: dict[str, WorkspaceConsole] = {}


def console_of(kernel: Kernel, workspace: object) -> WorkspaceConsole:
    """Return the one console of a Workspace, so that a cell that runs twice shows the same one.

    Args:
        kernel: the kernel's connection.
        workspace: a context (``workspaces(sid)``) or instance of the SDK, or a SID.

    Raises:
        NotShowable: it is none of these.
        OtherWorld: it is a copy's or a branch's.
    """
    sid = _sid(workspace)
    for known in [known for known, console in _consoles.items() if console.kernel is not kernel]:
        _consoles.pop(known).close()  # its connection was replaced
    if sid not in _consoles:
        _consoles[sid] = WorkspaceConsole(kernel, sid)
    return _consoles[sid]


def _sid(workspace: object) -> str:
    if place := other_world_of(workspace):
        raise OtherWorld("show_console()", place)
    given = workspace if isinstance(workspace, str) else sid_of(workspace)
    if not (isinstance(given, str) and given.startswith("WS")):
        raise NotShowable("a Workspace", workspace, "client.taskrouter.v1.workspaces(story.workspace_sid)")
    return given
