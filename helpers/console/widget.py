"""The one widget of the console: it holds what to draw, and ``static/console.js`` draws it.

Imported only where a widget is about to be shown, so that everything else works without anywidget.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from helpers.console.blocks import View

__all__ = ["Action", "ConsoleWidget"]

Action = Callable[[int], str]
"""What a button does with the exchange of that number; returns the sentence to say afterwards."""

_STATIC = Path(__file__).parent / "static"


class ConsoleWidget(anywidget.AnyWidget):  # type: ignore[misc, unused-ignore]
    """Draws one view; set ``state`` to redraw it."""

    _esm = _STATIC / "console.js"
    _css = _STATIC / "console.css"
    view = traitlets.Unicode(help="lifecycle, table or exchanges").tag(sync=True)
    state = traitlets.Dict(help="what to draw, as plain JSON values").tag(sync=True)
    answer = traitlets.Dict(help="the answer to the last click: number, key, text").tag(sync=True)

    def __init__(self, shown: View, replay: Action | None = None) -> None:
        super().__init__(view=shown.kind, state=shown.state)
        self._name = shown.name
        self._replay = replay
        self.on_msg(self._on_click)

    def redraw(self, shown: View) -> None:
        """Show ``shown`` in every place where this widget is displayed."""
        self._name = shown.name
        self.state = shown.state

    def __repr__(self) -> str:  # nbval compares this text; the default holds an address
        return self._name

    def _on_click(self, _: object, content: dict[str, Any], __: object) -> None:
        if content.get("action") != "replay" or self._replay is None:
            return
        key = int(content["key"])
        self.answer = {"number": self.answer.get("number", 0) + 1, "key": key, "text": self._replay(key)}
