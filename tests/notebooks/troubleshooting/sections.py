"""Sections of the troubleshooting page: what the code itself says about each mistake and problem."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from unittest.mock import patch

import nbformat
from nbformat import NotebookNode

from tests.notebooks.generated import NOTEBOOKS, cell_of
from tests.notebooks.troubleshooting.mistakes import MISTAKES, SET_UP
from tests.notebooks.troubleshooting.problems import PORTAL, PROBLEMS, PROXY, account_rows, no_answers

__all__ = ["TROUBLESHOOTING", "fill_in_sections"]

TROUBLESHOOTING = NOTEBOOKS / "reference/troubleshooting.ipynb"
_SID = re.compile(r"\b([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}\b")
_NEW_LINE = "\\\n  "
_BELOW_THE_HEADING = re.compile(r"(?<=\n\n)[|-].*", re.DOTALL)


def fill_in_sections(notebook: NotebookNode, execute: Callable[[NotebookNode], None]) -> None:
    """Write what is said about each mistake and problem below the heading of its section.

    Args:
        execute: runs a notebook in a fresh kernel.
    """
    with patch.dict(os.environ, PROXY):
        sections = {
            **{cell_id: _list(map(_bold, map(str, errors))) for cell_id, errors in PROBLEMS.items()},
            "account": _table(("Twilio returns", "What to do"), account_rows()),
            "no-answer": _list(map(_bold, no_answers())),
            "portal": _table(("You see", "Because", "What to do"), PORTAL),
        }
    sections |= _make_mistakes(execute)
    for cell_id, section in sections.items():
        cell = cell_of(notebook, cell_id)
        cell.source = f"{_BELOW_THE_HEADING.sub('', cell.source).rstrip()}\n\n{section}"


def _make_mistakes(execute: Callable[[NotebookNode], None]) -> dict[str, str]:
    """Return the sections of mistakes; each is made in a cell, one after another in one kernel."""
    lines = [line for lines in MISTAKES.values() for line in lines]
    cells = [nbformat.v4.new_code_cell(line, metadata={"tags": ["raises-exception"]}) for line in lines]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SET_UP), *cells])
    execute(notebook)
    entries = {cell.source: _entry(cell) for cell in notebook.cells}
    return {cell_id: _list(entries[line] for line in lines) for cell_id, lines in MISTAKES.items()}


def _entry(cell: NotebookNode) -> str:
    """Return the code of a cell, the message below it and the advice, each on a line: a table would be too wide."""
    code = "; ".join(f"`{line.strip()}`" for line in cell.source.splitlines())
    seen, marker, advice = _shorten(" ".join(map(_text, cell.outputs))).partition("What to do: ")
    return _NEW_LINE.join(filter(None, [code, _escape(seen.strip()), _escape(marker + advice)]))


def _text(output: NotebookNode) -> str:
    """Return what an output adds to the entry, without places on this machine and in the cell."""
    if output.output_type != "error":
        return str(output.get("text", ""))
    lines = " ".join(re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output.traceback)).split())
    return re.sub(r"^Cell In.*\^ (?=\w+Error: )| \(/[^)]*\)", "", lines)


def _shorten(text: str) -> str:
    return _SID.sub(r"\1…", " ".join(text.split()))


def _escape(text: str) -> str:
    """Return the text with its words as they are: outside of code, Markdown and HTML would take some for marks."""
    parts = text.split("`")
    return "`".join(re.sub(r"(__|[*<])", r"\\\1", part) if at % 2 == 0 else part for at, part in enumerate(parts))


def _bold(text: str) -> str:
    """Return the text on one line, its first sentence bold."""
    first, dot, rest = _shorten(text).partition(". ")
    return f"**{first}{dot.strip()}** {rest}".rstrip()


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    escaped = [[part.replace("|", r"\|") for part in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, ["---"] * len(heads), *escaped])
