"""Pictures of every notebook, run in JupyterLab, in both themes: ``python -m tests.browser.pictures``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import start
from tests.browser.harness import Lab, launch_chromium, open_notebook, run_all, screenshot, start_lab, use_theme

__all__ = ["main"]

WIDTH, TALLEST = 1400, 16000  # pixels; Chromium draws no larger pictures


def main() -> None:
    """Run each notebook, store its pictures and print where they are."""
    environment = Path(tempfile.mkdtemp())
    with start_lab(environment) as lab, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        for notebook in sorted((lab.root / "notebooks").glob("*.ipynb")):
            page = browser.new_page(viewport={"width": WIDTH, "height": 1000})
            take_pictures(page, lab, f"notebooks/{notebook.name}")
            page.close()


def take_pictures(page: Page, lab: Lab, path: str) -> None:
    """Run one notebook and store it whole, in light and in dark."""
    open_notebook(page, lab, path)
    run_all(page)
    for theme in ("light", "dark"):
        use_theme(page, theme)
        show_whole_notebook(page)
        print(screenshot(page, f"{Path(path).stem}-{theme}").relative_to(start.ROOT))


def show_whole_notebook(page: Page) -> None:
    """Make the window as tall as the notebook, so that one picture holds it."""
    page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    for _ in range(2):  # cells that were out of sight get their true height only when they come into it
        height = page.evaluate(
            "Math.max(...[...jupyterapp.shell.currentWidget.node.querySelectorAll('*')].map(each => each.scrollHeight))"
        )
        page.set_viewport_size({"width": WIDTH, "height": min(height + 150, TALLEST)})
        page.evaluate("jupyterapp.shell.currentWidget.content.scrollToItem(0, 'start')")
        page.wait_for_timeout(500)  # JupyterLab lays the page out again


if __name__ == "__main__":
    main()
