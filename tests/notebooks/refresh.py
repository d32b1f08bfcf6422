"""Run the notebooks again and store their outputs: ``python start.py refresh [--check | --twice] [notebook ...]``.

The README counts as a notebook: its table of lessons is made from them.
"""

from __future__ import annotations

import tests.quick_start  # noqa: F401  # isort: skip  # before nbformat

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

import start
from tests.cell_failures import how_to_store, place_of
from tests.notebooks.generated import README, ROOT, NotebookUnfit, fill_in, notebook_paths, read, with_lessons
from tests.notebooks.troubleshooting.sections import TROUBLESHOOTING, fill_in_sections

__all__ = [
    "NotebookFailed",
    "as_text",
    "execute",
    "filled_in",
    "fresh_kernel",
    "kernel_environment",
    "main",
    "refreshed",
    "tidy",
]

CELL_SECONDS = 60
FOREIGN = ("TWILIO_", "NGROK_", "PYNGROK_", "TASKROUTER_")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class NotebookFailed(Exception):
    """A cell raised that is not meant to; ``args[0]`` says which, and what it raised."""


def main(arguments: list[str] | None = None) -> int:
    """Refresh the notebooks named, or all; returns 1 if one fails.

    With ``--check`` and ``--twice`` it stores nothing, and returns 1 if a notebook would change, or says something else
    in each run.
    """
    parser = argparse.ArgumentParser(prog="start.py refresh", description=__doc__)
    only_look = parser.add_mutually_exclusive_group()
    only_look.add_argument("--check", action="store_true", help="change nothing; say what would change")
    only_look.add_argument("--twice", action="store_true", help="run each notebook twice, and compare the outputs, too")
    parser.add_argument("notebooks", nargs="*", type=Path, help="all of them if none is named")
    options = parser.parse_args(arguments)
    for path in options.notebooks:
        if not path.is_file():
            parser.error(
                f"{path} is not a file: name a notebook by its path, notebooks/00_start_here.ipynb for instance"
            )
    paths = options.notebooks or [*notebook_paths(), README]
    try:
        if options.check or options.twice:
            results = [_check(path.resolve(), runs=2 if options.twice else 1) for path in paths]
        else:
            results = [_refresh(path.resolve()) for path in paths]
    except NotebookUnfit as problem:  # others are made from it, so the rest waits
        print(f"start: {problem}", file=sys.stderr)
        return 1
    return 0 if all(results) else 1


def refreshed(path: Path) -> str:
    """The text of the file as it should be: generated cells filled in, run, and tidied; the README's table filled in.

    Raises:
        NotebookFailed: a cell raised that has no tag ``raises-exception``.
    """
    text = filled_in(path)
    if path == README:
        return text
    notebook = nbformat.reads(text, as_version=4)
    execute(notebook)
    tidy(notebook)
    return as_text(notebook)


def filled_in(path: Path) -> str:
    """The text of the file with everything generated in it, and its outputs as they are stored."""
    if path == README:
        return with_lessons(path.read_text(encoding="utf-8"))
    notebook = read(path)
    fill_in(path, notebook)
    if path == TROUBLESHOOTING:
        fill_in_sections(notebook, execute)
    return as_text(notebook)


def execute(notebook: NotebookNode) -> None:
    """Run all cells in a fresh kernel, in local mode whatever the reader's own settings say.

    Raises:
        NotebookFailed: a cell raised that has no tag ``raises-exception``.
    """
    with fresh_kernel() as run:
        run(notebook)


@contextmanager
def fresh_kernel() -> Iterator[Callable[[NotebookNode], None]]:
    """Start a kernel that runs one notebook after another, each as :func:`execute` does."""
    client = NotebookClient(
        nbformat.v4.new_notebook(),
        timeout=CELL_SECONDS,
        kernel_name="python3",
        allow_errors=True,
        coalesce_streams=True,
    )

    def run(notebook: NotebookNode) -> None:
        client.nb = notebook
        client.reset_execution_trackers()
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
        for cell in notebook.cells:
            failed = [output for output in cell.get("outputs", []) if output.output_type == "error"]
            if failed and "raises-exception" not in cell.metadata.get("tags", []):
                raise NotebookFailed(
                    f"{place_of(notebook, cell)}: {failed[0].ename}: {failed[0].evalue}\nCorrect this cell, or what "
                    "it calls. A cell that is meant to raise carries the tag `raises-exception`."
                )

    # In a folder for what the cells write; a reader's own files stay as they are.
    with TemporaryDirectory() as folder, client.setup_kernel(env=kernel_environment(), cwd=folder):
        yield run


def kernel_environment() -> dict[str, str]:
    """The environment of ``python start.py``, without settings of the reader's own."""
    home = ROOT / ".local"
    start.prepare_lab_home(home)
    clean = {name: value for name, value in os.environ.items() if not name.upper().startswith(FOREIGN)}
    # Set, not left out: a reader's .env counts only where the environment is silent.
    clean |= {**start.LOCAL_MODE, "PYTHONPATH": str(ROOT)}
    return start.lab_environment(home, clean)


def tidy(notebook: NotebookNode) -> None:
    """Take out what differs between runs, and widgets, which are no use without the kernel that made them."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat_minor = 5
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        cell.source = cell.source.rstrip()
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)


def as_text(notebook: NotebookNode) -> str:
    """The notebook as it is stored."""
    return f"{nbformat.writes(notebook)}\n"


def _refresh(path: Path) -> bool:
    name = os.path.relpath(path, ROOT)
    before = after = path.read_text(encoding="utf-8")
    try:
        _store(path, filled_in(path))  # where_am_i() reads the file while the cells run
        after = refreshed(path)
    except NotebookFailed as failure:
        print(f"{name}: {failure}")
        return False
    finally:
        _store(path, after)
    print(f"{name}: {'unchanged' if after == before else 'refreshed'}")
    return True


def _check(path: Path, runs: int) -> bool:
    name = os.path.relpath(path, ROOT)
    try:
        texts = [refreshed(path) for _ in range(runs)]
    except NotebookFailed as failure:
        print(f"{name}: {failure}")
        return False
    stored = path.read_text(encoding="utf-8")
    if len(set(texts)) > 1:
        print(f"{name}: differs from run to run{_where(path, *texts)}. Show nothing that a run decides.")
    elif stored != texts[0]:
        print(f"{name}: would change{_where(path, stored, texts[0])}. To store it, {how_to_store(path)}.")
    else:
        print(f"{name}: unchanged")
    return {stored, *texts} == {stored}


def _where(path: Path, one: str, other: str) -> str:
    """Return " in " and the place of the first cell that differs; nothing for a file that isn't a notebook."""
    if path.suffix != ".ipynb":
        return ""
    old, new = (nbformat.reads(text, as_version=4) for text in (one, other))
    differing = (after for before, after in zip(old.cells, new.cells, strict=False) if before != after)
    first = next(differing, None)
    return f" in {place_of(new, first)}" if first else ""


def _store(path: Path, text: str) -> None:
    if text != path.read_text(encoding="utf-8"):
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
