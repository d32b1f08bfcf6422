"""Spelling of SIDs and objects in the code that explanations show."""

from __future__ import annotations

import json

__all__ = ["Spelling"]


class Spelling:
    """Spelling for one Workspace: SIDs in quotes, and contexts that start with ``client``.

    A subclass can use names that the reader has, such as variables of their own.

    Args:
        client: the ``twilio`` Client that is explained with. A copy and a branch have one of their own, and the
            original's SIDs: code for them must not lead to the original.
    """

    def __init__(self, workspace_sid: str, client: object = None) -> None:
        self.workspace_sid = workspace_sid
        self.client = client

    @property
    def other_world(self) -> str | None:
        """Expression for the Workspace of a copy or a branch; None for any other."""
        named: str | None = getattr(getattr(self.client, "http_client", None), "spelled_workspace", None)
        return named

    def name_of(self, thing: object) -> str | None:
        """Return the variable that holds this very object, or None if it isn't known."""
        return None

    def sid(self, sid: str) -> str:
        """Return an expression for a SID."""
        return json.dumps(sid)

    def workspace(self) -> str:
        """Return an expression for the SDK's context of the Workspace."""
        return self.other_world or f"client.taskrouter.v1.workspaces({self.sid(self.workspace_sid)})"

    def explain(self, given: object, kind: str, sid: str, arguments: str = "") -> str:
        """Return code that explains once more: a variable, or the resource in its Workspace."""
        thing = self.name_of(given) or f"{self.workspace()}.{kind}s({self.sid(sid)})"
        return f"explain({thing}{arguments})"

    def apply(self, explained: str) -> str:
        """Return a sentence that says how to make the first of several changes; ``explained`` is from ``explain``."""
        return f"Run `{explained}.apply()` to make the first change."

    def move_clock(self, seconds: float) -> str:
        """Return words that say how to let the time pass at once, for the middle of a sentence."""
        return f"with an emulator, advance its clock by {seconds:g} seconds"
