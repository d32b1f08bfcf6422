"""Result of the functions that show something: text, a static table and, if widgets can be drawn, a live one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from helpers.emulator.display.blocks import View
from helpers.emulator.display.html import markup
from helpers.emulator.display.plain_text import words
from helpers.output.actions import Click, Handler, handle

if TYPE_CHECKING:
    from helpers.output.widget import ConsoleWidget

__all__ = ["LOCK", "Display"]

LOCK = threading.RLock()
"""Lock held while a display changes, because callbacks arrive on the listener's threads."""


class Display:
    """Display of one view: ``str()`` returns its text; as the last line of a cell it is drawn.

    Args:
        on_click: does what a control of the widget asks for. JupyterLab 4.6 runs it on a thread of its own, even
            while a cell runs; elsewhere it runs on the main thread as soon as no cell is running.
    """

    def __init__(self, view: View, *, on_click: Handler | None = None) -> None:
        self._view = view
        self._on_click = on_click
        self._widget: ConsoleWidget | None = None

    def __str__(self) -> str:
        return words(self._view.blocks)

    def __repr__(self) -> str:
        return self._view.name

    def _show(self, view: View) -> None:
        """Show another view in every place where this is displayed; callable from any thread."""
        with LOCK:
            self._view = view
            if self._widget is not None:
                self._widget.redraw(view)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return text, static table and, if anywidget can be imported, the widget for Jupyter."""
        with LOCK:
            self._widget = self._widget or _widget(self._view, self._handle)
            drawn = None if self._widget is None else self._widget._repr_mimebundle_()
            return {
                **(drawn[0] if drawn else {}),
                "text/plain": words(self._view.blocks),
                "text/html": markup(self._view.blocks),
            }

    def _handle(self, click: Click) -> None:
        """Do what a control asks for, without the lock, and send the result to the page."""
        answer = None if self._on_click is None else handle(self._on_click, click)
        if answer is not None and self._widget is not None:
            with LOCK:
                self._widget.answer = {"id": click.get("id"), **asdict(answer)}


def _widget(view: View, on_click: Callable[[Click], object]) -> ConsoleWidget | None:
    if not view.kind:
        return None
    try:
        from helpers.output.widget import ConsoleWidget
    except ImportError:
        return None
    return ConsoleWidget(view, on_click)
