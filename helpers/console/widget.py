"""The one widget of the console: it holds what to draw, and a script in ``static/views`` draws it.

Imported only where a widget is about to be shown, so that everything else works without anywidget.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import anywidget
import traitlets

from helpers.console.assets import script, styles
from helpers.console.blocks import View
from helpers.console.clicks import Handler, answered

__all__ = ["ConsoleWidget"]


class ConsoleWidget(anywidget.AnyWidget):  # type: ignore[misc, unused-ignore]
    """Draws one view; set ``state`` to redraw it."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict(help="what to draw, as plain JSON values").tag(sync=True)
    answer = traitlets.Dict(help="the Answer to the last click, under the id that came with it").tag(sync=True)

    def __init__(self, shown: View, handler: Handler | None = None) -> None:
        super().__init__(_esm=script(shown.kind), _css=styles(), state=shown.state)
        self._name = shown.name
        self._handler = handler
        self.on_msg(self._on_click)

    def redraw(self, shown: View) -> None:
        """Show ``shown``, which is of the same kind, in every place where this widget is displayed."""
        self._name = shown.name
        self.state = shown.state

    def __repr__(self) -> str:  # nbval compares this text; the default holds an address
        return self._name

    def _on_click(self, _: object, content: dict[str, Any], __: object) -> None:
        if self._handler is not None:
            self.answer = {"id": content.get("id"), **asdict(answered(self._handler, content))}
