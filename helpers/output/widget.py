"""The one widget class: holds the state of a view, which a script in ``static/views`` draws.

It is imported only when a widget is about to be shown, so that everything else works without anywidget.
"""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import traitlets

from helpers.emulator.display.assets import script, styles
from helpers.emulator.display.blocks import View
from helpers.output.actions import Click

__all__ = ["ConsoleWidget"]


class ConsoleWidget(anywidget.AnyWidget):  # type: ignore[misc, unused-ignore]
    """Widget that draws one view."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict(help="state of the view, as plain JSON values").tag(sync=True)
    answer = traitlets.Dict(help="ActionResult of the last click, with the id of that click").tag(sync=True)

    def __init__(self, shown: View, on_click: Callable[[Click], object]) -> None:
        super().__init__(_esm=script(shown.kind), _css=styles(), state=shown.state)
        self._name = shown.name
        self.on_msg(lambda _, content, __: on_click(content))

    def redraw(self, shown: View) -> None:
        """Show ``shown``, a view of the same kind, in every place where this widget is displayed.

        Only the parts that differ are sent. ``state`` changes in place, which sends nothing; it is complete for pages
        that are loaded later.
        """
        self._name = shown.name
        changed = {name: part for name, part in shown.state.items() if self.state.get(name) != part}
        self.state.update(changed)
        if changed:
            self.send({"changed": changed})

    def __repr__(self) -> str:  # nbval compares this text, and the default has a memory address
        return self._name
