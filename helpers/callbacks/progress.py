"""Progress of a long wait: a bar in a notebook, one line anywhere else."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, Protocol

__all__ = ["Progress", "show_progress"]


class Progress(Protocol):
    """Display of the used part of a time limit."""

    def update(self, used: float) -> None:
        """Show that ``used`` of the limit, from 0 to 1, has passed."""
        ...

    def close(self) -> None:
        """Remove the display."""
        ...


def show_progress(text: str) -> Progress:
    """Show ``text`` and return its progress display; for the main thread only."""
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
        """Do nothing: a line for each update would fill the output."""

    def close(self) -> None:
        """Do nothing: the line stays as a record."""


class _Bar:
    def __init__(self, text: str, widgets: Any, display: Any) -> None:
        self._bar = widgets.FloatProgress(min=0.0, max=1.0)
        self._box = widgets.HBox([self._bar, widgets.Label(text)])
        # nbval compares the text, and a widget's own text lists its current values.
        display.display({**self._box._repr_mimebundle_(), "text/plain": text}, raw=True)

    def update(self, used: float) -> None:
        self._bar.value = used

    def close(self) -> None:
        self._box.close()
