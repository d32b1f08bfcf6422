"""Scripted learner on one seat, who does a lesson and says how it went."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

import httpx
import psutil

from deploy.rehearsal.carelessness import CARELESS, Cell, source_of
from deploy.rehearsal.comparison import difference, error_text, first_sentence, is_traceback
from deploy.rehearsal.kernel import Kernel, KernelLost
from deploy.rehearsal.server import Notebook, Server, ServerRefused

__all__ = ["Result", "Seat"]

TROUBLE = (KernelLost, ServerRefused, OSError, httpx.HTTPError)


@dataclass
class Result:
    """One seat's run of one lesson."""

    seat: str
    kind: str
    lesson: str
    seconds: float = 0.0
    memory: int = 0
    """Bytes of memory (RSS) of the kernel, and of what it started, after the last cell; 0 if it isn't here."""
    refused: list[str] = field(default_factory=list)
    """First sentence of each error that a careless learner was told."""
    failure: str = ""
    """One sentence, if something went wrong."""

    @property
    def told(self) -> str:
        """Sentence for the table."""
        if self.failure:
            return f"FAILED: {self.failure}"
        if self.kind == "careful":
            return "as stored"
        if not self.refused:
            return f"{self.kind}: no cell refused; then as stored"
        cells = "1 cell" if len(self.refused) == 1 else f"{len(self.refused)} cells"
        return f"{self.kind}: {cells} refused ({self.refused[0]}); then as stored"


class Failed(Exception):
    """A cell did what it must not; the text says which, and what."""


class Seat:
    """Learner with a server.

    Args:
        label: of the seat, such as ``07``; its random choices follow from it.
        kind: ``careful``, or one of ``CARELESS``.
    """

    def __init__(self, label: str, kind: str, server: Server) -> None:
        self.label = label
        self.kind = kind
        self.server = server

    async def do(self, path: str) -> Result:
        """Run the lesson at ``path``, carelessly first if that is the seat's kind, then from a fresh kernel on."""
        result = Result(self.label, self.kind, path.rpartition("/")[2][:2])
        began = time.monotonic()
        try:
            async with self.server.open(path) as notebook:
                if self.kind in CARELESS:
                    result.refused = await self._be_careless(notebook)
                    await self.server.restart(notebook)
                async with self.server.kernel_of(notebook) as kernel:
                    await _run_all(kernel, notebook)
                result.memory = _memory(notebook.kernel_id)
        except (Failed, *TROUBLE) as error:
            result.failure = str(error) or type(error).__name__
        result.seconds = time.monotonic() - began
        return result

    async def _be_careless(self, notebook: Notebook) -> list[str]:
        refused: list[str] = []
        order = CARELESS[self.kind](_code_cells(notebook), Random(self.label))
        for part in _split_at_restarts(order):
            if part.is_after_restart:
                await self.server.restart(notebook)
            async with self.server.kernel_of(notebook) as kernel:
                for cell in part.cells:
                    shown = error_text(await kernel.run(source_of(cell), cell["id"]))
                    if is_traceback(shown):
                        raise Failed(f"{self.kind}: {_name(notebook, cell)} showed a traceback, {_last_line(shown)!r}")
                    if shown and "raises-exception" not in cell["metadata"].get("tags", []):
                        refused.append(first_sentence(shown))
        return refused


async def _run_all(kernel: Kernel, notebook: Notebook) -> None:
    if not _code_cells(notebook):
        raise Failed("the notebook has no code cells")
    for cell in _code_cells(notebook):
        outputs = await kernel.run(source_of(cell), cell["id"])
        if differs := difference(cell["outputs"], outputs):
            raise Failed(f"{_name(notebook, cell)}: {differs}")


@dataclass
class Part:
    """Cells that are run in one life of a kernel."""

    is_after_restart: bool
    cells: list[Cell] = field(default_factory=list)


def _split_at_restarts(order: Iterator[Cell | None]) -> list[Part]:
    parts = [Part(is_after_restart=False)]
    for cell in order:
        if cell is None:
            parts.append(Part(is_after_restart=True))
        else:
            parts[-1].cells.append(cell)
    return parts


def _code_cells(notebook: Notebook) -> Sequence[Cell]:
    return [cell for cell in notebook.cells if cell["cell_type"] == "code"]


def _name(notebook: Notebook, cell: Cell) -> str:
    """Return the cell's id and the heading above it."""
    heading = ""
    for each in notebook.cells:
        if each["cell_type"] == "markdown" and (found := re.findall(r"^#{1,2} +(.+)$", source_of(each), re.MULTILINE)):
            heading = found[-1]
        if each["id"] == cell["id"]:
            break
    return f'cell {cell["id"]} ("{heading}")'


def _last_line(shown: str) -> str:
    return shown.strip().splitlines()[-1]


def _memory(kernel_id: str) -> int:
    """Return the resident memory of the kernel's process, which names its id, and of its children; 0 if not here."""
    for process in psutil.process_iter(["cmdline"]):
        if any(kernel_id in word for word in process.info["cmdline"] or ()):
            try:
                return sum(each.memory_info().rss for each in [process, *process.children(recursive=True)])
            except psutil.Error:
                return 0
    return 0
