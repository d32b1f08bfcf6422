"""The sign of life during a long wait."""

from __future__ import annotations

import sys
import threading
from types import SimpleNamespace

import pytest
from IPython import display

from helpers.callbacks.progress import show_progress


@pytest.fixture
def notebook(monkeypatch):
    """An IPython shell with a kernel; what is displayed is collected."""
    shown = []
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setattr(display, "display", lambda bundle, raw: shown.append(bundle))
    return shown


def test_script_gets_one_line(capsys):
    """Outside a notebook the text is printed once."""
    progress = show_progress("Waiting")
    progress.update(0.5)
    progress.close()

    assert capsys.readouterr().out == "Waiting\n"


def test_notebook_gets_a_bar_with_stable_text(notebook, capsys):
    """In a notebook a bar grows; its text form is the sentence, not the bar's values."""
    progress = show_progress("Waiting")
    progress.update(0.5)

    assert notebook[0]["text/plain"] == "Waiting"
    assert "application/vnd.jupyter.widget-view+json" in notebook[0]
    assert progress._bar.value == 0.5
    progress.close()
    assert capsys.readouterr().out == ""


def test_thread_shows_nothing(notebook, capsys):
    """A wait outside of a cell is silent: nothing prints from a thread."""
    thread = threading.Thread(target=lambda: show_progress("Waiting").update(0.5))
    thread.start()
    thread.join()

    assert (notebook, capsys.readouterr().out) == ([], "")


def test_notebook_without_widgets_gets_a_line(notebook, monkeypatch, capsys):
    """Without ipywidgets the line has to do."""
    monkeypatch.setitem(sys.modules, "ipywidgets", None)

    show_progress("Waiting").close()

    assert capsys.readouterr().out == "Waiting\n"
