"""Inbox of the listener: requests with their replies, to list, watch and wait for."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from operator import attrgetter
from typing import overload

from helpers.callbacks.progress import Progress, show_progress, wait_until
from helpers.callbacks.signature import HEADER as SIGNATURE
from helpers.errors import NothingArrived, NotSelectable
from helpers.ground.message import Parameters, Request, header

__all__ = ["Inbox", "Received"]

KEPT = 1000
KEPT_BYTES = 32_000_000
"""Second limit, because a thousand bodies of the allowed size would be a gigabyte."""

KEPT_STRANGERS = 100
KEPT_STRANGERS_BYTES = 1_000_000
"""Limits for what was refused from outside, which has room of its own: a flood of it pushes nothing else out."""

_NEXT_STEPS = {
    "/assignment_callback": "Check that the Workflow's assignment_callback_url is `listener.assignment_url` and that "
    "an available Worker matches the Task; without a Reservation there is no callback.",
    "/events": "Check that the Workspace's event_callback_url is `listener.events_url` and that events_filter is "
    "empty or names the event.",
    "/create_task": "Send a request to `listener.create_task_url`, for instance with curl.",
}
_NEXT_STEP = "Check the URL the sender uses, and that something sends to it."

_FROM_HERE = ("/", "/create_task")
"""Paths to which this machine sends, without a tunnel."""


@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """Request that the listener received, with its reply.

    ``raw`` is the body as received, ``reply`` the body sent back. ``signature`` is "valid", "wrong", "missing" or
    "not checked". ``refused`` says why the request was refused, or is None; ``hints`` say what to improve in the reply.
    ``complete`` is False if the request couldn't be read to its end. ``replay_of`` is the number of the request that
    was replayed. ``built_here`` is True for a callback that this kernel built, as TaskRouter has no way to send one.
    ``public_url`` is the URL by which it came from outside, None if it came from this machine. ``repeats`` is the
    number of an earlier request with the same valid signature, and so the same content, or None. Cookies and
    credentials among the headers are masked. ``began`` and ``ended`` are marks (see ``helpers.ordering``); ``thread``
    identifies the thread that answered.
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
    public_url: str | None = None
    repeats: int | None = None
    began: int = 0
    ended: int = 0
    thread: int = 0

    @property
    def is_from_outside(self) -> bool:
        """True if it came by the public URL."""
        return self.public_url is not None

    def __repr__(self) -> str:
        again = f", request {self.replay_of} again" if self.replay_of else ", built here" if self.built_here else ""
        again = f", the same as request {self.repeats}" if self.repeats else again
        return f"Received({self.number}: {self.method} {self.path}{again} -> {self.status}, signature {self.signature})"


class _Shelf:
    """Room for requests, oldest first, with limits."""

    def __init__(self) -> None:
        self.entries: deque[Received] = deque()
        self._bytes = 0

    def put(self, received: Received, most: int, most_bytes: int) -> list[Received]:
        """Keep ``received``, and return those that it pushes out."""
        self.entries.append(received)
        self._bytes += len(received.raw)
        dropped = []
        while len(self.entries) > most or self._bytes > most_bytes:
            dropped.append(self.entries.popleft())
            self._bytes -= len(dropped[-1].raw)
        return dropped


Observer = Callable[[Received], object]


class Inbox:
    """The last 1,000 requests, or as many as fit in 32 MB, oldest first; for use from any thread.

    Of those that were refused from outside it keeps the last 100, or 1 MB.

    Observers are called one at a time, in order of arrival, in the thread that answers the request and before the
    reply is sent, so that inbox and views are up to date once the sender has it.
    """

    def __init__(self, *, progress: Callable[[str], Progress] = show_progress) -> None:
        self._changed = threading.Condition()
        self._delivering = threading.RLock()
        self._known = _Shelf()
        self._strangers = _Shelf()
        self._signed: dict[str, Received] = {}
        """Request with each valid signature, of those that are kept: the first, or the first that was answered."""
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
        with self._delivering:
            with self._changed:
                self._count += 1
                received = replace(received, number=self._count, repeats=self._find_repeated(received))
                self._keep(received)
                self._changed.notify_all()
                observers = self._observers
            for observer in observers:
                self._tell(observer, received)
        return received

    def find_answered(self, request: Request) -> Received | None:
        """Return the request with the same signature that was answered before with a 2xx status, or None."""
        with self._changed:
            earlier = self._signed.get(header(request.headers, SIGNATURE))
        return earlier if _is_answered(earlier) else None

    def _find_repeated(self, received: Received) -> int | None:
        earlier = None if received.replay_of else self._signed.get(_valid_signature(received))
        return None if earlier is None else earlier.number

    def _keep(self, received: Received) -> None:
        if received.is_from_outside and received.refused is not None:
            self._strangers.put(received, KEPT_STRANGERS, KEPT_STRANGERS_BYTES)
            return
        signed = "" if received.replay_of else _valid_signature(received)
        if signed and not _is_answered(self._signed.get(signed)):
            self._signed[signed] = received
        for dropped in self._known.put(received, KEPT, KEPT_BYTES):
            self._signed.pop(_valid_signature(dropped), None)

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
            self._known, self._strangers = _Shelf(), _Shelf()
            self._signed.clear()
            self._count = 0

    @property
    def last(self) -> Received | None:
        """The newest request, or None if there are none."""
        with self._changed:
            newest = [shelf.entries[-1] for shelf in (self._known, self._strangers) if shelf.entries]
        return max(newest, key=attrgetter("number"), default=None)

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

        has_waited = wait_until(
            lambda: enough() or trouble() is not None, self._changed, timeout, awaited, self._progress
        )
        if len(found) < count:
            next_step = _NEXT_STEPS.get(path or "", _NEXT_STEP)
            raise NothingArrived(awaited, self.summary(), timeout if has_waited else None, next_step, trouble())
        return found[-1]

    def summary(self) -> list[str]:
        """Return a text for each kind of request in the inbox, refused ones too."""
        kinds = Counter(map(_kind, self))
        return [kind if number == 1 else f"{kind}, {number} times" for kind, number in kinds.items()]

    def __len__(self) -> int:
        return len(self._known.entries) + len(self._strangers.entries)

    def __iter__(self) -> Iterator[Received]:
        with self._changed:
            every = [*self._known.entries, *self._strangers.entries]
        return iter(sorted(every, key=attrgetter("number")) if self._strangers.entries else every)

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
    is_strange = received.is_from_outside and received.signature == "not checked"
    what = "a stranger's request" if is_strange else f"{received.method} {received.path}"
    return f"{what} refused with {received.status}"


def _is_answered(received: Received | None) -> bool:
    return received is not None and received.status in (HTTPStatus.OK, HTTPStatus.NO_CONTENT)


def _valid_signature(received: Received) -> str:
    """Return the signature of a request if it is valid, else an empty text."""
    return header(received.headers, SIGNATURE) if received.signature == "valid" else ""


def _describe(
    count: int, path: str | None, where: Callable[[Received], bool] | None, parameters: dict[str, str]
) -> str:
    what = "a request" if count == 1 else f"{count} requests"
    to = f" to {path}" if path else ""
    having = "".join(f", {name} {value}" for name, value in parameters.items())
    fitting = " that `where` accepts" if where else ""
    return f"{what}{to}{having}{fitting}"
