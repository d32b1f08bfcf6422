"""Visits of the site in a browser: what a page asks for, and what its cells give."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from nbformat import NotebookNode
from playwright.sync_api import BrowserContext, Locator, Page, Request, Route

from deploy.site.serving import make_server
from tests.browser.harness import READY_SECONDS, RUN_SECONDS, execute

__all__ = ["SiteVisit", "served", "told", "visit"]

START_SECONDS = 120
"""Time until a kernel has loaded everything, on a busy machine."""
_KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"


class SiteVisit:
    """One page of the site.

    Args:
        url: address of the site.
        folder: where its files are.
    """

    def __init__(self, page: Page, url: str, folder: Path) -> None:
        self.page = page
        self.url = url
        self.folder = folder
        self.foreign: list[str] = []
        """Requests to anywhere else, all of which were refused."""
        self.fetched: set[Path] = set()
        """Files that were asked for."""
        page.context.on("request", self._note)

    def open(self, path: str) -> None:
        """Open a notebook as a deep link does, and wait until its kernel answers."""
        self.page.goto(f"{self.url}/notebooks/index.html?path={path}")
        self.page.wait_for_function("window.jupyterapp !== undefined", timeout=READY_SECONDS * 1000)
        self.page.wait_for_function(
            """path => {
                const panel = jupyterapp.shell.currentWidget;
                return panel?.context?.path === path && panel.context.isReady && panel.sessionContext.session?.kernel;
            }""",
            arg=path,
            timeout=READY_SECONDS * 1000,
        )
        self.page.wait_for_function(
            "jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'",
            timeout=START_SECONDS * 1000,
        )

    def cells(self) -> list[dict[str, Any]]:
        """Return the code cells with their outputs, as they would be saved."""
        return [cell for cell in self._all_cells() if cell["cell_type"] == "code"]

    def write(self, cell_id: str, source: str) -> None:
        """Replace the source of a cell."""
        self.page.evaluate(
            """([id, source]) => jupyterapp.shell.currentWidget.content.widgets
                .find(each => each.model.id === id).model.sharedModel.setSource(source)""",
            [cell_id, source],
        )

    def show_board(self) -> Locator:
        """Run a lesson's set-up cells, and return its console."""
        board = [cell.get("id") for cell in self._all_cells()].index("board")
        self.page.evaluate("index => { jupyterapp.shell.currentWidget.content.activeCellIndex = index }", board + 1)
        execute(self.page, "notebook:run-all-above")
        return self.page.locator(".jp-Notebook .tr-cell")

    def run(self, code: str) -> str:
        """Run code in the kernel, in no cell, and return what it prints; an error's text is part of that."""
        return self.page.evaluate(
            f"""code => {{
                const future = {_KERNEL}.requestExecute({{code, store_history: false}});
                let said = "";
                future.onIOPub = ({{content}}) => {{ said += content.text ?? content.evalue ?? ""; }};
                return future.done.then(() => said);
            }}""",
            code,
        )

    def begin(self, code: str) -> None:
        """Let the kernel run code, and don't wait for its end."""
        self.page.evaluate(f"code => void {_KERNEL}.requestExecute({{code, store_history: false}})", code)

    def run_all(self) -> list[dict[str, Any]]:
        """Run all cells as somebody who begins, as stored outputs are; return them."""
        self.run("import os; os.environ['TASKROUTER_PROGRESS'] = ''")
        execute(self.page, "notebook:run-all-cells")
        # The command ends at a cell that raises, and the cells below it run on.
        self.page.wait_for_function(
            """() => {
                const panel = jupyterapp.shell.currentWidget;
                return panel.sessionContext.session.kernel.status === 'idle'
                    && panel.content.widgets.every(each => each.model.executionState !== 'running');
            }""",
            timeout=RUN_SECONDS * 1000,
        )
        return self.cells()

    def compressed_bytes(self) -> int:
        """Return the size of all files that were asked for, as a server sends them that compresses."""
        return sum(len(gzip.compress(path.read_bytes(), 6)) for path in self.fetched)

    def _all_cells(self) -> list[dict[str, Any]]:
        return self.page.evaluate("jupyterapp.shell.currentWidget.context.model.toJSON().cells")

    def _note(self, request: Request) -> None:
        if request.url.startswith(f"{self.url}/"):
            path = self.folder / unquote(urlsplit(request.url).path).lstrip("/")
            self.fetched |= {path} if path.is_file() else set()
        elif not request.url.startswith(("data:", "blob:")):
            self.foreign.append(request.url)


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve ``folder`` by a plain server of files, and give its address."""
    with make_server(folder, port) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def visit(context: BrowserContext, url: str, folder: Path) -> Iterator[SiteVisit]:
    """Visit the site in a page of its own that reaches no other host."""

    def refuse(route: Route) -> None:
        route.fallback() if route.request.url.startswith(f"{url}/") else route.abort()

    context.route("**/*", refuse)
    page = context.new_page()
    yield SiteVisit(page, url, folder)
    page.close()


def told(cell: NotebookNode | dict[str, Any]) -> list[object]:
    """Return what a cell's outputs say: text, or the name and words of an error."""
    return [
        (each["ename"], each["evalue"])
        if each["output_type"] == "error"
        else "".join(each["text"] if "text" in each else each["data"].get("text/plain", ""))
        for each in cell["outputs"]
    ]
