"""A learner sees how many Tasks wait over a Saturday: drawn in the page's colours, in words and in a table."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import open_notebook, outputs, run_all, screenshot, serious_violations, use_theme

DAY = "from helpers import rush_hour\ntoday = rush_hour(customers=120, hours=2)"


@pytest.fixture(scope="module")
def plots(lab, page):
    """Both pictures of the smaller day, drawn by the widget."""
    open_notebook(page, lab.write_notebook("notebooks/plot.ipynb", DAY, "today.show_queue()", "today.show_waits()"))
    failed = [cell for cell in run_all(page) if cell.failed]

    assert failed == []
    return outputs(page).locator(".tr-plot")


def test_picture_stands_above_its_words_and_numbers(plots):
    """Each has an image with a name, a sentence, and a table that opens."""
    expect(plots).to_have_count(2)
    first = plots.first

    expect(first.get_by_role("img")).to_be_visible()
    expect(first).to_contain_text("The queue is longest at 11:30: 20 Tasks wait.")
    first.get_by_text("The numbers").click()
    expect(first.get_by_role("cell", name="11:30")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_picture_follows_the_theme(plots, page, theme):
    """Both series have colours of the theme, which differ, and everybody can read the rest."""
    use_theme(page, theme)
    plots.first.scroll_into_view_if_needed()
    screenshot(page, f"plot-{theme}")
    fills = plots.first.locator(".tr-plot-points").evaluate_all("all => all.map(each => getComputedStyle(each).fill)")

    assert serious_violations(page) == []
    assert len(set(fills)) == 2
    assert fills[0] != "rgb(0, 0, 0)"
