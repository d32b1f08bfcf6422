"""Tables of the troubleshooting page, made by what the code itself says about each mistake and problem."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from unittest.mock import patch

import nbformat
from nbformat import NotebookNode

from helpers.errors import HelperError
from tests.notebooks.generated import NOTEBOOKS, cell_of
from tests.notebooks.troubleshooting.mistakes import MISTAKES, SET_UP
from tests.notebooks.troubleshooting.problems import PORTAL, PROBLEMS, PROXY, account_rows, no_answers

__all__ = ["TROUBLESHOOTING", "fill_in_tables"]

TROUBLESHOOTING = NOTEBOOKS / "reference/troubleshooting.ipynb"
_HEADS = ("You write", "You see", "What to do")
_SID = re.compile(r"\b([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}\b")
_BELOW_THE_HEADING = re.compile(r"(?<=\n\n)[|-].*", re.DOTALL)


def fill_in_tables(notebook: NotebookNode, execute: Callable[[NotebookNode], None]) -> None:
    """Write each table below its cell's heading and words.

    Args:
        execute: runs a notebook in a fresh kernel.
    """
    with patch.dict(os.environ, PROXY):
        tables = {
            **{cell_id: _list(map(_tell, errors)) for cell_id, errors in PROBLEMS.items()},
            "account": _table(("Twilio returns", "What to do"), account_rows()),
            "no-answer": _list(map(_bold, no_answers())),
            "portal": _table(("You see", "Because", "What to do"), PORTAL),
        }
    tables |= _run(execute)
    for cell_id, table in tables.items():
        cell = cell_of(notebook, cell_id)
        cell.source = f"{_BELOW_THE_HEADING.sub('', cell.source).rstrip()}\n\n{table}"


def _run(execute: Callable[[NotebookNode], None]) -> dict[str, str]:
    """Return the tables of mistakes; each is made in a cell, one after another in one kernel."""
    lines = [line for lines in MISTAKES.values() for line in lines]
    cells = [nbformat.v4.new_code_cell(line, metadata={"tags": ["raises-exception"]}) for line in lines]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SET_UP), *cells])
    execute(notebook)
    rows = {cell.source: _row(cell) for cell in notebook.cells}
    return {cell_id: _table(_HEADS, [rows[line] for line in lines]) for cell_id, lines in MISTAKES.items()}


def _row(cell: NotebookNode) -> tuple[str, str, str]:
    """Return the code of a cell, what was shown below it, and the advice in that."""
    code = "; ".join(f"`{line.strip()}`" for line in cell.source.splitlines())
    shown = _shorten(" ".join(map(_text, cell.outputs)))
    seen, _, advice = shown.partition("What to do: ")
    if "Note: " in seen or ("The emulator adds: " in seen and not advice):
        return code, "no error", shown.replace("Note: ", "").removeprefix("TaskRouter accepted this request. ")
    if not advice:  # one text that says both, as of a name that isn't defined
        seen, _, advice = seen.partition(". ")
    return code, seen.strip().replace("<", "&lt;"), advice.strip()


def _text(output: NotebookNode) -> str:
    """Return what an output adds to the row, without places on this machine and in the cell."""
    if output.output_type != "error":
        return str(output.get("text", ""))
    lines = " ".join(re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output.traceback)).split())
    return re.sub(
        r"^TaskRouter returned an error: status |Message: |^Cell In.*\^ (?=\w+Error: )| \(/[^)]*\)", "", lines
    )


def _shorten(text: str) -> str:
    return _SID.sub(r"\1…", " ".join(text.split()))


def _tell(error: HelperError) -> str:
    return _bold(str(error))


def _bold(text: str) -> str:
    """Return the text on one line, its first sentence bold."""
    first, dot, rest = _shorten(text).partition(". ")
    return f"**{first}{dot.strip()}** {rest}".rstrip()


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    escaped = [[part.replace("|", r"\|") for part in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, ["---"] * len(heads), *escaped])
