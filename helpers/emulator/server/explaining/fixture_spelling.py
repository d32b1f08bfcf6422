"""Spelling of explanations in pytest's report."""

from __future__ import annotations

from ...explanations import Spelling

__all__ = ["FixtureSpelling"]


class FixtureSpelling(Spelling):
    """Spelling with the names of the fixtures, for code that goes into the test that failed."""

    def workspace(self) -> str:
        """Return an expression for the SDK's context of the Workspace."""
        return f"taskrouter_{super().workspace()}"

    def explain(self, given: object, kind: str, sid: str, arguments: str = "") -> str:
        """Return code that explains once more."""
        return f"taskrouter.explain({self.sid(sid)}{arguments})"

    def move_clock(self, seconds: float) -> str:
        """Return words that say how to let the time pass at once, for the middle of a sentence."""
        return f"advance the clock with `taskrouter.advance({seconds:g})`"
