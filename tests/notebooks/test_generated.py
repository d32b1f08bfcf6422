"""Set-up cell, navigation and index are written by the program, and were written."""

from __future__ import annotations

import copy
import itertools

import pytest

from tests.notebooks.generated import INDEX, cell_of, fill_in, lesson_paths, notebook_paths, read

NOTEBOOKS = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in notebook_paths()]


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_generated_cells_are_filled_in(path):
    """Filling in a stored notebook changes none of its cells."""
    stored = read(path)
    filled = copy.deepcopy(stored)
    fill_in(path, filled)

    assert [cell.source for cell in filled.cells] == [cell.source for cell in stored.cells]


def test_set_up_is_the_same_everywhere():
    """Every notebook with a set-up cell has the very same one."""
    cells = [cell_of(read(path), "setup") for path in notebook_paths()]

    assert len({cell.source for cell in cells if cell is not None}) == 1


def test_navigation_goes_both_ways():
    """Each lesson leads to the one before it and the one after it."""
    paths = lesson_paths()
    for earlier, later in itertools.pairwise(paths):
        assert f"({later.name}) →" in cell_of(read(earlier), "nav-bottom").source
        assert f"({earlier.name})" in cell_of(read(later), "nav-top").source


def test_index_lists_every_lesson():
    """The table of "All lessons" has a row for each lesson."""
    table = cell_of(read(INDEX), "lessons").source

    assert all(f"](../{path.name})" in table for path in lesson_paths())
