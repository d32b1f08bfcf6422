"""Replica of a workspace: its records, rebuilt as copies for experiments.

A copy runs on the emulator's own engine. So explanations follow the rules by which the emulator
decides, even for data from Twilio, and experiments don't touch the original.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from ...clock import Millis
from ...engine.model.resources import Record
from .sandbox import Sandbox

__all__ = ["Replica"]


class Replica(msgspec.Struct, frozen=True):
    """Records of a Workspace as it was read; each ``sandbox`` is a copy of its own."""

    workspace_sid: str
    now: Millis
    records: tuple[Record, ...]
    broken: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Errors by SID of a Workflow or TaskQueue, and unreadable attributes by SID of a Task or Worker."""
    unread: tuple[str, ...] = ()
    """Sentences about records that weren't read."""
    assumed: frozenset[str] = frozenset()
    """SIDs of Workers whose channels weren't read."""

    def sandbox(self) -> Sandbox:
        """Return a new copy of the workspace."""
        return Sandbox(self.workspace_sid, self.records, self.now)

    def closely_read(self) -> Replica:
        """Return a replica without Workers whose channels weren't read, because they prove nothing."""
        if not self.assumed:
            return self
        known = (each for each in self.records if each.sid not in self.assumed)
        kept = (each for each in known if getattr(each, "worker_sid", None) not in self.assumed)
        return replace(self, records=tuple(kept), assumed=frozenset())
