"""Patience with status 429: a request that Twilio turned away for coming too soon is sent again after a pause.

It is safe for every method, as such a request wasn't carried out. No other answer leads to a second request, and no
missing one: what it asked for may have been done.
"""

from __future__ import annotations

from typing import Any, TypeVar

from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

__all__ = ["TIMES", "PatientRetry", "make_rule"]

R = TypeVar("R", bound="PatientRetry")

TOO_MANY_REQUESTS = 429

TIMES = 6
"""Number of times that a request is sent again."""

LONGEST_PAUSE_SECONDS = 30
"""Limit of one pause, however long ``Retry-After`` asks for."""


class PatientRetry(Retry):
    """Rule of ``urllib3``: pause as long as ``Retry-After`` says, in seconds or as a date, else for 0, 2, 4 … s."""

    RETRY_AFTER_STATUS_CODES = frozenset({TOO_MANY_REQUESTS})  # its own default has 503, too

    def get_retry_after(self, response: Any) -> float | None:
        """Return the pause in seconds that ``response`` asks for; None if it asks for none."""
        try:
            asked = super().get_retry_after(response)
        except InvalidHeader:
            return None
        return None if asked is None else min(asked, LONGEST_PAUSE_SECONDS)


def make_rule(kind: type[R]) -> R:
    """Return the rule for a client: for status 429 alone, whatever the method, a limited number of times."""
    return kind(
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
