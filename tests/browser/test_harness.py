"""JupyterLab opens a notebook with widgets, runs it, and asks nobody but this machine."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

import start
from tests.browser.harness import open_notebook, outputs, run_all, screenshot, use_theme

BUTTON = """
import ipywidgets
button = ipywidgets.Button(description="Press")
label = ipywidgets.Label("waiting")
button.on_click(lambda _: setattr(label, "value", "pressed"))
ipywidgets.VBox([button, label])
"""
COUNTER = """
import anywidget, traitlets
class Counter(anywidget.AnyWidget):
    _esm = "export default {render({model, el}) {el.textContent = `drawn ${model.get('n')}`}}"
    n = traitlets.Int(7).tag(sync=True)
Counter()
"""


@pytest.fixture
def notebook(lab):
    """A notebook with a button, a widget with its own script, and a cell that raises."""
    return lab.write_notebook("notebooks/widgets.ipynb", BUTTON, COUNTER, "1 / 0")


def test_widgets_draw_and_answer(lab, page, notebook):
    """Both kinds of widget show up, a click reaches the kernel and comes back, and no request leaves 127.0.0.1."""
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    open_notebook(page, lab, notebook)
    run_all(page)
    outputs(page).get_by_role("button", name="Press").click()

    outputs(page).get_by_text("pressed", exact=True).wait_for()
    outputs(page).get_by_text("drawn 7", exact=True).wait_for()
    assert hosts - {None} == {"127.0.0.1"}


def test_cells_tell_how_they_ended(lab, page, notebook):
    """Every code cell is reported, the one that raised as failed with its error."""
    open_notebook(page, lab, notebook)
    button, counter, division = run_all(page)

    assert not button.failed
    assert not counter.failed
    assert division.failed
    assert division.error == "ZeroDivisionError: division by zero"


def test_theme_is_switched(lab, page, notebook):
    """The page can be shown, and photographed, in light and in dark."""
    open_notebook(page, lab, notebook)
    for theme in ("dark", "light"):
        use_theme(page, theme)

        assert screenshot(page, f"harness-{theme}").stat().st_size > 0


def test_start_layout_has_contents_on_the_left(lab, page):
    """What start.py opens: the first notebook, its table of contents beside it, no dialog in the way."""
    if not (lab.root / start.START_NOTEBOOK).exists():
        lab.write_notebook(start.START_NOTEBOOK, "1")
    open_notebook(page, lab, start.START_NOTEBOOK, workspace="")

    page.locator("#table-of-contents").wait_for(state="visible")
    assert page.locator(".jp-Dialog").count() == 0
