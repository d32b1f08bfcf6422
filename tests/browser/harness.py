"""JupyterLab, started as start.py does it, and driven in a browser."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import nbformat
import pytest
from playwright.sync_api import Locator, Page

import start

__all__ = [
    "CellResult",
    "Lab",
    "evaluate",
    "execute",
    "load",
    "open_notebook",
    "outputs",
    "run_all",
    "screenshot",
    "serious_violations",
    "start_lab",
    "use_theme",
]

TOKEN = "browser-tests"
READY_SECONDS = 60
STOP_SECONDS = 10
RUN_SECONDS = 180
SCREENSHOTS = start.ROOT / ".local" / "screenshots"


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab whose files are a copy: ``root`` is what it shows."""

    url: str
    root: Path

    def write_notebook(self, path: str, *sources: str) -> str:
        """Store a notebook of code cells under ``root`` and return its path."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.root / path)
        return path


@dataclass(frozen=True)
class CellResult:
    """One code cell after a run: its place among all cells, its count, and its error if it raised one."""

    index: int
    execution_count: int | None
    error: str | None
    may_raise: bool

    @property
    def failed(self) -> bool:
        """True if the cell did not run, or raised although it is not tagged ``raises-exception``."""
        return self.execution_count is None or (self.error is not None and not self.may_raise)


@contextmanager
def start_lab(folder: Path) -> Iterator[Lab]:
    """Serve a copy of this project's notebooks from ``folder`` until the block ends."""
    root, home = folder / "project", folder / "home"
    shutil.copytree(start.ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*", "my_app"))
    start.prepare_lab_home(home)
    command = start.lab_command(Path(sys.executable), root, port=0, browser=False)
    command += [f"--IdentityProvider.token={TOKEN}"]
    with (folder / "jupyterlab.log").open("w") as log:
        environment = start.lab_environment(home, dict(os.environ))
        server = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
        try:
            yield Lab(wait_for_url(server, home / "runtime", Path(log.name)), root)
        finally:
            stop(server)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End JupyterLab and its kernels; one that is asked in the middle of a request may wait for itself for ever."""
    server.terminate()
    try:
        server.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_for_url(server: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """The address JupyterLab wrote down when it was up, or a failure that shows its log."""
    address = runtime / f"jpserver-{server.pid}.json"
    deadline = time.monotonic() + READY_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        if address.exists() and address.read_text().endswith("}"):
            return str(json.loads(address.read_text())["url"])
        time.sleep(0.05)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


def load(page: Page, lab: Lab, path: str | None = None, *, as_at_first: bool = False) -> None:
    """Load JupyterLab, with ``path`` (relative to the lab's root) open: alone, or in the layout that start.py gives."""
    layout, fresh = ("", "") if as_at_first else ("/workspaces/tests", "reset&")
    notebook = f"/tree/{path}" if path else ""
    page.goto(f"{lab.url}lab{layout}{notebook}?{fresh}token={TOKEN}")
    page.wait_for_function("window.jupyterapp !== undefined", timeout=READY_SECONDS * 1000)
    page.evaluate("jupyterapp.restored.then(() => null)")
    if path:
        wait_for_kernel(page, path)


def open_notebook(page: Page, path: str) -> None:
    """Show ``path`` in the JupyterLab of the page, in a new kernel; what was open or ran before is gone."""
    page.evaluate(
        """() => {
            [...jupyterapp.shell.widgets('main')].forEach(each => each.dispose());
            return jupyterapp.serviceManager.sessions.shutdownAll();
        }"""
    )
    execute(page, "docmanager:open", path=path)
    wait_for_kernel(page, path)


def wait_for_kernel(page: Page, path: str) -> None:
    """Wait until ``path`` is shown and its kernel answers."""
    page.wait_for_function(
        """path => {
            const panel = jupyterapp.shell.currentWidget;
            return panel?.context?.path === path && panel.context.isReady
                && panel.sessionContext.session?.kernel?.connectionStatus === 'connected';
        }""",
        arg=path,
        timeout=READY_SECONDS * 1000,
    )
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.info.then(() => null)")


def execute(page: Page, command: str, **arguments: str) -> None:
    """Run one of JupyterLab's commands to its end; one that does not end fails."""
    page.evaluate(
        """([command, arguments, seconds]) => Promise.race([
            jupyterapp.commands.execute(command, arguments).then(() => null),
            new Promise((_, fail) => setTimeout(() => fail(new Error(`no end after ${seconds} s`)), seconds * 1000)),
        ])""",
        [command, arguments, RUN_SECONDS],
    )


def run_all(page: Page) -> list[CellResult]:
    """Run the shown notebook from its first cell to its last, and say how each code cell ended."""
    execute(page, "notebook:run-all-cells")
    evaluate(page, "None")  # the command ends at a cell that raises, and the cells below it run on
    cells = page.evaluate("jupyterapp.shell.currentWidget.context.model.toJSON().cells")
    return [cell_result(index, cell) for index, cell in enumerate(cells) if cell["cell_type"] == "code"]


def cell_result(index: int, cell: dict) -> CellResult:
    """Read one code cell of the notebook format."""
    errors = [f"{out['ename']}: {out['evalue']}" for out in cell["outputs"] if out["output_type"] == "error"]
    may_raise = "raises-exception" in cell["metadata"].get("tags", [])
    return CellResult(index, cell["execution_count"], errors[0] if errors else None, may_raise)


def evaluate(page: Page, expression: str) -> Any:
    """The value of a Python expression in the shown notebook's kernel, once no cell runs; a literal, or it fails."""
    reply = page.evaluate(
        """expression => jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute(
            {code: '', store_history: false, user_expressions: {value: expression}}).done.then(
            reply => reply.content.user_expressions.value)""",
        expression,
    )
    if reply["status"] != "ok":
        pytest.fail(f"{expression}: {reply['ename']}: {reply['evalue']}")
    return ast.literal_eval(reply["data"]["text/plain"])


def outputs(page: Page) -> Locator:
    """What the cells of the shown notebook display, without their source code."""
    return page.locator(".jp-Notebook .jp-OutputArea-output")


def use_theme(page: Page, theme: Literal["light", "dark"]) -> None:
    """Switch JupyterLab's colours and wait until they are there."""
    execute(page, "apputils:change-theme", theme=f"JupyterLab {theme.capitalize()}")
    page.wait_for_selector(f"body[data-jp-theme-light={'true' if theme == 'light' else 'false'}]", state="attached")
    page.locator("#jupyterlab-splash").wait_for(state="detached")


def screenshot(page: Page, name: str) -> Path:
    """Store the page as a picture under ``.local/screenshots``, for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.evaluate("new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(() => painted())))")
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path)
    return path


def serious_violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical in our own widgets, as they are drawn now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('.tr', {resultTypes: ['violations']}).then(({violations}) => violations)")
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
        if each["impact"] in ("serious", "critical")
    ]
