"""Ways in which learners are careless: which cells they run before they restart the kernel and run all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

__all__ = ["CARELESS", "KINDS", "Cell", "source_of"]

Cell = Mapping[str, Any]
"""Code cell of a notebook."""

WRONG = ("42", "'no idea'", "[]", "None", "not_a_name", "(1, 2")
"""Answers that are wrong everywhere; the last two aren't even Python that runs."""


def source_of(cell: Cell) -> str:
    """Return the text of a cell, which a file has as a list of lines."""
    return "".join(cell["source"])


def _out_of_order(cells: Sequence[Cell], chance: Random) -> Iterator[Cell | None]:
    yield from chance.sample(cells, len(cells))


def _twice(cells: Sequence[Cell], chance: Random) -> Iterator[Cell | None]:
    for cell in cells:
        yield cell
        yield cell


def _wrong_answers(cells: Sequence[Cell], chance: Random) -> Iterator[Cell | None]:
    for cell in cells:
        is_kept = source_of(cell).startswith("%%app")  # in the learner's own file, which outlasts the kernel
        if "exercise" in cell["metadata"] and not is_kept:
            cell = {**cell, "source": source_of(cell).replace("...", chance.choice(WRONG))}
        yield cell


def _restart(cells: Sequence[Cell], chance: Random) -> Iterator[Cell | None]:
    middle = len(cells) // 2
    yield from cells[:middle]
    yield None
    yield from cells[middle:]


CARELESS: Mapping[str, Callable[[Sequence[Cell], Random], Iterator[Cell | None]]] = {
    "out of order": _out_of_order,
    "twice": _twice,
    "wrong answers": _wrong_answers,
    "restart": _restart,
}
"""Each kind's cells in the order in which they are run; None restarts the kernel."""

KINDS = ("careful", "out of order", "careful", "twice", "careful", "wrong answers", "careful", "restart", "careful")
"""Kinds of the seats, from the first on, again and again."""
