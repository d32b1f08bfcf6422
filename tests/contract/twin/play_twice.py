"""Notebooks in one mode: the cells run in a kernel, and the calls that each of them made are recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self, TextIO

from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

__all__ = ["NEED_LOCAL_ONLY_CELLS", "Call", "Recording", "Run", "run_notebooks"]

NEED_LOCAL_ONLY_CELLS = ("06", "07")
"""Lessons that go on with what a local-only cell made: run with those cells, they ask something else in each mode."""

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


class Recording:
    """Recording of what the cells of a kernel exchange with TaskRouter; ``path`` is for the recorder in the kernel."""

    def __init__(self, path: Path) -> None:
        path.touch()
        self.start = new_code_cell(_START.format(path=str(path)), id="recorder")
        """Cell to be run first."""
        # It stays open, because what a callback writes between two cells is the next cell's.
        self._exchanges = path.open(encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._exchanges.close()

    def note(self, cell: NotebookNode, run: Run) -> None:
        """Add to ``run`` what a cell did that has just been run, unless only local mode has it."""
        calls = list(_read(self._exchanges, cell.id))
        if not has_twin(cell):
            return
        run.calls.extend(calls)
        raised = [each.ename for each in cell.outputs if each.output_type == "error"]
        if raised:
            run.errors[cell.id] = raised[0]


def has_twin(cell: NotebookNode) -> bool:
    """Return True for a code cell that both modes have."""
    return cell.cell_type == "code" and "local-only" not in cell.metadata.get("tags", [])


async def run_notebooks(notebooks: Sequence[NotebookNode], environment: Mapping[str, str]) -> list[Run]:
    """Run the cells that both modes have, in one fresh kernel with ``environment`` and a folder of its own.

    The folder, because a notebook may write files beside itself, and the other mode runs the same notebook meanwhile.
    """
    runs = []
    client = NotebookClient(new_notebook(), timeout=CELL_SECONDS, kernel_name="python3", allow_errors=True)
    with (
        TemporaryDirectory(prefix="taskrouter-twin-") as folder,
        Recording(Path(folder) / "exchanges.jsonl") as recording,
    ):
        async with client.async_setup_kernel(env=dict(environment), cwd=folder):
            for notebook in [new_notebook(cells=[recording.start]), *notebooks]:
                client.nb, run = notebook, Run([], {})
                client.reset_execution_trackers()
                for index, cell in enumerate(notebook.cells):
                    if has_twin(cell):
                        await client.async_execute_cell(cell, index)
                        recording.note(cell, run)
                runs.append(run)
    return runs[1:]


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
