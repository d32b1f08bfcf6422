"""Names that a notebook imports, each loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.connection import connect
    from helpers.diagrams import show_routing, show_sequence, show_timeline
    from helpers.errors import HelperError
    from helpers.lessons.checks import check, hint
    from helpers.lessons.fault_lab import fault_lab
    from helpers.lessons.lessons import catch_up, where_am_i
    from helpers.lessons.progress.progress_words import list_lessons, reset_progress
    from helpers.lessons.recall import recall, warm_up
    from helpers.lessons.tidying import tidy_up
    from helpers.lessons.workflow_patterns import pattern
    from helpers.output.copy_display import copy_workspace, paste_workspace
    from helpers.output.explanation_display import explain
    from helpers.playground import try_expression
    from helpers.predictions import predict
    from helpers.room.sharing import lower_hand, raise_hand, share_progress, stop_sharing
    from helpers.rushhour import open_desk, rush_hour, show_rush_hours
    from helpers.show import (
        lifecycle,
        show_alerts,
        show_console,
        show_deliveries,
        show_queues,
        show_request,
        show_requests,
        show_reservations,
        show_tasks,
        show_wire,
        show_workers,
    )
    from helpers.timemachine import at, before, compare
    from helpers.waiting.wait_for import wait_for
    from helpers.webapp.own_app import run_app

__all__ = [
    "HelperError",
    "at",
    "before",
    "catch_up",
    "check",
    "compare",
    "connect",
    "copy_workspace",
    "explain",
    "fault_lab",
    "hint",
    "lifecycle",
    "list_lessons",
    "lower_hand",
    "open_desk",
    "paste_workspace",
    "pattern",
    "predict",
    "raise_hand",
    "recall",
    "reset_progress",
    "run_app",
    "rush_hour",
    "share_progress",
    "show_alerts",
    "show_console",
    "show_deliveries",
    "show_queues",
    "show_request",
    "show_requests",
    "show_reservations",
    "show_routing",
    "show_rush_hours",
    "show_sequence",
    "show_tasks",
    "show_timeline",
    "show_wire",
    "show_workers",
    "stop_sharing",
    "tidy_up",
    "try_expression",
    "wait_for",
    "warm_up",
    "where_am_i",
]

_HOMES = {
    "HelperError": "errors",
    "at": "timemachine",
    "before": "timemachine",
    "catch_up": "lessons.lessons",
    "check": "lessons.checks",
    "compare": "timemachine",
    "connect": "connection",
    "copy_workspace": "output.copy_display",
    "explain": "output.explanation_display",
    "fault_lab": "lessons.fault_lab",
    "hint": "lessons.checks",
    "list_lessons": "lessons.progress.progress_words",
    "lower_hand": "room.sharing",
    "open_desk": "rushhour",
    "paste_workspace": "output.copy_display",
    "pattern": "lessons.workflow_patterns",
    "predict": "predictions",
    "raise_hand": "room.sharing",
    "recall": "lessons.recall",
    "reset_progress": "lessons.progress.progress_words",
    "run_app": "webapp.own_app",
    "rush_hour": "rushhour",
    "share_progress": "room.sharing",
    "show_routing": "diagrams",
    "show_rush_hours": "rushhour",
    "show_sequence": "diagrams",
    "show_timeline": "diagrams",
    "stop_sharing": "room.sharing",
    "tidy_up": "lessons.tidying",
    "try_expression": "playground",
    "wait_for": "waiting.wait_for",
    "warm_up": "lessons.recall",
    "where_am_i": "lessons.lessons",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES.get(name, 'show')}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
