"""Pictures of the notebooks, run in JupyterLab, in both themes: ``python -m tests.browser.pictures [notebook ...]``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

import start
from tests.browser.chromium import started_browser
from tests.browser.harness import load, open_notebook, run_all, screenshot, start_lab, use_theme
from tests.notebooks.generated import notebook_paths

__all__ = ["main"]

WIDTH, TALLEST = 1400, 16000  # pixels; Chromium draws no larger pictures


def main(arguments: list[str] | None = None) -> None:
    """Run the notebooks named, or all, store their pictures and print where they are."""
    named = [Path(name).resolve() for name in (sys.argv[1:] if arguments is None else arguments)]
    with start_lab(Path(tempfile.mkdtemp())) as lab, started_browser() as browser:
        page = browser.new_page()
        load(page, lab)
        for theme in ("light", "dark"):
            use_theme(page, theme)
            for notebook in named or notebook_paths():
                take_picture(page, notebook.relative_to(start.ROOT), theme)


def take_picture(page: Page, path: Path, theme: str) -> None:
    """Run one notebook and store it whole."""
    page.set_viewport_size({"width": WIDTH, "height": 1000})
    open_notebook(page, path.as_posix())
    run_all(page)
    show_whole_notebook(page)
    name = f"{'-'.join(path.with_suffix('').parts[1:])}-{theme}"
    print(screenshot(page, name).relative_to(start.ROOT), flush=True)


def show_whole_notebook(page: Page) -> None:
    """Make the window as tall as the notebook, so that one picture holds it."""
    page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    for _ in range(2):  # cells that were out of sight get their true height only when they come into it
        height = page.evaluate(
            """(() => {
                const cells = jupyterapp.shell.currentWidget.node.querySelectorAll('.jp-Cell');
                return cells[cells.length - 1].getBoundingClientRect().bottom - cells[0].getBoundingClientRect().top;
            })()"""
        )
        page.set_viewport_size({"width": WIDTH, "height": min(round(height) + 180, TALLEST)})
        page.evaluate("jupyterapp.shell.currentWidget.content.scrollToItem(0, 'start')")
        page.wait_for_timeout(500)  # JupyterLab lays the page out again


if __name__ == "__main__":
    main()
