"""The site in Firefox: what is tried in Chromium, and what a learner does by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.chromium import NoBrowser
from tests.browser.harness import screenshot, serious_violations, use_theme
from tests.notebooks.generated import lesson_paths, read
from tests.site.firefox import started_firefox
from tests.site.test_lessons_in_site import (  # noqa: F401
    test_click_in_the_console_is_shown_without_a_cell,
    test_lesson_gives_its_stored_outputs,
)
from tests.site.test_storage import (  # noqa: F401
    test_edited_notebook_is_there_after_a_reload,
    test_lesson_runs_without_a_server,
    test_new_build_replaces_what_was_kept,
)

pytestmark = pytest.mark.whole_site
AVAILABLE = lesson_paths()[4]
LOAD_MILLISECONDS = 60_000
MOST_PRESSES = 20


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Firefox, in place of Chromium; without one, each test fails with the same sentence."""
    try:
        with started_firefox() as browser:
            yield browser
    except NoBrowser as missing:
        raise pytest.fail.Exception(str(missing), pytrace=False) from None


def move_to(target: Locator, key: str) -> None:
    """Press ``key`` until ``target`` has the focus."""
    for _ in range(MOST_PRESSES):
        if target.evaluate("element => element === document.activeElement"):
            return
        target.page.keyboard.press(key)
    pytest.fail(f"{key} doesn't lead to {target}")


def test_lesson_needs_no_mouse(visitor):
    """Shift+Enter runs the cells down to the board, and the Enter key opens Alice's menu there and chooses Idle."""
    visitor.open(AVAILABLE.name)
    press = visitor.page.keyboard.press
    for _ in range([cell.id for cell in read(AVAILABLE).cells].index("board") + 1):
        press("Shift+Enter")
    console = visitor.page.locator(".jp-Notebook .tr-cell")
    console.get_by_role("button", name="Activity of Alice: Offline").focus()
    press("Enter")
    move_to(console.get_by_role("menuitemradio", name="Idle"), "ArrowDown")
    press("Enter")

    expect(console.get_by_role("button", name="Accept")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lesson_is_accessible(visitor, theme):
    """In each theme, what we draw has enough contrast, names and roles."""
    visitor.open(AVAILABLE.name)
    console = visitor.show_board()
    expect(console.get_by_role("button", name="Activity of Alice: Offline")).to_be_visible()
    use_theme(visitor.page, theme)
    screenshot(visitor.page, f"firefox-{theme}")

    assert serious_violations(visitor.page) == []


def test_menu_downloads_the_notebook(visitor):
    """The File menu gives the notebook as it is in the page."""
    visitor.open(AVAILABLE.name)
    visitor.write("exercise-4-1", "answer = 'taken along'")
    visitor.page.get_by_role("menuitem", name="File").click()
    with visitor.page.expect_download() as taken:
        visitor.page.get_by_role("menuitem", name="Download").click()
    notebook = json.loads(taken.value.path().read_text(encoding="utf-8"))

    assert taken.value.suggested_filename == AVAILABLE.name
    assert "answer = 'taken along'" in ["".join(cell["source"]) for cell in notebook["cells"]]


def test_first_page_gets_everything_ready(visitor):
    """The button, reached by the keyboard, loads Python, and the bar says so to its end."""
    visitor.page.goto(visitor.url)
    move_to(visitor.page.get_by_role("button", name="Get ready"), "Tab")
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.get_by_text("Ready:")).to_be_visible(timeout=LOAD_MILLISECONDS)
    assert visitor.page.get_by_role("progressbar").evaluate("bar => bar.value") == 1
    assert visitor.foreign == []
