"""Displays of the lifecycle strip and of received requests, which can change after they were shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from weakref import WeakValueDictionary

from helpers.emulator.display.blocks import View
from helpers.emulator.display.safe_text import escape_hidden, one_line
from helpers.emulator.display.views.lifecycle_view import lifecycle_view
from helpers.emulator.display.views.request_view import request_view, requests_view
from helpers.emulator.display.views.sdk_shapes import InboxLike, ReceivedLike, ReservationLike, TaskLike
from helpers.output.actions import ActionResult, Click
from helpers.output.callback_doubts import tunnel_doubts
from helpers.output.display import LOCK, Display
from helpers.output.kernel_names import spell_listener

__all__ = ["LiveLifecycle", "LiveRequests", "OneRequest", "Replay", "requests_of", "send_again"]

Replay = Callable[..., object]
"""Function that replays a received request and takes the parameters to change: ``listener.replay``."""


class LiveLifecycle(Display):
    """Lifecycle strip of one Task."""

    def __init__(self, task: TaskLike | None, reservations: Iterable[ReservationLike] = ()) -> None:
        super().__init__(lifecycle_view(task, reservations, tunnel_doubts()))

    def update(self, task: TaskLike | None, reservations: Iterable[ReservationLike] = ()) -> None:
        """Show another stage in every place where the strip is displayed; callable from any thread."""
        self._show(lifecycle_view(task, reservations, tunnel_doubts()))


class OneRequest(Display):
    """Received request, with a button that sends it again if ``replay`` is given."""

    def __init__(self, received: ReceivedLike, replay: Replay | None = None) -> None:
        view = request_view(received, replay=replay is not None)
        place = received.number - 1  # its index, unless the inbox was cleared or dropped old requests
        super().__init__(
            view, on_click=None if replay is None else lambda click: send_again({place: received}, replay, click)
        )


class LiveRequests(Display):
    """List of received requests; each new one appears as it arrives."""

    def __init__(self, inbox: InboxLike, replay: Replay | None = None) -> None:
        self._inbox = inbox
        self._sender = replay
        super().__init__(self._view_now(), on_click=None if replay is None else self._send_again)
        inbox.subscribe(lambda _: self._draw())  # the sender waits for its reply, and so the tunnel isn't asked

    @property
    def can_replay(self) -> bool:
        """True if there is a button that sends a request again."""
        return self._sender is not None

    def refresh(self) -> None:
        """Show the inbox as it is now, and if the tunnel is lost; callable from any thread."""
        tunnel_doubts(self._inbox)  # makes known what is shown; without the lock, as it can take a second
        self._draw()

    def _draw(self) -> None:
        with LOCK:  # held while reading, so that an older reading can't overwrite a newer one
            self._show(self._view_now())

    def _view_now(self) -> View:
        return requests_view(self._inbox, replay=self.can_replay, doubts=tunnel_doubts(self._inbox, asks=False))

    def _send_again(self, click: Click) -> ActionResult:
        if self._sender is None:
            return ActionResult("You can't replay requests here.", done=False)
        return send_again(dict(enumerate(self._inbox)), self._sender, click)


_consoles: WeakValueDictionary[int, LiveRequests] = WeakValueDictionary()


def requests_of(inbox: InboxLike, replay: Replay | None = None) -> LiveRequests:
    """Return the one display of ``inbox``, so that a cell that runs twice doesn't subscribe twice."""
    with LOCK:
        console = _consoles.get(id(inbox))
        if console is None or (replay is not None and not console.can_replay):
            console = _consoles[id(inbox)] = LiveRequests(inbox, replay)
    console.refresh()
    return console


def send_again(inbox: Mapping[int, ReceivedLike], replay: Replay, click: Click) -> ActionResult:
    """Replay a request and return the result in words.

    Args:
        inbox: requests by their index in the listener's inbox.
        click: ``key`` is the request's number, ``edit`` the parameters to change; None removes one.
    """
    place = next((place for place, each in inbox.items() if each.number == click.get("key")), None)
    if place is None:
        return ActionResult(f"Request {one_line(click.get('key'))} is no longer in the inbox.", done=False)
    received = inbox[place]
    edit = {str(name): value if value is None else str(value) for name, value in (click.get("edit") or {}).items()}
    listener = spell_listener()
    code = f"{listener}.replay({listener}.inbox[{place}]{f', {edit!r}' if edit else ''})"
    try:
        if edit:
            replay(received, edit)
        else:
            replay(received)
    except Exception as error:
        return ActionResult(f"Request {received.number} wasn't sent again: {escape_hidden(error)}", code, done=False)
    changed = f" with {', '.join(edit)} changed" if edit else ""
    return ActionResult(f"Request {received.number} was sent again{changed}.", code)
