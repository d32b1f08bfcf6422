"""Cells that ran: kept in order, and told to those who watch."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers.lessons import cell_runs


@pytest.fixture(autouse=True)
def no_runs(monkeypatch):
    """No cell has run in this kernel, and nobody watches."""
    monkeypatch.setattr(cell_runs, "_finished", [])
    monkeypatch.setattr(cell_runs, "_running", cell_runs.Run(""))
    monkeypatch.setattr(cell_runs, "_watchers", ())


def run(source: str) -> None:
    """Run a cell, as IPython tells of it."""
    info = SimpleNamespace(raw_cell=source, cell_id="")
    cell_runs.begin(info)
    cell_runs.end(SimpleNamespace(info=info, error_before_exec=None, error_in_exec=None))


def test_watcher_is_called_after_each_cell():
    """The cell that has just ended is in the history then; watching twice calls once."""
    seen = []

    def look() -> None:
        seen.append(cell_runs.history()[-1].source)

    cell_runs.watch(look)
    cell_runs.watch(look)
    run("a = 1")
    run("b = 2")
    cell_runs.unwatch(look)
    cell_runs.unwatch(look)
    run("c = 3")

    assert seen == ["a = 1", "b = 2"]
