"""Windows of time of Events and statistics: ``Minutes``, or ``StartDate`` and ``EndDate``."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...clock import Millis
from ...engine.model.event_types import KEPT_MINUTES
from ...engine.model.refusals import Invalid
from .convertors import integer, moment
from .parameters import Parameter, filter_by

__all__ = ["KEPT_MS", "WINDOW", "Window", "read_window"]

_DEFAULT_MINUTES = 15
KEPT_MS = KEPT_MINUTES * 60_000
"""Events are kept for 30 days (reference 2.3f)."""

WINDOW: tuple[Parameter, ...] = (
    filter_by("EndDate", moment()),
    filter_by("Minutes", integer(1, KEPT_MINUTES), differs=f"from 1 to {KEPT_MINUTES}, which is 30 days"),
    filter_by("StartDate", moment()),
)


class Window(NamedTuple):
    """Time from ``start_ms`` to ``end_ms``, both included."""

    start_ms: Millis
    end_ms: Millis


def read_window(values: dict[str, Any], now: Millis) -> Window:
    """Return the window that a request names; dates win over ``Minutes`` (reference 14.16: our choice).

    A start alone reaches up to ``now``; an end alone reaches back ``Minutes``, 15 unless given.

    Raises:
        Invalid: it ends before it starts.
    """
    end = values.get("end_date", now)
    start = values.get("start_date", end - values.get("minutes", _DEFAULT_MINUTES) * 60_000)
    if end < start:
        raise Invalid("EndDate must not lie before StartDate; without EndDate the window ends now")
    return Window(start, end)
