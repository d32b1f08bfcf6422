"""Index of unique names of Workers and TaskQueues, which finds a duplicate without a walk over all."""

from __future__ import annotations

__all__ = ["NameIndex"]


class NameIndex:
    """Names and SIDs, both ways, of resources of one kind that can be renamed."""

    def __init__(self) -> None:
        self._sids: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def sid(self, name: str) -> str:
        """Return the SID of the resource with this name; empty text if there is none."""
        return self._sids.get(name, "")

    def put(self, sid: str, name: str) -> None:
        """Set the name of ``sid``."""
        if self._names.get(sid) != name:
            self.drop(sid)
            self._names[sid] = name
            self._sids[name] = sid

    def drop(self, sid: str) -> None:
        """Remove the name of ``sid``."""
        name = self._names.pop(sid, None)
        if name is not None and self._sids[name] == sid:
            del self._sids[name]
