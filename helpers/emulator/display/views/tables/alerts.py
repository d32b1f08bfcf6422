"""Table of alerts, the lines that the account's debugger shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...blocks import Column, View
from ...safe_text import shorten_sids
from ..sdk_shapes import AlertLike
from .table_view import table_view

__all__ = ["alerts_view"]

_COLUMNS = (Column("Code", "number"), Column("Times", "number"), Column("Alert", "text"))


def alerts_view(alerts: Iterable[AlertLike]) -> View:
    """List alerts with short SIDs, as each came first; those with the same code and text are one row."""
    counted = Counter((str(alert.code), str(alert.text)) for alert in alerts)
    rows = ((code, times, shorten_sids(text)) for (code, text), times in counted.items())
    return table_view("Alerts", _COLUMNS, rows, count=counted.total())
