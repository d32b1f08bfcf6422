"""Cells run in an IPython shell, without a kernel."""

from __future__ import annotations

__all__ = ["run"]


def run(shell, source):
    """Run a cell as nbval does, and return what was shown of its error, in one line; nothing if there was none."""
    before = len(shell.shown)
    shell.run_cell(source, store_history=False)
    return " ".join(" ".join(shell.shown[before:]).split())
