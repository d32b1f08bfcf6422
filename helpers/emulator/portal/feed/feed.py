"""Feed of messages about Workspaces: the whole state first, then what changed, to whoever subscribed.

While nobody subscribes nothing is collected. What changed is found from the changes of commands; a state that was
replaced, by a reset for instance, is sent whole.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from ...emulator_errors import StoreFailed
from ...engine.model.changes import Changes
from .feed_message import FeedMessage
from .stream import Stream

if TYPE_CHECKING:
    from ...inspection.inspector import RequestInspector
    from ...server.administration.administration import Administration

__all__ = ["Feed", "Take"]

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())

Take = Callable[[FeedMessage], object]
"""Function called with each message for a subscriber, where the emulator runs. It must return at once."""


class Feed:
    """Feed of one emulator, for its own thread only. Call :meth:`wake` after every change.

    Args:
        boot: text that tells this emulator from one that was started before or after it.
        later: calls a function soon, once for several changes.
    """

    def __init__(
        self,
        controls: Administration,
        inspector: RequestInspector,
        boot: str,
        later: Callable[[Callable[[], None]], object],
    ) -> None:
        self._controls = controls
        self._inspector = inspector
        self._boot = boot
        self._later = later
        self._streams: dict[tuple[str, str | None], tuple[Stream, list[Take]]] = {}
        self._noted: list[Changes] = []
        self._requests: dict[int, None] = {}
        """Numbers of requests that are new or have changed, in order."""
        self._is_due = False
        self._ends: tuple[Callable[[], None], ...] = ()

    def subscribe(self, account_sid: str, workspace_sid: str | None, take: Take) -> Callable[[], None]:
        """Send ``take`` the state of a Workspace and then its changes, until the function returned is called.

        Args:
            workspace_sid: None for the account's Workspaces alone, as is one that the account doesn't have.

        Raises:
            StoreFailed: the state can't be read.
        """
        self.flush()  # so that the others get what is in the state of this one
        key = account_sid, workspace_sid
        stream, takers = self._streams.get(key) or (self._stream(*key), [])
        first = stream.whole()
        if not self._streams:
            self._listen()
        self._streams[key] = stream, takers
        takers.append(take)
        take(first)

        def end() -> None:
            if take in takers:
                takers.remove(take)
                self._drop_unused()

        return end

    def repeat(self, account_sid: str, workspace_sid: str | None) -> FeedMessage:
        """Return the whole state for a subscriber that lost messages; later ones continue it."""
        self.flush()
        return self._streams[account_sid, workspace_sid][0].whole()

    def wake(self) -> None:
        """Send what changed soon."""
        if self._streams and not self._is_due:
            self._is_due = True
            self._later(self.flush)

    def flush(self) -> None:
        """Send what changed now."""
        self._is_due = False
        noted, self._noted = self._noted, []
        requests, self._requests = list(self._requests), {}
        self._controls.emulator.keep()  # nobody must see what isn't stored yet
        for stream, takers in list(self._streams.values()):
            stream.note(noted, requests)
            try:
                message = stream.next()
            except StoreFailed:  # the next change tries again
                continue
            if message is not None:
                for take in list(takers):
                    _give(take, message)

    def _stream(self, account_sid: str, workspace_sid: str | None) -> Stream:
        return Stream(self._controls, self._inspector, self._boot, account_sid, workspace_sid)

    def _listen(self) -> None:
        def note(number: int) -> None:
            self._requests[number] = None
            self.wake()

        self._ends = (
            self._controls.emulator.subscribe(lambda command, changes: self._noted.append(changes)),
            self._inspector.subscribe(note),
        )

    def _drop_unused(self) -> None:
        self._streams = {key: used for key, used in self._streams.items() if used[1]}
        if not self._streams:
            for end in self._ends:
                end()
            self._noted, self._requests = [], {}


def _give(take: Take, message: FeedMessage) -> None:
    """Give a subscriber a message; an error of one subscriber is no concern of the emulator's, nor of the others."""
    try:
        take(message)
    except Exception:
        _log.exception("a subscriber of the portal's feed failed")
