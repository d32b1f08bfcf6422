"""One notebook in one mode: its cells run in a kernel of their own, and the calls that each of them made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

__all__ = ["Call", "Run", "run_notebook"]

CELL_SECONDS = 120
_START = "from tests.contract.twin.recorder import record\nrecord({path!r})\ndel record"


@dataclass(frozen=True)
class Call:
    """Exchange with TaskRouter."""

    cell: str
    """Id of the cell that made it, or in which the listener received it."""
    method: str
    """HTTP method, or RECEIVED."""
    path: str
    parameters: Any
    """Object of names and values; a repeated name has a list."""
    status: int
    """HTTP status; 0 without an answer."""
    body: Any
    """JSON of the response, or its text."""


@dataclass(frozen=True)
class Run:
    """Notebook that was run."""

    calls: list[Call]
    errors: dict[str, str]
    """First words of the error that a cell showed, by the cell's id."""


async def run_notebook(notebook: NotebookNode, environment: Mapping[str, str]) -> Run:
    """Run the cells that both modes have, in a fresh kernel with ``environment`` and a folder of its own.

    The folder, because a notebook may write files beside itself, and the other mode runs the same notebook meanwhile.
    """
    calls, errors = [], {}
    with TemporaryDirectory(prefix="taskrouter-twin-") as folder:
        place = {"metadata": {"path": folder}}
        client = NotebookClient(
            notebook, timeout=CELL_SECONDS, kernel_name="python3", allow_errors=True, resources=place
        )
        client.reset_execution_trackers()
        lines = Path(folder) / "exchanges.jsonl"
        lines.touch()
        notebook.cells.insert(0, new_code_cell(_START.format(path=str(lines)), id="recorder"))
        # It stays open, because what a callback writes between two cells is the next cell's.
        with lines.open(encoding="utf-8") as exchanges:
            async with client.async_setup_kernel(env=dict(environment)):
                for index, cell in enumerate(notebook.cells):
                    if cell.cell_type != "code" or "local-only" in cell.metadata.get("tags", []):
                        continue
                    await client.async_execute_cell(cell, index)
                    calls += _read(exchanges, cell.id)
                    raised = [each.ename for each in cell.outputs if each.output_type == "error"]
                    if raised:
                        errors[cell.id] = raised[0]
    return Run(calls, errors)


def _read(exchanges: TextIO, cell: str) -> Iterator[Call]:
    for line in exchanges:
        method, path, pairs, status, body = json.loads(line)
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            values.setdefault(name, []).append(value)
        parameters = {name: each[0] if len(each) == 1 else each for name, each in values.items()}
        yield Call(cell, method, path, parameters, status, _parse(body))


def _parse(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body
