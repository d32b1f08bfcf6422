"""JupyterLab runs the lessons from a waiting Task to a reserved Worker, and shows each as a learner sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import open_notebook, outputs, run_all, screenshot, serious_violations, use_theme

CREATE = "notebooks/03_create_a_task.ipynb"
MAKE_AVAILABLE = "notebooks/04_make_a_worker_available.ipynb"
STAGE_NEXT = ".tr-life li[data-state=now] .tr-life-name"
REQUEST = ".tr-panes"


@pytest.fixture(scope="module")
def reserved(page):
    """Notebook 04, run from its first cell to its last, for all that look at it."""
    run_without_failure(page, MAKE_AVAILABLE)
    return page


def test_created_task_waits_on_the_strip(page):
    """Notebook 03 ends with a Task that was created and waits for a Worker."""
    run_without_failure(page, CREATE)

    assert outputs(page).locator(STAGE_NEXT).all_text_contents() == ["eligible Worker becomes available (next)"] * 2


def test_strip_reaches_worker_reserved(reserved):
    """In notebook 04 Alice becomes available, and the strip moves from the Task to her Reservation."""
    assert outputs(reserved).locator(STAGE_NEXT).all_text_contents() == [
        "eligible Worker becomes available (next)",
        "Reservation accepted (next)",
        "Reservation accepted (next)",
    ]


def test_request_view_shows_the_callback(reserved):
    """The request view names the callback's path and each of its parameters, JSON drawn out."""
    request = outputs(reserved).locator(REQUEST)

    request.get_by_text("/assignment_callback").first.wait_for()
    for parameter in ("TaskSid", "ReservationSid", "WorkerAttributes", "selected_language"):
        request.get_by_text(parameter).first.wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lesson_is_drawn_in_both_themes(reserved, theme):
    """The strip keeps to the page's own colours, and everybody can read it; the pictures are for people to look at."""
    use_theme(reserved, theme)
    strip = outputs(reserved).locator(".tr-life").last
    strip.scroll_into_view_if_needed()
    expect(strip).to_be_in_viewport()
    screenshot(reserved, f"lifecycle-{theme}")
    assert serious_violations(reserved) == []
    background, text = strip.evaluate(
        "strip => [getComputedStyle(document.body).backgroundColor, getComputedStyle(strip).color]"
    )

    assert brightness(text) < brightness(background) if theme == "light" else brightness(text) > brightness(background)


def run_without_failure(page, path):
    """Run a notebook from its first cell to its last; no cell may fail, and every widget must be drawn."""
    open_notebook(page, path)
    failed = [cell for cell in run_all(page) if cell.failed]

    assert failed == []
    assert outputs(page).get_by_text("Error displaying widget").count() == 0


def brightness(colour: str) -> int:
    """The sum of a CSS colour's red, green and blue, as in `rgb(1, 2, 3)`."""
    numbers = colour[colour.index("(") + 1 :].rstrip(")").split(",")
    return sum(int(float(number)) for number in numbers[:3])
