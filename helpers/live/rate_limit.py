"""Patience with status 429 that a cell sees: it shows why it waits."""

from __future__ import annotations

from typing import Any

from helpers.callbacks.progress import show_progress
from helpers.emulator.sdk.patience import TIMES, PatientRetry, make_rule

__all__ = ["TIMES", "RateLimit", "be_patient"]


class RateLimit(PatientRetry):
    """Rule for requests of a cell, which shows a progress bar during each pause."""

    def sleep(self, response: Any = None) -> None:
        """Make the pause, and say so."""
        pause = self.get_retry_after(response) or self.get_backoff_time()
        progress = show_progress(f"TaskRouter returned 429, too many requests. Trying again in {pause:.0f} s")
        try:
            super().sleep(response)
        finally:
            progress.close()


def be_patient() -> RateLimit:
    """Return the rule for a client: for status 429 alone, whatever the method, a limited number of times."""
    return make_rule(RateLimit)
