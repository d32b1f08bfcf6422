"""A notebook in live mode on a stage of its own: a fresh kernel, and what it leaves behind."""

from __future__ import annotations

import asyncio
import json
import signal
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
import psutil
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

from tests.contract.stage import Stage
from tests.contract.stage.stage import LoggedRequest
from tests.contract.twin.play_twice import Recording, Run
from tests.notebooks.generated import read
from tests.notebooks.refresh import kernel_environment

__all__ = ["Performance", "Play", "code_cells", "make_pool", "open_tunnel_at_first", "perform", "text_of"]

AT_ONCE = 3
"""Number of performances at a time: each waits now and then."""

EXPOSE = "connection.listen().expose()"
"""Cell that opens a tunnel where a lesson has none; a learner could run it right after the set-up."""


@dataclass(frozen=True)
class Performance:
    """Notebook that was run, with the stage as it was before and after."""

    lesson: str
    """Its number, in two digits."""
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
    telltales: list[str]
    """Command lines and files in which a secret stood."""
    log: list[LoggedRequest]
    recorded: Run
    """Calls of the cells, until the kernel was killed."""


@dataclass
class Play:
    """One kernel's run of a notebook, as a learner goes about it.

    Args:
        tunnel: open a tunnel before the lesson begins; without it there is no token for ngrok either.
        attempts: number of times that a cell is run until it doesn't raise, as a patient learner does.
        killed_after: id of the cell after which the kernel is killed; another one then tidies up.
    """

    path: Path
    tunnel: bool
    attempts: int = 1
    killed_after: str = ""
    cell_seconds: int = 60
    telltales: set[str] = field(default_factory=set)
    recorded: Run = field(default_factory=lambda: Run([], {}))

    def __post_init__(self) -> None:
        self.notebook = read(self.path)
        self.stored = {cell.id: nbformat.from_dict(cell) for cell in code_cells(self.notebook)}
        if self.tunnel:
            open_tunnel_at_first(self.notebook)

    async def run(self, stage: Stage) -> None:
        """Run the notebook with the stage's variables alone."""
        without = {} if self.tunnel else {"NGROK_AUTHTOKEN": ""}
        environment = {**kernel_environment(), **stage.environment, **without}
        with Recording(stage.folder / f"{uuid.uuid4().hex}.jsonl") as recording:
            self.notebook.cells.insert(0, recording.start)
            await self._run(self.notebook, environment, stage, recording)
        if self.killed_after:  # in the next kernel the learner does nothing but tidy up
            sources = {"next-setup": self.stored["setup"].source, "next-cleanup": "tidy_up()"}
            cells = [nbformat.v4.new_code_cell(source, id=cell_id) for cell_id, source in sources.items()]
            await self._run(nbformat.v4.new_notebook(cells=cells), environment, stage)
            self.notebook.cells += cells

    async def _run(
        self, notebook: NotebookNode, environment: dict[str, str], stage: Stage, recording: Recording | None = None
    ) -> None:
        # Through files, as Jupyter's choice of free ports is a race among kernels that start together.
        way = {"transport": "ipc", "connection_file": str(stage.folder / f"{uuid.uuid4().hex}.json")}
        client = NotebookClient(
            notebook,
            timeout=self.cell_seconds,
            kernel_name="python3",
            allow_errors=True,
            config=Config({"KernelManager": way}),
        )
        client.reset_execution_trackers()
        folder = stage.folder / uuid.uuid4().hex  # for what the cells write
        folder.mkdir()
        async with client.async_setup_kernel(env=environment, cwd=folder):
            for index, cell in enumerate(notebook.cells):
                for _ in range(self.attempts):
                    await client.async_execute_cell(cell, index)
                    if recording is not None and cell.cell_type == "code":
                        recording.note(cell, self.recorded)
                    # `tidy_up()` doesn't raise: it says what stays, and that it can be run again.
                    if not has_failed(cell) and cell.id != "cleanup":
                        break
                if cell.cell_type == "code":
                    self.telltales.update(command_lines_with(stage.secrets))
                if self.killed_after and cell.id == self.killed_after:
                    del notebook.cells[index + 1 :]
                    await client.km.signal_kernel(signal.SIGKILL)
                    await client.km.provisioner.wait()
                    break


def make_pool() -> ProcessPoolExecutor:
    """Return a pool of processes for performances: in threads, two emulators met in msgspec's first use and crashed."""
    quick_start = {"initializer": import_module, "initargs": ["tests.quick_start"]}
    return ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn"), **quick_start)


def perform(
    *plays: Play, lag_seconds: float = 0.3, upset: Callable[[Stage], object] | None = None
) -> list[Performance]:
    """Run notebooks live at the same time, in one account and among strangers.

    Args:
        upset: called with the stage before the kernels start, to make trouble.
    """
    with Stage() as stage:
        strangers = stage.strangers()
        before = stage.listing(strangers)
        stage.front.lag_seconds = lag_seconds
        if upset is not None:
            upset(stage)

        async def run_all() -> None:
            await asyncio.gather(*(play.run(stage) for play in plays))

        asyncio.run(run_all())
        stage.front.calm()
        return [
            Performance(
                lesson=play.path.name[:2],
                cells=code_cells(play.notebook),
                stored=play.stored,
                tunnel=play.tunnel,
                secrets=stage.secrets,
                strangers_before=before,
                strangers_after=stage.listing(strangers),
                left={sid: name for sid, name in stage.workspaces.items() if sid not in strangers},
                online=stage.edge.online,
                refused=stage.proxy.refused,
                telltales=[*play.telltales, *files_with(stage.secrets, stage.folder)],
                log=stage.log,
                recorded=play.recorded,
            )
            for play in plays
        ]


def open_tunnel_at_first(notebook: NotebookNode) -> None:
    """Add a cell after the set-up that opens a tunnel, unless the notebook opens one itself."""
    if not any("expose(" in cell.source for cell in code_cells(notebook)):
        setup = next(number for number, cell in enumerate(notebook.cells) if cell.id == "setup")
        notebook.cells.insert(setup + 1, nbformat.v4.new_code_cell(EXPOSE, id="expose"))


def command_lines_with(secrets: list[str]) -> Iterator[str]:
    """Command lines of this machine that any user could read a secret from.

    Not curl's: lesson 3 shows it as Twilio does, with the token after ``-u``, which curl itself takes out as it starts.
    """
    for process in psutil.process_iter(["cmdline"]):
        line = process.info["cmdline"] or [""]
        if Path(line[0]).name != "curl" and any(secret in part for part in line for secret in secrets):
            yield f"the command line of {line[0]}"


def files_with(secrets: list[str], folder: Path) -> Iterator[str]:
    """Files below ``folder`` that hold a secret."""
    for path in folder.rglob("*"):
        if path.is_file() and any(secret.encode() in path.read_bytes() for secret in secrets):
            yield str(path.relative_to(folder))


def has_failed(cell: NotebookNode) -> bool:
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
