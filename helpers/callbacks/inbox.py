"""Inbox of the listener: requests with their replies, to list, watch and wait for."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import overload

from helpers.callbacks.progress import Progress, show_progress, wait_until
from helpers.errors import NothingArrived, NotSelectable
from helpers.ground.message import Parameters

__all__ = ["Inbox", "Received"]

KEPT = 1000
KEPT_BYTES = 32_000_000
"""Second limit, because a thousand bodies of the allowed size would be a gigabyte."""

_NEXT_STEPS = {
    "/assignment_callback": "Check that the Workflow's assignment_callback_url is `listener.assignment_url` and that "
    "an available Worker matches the Task; without a Reservation there is no callback.",
    "/events": "Check that the Workspace's event_callback_url is `listener.events_url` and that events_filter is "
    "empty or names the event.",
    "/create_task": "Send a request to `listener.create_task_url`, for instance with curl.",
}


@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """Request that the listener received, with its reply.

    ``raw`` is the body as received, ``reply`` the body sent back. ``signature`` is "valid", "wrong", "missing" or
    "not checked". ``refused`` says why the request was refused, or is None; ``hints`` say what to improve in the reply.
    ``complete`` is False if the request couldn't be read to its end. ``replay_of`` is the number of the request that
    was replayed. ``built_here`` is True for a callback that this kernel built, as TaskRouter has no way to send one.
    Cookies and credentials among the headers are masked. ``began`` and ``ended`` are marks (see ``helpers.ordering``);
    ``thread`` identifies the thread that answered.
    """

    number: int
    method: str
    path: str
    query: str
    headers: dict[str, str]
    raw: bytes
    parameters: Parameters
    status: int
    reply: bytes
    duration_ms: float
    signature: str
    refused: str | None = None
    hints: tuple[str, ...] = ()
    complete: bool = True
    replay_of: int | None = None
    built_here: bool = False
    began: int = 0
    ended: int = 0
    thread: int = 0

    def __repr__(self) -> str:
        again = f", request {self.replay_of} again" if self.replay_of else ", built here" if self.built_here else ""
        return f"Received({self.number}: {self.method} {self.path}{again} -> {self.status}, signature {self.signature})"


Observer = Callable[[Received], object]


class Inbox:
    """The last 1,000 requests, or as many as fit in 32 MB, oldest first; for use from any thread.

    Observers are called one at a time, in order of arrival, in the thread that answers the request and before the
    reply is sent, so that inbox and views are up to date once the sender has it.
    """

    def __init__(self, *, progress: Callable[[str], Progress] = show_progress) -> None:
        self._changed = threading.Condition()
        self._delivering = threading.RLock()
        self._entries: deque[Received] = deque()
        self._bytes = 0
        self._count = 0
        self._observers: tuple[Observer, ...] = ()
        self._progress = progress
        self.faults: deque[str] = deque(maxlen=100)
        """The last errors of observers, kept because nothing is printed from a thread."""

    def add(self, received: Received) -> Received:
        """Keep ``received`` under the next number, call the observers, and return the numbered request."""
        # Two locks: a view may hold its own lock while it reads the inbox, so observers run outside the inner one.
        with self._delivering:
            with self._changed:
                self._count += 1
                received = replace(received, number=self._count)
                self._keep(received)
                self._changed.notify_all()
                observers = self._observers
            for observer in observers:
                self._tell(observer, received)
        return received

    def _keep(self, received: Received) -> None:
        self._entries.append(received)
        self._bytes += len(received.raw)
        while len(self._entries) > KEPT or self._bytes > KEPT_BYTES:
            self._bytes -= len(self._entries.popleft().raw)

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
            self._entries.clear()
            self._bytes = self._count = 0

    @property
    def last(self) -> Received | None:
        """The newest request, or None if there are none."""
        with self._changed:
            return self._entries[-1] if self._entries else None

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
            NothingArrived: the timeout passed, or nothing can arrive any more; its text says what was awaited and what
                arrived instead.
        """
        awaited = _describe(count, path, where, parameters)
        found: list[Received] = []

        def enough() -> bool:
            found[:] = self.select(path=path, where=where, refused=refused, **parameters)
            return len(found) >= count

        has_waited = wait_until(enough, self._changed, timeout, awaited, self._progress)
        if len(found) < count:
            next_step = _NEXT_STEPS.get(path or "", "Check the URL the sender uses, and that something sends to it.")
            raise NothingArrived(awaited, self.summary(), timeout if has_waited else None, next_step)
        return found[-1]

    def summary(self) -> list[str]:
        """Return a text for each kind of request in the inbox, refused ones too."""
        kinds = Counter(
            f"{one.method} {one.path}" + (f" refused with {one.status}" if one.refused else "") for one in self
        )
        return [kind if number == 1 else f"{kind}, {number} times" for kind, number in kinds.items()]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Received]:
        with self._changed:
            return iter(tuple(self._entries))

    @overload
    def __getitem__(self, index: int) -> Received: ...
    @overload
    def __getitem__(self, index: slice) -> list[Received]: ...
    def __getitem__(self, index: int | slice) -> Received | list[Received]:
        """Return a request by position: 0 is the oldest, -1 the newest."""
        with self._changed:
            return list(self._entries)[index]

    def __repr__(self) -> str:
        return f"Inbox({len(self)} requests)" if len(self) != 1 else "Inbox(1 request)"


def _describe(
    count: int, path: str | None, where: Callable[[Received], bool] | None, parameters: dict[str, str]
) -> str:
    what = "a request" if count == 1 else f"{count} requests"
    to = f" to {path}" if path else ""
    having = "".join(f", {name} {value}" for name, value in parameters.items())
    fitting = " that `where` accepts" if where else ""
    return f"{what}{to}{having}{fitting}"
