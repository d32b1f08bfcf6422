"""What the learner's functions return: words, a static table and, where widgets can be drawn, a live one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from helpers.emulator.display.blocks import View
from helpers.emulator.display.html import markup
from helpers.emulator.display.plain_text import words
from helpers.output.actions import Click, Handler, answered

if TYPE_CHECKING:
    from helpers.output.widget import ConsoleWidget

__all__ = ["LOCK", "Display"]

LOCK = threading.RLock()
"""Held while anything shown changes, as callbacks arrive on the listener's thread."""


class Display:
    """One thing shown. ``str()`` gives its words; as the last line of a cell it is drawn.

    Args:
        on_click: does what a control of the widget asks for. JupyterLab 4.6 lets it run beside a running cell, on a
            thread of its own; where it does not, it runs on the main thread as soon as no cell is running.
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
        """Redraw wherever this is displayed; callable from any thread."""
        with LOCK:
            self._view = view
            if self._widget is not None:
                self._widget.redraw(view)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Give Jupyter the words, the static table and, if anywidget can be imported, the widget."""
        with LOCK:
            self._widget = self._widget or _widget(self._view, self._handle)
            drawn = None if self._widget is None else self._widget._repr_mimebundle_()
            return {
                **(drawn[0] if drawn else {}),
                "text/plain": words(self._view.blocks),
                "text/html": markup(self._view.blocks),
            }

    def _handle(self, click: Click) -> None:
        """Do what a control asks for, and let the page know; the lock is not held while it is done."""
        answer = None if self._on_click is None else answered(self._on_click, click)
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
