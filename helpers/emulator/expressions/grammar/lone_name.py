"""A name that stands alone, as the one in a ``known_worker_sid`` does."""

from __future__ import annotations

from .nodes import Path
from .parser import MAX_LENGTH, path_of
from .tokens import scan

__all__ = ["parse_reference"]


def parse_reference(text: str) -> Path | None:
    """Read ``"task.agents[0]"`` as ``("task", "agents", "0")``; None if it is anything but one name, or too long."""
    if len(text) > MAX_LENGTH:
        return None
    tokens = scan(text)
    if tokens.kinds != ["REFERENCE", "END"] or tokens.dropped:
        return None
    return path_of(text[tokens.starts[0] : tokens.ends[0]])
