"""A word in a lesson leads to its entry in the glossary, at the first click."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.harness import open_notebook

LESSON = "notebooks/05_accept_the_reservation.ipynb"
GLOSSARY = "notebooks/reference/glossary.md"


def test_link_opens_the_entry(page: Page) -> None:
    """Each time the glossary wasn't open before, and the word's heading is at the top of what is shown."""
    open_notebook(page, LESSON)

    for word in ("Accepted", "Capacity", "Event"):
        page.locator(f"a[href*='glossary.md'][href$='#{word}']").first.click()

        page.wait_for_function("path => jupyterapp.shell.currentWidget.context.path === path", arg=GLOSSARY)
        shown = page.locator(".jp-MarkdownViewer:visible")
        heading = shown.get_by_role("heading", name=word, exact=True)
        expect(heading).to_be_in_viewport()
        assert heading.bounding_box()["y"] < shown.bounding_box()["y"] + 60
        expect(shown.get_by_role("heading", name="Look up a word")).not_to_be_in_viewport()
        page.evaluate("jupyterapp.shell.currentWidget.dispose()")
