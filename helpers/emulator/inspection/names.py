"""Names of resources by SID, for sentences about requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..emulator import Emulator

__all__ = ["Names", "cut"]

_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")
_LONGEST = 60

_LOOKED_AT = 1000
"""Length of the part of a text that is looked at to show its beginning."""


class Names:
    """Names that the Workspaces of an account give their resources now.

    Those that are gone have none, nor have those of another account, which a request can name all the same.
    """

    def __init__(self, emulator: Emulator, account_sid: str) -> None:
        self._emulator = emulator
        self._account_sid = account_sid

    def of(self, workspace_sid: str, sid: str) -> str:
        """Return the name of a resource, or empty text."""
        state = self._emulator.world.workspaces.get(workspace_sid)
        if state is None or state.workspace.account_sid != self._account_sid:
            return ""
        if sid == workspace_sid:
            return state.workspace.friendly_name
        tables = (state.workers, state.task_queues, state.workflows, state.activities, state.task_channels)
        record = next((table[sid] for table in tables if sid in table), None)
        return "" if record is None else str(record.friendly_name)

    def label(self, workspace_sid: str, sid: str) -> str:
        """Return the name of a resource, or its short SID."""
        return cut(self.of(workspace_sid, sid) or sid)


def cut(text: str) -> str:
    """Return ``text`` on one line, with short SIDs, and its beginning if it is long."""
    line = _SID.sub(lambda found: f"{found[0][:6]}…", " ".join(text[:_LOOKED_AT].split()))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
