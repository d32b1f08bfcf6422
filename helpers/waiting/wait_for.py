"""``wait_for``: wait until TaskRouter has done its part, so that the next line finds what it expects."""

from __future__ import annotations

import difflib
import math
import threading
import time
from collections.abc import Callable
from typing import Any, Literal, overload

from twilio.base.exceptions import TwilioException

from helpers.callbacks import Received
from helpers.callbacks.progress import wait_until
from helpers.connection import Connection, connect
from helpers.emulator.display.safe_text import clip, short_sid
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.engine.model.statuses import HELD
from helpers.emulator.sdk.sdk_reading import sid_of
from helpers.errors import NotAwaitable, WaitedInVain
from helpers.waiting.arrival import Arrival
from helpers.waiting.task_watch import TaskWatch

__all__ = ["LIMIT_SECONDS", "wait_for"]

LIMIT_SECONDS = 30.0
"""Time limit of a wait that names none; at Twilio routing takes a second or two."""

_AWAITED = {
    "Reservation offered": "a Reservation of {task}",
    "Task assigned": "{task} to be assigned",
    "callback here": "the assignment callback of {task}",
}


@overload
def wait_for(
    what: Literal["Reservation offered", "Task assigned"], task: Any, *, timeout: float = LIMIT_SECONDS
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
        what: "Reservation offered" (a Worker is reserved, or was), "Task assigned" (its Reservation was accepted), or
            "callback here" (the listener has the Task's assignment callback, which is returned).
        task: the Task, or its context, ``workspace.tasks(sid)``.
        timeout: limit in seconds.

    Live, without a tunnel, no callback can come. Then the newest Reservation's is built from what the API says of Task,
    Worker and Reservation, and signed and answered as a rehearsal: ``built_here`` of the result is True.

    Raises:
        NotAwaitable: the arguments can't be waited for.
        WaitedInVain: it didn't come in time, or can't come any more: the text says what is there instead.
        TunnelLost: callbacks can't come, because the tunnel has ended.
        TwilioException: a request was refused for a reason that stays.
    """
    words = _read_words(what)
    _check(task, timeout)
    connection = connect()
    watch = TaskWatch(connection, task)
    awaited = _AWAITED[words].format(task=f"Task {short_sid(watch.sid)}")
    if words == "callback here":
        arrival = Arrival(connection, watch)
        why = lambda watch: _advise_on_routing(watch) if watch.offered is None else arrival.advise()  # noqa: E731
        _wait(connection, watch, arrival.look, awaited, timeout, why)
        return arrival.received
    if words == "Task assigned":
        _wait(connection, watch, lambda: watch.status in (*HELD, "completed"), awaited, timeout, _advise_to_accept)
    else:
        _wait(connection, watch, lambda: watch.offered is not None, awaited, timeout, _advise_on_routing)
    return None


def _wait(
    connection: Connection,
    watch: TaskWatch,
    is_so: Callable[[], bool],
    awaited: str,
    timeout: float,
    advise: Callable[[TaskWatch], str],
) -> None:
    """Wait until ``is_so()``.

    Raises:
        WaitedInVain: it isn't so at the end.
    """
    can_wait = _goes_on(connection, watch)
    started = time.monotonic()

    def is_over() -> bool:
        watch.look()
        return is_so() or watch.has_failed

    has_waited = wait_until(is_over, threading.Condition(), timeout if can_wait else 0.0, awaited)
    if is_so():
        return
    if can_wait and not watch.has_failed:
        watch.look_now()  # the last look was up to four seconds ago
        if is_so():
            return
    waited = time.monotonic() - started if can_wait and has_waited else None
    raise WaitedInVain(awaited, watch.describe(), waited, advise(watch))


def _goes_on(connection: Connection, watch: TaskWatch) -> bool:
    """Return True if TaskRouter can do more while nobody asks anything of it; with a clock that stands it can't."""
    clock = connection.clock(watch.workspace_sid)
    return clock is None or bool(clock["running"])


def _advise_on_routing(watch: TaskWatch) -> str:
    if watch.has_failed:
        return "No Worker can get it any more: create another Task, or run the cell with `catch_up` again."
    if watch.status != "pending":
        return "Run the cell again."
    return f"{_explain(watch)} `explain(task)` says more."


def _advise_to_accept(watch: TaskWatch) -> str:
    if watch.status == "reserved":
        return 'Accept its Reservation, `reservation.update(reservation_status="accepted")`, then run the cell again.'
    return _advise_on_routing(watch)


def _explain(watch: TaskWatch) -> str:
    """Return in a sentence why the Task waits; empty if that can't be said now."""
    from helpers.emulator.explanations import explain  # here, as a wait that succeeds needs none

    try:
        return explain(watch.task).short
    except (TwilioException, OSError):
        return ""


def _read_words(what: object) -> str:
    if isinstance(what, str):
        wanted = " ".join(what.split()).casefold()
        known = {words.casefold(): words for words in _AWAITED}
        if wanted in known:
            return known[wanted]
        close = difflib.get_close_matches(wanted, known, n=1)
        meant = f"Did you mean {known[close[0]]!r}? " if close else ""
        given = repr(clip(what, 60))
    else:
        meant, given = "", f"{kind(what)} first"
    every = ", ".join(map(repr, _AWAITED))
    raise NotAwaitable(given, f'{meant}It can wait for {every}: `wait_for("Reservation offered", task)`.')


def _check(task: object, timeout: object) -> None:
    """Raise ``NotAwaitable`` unless these are a Task and a number of seconds."""
    if isinstance(task, str) and task.startswith("WT"):
        raise NotAwaitable("a Task's SID", "Pass the Task itself, `task`, or `workspace.tasks(sid)`.")
    if not (sid_of(task) or "").startswith("WT"):
        raise NotAwaitable(kind(task), "It waits for what becomes of one Task: pass that, `task` for instance.")
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 <= timeout < math.inf:
        raise NotAwaitable(f"timeout={clip(repr(timeout), 40)}", "The limit is a number of seconds, such as 60.")
