"""Inbox of the listener: requests with their replies, to list, watch and wait for."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import overload

from helpers.callbacks.inbox.received import Received
from helpers.callbacks.inbox.shelves import Shelves
from helpers.callbacks.progress import Progress, show_progress, wait_until
from helpers.callbacks.signature import HEADER
from helpers.errors.listener_errors import NothingArrived, NotSelectable
from helpers.ground.message import Request, header

__all__ = ["Inbox"]

_TUNNEL = "In live mode, callbacks need a tunnel: `listener.expose()`."
_NEXT_STEPS = {
    "/assignment_callback": (
        "Check that the Workflow's assignment_callback_url is `listener.assignment_url` and that an available "
        f"Worker matches the Task; without a Reservation there's no callback. {_TUNNEL}"
    ),
    "/events": "Check that the Workspace's event_callback_url is `listener.events_url` and that events_filter is "
    f"empty or names the event. {_TUNNEL}",
    "/create_task": "Send a request to `listener.create_task_url`, for example with curl.",
}
_NEXT_STEP = f"Check the URL that the sender uses, and that it sends requests. {_TUNNEL}"

_FROM_HERE = ("/", "/create_task")
"""Paths to which this machine sends, without a tunnel."""


Observer = Callable[[Received], object]


class Inbox:
    """The last 1,000 requests, or as many as fit in 32 MB, oldest first; for use from any thread.

    Of those that were refused from outside it keeps the last 100, or 1 MB.

    Observers are called one at a time, in order of arrival, in the thread that answers the request and before the
    reply is sent, so that inbox and views are up to date once the sender has it. Requests that were refused from
    outside queue up before that, so that a callback waits for one of them at most.

    Args:
        receiver: name of what receives the requests.
    """

    def __init__(self, receiver: str = "Listener", *, progress: Callable[[str], Progress] = show_progress) -> None:
        self._receiver = receiver
        self._changed = threading.Condition()
        self._delivering = threading.RLock()
        self._queue_of_strangers = threading.RLock()
        self._shelves = Shelves()
        self._count = 0
        self.hopeless: Callable[[], str | None] = lambda: None
        """Function that returns a sentence if no callback can arrive any more, else None."""
        self._observers: tuple[Observer, ...] = ()
        self._progress = progress
        self.faults: deque[str] = deque(maxlen=100)
        """The last errors of observers, kept because nothing is printed from a thread."""

    def add(self, received: Received) -> Received:
        """Keep ``received`` under the next number, call the observers, and return the numbered request."""
        # Two locks: a view may hold its own lock while it reads the inbox, so observers run outside the inner one.
        # A replay never queues: an observer can ask for it, and holds the lock that the next in the queue waits for.
        queues = received.is_strange and received.replay_of is None
        with self._queue_of_strangers if queues else nullcontext(), self._delivering:
            with self._changed:
                self._count += 1
                earlier = self._shelves.find_signed(received.valid_signature)
                if earlier is not None and not earlier.is_like(received.path, received.parameters):
                    earlier = None
                received = replace(
                    received,
                    number=self._count,
                    repeats=earlier.number if earlier else None,
                    receiver=self._receiver,
                )
                self._shelves.put(received)
                self._changed.notify_all()
                observers = self._observers
            for observer in observers:
                self._tell(observer, received)
        return received

    def find_signed(self, request: Request) -> Received | None:
        """Return an earlier request with the same signature, found valid, or None; one that was answered, if any."""
        with self._changed:
            return self._shelves.find_signed(header(request.headers, HEADER))

    def _tell(self, observer: Observer, received: Received) -> None:
        try:
            observer(received)
        except Exception as error:  # an observer is a view, and its errors are not the sender's
            self.faults.append(f"request {received.number}: {type(error).__name__}: {error}")

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Call ``observer`` with each request from now on, and return a function that ends this.

        An observer that is subscribed twice is called once, so that its cell can run again.
        """
        with self._changed:
            if observer not in self._observers:
                self._observers = (*self._observers, observer)

        def unsubscribe() -> None:
            with self._changed:
                self._observers = tuple(one for one in self._observers if one != observer)

        return unsubscribe

    def clear(self) -> None:
        """Remove all requests and start again at number 1."""
        with self._changed:
            self._shelves, self._count = Shelves(), 0

    @property
    def last(self) -> Received | None:
        """The newest request, or None if there are none."""
        with self._changed:
            return self._shelves.last

    def select(
        self,
        *,
        path: str | None = None,
        where: Callable[[Received], bool] | None = None,
        refused: bool = False,
        **parameters: str,
    ) -> list[Received]:
        """Return the requests that match all arguments, oldest first.

        Args:
            path: such as "/assignment_callback".
            where: called with a request; True if it matches.
            refused: True to include refused requests.
            parameters: Twilio's parameters with their exact text (a list for a repeated one): ``TaskSid=task.sid``.

        Raises:
            NotSelectable: a parameter has another type, or looks like a misspelled ``timeout`` of ``wait``.
        """
        for name, value in parameters.items():
            if not isinstance(value, str | list) or name.startswith("timeout"):
                raise NotSelectable(name, value)
        return [
            one
            for one in self
            if (refused or one.refused is None)
            and (path is None or one.path == path)
            and all(one.parameters.get(name) == value for name, value in parameters.items())
            and (where is None or where(one))
        ]

    def wait(
        self,
        count: int = 1,
        *,
        path: str | None = None,
        where: Callable[[Received], bool] | None = None,
        refused: bool = False,
        timeout: float = 30.0,
        **parameters: str,
    ) -> Received:
        """Wait until ``count`` requests match, earlier ones included, and return the newest of them.

        The other arguments are those of ``select``; ``timeout`` is in seconds. Interrupting the kernel ends only the
        wait.

        Raises:
            NotSelectable: as for ``select``.
            NothingArrived: the timeout passed, or nothing can arrive any more, because the tunnel has ended, say; its
                text says what was awaited and what arrived instead.
        """
        awaited = _describe(count, path, where, parameters)
        found: list[Received] = []

        def enough() -> bool:
            found[:] = self.select(path=path, where=where, refused=refused, **parameters)
            return len(found) >= count

        def trouble() -> str | None:
            return None if path in _FROM_HERE else self.hopeless()

        # Trouble is asked for without the lock: a tunnel's program can take a second, and callbacks come meanwhile.
        has_waited = wait_until(
            enough, self._changed, timeout, awaited, self._progress, is_vain=lambda: trouble() is not None
        )
        if not enough():
            next_step = _NEXT_STEPS.get(path or "", _NEXT_STEP)
            raise NothingArrived(awaited, self.summary(), timeout if has_waited else None, next_step, trouble())
        return found[-1]

    def summary(self) -> list[str]:
        """Return a text for each kind of request in the inbox, refused ones too."""
        kinds = Counter(map(_kind, self))
        return [kind if number == 1 else f"{kind}, {number} times" for kind, number in kinds.items()]

    def __len__(self) -> int:
        return len(self._shelves)

    def __iter__(self) -> Iterator[Received]:
        with self._changed:
            return iter(self._shelves.list_all())

    @overload
    def __getitem__(self, index: int) -> Received: ...
    @overload
    def __getitem__(self, index: slice) -> list[Received]: ...
    def __getitem__(self, index: int | slice) -> Received | list[Received]:
        """Return a request by position: 0 is the oldest, -1 the newest."""
        return list(self)[index]

    def __repr__(self) -> str:
        return f"Inbox({len(self)} requests)" if len(self) != 1 else "Inbox(1 request)"


def _kind(received: Received) -> str:
    """Return a text for requests that are alike; strangers try many paths."""
    if received.refused is None:
        return f"{received.method} {received.path}"
    is_noise = received.is_strange and received.signature == "not checked"
    what = "a stranger's request" if is_noise else f"{received.method} {received.path}"
    return f"{what} rejected with {received.status}"


def _describe(
    count: int, path: str | None, where: Callable[[Received], bool] | None, parameters: dict[str, str]
) -> str:
    what = "a request" if count == 1 else f"{count} requests"
    to = f" to {path}" if path else ""
    having = "".join(f", {name} {value}" for name, value in parameters.items())
    fitting = " that `where` accepts" if where else ""
    return f"{what}{to}{having}{fitting}"
