"""The widget of the portal's views: holds the state of a Workspace, and tells the pages what changes.

It is imported only when it is about to be shown, so that everything else works without anywidget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from helpers.console.messages import Message, merge
from helpers.emulator.display.assets import script, styles

__all__ = ["PortalWidget"]


class PortalWidget(anywidget.AnyWidget):  # type: ignore[misc, unused-ignore]
    """Widget whose pages draw the views of ``static/views/KIND.js``.

    Args:
        kind: name of the script.
        place: ``path`` to begin at, ``workspace`` to watch, ``portal``, which is ``{"port": …}`` of
            this machine, ``{"url": …}`` of a server, or None. A page adds ``hasOpened`` once it has opened the portal.
        state: message of the type "state", which is the widget's own from now on.
        name: its fixed repr.
        on_message: gets what a page asks for.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict(help="the whole state, for pages that are loaded later").tag(sync=True)
    place = traitlets.Dict(help="what is shown: workspace, path, portal").tag(sync=True)

    def __init__(
        self,
        kind: str,
        place: Mapping[str, Any],
        state: Message,
        name: str,
        on_message: Callable[[dict[str, Any]], object],
    ) -> None:
        super().__init__(_esm=script(kind), _css=styles(), place=dict(place), state={**state, "seq": 0})
        self._name = name
        self.on_msg(lambda _, content, __: on_message(content))

    def tell(self, message: Message) -> None:
        """Send a state or a change to the pages that show this; ``state`` changes in place, which sends nothing."""
        numbered = {**message, "seq": self.state["seq"] + 1}
        merge(self.state, numbered)
        self.send(numbered)

    def answer(self, number: object, answer: Message) -> None:
        """Send the answer to what a page asked for under ``number``."""
        self.send({"type": "answer", "id": number, **answer})

    def __repr__(self) -> str:  # nbval compares this text, and the default has a memory address
        return self._name
