"""Refreshing stores what the cells say, takes out what is not for keeping, and changes nothing twice."""

from __future__ import annotations

import os

import nbformat
import pytest

from tests.notebooks import refresh
from tests.notebooks.generated import lesson_paths, solution_path

SMALLEST = solution_path(lesson_paths()[0])
ALL_TRIED = """{"format": 1, "exercises": {"0.1": {"state": "solved"}, "0.2": {"state": "tried"}}, "recall": {}}"""


@pytest.fixture
def notebook_file(tmp_path):
    """Write a notebook of the given code cells and return its path."""

    def write(*sources, **metadata):
        cells = [
            nbformat.v4.new_code_cell(source, id=f"cell-{number}", metadata=metadata)
            for number, source in enumerate(sources)
        ]
        path = tmp_path / "notebook.ipynb"
        path.write_text(refresh.as_text(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
        return path

    return write


def test_second_refresh_changes_nothing(notebook_file, capsys):
    """What was refreshed once is found unchanged, by --check as well."""
    path = notebook_file("1 + 1", "print('said')")

    codes = [refresh.main([str(path)]), refresh.main([str(path)]), refresh.main(["--check", str(path)])]

    assert codes == [0, 0, 0]
    assert [line.rpartition(": ")[2] for line in capsys.readouterr().out.splitlines()] == [
        "refreshed",
        "unchanged",
        "unchanged",
    ]


def test_check_finds_an_edited_output(notebook_file, capsys):
    """--check says which notebook is out of date, and leaves the file alone."""
    path = notebook_file("6 * 7")
    refresh.main([str(path)])
    edited = path.read_text("utf-8").replace("42", "43")
    path.write_text(edited, encoding="utf-8")

    assert refresh.main(["--check", str(path)]) == 1
    assert path.read_text("utf-8") == edited
    assert "would change" in capsys.readouterr().out


def test_failing_cell_is_named(notebook_file, capsys):
    """A cell that raises unasked stops the refresh with its name; the file stays as it was."""
    path = notebook_file("1 / 0")
    before = path.read_text("utf-8")

    assert refresh.main([str(path)]) == 1
    assert path.read_text("utf-8") == before
    assert "cell cell-0: ZeroDivisionError: division by zero" in capsys.readouterr().out


def test_wanted_error_is_stored(notebook_file):
    """A cell tagged raises-exception is stored with its error."""
    path = notebook_file("1 / 0", tags=["raises-exception"])

    assert refresh.main([str(path)]) == 0
    assert "ZeroDivisionError" in path.read_text("utf-8")


def test_widgets_are_not_stored(notebook_file):
    """The view of a widget goes, its words stay; so do metadata of the run."""
    path = notebook_file("import ipywidgets\nipywidgets.Label('seen')")
    refresh.main([str(path)])
    text = path.read_text("utf-8")

    assert "Label(value='seen')" in text
    assert refresh.WIDGET_VIEW not in text
    assert 'execution":' not in text


def test_readers_settings_do_not_count(monkeypatch):
    """Kernels get no credentials, and are told to be local whatever .env says."""
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "not-for-eyes")
    monkeypatch.setenv("TASKROUTER_MODE", "live")

    environment = refresh.kernel_environment()

    assert "TWILIO_AUTH_TOKEN" not in environment
    assert environment["TASKROUTER_MODE"] == "local"


def test_generated_cells_are_up_to_date():
    """A stored notebook is what refreshing it would store; the shortest stands for all, as nbval runs the others."""
    assert refresh.refreshed(SMALLEST) == SMALLEST.read_text("utf-8")


def test_progress_of_a_reader_changes_nothing(monkeypatch, tmp_path):
    """Whatever somebody has solved: the first notebook, which tells where one is, says what is stored."""
    file = tmp_path / "progress.json"
    file.write_text(ALL_TRIED, encoding="utf-8")
    monkeypatch.setenv("TASKROUTER_PROGRESS", str(file))
    first = lesson_paths()[0]

    assert "where_am_i()" in first.read_text("utf-8")
    assert refresh.refreshed(first) == first.read_text("utf-8")
    assert file.read_text("utf-8") == ALL_TRIED
    assert refresh.kernel_environment()["TASKROUTER_PROGRESS"] == ""


def test_tests_have_no_progress():
    """nbval's kernels have this process's environment."""
    assert os.environ["TASKROUTER_PROGRESS"] == ""
