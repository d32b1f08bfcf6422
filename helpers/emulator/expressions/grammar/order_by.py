"""The ``order_by`` of a target: which Worker comes first."""

from __future__ import annotations

from dataclasses import dataclass

from .expression_error import ExpressionError
from .nodes import Path, Reference
from .parser import parse_ordering

__all__ = ["OrderClause", "parse_order_by"]


@dataclass(frozen=True, slots=True)
class OrderClause:
    """One key to sort Workers by; ``path`` begins with ``"worker"``."""

    path: Path
    descending: bool


def parse_order_by(text: str) -> tuple[OrderClause, ...]:
    """Read ``"worker.level DESC, worker.skills.es ASC"``.

    Raises:
        ExpressionError: another shape, a missing direction, or a name that is not a Worker's.

    Source: reference 6.1.
    """
    return tuple(OrderClause(_of_worker(reference, text), descending) for reference, descending in parse_ordering(text))


def _of_worker(reference: Reference, text: str) -> Path:
    if reference.path[0] == "worker" and len(reference.path) > 1:
        return reference.path
    name = text[reference.start : reference.end][:40]
    raise ExpressionError(
        f"no viable alternative at input '{name}'",
        reference.start,
        text,
        "An order_by sorts by names that start with worker., for example: worker.level DESC.",
        end=reference.end,
    )
