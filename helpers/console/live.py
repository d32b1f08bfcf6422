"""Displays that change after they were shown: the lifecycle strip, and the requests as they arrive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from weakref import WeakValueDictionary

from helpers.console.clicks import Answer, Click
from helpers.console.display import LOCK, Display
from helpers.console.text import printable
from helpers.console.views.lifecycle import lifecycle_view
from helpers.console.views.request import request_view, requests_view
from helpers.console.views.shapes import InboxLike, ReceivedLike, ReservationLike, TaskLike

__all__ = ["LiveLifecycle", "LiveRequests", "OneRequest", "Replay", "requests_of"]

Replay = Callable[[Any], object]
"""Sends a received request once more, as ``listener.replay`` does."""


class LiveLifecycle(Display):
    """The lifecycle strip of one Task."""

    def __init__(self, task: TaskLike | None, reservations: Iterable[ReservationLike] = ()) -> None:
        super().__init__(lifecycle_view(task, reservations))

    def update(self, task: TaskLike | None, reservations: Iterable[ReservationLike] = ()) -> None:
        """Move the strip, wherever it is displayed; callable from any thread."""
        self._show(lifecycle_view(task, reservations))


class OneRequest(Display):
    """One received request, with a button to send it again if ``replay`` is given."""

    def __init__(self, received: ReceivedLike, replay: Replay | None = None) -> None:
        view = request_view(received, replay=replay is not None)
        super().__init__(view, on_click=None if replay is None else lambda _: replayed(replay, received))


class LiveRequests(Display):
    """All received requests; each new one appears as it arrives."""

    def __init__(self, inbox: InboxLike, replay: Replay | None = None) -> None:
        can_replay = replay is not None
        super().__init__(requests_view(inbox, replay=can_replay), on_click=self._send_again if can_replay else None)
        self._inbox = inbox
        self._sender = replay
        inbox.subscribe(lambda _: self.refresh())

    @property
    def can_replay(self) -> bool:
        """Whether there is a button that sends a request again."""
        return self._sender is not None

    def refresh(self) -> None:
        """Show the inbox as it is now; callable from any thread."""
        with LOCK:  # reading inside the lock keeps an older reading from overtaking a newer one
            self._show(requests_view(self._inbox, replay=self.can_replay))

    def _send_again(self, click: Click) -> Answer:
        received = next((each for each in self._inbox if each.number == click["key"]), None)
        if received is None or self._sender is None:
            return Answer(f"Request {click['key']} is no longer in the inbox.", done=False)
        return replayed(self._sender, received)


_consoles: WeakValueDictionary[int, LiveRequests] = WeakValueDictionary()


def requests_of(inbox: InboxLike, replay: Replay | None = None) -> LiveRequests:
    """Return the one console of ``inbox``, so that running a cell twice does not subscribe twice."""
    with LOCK:
        console = _consoles.get(id(inbox))
        if console is None or (replay is not None and not console.can_replay):
            console = _consoles[id(inbox)] = LiveRequests(inbox, replay)
    console.refresh()
    return console


def replayed(replay: Replay, received: ReceivedLike) -> Answer:
    """Send ``received`` again and say what came of it."""
    try:
        replay(received)
    except Exception as error:  # a click belongs to no cell, so nobody would see a traceback
        return Answer(f"Request {received.number} was not sent again: {printable(error)}", done=False)
    return Answer(f"Request {received.number} was sent again.")
