"""``wait_for``: wait until TaskRouter has done its part, so that the next line finds what it expects."""

from __future__ import annotations

import difflib
import math
import threading
import time
from typing import Any, Literal, overload

from helpers.callbacks import Received
from helpers.callbacks.progress import wait_until
from helpers.connection import Connection, connect
from helpers.emulator.display.safe_text import clip
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.sdk.sdk_reading import other_world_of, sid_of
from helpers.errors.view_problems import OtherWorld
from helpers.errors.waiting_problems import NotAwaitable, WaitedInVain
from helpers.waiting.arrival import Arrival
from helpers.waiting.expectations import Assigned, Made, Offered
from helpers.waiting.task_watch import TaskWatch

__all__ = ["LIMIT_SECONDS", "wait_for"]

LIMIT_SECONDS = 30.0
"""Time limit of a wait that names none; at Twilio routing takes a second or two."""

_EXPECTED = {
    "Reservation offered": Offered,
    "Reservation made": Made,
    "Task assigned": Assigned,
    "callback here": Arrival,
}


@overload
def wait_for(
    what: Literal["Reservation offered", "Reservation made", "Task assigned"],
    task: Any,
    *,
    timeout: float = LIMIT_SECONDS,
) -> None: ...
@overload
def wait_for(what: Literal["callback here"], task: Any, *, timeout: float = LIMIT_SECONDS) -> Received: ...
@overload
def wait_for(what: str, task: Any, *, timeout: float = LIMIT_SECONDS) -> Received | None: ...
def wait_for(what: str, task: Any, *, timeout: float = LIMIT_SECONDS) -> Received | None:
    """Wait for what TaskRouter does by itself: ``wait_for("Reservation offered", task)``.

    It reads the Task about a dozen times in half a minute, with requests that aren't on the wire. In a lesson it looks
    once, as the emulator's clock stands still: what is to come has come. Interrupting the kernel ends the wait alone.

    Args:
        what: "Reservation offered" (one is pending, or was accepted), "Reservation made" (whatever has become of it),
            "Task assigned" (its Reservation was accepted), or "callback here" (the listener has the Task's assignment
            callback, which is returned).
        task: the Task, or its context, ``workspace.tasks(sid)``.
        timeout: limit in seconds.

    Live, without a tunnel, no callback can come. Then the newest Reservation's is built from what the API says of Task,
    Worker and Reservation, and signed and answered as a rehearsal: ``built_here`` of the result is True.

    Raises:
        NotAwaitable: the arguments can't be waited for.
        OtherWorld: the Task is a copy's or a branch's.
        WaitedInVain: it didn't come in time, or can't come any more: the text says what is there instead.
        TunnelLost: callbacks can't come, because the tunnel has ended.
        TwilioException: a request was refused for a reason that stays.
    """
    words = _read_words(what)
    _check(task, timeout)
    connection = connect()
    watch = TaskWatch(connection, task)
    expected = _EXPECTED[words](watch, connection)
    _wait(connection, expected, timeout)
    return expected.received


def _wait(connection: Connection, expected: Offered, limit_seconds: float) -> None:
    """Wait until the expectation is met.

    Raises:
        WaitedInVain: it isn't, at the end.
    """
    watch = expected.watch
    can_wait = _goes_on(connection, watch)
    started = time.monotonic()

    def is_over() -> bool:
        watch.look()
        return expected.is_met() or expected.is_vain()

    has_waited = wait_until(is_over, threading.Condition(), limit_seconds if can_wait else 0.0, expected.awaited)
    if can_wait and not expected.is_met():
        watch.look_now()  # the last look was up to four seconds ago
    if not expected.is_met():
        seconds = time.monotonic() - started if can_wait and has_waited else None
        raise WaitedInVain(expected.awaited, watch.describe(), seconds, expected.advise())


def _goes_on(connection: Connection, watch: TaskWatch) -> bool:
    """Return True if TaskRouter can do more while nobody asks anything of it; with a clock that stands it can't."""
    clock = connection.clock(watch.workspace_sid)
    return clock is None or bool(clock["running"])


def _read_words(what: object) -> str:
    if isinstance(what, str):
        wanted = " ".join(what.split()).casefold()
        known = {words.casefold(): words for words in _EXPECTED}
        if wanted in known:
            return known[wanted]
        close = difflib.get_close_matches(wanted, known, n=1)
        meant = f"Did you mean {known[close[0]]!r}? " if close else ""
        given = repr(clip(what, 60))
    else:
        meant, given = "", f"{kind(what)} first"
    every = ", ".join(map(repr, _EXPECTED))
    raise NotAwaitable(given, f'{meant}It can wait for {every}: `wait_for("Reservation offered", task)`.')


def _check(task: object, timeout: object) -> None:
    """Raise an error unless these are a Task of the connection and a number of seconds."""
    if isinstance(task, str) and task.startswith("WT"):
        raise NotAwaitable("a Task's SID", "Pass the Task itself, `task`, or `workspace.tasks(sid)`.")
    if place := other_world_of(task):
        raise OtherWorld("wait_for()", place)
    if not (sid_of(task) or "").startswith("WT"):
        raise NotAwaitable(kind(task), "It waits for one Task. Pass the Task, for example `task`.")
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 <= timeout < math.inf:
        raise NotAwaitable(f"timeout={clip(repr(timeout), 40)}", "The limit is a number of seconds, such as 60.")
