"""Detection of loops: callbacks from inside which an application causes callbacks of the same kind, over and over.

An application that creates a Task whenever it hears of a new Task never ends: at Twilio it pays until somebody notices.
A request doesn't show which callback caused it, but its time does. A chain of callbacks counts as a loop if, many times
in a row, the same number of its own kind was caused while each was open, and none at another time.
An application that works through a backlog from inside callbacks hears of a different Task each time; one that writes
at its own pace meets open callbacks by chance, never so evenly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from ..engine.model.changes import Callback

__all__ = ["Loops"]

_IN_A_ROW = 50

_Subject = tuple[str, ...]
"""Workspace SID, kind, and the SIDs that the callback is about."""


@dataclass(eq=False)
class _Open:
    subject: _Subject
    caused: int = 0


class _Run(NamedTuple):
    """Number of callbacks in a row that each caused ``caused`` of their own kind."""

    length: int
    caused: int


class Loops:
    """Detector of loops. Each callback is caused, then opened, then answered.

    Args:
        tell: called with a callback and a sentence when it closes a loop.
    """

    def __init__(self, tell: Callable[[Callback, str], None]) -> None:
        self._tell = tell
        self._open: defaultdict[str, list[_Open]] = defaultdict(list)
        """Open callbacks by Workspace SID."""
        self._runs: dict[_Subject, _Run] = {}
        self._causes: dict[str, list[_Subject]] = {}
        """SID of a callback not yet sent → subjects of the callbacks that were open when it was caused."""

    def note_caused(self, callback: Callback) -> None:
        """Note that ``callback`` was caused, by a request or a timer."""
        subject, around = _subject(callback), self._open.get(callback.workspace_sid)
        if not around:
            self._runs.pop(subject, None)
            return
        for each in around:
            each.caused += each.subject == subject
        self._causes[callback.sid] = [each.subject for each in around]

    def goes_on(self, callback: Callback) -> bool:
        """Return True if ``callback``, about to be sent, was caused inside one of a loop."""
        return any(
            cause in self._runs and self._runs[cause].length >= _IN_A_ROW
            for cause in self._causes.pop(callback.sid, ())
        )

    @contextmanager
    def opened(self, callback: Callback) -> Iterator[None]:
        """Treat ``callback`` as open inside the block, until it is answered or given up."""
        opened, around = _Open(_subject(callback)), self._open[callback.workspace_sid]
        around.append(opened)
        try:
            yield
        finally:
            around.remove(opened)
            if not around:
                self._open.pop(callback.workspace_sid, None)
            self._judge(callback, opened)

    def forget(self) -> None:
        """Forget all callbacks, because the emulator's state is replaced."""
        self._open.clear()
        self._runs.clear()
        self._causes.clear()

    def _judge(self, callback: Callback, opened: _Open) -> None:
        run = self._runs.pop(opened.subject, _Run(0, opened.caused))
        if not opened.caused:
            return
        length = run.length + 1 if run.caused == opened.caused else 1
        self._runs[opened.subject] = _Run(length, opened.caused)
        if length == _IN_A_ROW:
            self._tell(callback, _sentence(opened))


def _subject(callback: Callback) -> _Subject:
    """Return the subject by which callbacks count as the same; for those about a new resource, the kind alone."""
    fields = callback.parameters
    kind = fields.get("EventType", callback.kind)
    if callback.kind == "assignment" or kind.startswith("reservation."):
        about = (fields[name] for name in ("TaskSid", "WorkerSid") if name in fields)  # no Worker once it is deleted
        return callback.workspace_sid, kind, *about
    if kind.endswith(".created") or kind.startswith(("workflow.", "task-queue.")):
        return callback.workspace_sid, kind
    return callback.workspace_sid, kind, fields.get("ResourceSid", callback.sid)


def _sentence(opened: _Open) -> str:
    _, kind, *about = opened.subject
    what = " ".join([kind, "callback", *(["about", " and ".join(about)] if about else [])])
    return (
        f"loop: while a {what} was open, {opened.caused} more of the kind followed, {_IN_A_ROW} times in a row. An "
        "application that repeats, from inside a callback, what the callback reports never ends. What these "
        "callbacks cause is not sent any more, until a change made while none is open causes one. Let the "
        "application answer without repeating what it was told, or correct the callback URL"
    )
