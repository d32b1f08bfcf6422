"""Parser of a target's ``order_by``, which sorts Workers."""

from __future__ import annotations

import msgspec

from .expression_error import ExpressionError
from .nodes import Path, Reference
from .parser import parse_ordering

__all__ = ["OrderClause", "parse_order_by"]


class OrderClause(msgspec.Struct, frozen=True):
    """Sort key for Workers; ``path`` begins with ``"worker"``."""

    path: Path
    descending: bool


def parse_order_by(text: str) -> tuple[OrderClause, ...]:
    """Parse ``"worker.level DESC, worker.skills.es ASC"``. Source: reference 6.1.

    Raises:
        ExpressionError: another shape, a missing direction, or a name that isn't a Worker's attribute.
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
