"""The cards of "Docs against reality" have their parts, are found by their ids, and run in any order."""

from __future__ import annotations

import ast
import builtins
import re

import pytest

from tests.notebooks.generated import NOTEBOOKS, cell_of, notebook_paths, read
from tests.notebooks.refresh import fresh_kernel, tidy

PAGE = NOTEBOOKS / "reference/docs_against_reality.ipynb"
CELLS = read(PAGE).cells
HEADING = re.compile(r"^### (D\d+) .+$", re.MULTILINE)
CARDS = [found[1] for cell in CELLS if cell.cell_type == "markdown" for found in HEADING.finditer(cell.source)]
SET_UP = ("setup", "shop", "offer")


def card(number):
    """Return the cells of a card, by what their ids have after its number; the main cell's has nothing."""
    return {cell.id.partition("-")[2]: cell for cell in CELLS if cell.id.partition("-")[0] == number.lower()}


def said(cells):
    """Return the outputs of code cells by their ids, without the number of the run."""
    return {
        cell.id: [{**output, "execution_count": None} for output in cell.outputs]
        for cell in cells
        if cell.cell_type == "code"
    }


@pytest.mark.parametrize("number", CARDS)
def test_card_has_its_parts(number):
    """What is printed or believed, a guess, the cell that runs it, what happens, and ours, in this order."""
    parts = card(number)
    kinds = {part: cell.cell_type for part, cell in parts.items() if part not in {"predict", "then"}}

    assert list(kinds.items()) == [("printed", "markdown"), ("", "code"), ("seen", "markdown"), ("ours", "code")]
    assert HEADING.search(parts["printed"].source)[1] == number
    assert re.search(r"\*\*(Printed|Believed):\*\*.*\*\*Guess first:\*\*", parts["printed"].source, re.DOTALL)
    assert re.search(r"\*\*What happens:\*\*.*\*\*Ours:\*\*", parts["seen"].source, re.DOTALL)


def names(cells, context):
    """Return the names that code cells read (`ast.Load`) or make (`ast.Store`), imports, functions and arguments."""
    nodes = [node for cell in cells if cell.cell_type == "code" for node in ast.walk(ast.parse(cell.source))]
    found = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, context)}
    if context is ast.Store:
        found |= {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
        found |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ExceptHandler)}
        found |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return found


@pytest.mark.parametrize("number", CARDS)
def test_card_needs_the_set_up_alone(number):
    """Every name that a card reads comes from itself or from the set-up."""
    cells = list(card(number).values())
    known = names([*(cell for cell in CELLS if cell.id in SET_UP), *cells], ast.Store) | set(dir(builtins))

    assert names(cells, ast.Load) - known == set(), "Make these names in the card's own cells."


def test_list_has_each_card_once():
    """Its numbers are those of the cards, in their order, so none is there twice."""
    listed = re.findall(r"^\| \[(D\d+)\]\(#\1-", cell_of(read(PAGE), "which").source, re.MULTILINE)

    assert listed == CARDS
    assert len(set(CARDS)) == len(CARDS)


def test_cards_that_others_name_are_there():
    """Notebooks link to a card as `[card D7](…/docs_against_reality.ipynb)`."""
    named = {
        (path.name, number)
        for path in notebook_paths()
        for number in re.findall(r"\[card (D\d+)\]\([^)]*docs_against_reality\.ipynb\)", path.read_text("utf-8"))
    }

    assert named, "Link to the cards from the lessons."
    assert {(name, number) for name, number in named if number not in CARDS} == set()


def test_cards_run_in_another_order():
    """Every third card, from the last to the first, says what it says on the page."""
    notebook = read(PAGE)
    stored = said(notebook.cells)
    chosen = [cell for number in CARDS[::-3] for cell in card(number).values() if cell.cell_type == "code"]
    notebook.cells = [*(cell_of(notebook, each) for each in SET_UP), *chosen]
    with fresh_kernel() as run:
        run(notebook)
    tidy(notebook)

    now = said(notebook.cells)
    assert now == {each: stored[each] for each in now}
