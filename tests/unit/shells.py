"""Cells run in an IPython shell, without a kernel."""

from __future__ import annotations

__all__ = ["run"]


def run(shell, source):
    """Run a cell as nbval does, and return what was shown of its error, in one line."""
    shell.run_cell(source, store_history=False)
    return " ".join(shell.shown[-1].split())
