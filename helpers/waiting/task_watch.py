"""Task as a wait sees it: read again and again, politely, by an onlooker of whom the wire knows nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from json import JSONDecodeError
from typing import Any, TypeVar

from requests.exceptions import ChunkedEncodingError, SSLError, Timeout
from requests.exceptions import ConnectionError as NoConnection
from twilio.base.exceptions import TwilioException

from helpers.connection import Connection
from helpers.emulator.display.safe_text import one_line, short_sid
from helpers.emulator.emulator_errors import EmulatorError
from helpers.emulator.engine.model.statuses import OPEN_RESERVATIONS
from helpers.emulator.sdk.sdk_reading import fetch_or_none, list_or_empty, sid_of, workspace_sid_of
from helpers.guide.hints.twilio_error import read_refusal

__all__ = ["TaskWatch"]

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, GROWTH = 0.3, 4.0, 1.5
"""Pauses between two looks: about a dozen looks in half a minute."""

T = TypeVar("T")

_TAKEN = (*OPEN_RESERVATIONS, "completed")
"""Statuses of a Reservation that was offered and not declined."""


class TaskWatch:
    """Latest reading of a Task and its Reservations.

    A reading that fails for a passing reason is none, and the next one may succeed: status 429 or 503, no answer, or
    one that isn't Twilio's JSON, such as a web page of something on the way.
    """

    def __init__(self, connection: Connection, task: Any) -> None:
        self.sid = str(sid_of(task))
        self.workspace_sid = workspace_sid_of(task)
        self.workspace: Any = connection.make_onlooker().taskrouter.v1.workspaces(self.workspace_sid)
        self.task: Any = None
        """Task as it was read last; None before that, and if it is gone."""
        self.reservations: list[Any] = []
        self.trouble = ""
        """Sentence about the last look if it failed."""
        self.looks = 0
        """Number of looks so far."""
        self._has_looked = False
        self._pause, self._due = FIRST_PAUSE_SECONDS, 0.0

    @property
    def status(self) -> str:
        """Status of the Task: one of Twilio's, "gone", or empty if it hasn't been read."""
        return str(self.task.assignment_status) if self.task is not None else "gone" if self._has_looked else ""

    @property
    def offered(self) -> Any | None:
        """The newest Reservation that was offered and not declined, once the Task shows it, too; else None."""
        open_ones = [each for each in self.reservations if each.reservation_status in _TAKEN]
        if self.status in ("", "pending", "canceled", "gone"):
            return None
        return max(open_ones, key=lambda each: each.date_created, default=None)

    def look(self) -> None:
        """Read the Task and its Reservations, unless the last look was just now.

        Raises:
            TwilioException, RequestException: a request failed for a reason that stays.
        """
        if time.monotonic() >= self._due:
            self.look_now()
            self._due = time.monotonic() + self._pause
            self._pause = min(self._pause * GROWTH, LONGEST_PAUSE_SECONDS)

    def look_now(self) -> None:
        """Read the Task and its Reservations."""
        self.looks += 1
        self.attempt(self._read)

    def attempt(self, read: Callable[[], T]) -> T | None:
        """Return what ``read()`` returns; None after trouble that may pass, of which ``trouble`` tells.

        Raises:
            TwilioException, RequestException: the request failed for a reason that stays.
        """
        try:
            found = read()
        except (TwilioException, NoConnection, Timeout, ChunkedEncodingError, JSONDecodeError) as error:
            if isinstance(error, EmulatorError | SSLError):
                raise
            refused = read_refusal(error)
            if refused is not None and refused.status != 429 and refused.status < 500:
                raise
            self.trouble = _tell_trouble(error, refused.status if refused else 0)
            return None
        self.trouble = ""
        return found

    def _read(self) -> None:
        context = self.workspace.tasks(self.sid)
        self.task = fetch_or_none(context)
        self.reservations = list_or_empty(context.reservations) if self.task is not None else []
        self._has_looked = True

    def describe(self) -> str:
        """Return what was seen last, in one or two sentences."""
        return f"{self._describe_task()} {self.trouble}".rstrip()

    def _describe_task(self) -> str:
        name = f"Task {short_sid(self.sid)}"
        if self.task is None:
            if not self._has_looked:
                return f"{name} couldn't be read."
            return (
                f"{name} doesn't exist. It was deleted, it ended over five minutes ago, or it belongs to a different "
                "TaskRouter."
            )
        reason = f" ({one_line(self.task.reason)})" if self.task.reason else ""
        kinds = Counter(f"{each.reservation_status} ({one_line(each.worker_name)})" for each in self.reservations)
        held = ", ".join(each if number == 1 else f"{each} {number} times" for each, number in kinds.items())
        return f"{name} is {self.status}{reason}, and has {f'Reservations: {held}' if held else 'no Reservation'}."


def _tell_trouble(error: Exception, status: int) -> str:
    if status:
        return f"The last request got status {status}."
    if isinstance(error, ChunkedEncodingError):
        return "The response to the last request was cut off."
    from helpers.live.advice.no_answer import describe_no_answer  # here, as local mode needs nothing of live mode

    return describe_no_answer(error)
