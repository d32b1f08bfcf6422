"""Console of one Workspace: everything about it on one board, with controls that make real SDK calls."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException

from helpers.connection import Connection, connect
from helpers.console.controls import Controls
from helpers.console.reader import Reader
from helpers.emulator.display.blocks import View
from helpers.emulator.display.board.console_view import console_view
from helpers.emulator.display.board.workspace_snapshot import ClockFace, WorkspaceSnapshot
from helpers.emulator.display.views.request_view import requests_view
from helpers.emulator.sdk.sdk_reading import is_gone, other_world_of, sid_of
from helpers.errors.connection_problems import ConnectionProblem
from helpers.errors.view_problems import NotShowable, OtherWorld
from helpers.ground.choice import current_ground
from helpers.output.actions import ActionResult, Click
from helpers.output.callback_doubts import tunnel_doubts
from helpers.output.display import Display
from helpers.output.error_text import describe_error
from helpers.output.live import send_again

__all__ = ["WorkspaceConsole", "console_of"]

_INTERVALS = {"local": 2.0, "live": 5.0}
"""Seconds between two reads of a server that doesn't report its changes; each read is one or two GET requests."""

_UNREADABLE = (TwilioException, RequestException, ConnectionProblem)
_GONE = "There is no such Workspace any more. Run the set-up cells again, and the console shows the new one."


class WorkspaceConsole(Display):
    """Display of a Workspace's clock, board, lifecycle, events and requests, which updates by itself."""

    def __init__(self, connection: Connection, workspace_sid: str) -> None:
        self.connection = connection
        self._workspace_sid = workspace_sid
        self._listener = connection.listen()
        self._reader = Reader(connection.make_onlooker().taskrouter.v1.workspaces(workspace_sid), self._clock)
        self._reading = threading.RLock()
        self._snapshot = WorkspaceSnapshot(self._clock())
        self._numbers: list[int] = []
        self._requests = requests_view((), replay=True)
        workspace = connection.client.taskrouter.v1.workspaces(workspace_sid)
        self._controls = Controls(workspace, workspace_sid, connection.advance, self._read)
        super().__init__(self._view_now(), on_click=self._on_click)
        self._attendant = current_ground().attend(self._look, self._interval)
        if connection.emulator is not None:
            connection.emulator.watch(self._attendant.wake)
        self._unsubscribe = self._listener.inbox.subscribe(lambda _: self._attendant.wake())

    def refresh(self) -> None:
        """Read the Workspace and show it as it is now; callable from any thread."""
        with self._reading:  # held while showing, so that an older reading can't overwrite a newer one
            self._read()
            self._show(self._view_now())

    def close(self) -> None:
        """End the attendance and the subscription; what is displayed stays as it is."""
        self._unsubscribe()
        self._attendant.stop()

    def __str__(self) -> str:
        self.refresh()
        return super().__str__()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        self.refresh()
        bundle = super()._repr_mimebundle_(include, exclude)
        if self._widget is not None:
            self._attendant.start()
        return bundle

    def _look(self) -> None:
        try:
            self.refresh()
        except Exception as error:  # in the attendant's thread it would be lost
            trouble = f"The console cannot be drawn: {describe_error(error)}"
            with self._reading:
                self._snapshot = WorkspaceSnapshot(self._snapshot.clock, trouble=trouble)
                # with the requests that could be drawn last, as it may be the new ones that cannot
                self._show(console_view(self._snapshot, self._requests, polled=self._interval() is not None))

    def _read(self) -> WorkspaceSnapshot:
        with self._reading:
            try:
                self._snapshot = self._reader.read()
            except _UNREADABLE as error:
                self._snapshot = self._show_trouble(error)
            return self._snapshot

    def _show_trouble(self, error: Exception) -> WorkspaceSnapshot:
        if is_gone(error):
            return WorkspaceSnapshot(replace(self._snapshot.clock, next=None), trouble=_GONE)
        return replace(self._snapshot, trouble=f"What is shown may be old. {describe_error(error)}")

    def _clock(self) -> ClockFace:
        return ClockFace.of(self.connection.clock(self._workspace_sid), datetime.now(UTC))

    def _view_now(self) -> View:
        polled = self._interval() is not None
        return console_view(self._snapshot, self._requests_now(), polled=polled, doubts=tunnel_doubts())

    def _requests_now(self) -> View:
        numbers = [each.number for each in self._listener.inbox]
        if numbers != self._numbers:
            self._numbers, self._requests = numbers, requests_view(self._listener.inbox, replay=True)
        return self._requests

    def _interval(self) -> float | None:
        if self.connection.emulator is not None and self._snapshot.clock.kind == "lesson":
            return None
        return _INTERVALS[self.connection.mode]

    def _on_click(self, click: Click) -> ActionResult | None:
        if click.get("action") == "present":
            self._attendant.present()
            return None
        answer = self._replay(click) if click.get("action") == "replay" else self._call(click)
        self._attendant.wake()
        return answer

    def _replay(self, click: Click) -> ActionResult:
        inbox = dict(enumerate(self._listener.inbox))
        return send_again(inbox, self._listener.replay, click)

    def _call(self, click: Click) -> ActionResult:
        call = self._controls.call_for(click)
        try:
            return ActionResult(call.run(), call.code)
        except Exception as error:
            return ActionResult(describe_error(error, self.connection.wire), call.code, done=False)


_consoles: dict[str, WorkspaceConsole] = {}


def console_of(workspace: object) -> WorkspaceConsole:
    """Return the one console of a Workspace, so that a cell that runs twice shows the same one.

    Args:
        workspace: a context (``workspaces(sid)``) or instance of the SDK, or a SID.

    Raises:
        NotShowable: it is none of these.
        OtherWorld: it is a copy's or a branch's.
    """
    sid = _sid(workspace)
    connection = connect()
    for known in [known for known, console in _consoles.items() if console.connection is not connection]:
        _consoles.pop(known).close()  # its connection was replaced
    if sid not in _consoles:
        _consoles[sid] = WorkspaceConsole(connection, sid)
    return _consoles[sid]


def _sid(workspace: object) -> str:
    if place := other_world_of(workspace):
        raise OtherWorld("show_console()", place)
    given = workspace if isinstance(workspace, str) else sid_of(workspace)
    if not (isinstance(given, str) and given.startswith("WS")):
        raise NotShowable("a Workspace", workspace, "client.taskrouter.v1.workspaces(story.workspace_sid)")
    return given
