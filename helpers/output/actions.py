"""Clicks on a widget's controls, and their results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.output.error_text import describe_error

__all__ = ["ActionResult", "Click", "Handler", "handle"]

Click = Mapping[str, Any]
"""Plain JSON values: ``action`` names the action, the rest depends on it. A page can send anything."""


@dataclass(frozen=True)
class ActionResult:
    """Result of a click, in one sentence, with the code that does the same."""

    text: str
    code: str = ""
    done: bool = True
    """False if the action failed."""


Handler = Callable[[Click], ActionResult | None]
"""Function that does what a click asks for; it returns None if there is nothing to say."""


def handle(handler: Handler, click: Click) -> ActionResult | None:
    """Call ``handler`` with ``click``; an error becomes a sentence, because a click has no place for a traceback."""
    try:
        return handler(click)
    except Exception as error:
        return ActionResult(describe_error(error), done=False)
