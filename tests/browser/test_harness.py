"""JupyterLab opens a notebook with widgets, runs it, and asks nobody but this machine."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import start
from tests.browser.harness import load, open_notebook, outputs, run_all, screenshot, use_theme

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


@pytest.fixture(scope="module")
def notebook(lab, page):
    """A notebook with a button, a widget with its own script, and a cell that raises; how its cells ended."""
    open_notebook(page, lab.write_notebook("notebooks/widgets.ipynb", BUTTON, COUNTER, "1 / 0"))
    return run_all(page)


def test_widgets_draw_and_answer(page, notebook, hosts):
    """Both kinds of widget show up, a click reaches the kernel and comes back, and no request leaves 127.0.0.1."""
    outputs(page).get_by_role("button", name="Press").click()

    outputs(page).get_by_text("pressed", exact=True).wait_for()
    outputs(page).get_by_text("drawn 7", exact=True).wait_for()
    assert hosts - {None} == {"127.0.0.1"}


def test_cells_tell_how_they_ended(notebook):
    """Every code cell is reported, the one that raised as failed with its error."""
    button, counter, division = notebook

    assert not button.failed
    assert not counter.failed
    assert division.failed
    assert division.error == "ZeroDivisionError: division by zero"


def test_theme_is_switched(page, notebook):
    """The page can be shown, and photographed, in light and in dark."""
    for theme in ("light", "dark", "light"):
        use_theme(page, theme)

        assert screenshot(page, f"harness-{theme}").stat().st_size > 0


def test_start_layout_has_contents_on_the_left(lab, page):
    """What start.py opens: the first notebook, its table of contents beside it, no dialog in the way."""
    load(page, lab, start.START_NOTEBOOK, as_at_first=True)

    page.locator("#table-of-contents").wait_for(state="visible")
    assert page.locator(".jp-Dialog").count() == 0


def test_browser_leaves_nothing_in_the_home(browser, tmp_path):
    """What it keeps beside its profile goes to this folder."""
    looks_for_one = [sys.executable, "-m", "tests.browser.chromium"]
    subprocess.run(looks_for_one, cwd=start.ROOT, env={**os.environ, "HOME": str(tmp_path)}, check=True)

    assert list(tmp_path.iterdir()) == []
