"""What a control in a widget asks for, and what it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.output.error_text import told

__all__ = ["ActionResult", "Click", "Handler", "answered"]

Click = Mapping[str, Any]
"""Plain JSON values: ``action`` says what is wanted, the rest depends on it. A page may send anything."""


@dataclass(frozen=True)
class ActionResult:
    """What came of a click, in one sentence, and the code that would have done the same."""

    text: str
    code: str = ""
    done: bool = True
    """False if what was wanted did not happen."""


Handler = Callable[[Click], ActionResult | None]
"""Does what a click asks for; None if there is nothing to say."""


def answered(handler: Handler, click: Click) -> ActionResult | None:
    """Let ``handler`` do what ``click`` asks; an error becomes words, as nobody would see a click's traceback."""
    try:
        return handler(click)
    except Exception as error:
        return ActionResult(told(error), done=False)
