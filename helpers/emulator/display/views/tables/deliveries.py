"""Table of deliveries: callbacks that TaskRouter sent, with what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...blocks import Column, View
from ..sdk_shapes import AttemptLike, DeliveryLike
from .table_view import table_view

__all__ = ["deliveries_view"]

_COLUMNS = (Column("Callback", "name"), Column("Times", "number"), Column("What came back", "text"))


def deliveries_view(deliveries: Iterable[DeliveryLike]) -> View:
    """List deliveries in the order in which each came first; those that are alike are one row, without their URLs."""
    counted = Counter(map(_row, deliveries))
    rows = ((what, times, back) for (what, back), times in counted.items())
    return table_view("Deliveries", _COLUMNS, rows, count=counted.total())


def _row(delivery: DeliveryLike) -> tuple[str, str]:
    parameters = delivery.callback.parameters
    what = parameters.get("EventType") or f"{delivery.callback.kind} callback"
    return what, ", then ".join(map(_describe, delivery.attempts)) or str(delivery.text or "not sent")


def _describe(attempt: AttemptLike) -> str:
    if attempt.status is None:
        return f"no reply: {attempt.error}"
    return f"{attempt.status} {attempt.reply}".strip() if attempt.reply else f"{attempt.status}, an empty body"
