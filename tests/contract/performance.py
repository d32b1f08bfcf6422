"""A notebook in live mode on a stage of its own: a fresh kernel, and what it leaves behind."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from tests.contract.stage import Stage
from tests.contract.stage.stage import LoggedRequest
from tests.notebooks.generated import read
from tests.notebooks.refresh import kernel_environment

__all__ = ["Performance", "code_cells", "perform", "text_of"]

EXPOSE = "connection.listen().expose()"
"""Cell that opens a tunnel where a lesson has none; a learner could run it right after the set-up."""


@dataclass(frozen=True)
class Performance:
    """Notebook that was run, with the stage as it was before and after."""

    cells: list[NotebookNode]
    """Code cells with their outputs."""
    stored: dict[str, NotebookNode]
    """Code cells with the outputs that local mode gave, by id."""
    tunnel: bool
    secrets: list[str]
    strangers_before: dict[str, Any]
    strangers_after: dict[str, Any]
    left: dict[str, str]
    """Names of the Workspaces that were left in the account, by SID, without the strangers'."""
    online: list[str]
    """Public hosts that still lead to this machine."""
    refused: list[str]
    """Addresses beyond this machine that something tried to reach."""
    log: list[LoggedRequest]


def perform(
    path: Path,
    *,
    tunnel: bool,
    lag_seconds: float = 0.3,
    upset: Callable[[Stage], object] = lambda stage: None,
    attempts: int = 1,
    killed_after: str = "",
    cell_seconds: int = 60,
) -> Performance:
    """Run a notebook live, among strangers.

    Args:
        tunnel: open a tunnel before the lesson begins; without it there is no token for ngrok either.
        upset: called with the stage before the kernel starts, to make trouble.
        attempts: number of times that a cell is run until it doesn't raise, as a patient learner does.
        killed_after: id of the cell after which the kernel is killed; another one then tidies up.
    """
    notebook = read(path)
    stored = {cell.id: nbformat.from_dict(cell) for cell in code_cells(notebook)}
    if tunnel and not any("expose(" in cell.source for cell in code_cells(notebook)):
        setup = next(number for number, cell in enumerate(notebook.cells) if cell.id == "setup")
        notebook.cells.insert(setup + 1, nbformat.v4.new_code_cell(EXPOSE, id="expose"))
    with Stage() as stage:
        strangers = stage.strangers()
        before = stage.listing(strangers)
        stage.front.lag_seconds = lag_seconds
        upset(stage)
        environment = {**kernel_environment(), **stage.environment, **({} if tunnel else {"NGROK_AUTHTOKEN": ""})}
        asyncio.run(_play(notebook, environment, cell_seconds, attempts, killed_after))
        if killed_after:
            notebook.cells += _tidied_up_by_another(stored["setup"], environment)
        stage.front.calm()
        left = {sid: name for sid, name in stage.workspaces.items() if sid not in strangers}
        return Performance(
            code_cells(notebook),
            stored,
            tunnel,
            stage.secrets,
            before,
            stage.listing(strangers),
            left,
            stage.edge.online,
            stage.proxy.refused,
            stage.log,
        )


async def _play(
    notebook: NotebookNode, environment: dict[str, str], cell_seconds: int, attempts: int = 1, killed_after: str = ""
) -> None:
    client = NotebookClient(notebook, timeout=cell_seconds, kernel_name="python3", allow_errors=True)
    client.reset_execution_trackers()
    async with client.async_setup_kernel(env=environment):
        for index, cell in enumerate(notebook.cells):
            for _ in range(attempts):
                await client.async_execute_cell(cell, index)
                if not failed(cell):
                    break
            if killed_after and cell.id == killed_after:
                del notebook.cells[index + 1 :]
                await client.km.signal_kernel(signal.SIGKILL)
                await client.km.provisioner.wait()
                break


def _tidied_up_by_another(setup: NotebookNode, environment: dict[str, str]) -> list[NotebookNode]:
    """Return the cells of another kernel, in which the learner does nothing but tidy up."""
    sources = {"next-setup": setup.source, "next-cleanup": "tidy_up()"}
    cells = [nbformat.v4.new_code_cell(source, id=cell_id) for cell_id, source in sources.items()]
    asyncio.run(_play(nbformat.v4.new_notebook(cells=cells), environment, 60))
    return cells


def failed(cell: NotebookNode) -> bool:
    """True if a cell raised that isn't meant to."""
    raised = any(output.output_type == "error" for output in cell.get("outputs", []))
    return raised and "raises-exception" not in cell.metadata.get("tags", [])


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells of a notebook, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text_of(cell: NotebookNode) -> str:
    """All that a cell shows as text, errors too."""
    return "".join(_text_of(output) for output in cell.outputs)


def _text_of(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return "\n".join([f"{output.ename}: {output.evalue}", *output.traceback])
    return str(output.data.get("text/plain", "")) + json.dumps({"": output.data.get("text/html", "")})[5:-2]
