"""A sign of life during a long wait: a bar in a notebook, one line anywhere else."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, Protocol

__all__ = ["Progress", "show_progress"]


class Progress(Protocol):
    """Something that shows how much of a time limit is used up."""

    def update(self, used: float) -> None:
        """Show that the share ``used`` of the limit, 0 to 1, is gone."""
        ...

    def close(self) -> None:
        """Take the sign away."""
        ...


def show_progress(text: str) -> Progress:
    """Start showing ``text``; called from the main thread only."""
    if not _in_notebook():
        return _Line(text)
    try:
        widgets, display = import_module("ipywidgets"), import_module("IPython.display")
    except ImportError:
        return _Line(text)
    return _Bar(text, widgets, display)


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


class _Line:
    def __init__(self, text: str) -> None:
        print(text, flush=True)

    def update(self, used: float) -> None:
        """A line that moved would fill the output."""

    def close(self) -> None:
        """The line stays as a record."""


class _Bar:
    def __init__(self, text: str, widgets: Any, display: Any) -> None:
        self._bar = widgets.FloatProgress(min=0.0, max=1.0)
        self._box = widgets.HBox([self._bar, widgets.Label(text)])
        # A widget's own text form lists whatever values it has; nbval compares that text.
        display.display({**self._box._repr_mimebundle_(), "text/plain": text}, raw=True)

    def update(self, used: float) -> None:
        self._bar.value = used

    def close(self) -> None:
        self._box.close()
