"""Patience with status 429: a request that Twilio turned away for coming too soon is sent again after a pause.

It is safe for every method, as such a request wasn't carried out. No other answer leads to a second request, and no
missing one: what it asked for may have been done.
"""

from __future__ import annotations

import threading
from typing import Any

from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from helpers.callbacks.progress import show_progress

__all__ = ["RateLimit", "be_patient"]

TOO_MANY_REQUESTS = 429

TIMES = 6
"""Number of times that a request is sent again."""

LONGEST_PAUSE_SECONDS = 30
"""Limit of one pause, however long ``Retry-After`` asks for."""


class RateLimit(Retry):
    """Rule of ``urllib3``: pause as long as ``Retry-After`` says, in seconds or as a date, else for 0, 2, 4 … s."""

    RETRY_AFTER_STATUS_CODES = frozenset({TOO_MANY_REQUESTS})  # its own default has 503, too

    def get_retry_after(self, response: Any) -> float | None:
        """Return the pause in seconds that ``response`` asks for; None if it asks for none."""
        try:
            asked = super().get_retry_after(response)
        except InvalidHeader:
            return None
        return None if asked is None else min(asked, LONGEST_PAUSE_SECONDS)

    def sleep(self, response: Any = None) -> None:
        """Make the pause, and say so if the request came from a cell."""
        if threading.current_thread() is not threading.main_thread():  # a console, which shows no progress
            return super().sleep(response)
        pause = self.get_retry_after(response) or self.get_backoff_time()
        progress = show_progress(f"TaskRouter answered 429, too many requests: trying again in {pause:.0f} s")
        try:
            super().sleep(response)
        finally:
            progress.close()


def be_patient() -> RateLimit:
    """Return the rule for a client: for status 429 alone, whatever the method, a limited number of times."""
    return RateLimit(
        total=TIMES,
        connect=0,
        read=False,
        other=0,
        allowed_methods=None,
        status_forcelist=[TOO_MANY_REQUESTS],
        backoff_factor=1,
        backoff_max=LONGEST_PAUSE_SECONDS,
        raise_on_status=False,
    )
