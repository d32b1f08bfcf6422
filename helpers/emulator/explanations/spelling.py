"""Code that explanations show, spelled so that a reader can type it."""

from __future__ import annotations

import json

__all__ = ["Spelling"]


class Spelling:
    """Names of the things in one Workspace as code spells them: SIDs in quotes, and ``client`` for the way to them.

    Derive from this where the reader has better names for them.
    """

    def __init__(self, workspace_sid: str) -> None:
        self.workspace_sid = workspace_sid

    def name_of(self, thing: object) -> str | None:
        """Return the variable that holds this very object, or None if none is known."""
        return None

    def sid(self, sid: str) -> str:
        """Return an expression for a SID."""
        return json.dumps(sid)

    def workspace(self) -> str:
        """Return an expression for the SDK's context of the Workspace."""
        return f"client.taskrouter.v1.workspaces({self.sid(self.workspace_sid)})"

    def move_clock(self, seconds: float) -> str:
        """Return words for letting the time pass at once, in the middle of a sentence."""
        return f"with an emulator move its clock on by {seconds:g} seconds"
