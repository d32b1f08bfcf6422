"""Parser of one name alone, as in ``known_worker_sid``."""

from __future__ import annotations

from .nodes import Path
from .parser import MAX_LENGTH, path_of
from .tokens import scan

__all__ = ["parse_reference"]


def parse_reference(text: str) -> Path | None:
    """Parse ``"task.agents[0]"`` as ``("task", "agents", "0")``; return None if it isn't one name, or is too long."""
    if len(text) > MAX_LENGTH:
        return None
    tokens = scan(text)
    if tokens.kinds != ["REFERENCE", "END"] or tokens.dropped:
        return None
    return path_of(text[tokens.starts[0] : tokens.ends[0]])
