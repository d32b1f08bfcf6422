"""Cells that ran in this kernel, each with its text, its id and its error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult

__all__ = ["Run", "begin", "end", "history", "unwatch", "watch"]


@dataclass(frozen=True)
class Run:
    """Run of a cell."""

    source: str
    cell_id: str = ""
    """Id of the cell in the notebook's file. JupyterLab sends it; nbclient and nbval don't."""
    error: str = ""
    """Name of the exception that ended it, such as "NameError"; empty if there was none, or the cell still runs."""


_finished: list[Run] = []
_running = Run("")
_watchers: tuple[Callable[[], object], ...] = ()


def history() -> list[Run]:
    """Return the runs of this kernel, the current one last. IPython's own ``In`` stays empty under nbval."""
    return [*_finished, _running]


def begin(info: ExecutionInfo) -> None:
    """Record the start of a cell (IPython's event ``pre_run_cell``)."""
    global _running
    _running = Run(info.raw_cell or "", info.cell_id or "")


def end(result: ExecutionResult) -> None:
    """Record the end of a cell (IPython's event ``post_run_cell``)."""
    info, error = result.info, result.error_before_exec or result.error_in_exec
    if info is not None and info.raw_cell:
        name = "" if error is None else type(error).__name__
        _finished.append(Run(info.raw_cell, info.cell_id or "", name))
    for watcher in _watchers:
        watcher()


def watch(watcher: Callable[[], object]) -> None:
    """Call ``watcher`` after each cell from now on; it must return at once, print nothing and raise nothing."""
    unwatch(watcher)
    global _watchers
    _watchers = (*_watchers, watcher)


def unwatch(watcher: Callable[[], object]) -> None:
    """Call ``watcher`` no more."""
    global _watchers
    _watchers = tuple(each for each in _watchers if each is not watcher)
