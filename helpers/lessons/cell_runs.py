"""Cells that ran in this kernel: their text, their id, and how each of them ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult

__all__ = ["Run", "begin", "end", "history"]


@dataclass(frozen=True)
class Run:
    """One run of one cell."""

    source: str
    cell_id: str = ""
    """The id that the notebook's file has for the cell. JupyterLab sends it; nbclient and nbval don't."""
    error: str = ""
    """Name of the exception that ended it, such as "NameError"; empty if there was none, or if it still runs."""


_finished: list[Run] = []
_running = Run("")


def history() -> list[Run]:
    """Return the runs of this kernel, the present one last. IPython's own ``In`` stays empty under nbval."""
    return [*_finished, _running]


def begin(info: ExecutionInfo) -> None:
    """Note that a cell begins (IPython's event ``pre_run_cell``)."""
    global _running
    _running = Run(info.raw_cell or "", info.cell_id or "")


def end(result: ExecutionResult) -> None:
    """Note how a cell ended (IPython's event ``post_run_cell``)."""
    info, error = result.info, result.error_before_exec or result.error_in_exec
    if info is not None and info.raw_cell:
        name = "" if error is None else type(error).__name__
        _finished.append(Run(info.raw_cell, info.cell_id or "", name))
