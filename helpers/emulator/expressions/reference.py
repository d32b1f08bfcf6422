"""A name that stands alone, as the one in a ``known_worker_sid`` does."""

from __future__ import annotations

from helpers.emulator.expressions.nodes import Path

__all__ = ["parse_reference"]


def parse_reference(text: str) -> Path:
    """Read ``"task.agents[0]"`` as ``("task", "agents", "0")``.

    Raises:
        ExpressionError: it is anything but one name.
    """
    from helpers.emulator.expressions.parser import parse_with  # here, as where other expressions are read

    path: Path = parse_with("reference", text).path
    return path
