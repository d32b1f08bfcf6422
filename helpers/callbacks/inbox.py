"""What arrived at the listener: every request with its answer, kept, watched and waited for."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import overload

from helpers.callbacks.message import Parameters
from helpers.errors import NothingArrived, NotSelectable
from helpers.output.progress import Progress, show_progress

__all__ = ["Inbox", "Received"]

KEPT = 1000
KEPT_BYTES = 32_000_000
"""A thousand bodies of the size allowed would be a gigabyte, hence a second bound."""

SHOW_AFTER_SECONDS = 2.0
"""A wait shorter than this shows nothing, so that stored outputs stay the same."""

_TICK_SECONDS = 0.1

_NEXT_STEPS = {
    "/assignment_callback": "Check that the Workflow's assignment_callback_url is `listener.assignment_url` and that "
    "an available Worker matches the Task; without a Reservation there is no callback.",
    "/events": "Check that the Workspace's event_callback_url is `listener.events_url` and that events_filter is "
    "empty or names the event.",
    "/create_task": "Send a request to `listener.create_task_url`, for instance with curl.",
}


@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """One request and what became of it; never changed afterwards.

    ``raw`` is the body as it came, ``reply`` the body that went back. ``signature`` is "valid",
    "wrong", "missing" or "not checked". ``refused`` says why the request was turned away,
    ``hints`` what was noticed about the answer. ``complete`` is False when the body was not read to its end.
    Cookies and credentials among the headers are masked. ``began`` and ``ended`` are marks (see ``helpers.ordering``);
    ``thread`` is the one that answered.
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
    began: int = 0
    ended: int = 0
    thread: int = 0

    def __repr__(self) -> str:
        again = f", request {self.replay_of} again" if self.replay_of else ""
        return f"Received({self.number}: {self.method} {self.path}{again} -> {self.status}, signature {self.signature})"


Observer = Callable[[Received], object]


class Inbox:
    """The last 1,000 requests, oldest first. Safe to use from any thread.

    Observers are called one at a time, in order of arrival, in the thread that answers the request
    and before the answer leaves: whoever sees the answer finds inbox and views up to date.
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
        """What went wrong in observers; nothing may be printed from a thread."""

    def add(self, received: Received) -> Received:
        """Keep ``received`` under the next number and tell the observers; returns what was kept."""
        # Two locks: a view may hold its own lock while it reads the inbox, so observers run outside the first.
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
        except Exception as error:  # an observer is a view; its trouble is not the sender's
            self.faults.append(f"request {received.number}: {type(error).__name__}: {error}")

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Call ``observer`` with each request from now on; the function returned ends that.

        The same observer counts once, however often its cell runs.
        """
        with self._changed:
            if observer not in self._observers:
                self._observers = (*self._observers, observer)

        def unsubscribe() -> None:
            with self._changed:
                self._observers = tuple(one for one in self._observers if one != observer)

        return unsubscribe

    def clear(self) -> None:
        """Forget everything kept and number from 1 again."""
        with self._changed:
            self._entries.clear()
            self._bytes = self._count = 0

    @property
    def last(self) -> Received | None:
        """The newest request, None while nothing is kept."""
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
        """The requests kept that fit everything given, oldest first.

        Args:
            path: such as "/assignment_callback".
            where: says yes or no to a request.
            refused: whether refused requests count too.
            parameters: Twilio's parameters and their exact text, ``TaskSid=task.sid`` for instance.

        Raises:
            NotSelectable: a parameter isn't text, or is a misspelt ``timeout`` of ``wait``.
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
        """Wait until ``count`` requests fit, those already here included; returns the newest of them.

        The other arguments are those of ``select``; ``timeout`` is in seconds. Interrupting the
        kernel ends the wait and nothing else.

        Raises:
            NotSelectable: as for ``select``.
            NothingArrived: the limit has passed; the text says what was awaited and what came instead.
        """
        awaited = _describe(count, path, where, parameters)
        found: list[Received] = []

        def enough() -> bool:
            found[:] = self.select(path=path, where=where, refused=refused, **parameters)
            return len(found) >= count

        if not self._wait_until(enough, timeout, awaited):
            next_step = _NEXT_STEPS.get(path or "", "Check the URL the sender uses, and that something sends to it.")
            raise NothingArrived(awaited, self._summary(), timeout, next_step)
        return found[-1]

    def _wait_until(self, enough: Callable[[], bool], timeout: float, awaited: str) -> bool:
        started = time.monotonic()
        progress: Progress | None = None
        try:
            with self._changed:
                while not enough():
                    elapsed = time.monotonic() - started
                    if elapsed >= timeout:
                        return False
                    self._changed.wait(min(_TICK_SECONDS, timeout - elapsed))
                    if elapsed >= SHOW_AFTER_SECONDS:
                        progress = progress or self._progress(f"Waiting up to {timeout:g} s for {awaited}")
                        progress.update(elapsed / timeout)
            return True
        finally:
            if progress is not None:
                progress.close()

    def _summary(self) -> list[str]:
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
        """By place: 0 is the oldest kept, -1 the newest."""
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
