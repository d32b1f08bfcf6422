"""Source of the portal's views in a cell where nobody tells of changes: the Workspace is read at intervals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from twilio.base.exceptions import TwilioException

from helpers.console.kernel_side import Kernel
from helpers.console.messages import Message, difference
from helpers.console.reader import Reader
from helpers.console.wire_requests import find_received, find_request, request_records
from helpers.console.workspace_records import clock_record, event_record, records_of
from helpers.emulator.display.board.workspace_snapshot import LISTED, ClockFace, WorkspaceSnapshot
from helpers.emulator.explanations.reading.replica import Replica
from helpers.emulator.explanations.reading.rereading import read_until_whole
from helpers.emulator.explanations.reading.workspace_reader import read_replica
from helpers.emulator.portal.questions import answer_question, source_of_replica
from helpers.emulator.sdk.sdk_reading import is_gone

__all__ = ["ReadSource"]

_INTERVALS = {"local": 2.0, "live": 5.0}
"""Seconds between two reads, each of which is one or two GET requests as long as nothing happens."""

_REQUEST = re.compile(r"/portal/requests/(\d+)(/replay)?")


class ReadSource:
    """Source that reads a Workspace at Twilio, or of an emulator at ``TASKROUTER_URL``.

    Args:
        workspace_sid: None to read nothing until a page asks for a Workspace.
    """

    def __init__(self, kernel: Kernel, workspace_sid: str | None) -> None:
        self._kernel = kernel
        self._listener = kernel.listen()
        self._inbox = self._listener.inbox
        self._unsubscribe: Callable[[], object] = lambda: None
        self._numbers: dict[str, int] = {}
        self._workspace_sid = workspace_sid
        self._told: Message | None = None
        self._copy: Replica | None = None
        self._reader = Reader(self._context(), self._clock)
        self._snapshot = WorkspaceSnapshot(ClockFace(datetime.now(UTC), "live"))

    def take(self) -> list[Message]:
        """Read the Workspace, and return what is new."""
        if self._workspace_sid is None:
            return []
        try:
            self._snapshot = self._reader.read()
        except TwilioException as error:
            if not is_gone(error):
                raise
            self._snapshot = WorkspaceSnapshot(self._snapshot.clock)
        before, self._told = self._told, self._whole(self._snapshot)
        if before is None:
            return [self._told]
        change = difference(before, self._told)
        if _is_only_later(before["clock"], self._told["clock"]):
            change.pop("clock", None)
        if change.keys() <= {"type", "at"}:
            return []
        self._copy = None
        return [change]

    def notes(self) -> list[str]:
        """Return a sentence for each list of which only a part was read."""
        return [f"Showing the first {LISTED} {what}. Lists leave out the rest." for what in self._snapshot.cut]

    def interval(self) -> float:
        """Return the seconds between two reads."""
        return _INTERVALS[self._kernel.mode]

    def listen(self, wake: Callable[[], object]) -> None:
        """Call ``wake`` when the listener has received a callback, after which something has changed."""
        self._unsubscribe = self._inbox.subscribe(lambda _: wake())

    def watch(self, workspace_sid: str | None) -> None:
        """Begin again, with the whole state of this Workspace, or of the one until now."""
        self._workspace_sid = workspace_sid or self._workspace_sid
        self._told, self._copy, self._reader = None, None, Reader(self._context(), self._clock)

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Return the answer to a question, tried on a copy that GET requests read and that counts until a change.

        Raises:
            WorkspaceChanged: the Workspace changes faster than it can be read.
        """
        return read_until_whole(lambda: self._answer(question))

    def _answer(self, question: Mapping[str, Any]) -> Any:
        copy, self._copy = self._copy or read_replica(self._context()), None  # if it fails, another one is read
        answer = answer_question(source_of_replica(copy), question)
        self._copy = copy
        return answer

    def inspect(self, method: str, path: str, form: Mapping[str, Any]) -> tuple[int, Any]:
        """Return a request of the SDK or of the inbox in full, or let the listener receive a callback again.

        Raises:
            NotReplayable: it is no callback, or it is kept no longer.
        """
        found = _REQUEST.fullmatch(path)
        number = int(found[1]) if found else 0
        if found and found[2]:
            received: Any = find_received(self._inbox, number)
            left_out = dict.fromkeys(received.parameters) if form and received is not None else {}
            return 200, {"number": self._listener.replay(received, {**left_out, **form} or None).began}
        request = find_request(self._kernel.wire, self._inbox, number)
        return (404, {"message": "This request is no longer stored."}) if request is None else (200, request)

    def close(self) -> None:
        """Hear nothing more of the listener."""
        self._unsubscribe()

    def _context(self) -> Any:
        return self._kernel.make_onlooker().taskrouter.v1.workspaces(str(self._workspace_sid))

    def _clock(self) -> ClockFace:
        return ClockFace.of(self._kernel.clock(str(self._workspace_sid)), datetime.now(UTC))

    def _whole(self, snapshot: WorkspaceSnapshot) -> Message:
        workspace = snapshot.workspace
        clock = clock_record(snapshot.clock, str(self._workspace_sid))
        known = [] if workspace is None else [{"sid": workspace.sid, "friendly_name": workspace.friendly_name}]
        return {
            "type": "state",
            "boot": None,
            "at": clock["now_ms"],
            "mode": "live" if self._kernel.mode == "live" else "server",
            "account_sid": self._kernel.account_sid,
            "workspaces": known,
            "workspace": self._workspace_sid,
            "records": records_of(snapshot),
            "clock": clock,
            "events": [event_record(event, self._number_of(event)) for event in snapshot.events],
            "requests": request_records(self._kernel.wire, self._inbox),
        }

    def _number_of(self, event: Any) -> int:
        """Return a number that is the event's own in this kernel."""
        key = f"{event.sid} {event.event_date_ms}"  # a restarted emulator gives the same SIDs again
        return self._numbers.setdefault(key, len(self._numbers) + 1)


def _is_only_later(before: Message, after: Message) -> bool:
    """Return True if a clock has done nothing but run, which it does on the page, too."""
    return bool(after["running"]) and {**before, "now_ms": 0} == {**after, "now_ms": 0}
