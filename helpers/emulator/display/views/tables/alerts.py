"""Table of alerts, the lines that the account's debugger shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...blocks import Column, View
from ..sdk_shapes import AlertLike
from .table_view import table_view

__all__ = ["alerts_view"]

_COLUMNS = (Column("Code", "number"), Column("Times", "number"), Column("Alert", "text"))


def alerts_view(alerts: Iterable[AlertLike]) -> View:
    """List alerts in the order in which each came first; those with the same code and text are one row."""
    counted = Counter((str(alert.code), str(alert.text)) for alert in alerts)
    rows = ((code, times, text) for (code, text), times in counted.items())
    return table_view("Alerts", _COLUMNS, rows, count=counted.total())
