"""Copy of a Workspace, in an emulator of its own in this process."""

from __future__ import annotations

import json
import threading
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from twilio.rest import Client

from ..clock import Clock, Millis
from ..display.blocks import Sentence, View
from ..display.durations import day_and_time
from ..display.safe_text import one_line
from ..display.views.page_view import page_view
from ..engine.model.resources import Event, Record, Workspace
from ..sdk.http_client import InProcessHttpClient
from ..server.administration import snapshot
from ..server.in_process import start_in_process
from ..sync import run_without_loop
from .mending import count_records

__all__ = ["WorkspaceCopy"]


class WorkspaceCopy:
    """Copy of a Workspace that can be read, explained and changed; nothing reaches the original.

    It calls no callbacks, and its clock stands still: each write takes a second, and ``advance`` moves it.

    Attributes:
        client: a twilio ``Client`` for the copy.
        workspace: its context of the Workspace, as ``client.taskrouter.v1.workspaces(sid)``.
        workspace_sid: SID, the same as the original's, as are all SIDs in it.
        notes: sentences about what was redacted, wasn't read or isn't known.
        view: the notes as words, HTML or a widget.
    """

    def __init__(self, records: Sequence[Record], events: Sequence[Event], now: Millis, notes: Sequence[str]) -> None:
        workspace = next(each for each in records if isinstance(each, Workspace))
        self.workspace_sid = workspace.sid
        self.notes = tuple(notes)
        self.view = _view(workspace, records, now, notes)
        document = snapshot.write(records, events, Clock.paused(now)) | {"notes": self.notes}
        self._document: dict[str, Any] = msgspec.to_builtins(document)
        self._running = start_in_process(seed=f"copy of {workspace.sid}", account_sid=workspace.account_sid)
        self._running.restore(self._document)
        self._lock = threading.RLock()
        http_client = InProcessHttpClient(self._running.app, self._one_by_one)
        http_client.spelled_workspace = "copy.workspace"
        self.client = Client(self._running.account_sid, self._running.auth_token, http_client=http_client)
        self.workspace: Any = self.client.taskrouter.v1.workspaces(workspace.sid)

    def __repr__(self) -> str:
        return self.view.name

    def __str__(self) -> str:
        return "\n".join(block.text for block in self.view.blocks if isinstance(block, Sentence))

    def advance(self, seconds: float) -> None:
        """Move the copy's clock forward by ``seconds``; timers that are due fire in order.

        Raises:
            Invalid: ``seconds`` is negative, not finite, or more than ten years.
        """
        with self._lock:
            self._running.advance(seconds)

    def document(self) -> str:
        """Return the copy as it was made, as the JSON text of a file for ``taskrouter-emulator --load``."""
        return json.dumps(self._document, indent=1)

    def _one_by_one(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run requests one after another: buttons of a display are clicked in other threads."""
        with self._lock:
            run_without_loop(coroutine)


def _view(workspace: Workspace, records: Sequence[Record], now: Millis, notes: Sequence[str]) -> View:
    name = one_line(workspace.friendly_name)
    when = day_and_time(datetime.fromtimestamp(now / 1000, UTC))
    head = (
        f"Copy of Workspace “{name}” ({workspace.sid}) at {when} UTC: {count_records(records)}. Nothing that you do "
        "with it reaches the original."
    )
    return page_view(f"WorkspaceCopy({name!r})", [Sentence(each) for each in (head, *notes)])
