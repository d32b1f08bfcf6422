"""Waits of limited time; a long one shows its progress, as a bar in a notebook, as one line anywhere else."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from threading import Condition
from typing import Any, Protocol

from helpers.ground.choice import current_ground

__all__ = ["Progress", "show_progress", "wait_until"]

SHOW_AFTER_SECONDS = 2.0
"""Time before a wait shows its progress: a shorter one shows nothing, so that stored outputs stay the same."""

_TICK_SECONDS = 0.1


class Progress(Protocol):
    """Display of the used part of a time limit."""

    def update(self, used: float) -> None:
        """Show that ``used`` of the limit, from 0 to 1, has passed."""
        ...

    def close(self) -> None:
        """Remove the display."""
        ...


def show_progress(text: str) -> Progress:
    """Show ``text`` and return its progress display; in a thread, which belongs to no cell, show nothing."""
    if threading.current_thread() is not threading.main_thread():
        return _Hidden()
    if not _in_notebook():
        return _Line(text)
    try:
        widgets, display = import_module("ipywidgets"), import_module("IPython.display")
    except ImportError:
        return _Line(text)
    return _Bar(text, widgets, display)


def wait_until(
    is_over: Callable[[], bool],
    changed: Condition,
    limit_seconds: float,
    awaited: str,
    show: Callable[[str], Progress] = show_progress,
    is_vain: Callable[[], bool] = lambda: False,
) -> bool:
    """Wait until ``is_over()`` returns True or the limit has passed; an interrupt ends the wait, and nothing else.

    Args:
        is_over: asked at once, then about ten times a second and whenever ``changed`` is notified, with the lock of
            ``changed`` held.
        awaited: description for the progress display.
        show: begins the display.
        is_vain: asked after each look in vain, without the lock, as it may take a moment; True ends the wait.

    Returns:
        False if the wait was given up because nothing can happen while the cell runs, as in a web page.
    """
    started = time.monotonic()
    progress: Progress | None = None
    try:
        while True:
            with changed:
                if is_over() or (elapsed := time.monotonic() - started) >= limit_seconds:
                    return True
                if not current_ground().wait(changed, min(_TICK_SECONDS, limit_seconds - elapsed)):
                    return False
            if is_vain():
                return True
            if elapsed >= SHOW_AFTER_SECONDS:
                progress = progress or show(f"Waiting up to {limit_seconds:g} s for {awaited}")
                progress.update(elapsed / limit_seconds)
    finally:
        if progress is not None:
            progress.close()


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


class _Hidden:
    def update(self, used: float) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class _Line(_Hidden):
    """One line that stays: one for each update would fill the output."""

    def __init__(self, text: str) -> None:
        print(text, flush=True)


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
