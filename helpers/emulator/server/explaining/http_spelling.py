"""Spelling of explanations that are read over HTTP, in any language."""

from __future__ import annotations

from ...explanations import Spelling

__all__ = ["HttpSpelling"]


class HttpSpelling(Spelling):
    """Spelling for readers who hold no Python objects, or aren't in Python at all."""

    def apply(self, explained: str) -> str:
        """Return a sentence that says whose ``client`` the code means, and where other languages find the change."""
        return (
            "`client` is a Client of the `twilio` library; GET /_emulator/explain/SID with `Accept: "
            "application/json` returns each change as requests."
        )

    def move_clock(self, seconds: float) -> str:
        """Return words that say how to let the time pass at once, for the middle of a sentence."""
        return f"advance the clock with POST /_emulator/clock/advance and seconds={seconds:g}"
