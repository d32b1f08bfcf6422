"""Mistakes in a browser: each is told in sentences, from the first cell on, and nothing is asked of another host."""

from __future__ import annotations

import pytest

from tests.browser.harness import execute
from tests.notebooks.generated import lesson_paths

pytestmark = pytest.mark.whole_site


def test_mistakes_before_the_set_up_are_explained(visitor):
    """A cell that ran too early names the step it needs; a package isn't installed, and no other program runs."""
    visitor.open(lesson_paths()[3].name)
    told = [
        run_first(visitor, source)
        for source in ("client.taskrouter", "%pip install pandas", "%%perl\nprint 1", "%%perl\nprint 2")
    ]

    assert "`client` doesn't exist yet. The step “Set up” creates it" in told[0]
    assert "Another package needs the network, and in the browser edition nothing leaves the page" in told[1]
    assert ["this cell has `%%perl`" in each for each in told[2:]] == [True, True]
    assert visitor.foreign == []


def run_first(visitor, source):
    """Run ``source`` in place of the set-up cell, and return what the cell then shows, as one line."""
    visitor.write("setup", source)
    visitor.page.evaluate(
        """() => {
            const notebook = jupyterapp.shell.currentWidget.content;
            notebook.activeCellIndex = notebook.widgets.findIndex(each => each.model.id === "setup");
        }"""
    )
    execute(visitor.page, "notebook:run-cell")
    [cell] = [cell for cell in visitor.cells() if cell["id"] == "setup"]
    return " ".join("\n".join(line for each in cell["outputs"] for line in each["traceback"]).split())
