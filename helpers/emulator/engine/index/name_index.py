"""Unique names of Workers and TaskQueues, so that a duplicate is found without looking at the rest."""

from __future__ import annotations

__all__ = ["NameIndex"]


class NameIndex:
    """Name ↔ SID, for resources of one kind that may be renamed."""

    def __init__(self) -> None:
        self._sids: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def sid(self, name: str) -> str:
        """The SID of whoever bears the name; empty text if nobody does."""
        return self._sids.get(name, "")

    def put(self, sid: str, name: str) -> None:
        """Give a new name, or the same one again."""
        if self._names.get(sid) != name:
            self.drop(sid)
            self._names[sid] = name
            self._sids[name] = sid

    def drop(self, sid: str) -> None:
        """Let the name of ``sid`` go."""
        name = self._names.pop(sid, None)
        if name is not None and self._sids[name] == sid:
            del self._sids[name]
