"""Refreshing stores what the cells say, takes out what is not for keeping, and changes nothing twice."""

from __future__ import annotations

import json
import os

import nbformat
import pytest

from tests.cell_failures import how_to_store
from tests.notebooks import generated, refresh
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
    said = capsys.readouterr().out
    assert said.endswith(f"would change in cell `cell-0`. To store it, run `python start.py refresh {path}`.\n")


def test_run_that_says_something_else_is_found(notebook_file, capsys):
    """--twice names the first cell whose output is another in each run, and is content with one that isn't."""
    path = notebook_file("6 * 7", "import secrets", "secrets.token_hex()")

    assert refresh.main(["--twice", str(path)]) == 1
    assert "differs from run to run in cell `cell-2`. Show nothing" in capsys.readouterr().out
    assert refresh.main(["--twice", str(SMALLEST)]) == 0
    assert capsys.readouterr().out.endswith("00_start_here.ipynb: unchanged\n")


def test_failing_cell_is_named(notebook_file, capsys):
    """A cell that raises unasked stops the refresh with its name; the file stays as it was."""
    path = notebook_file("1 / 0")
    before = path.read_text("utf-8")

    assert refresh.main([str(path)]) == 1
    assert path.read_text("utf-8") == before
    assert "cell `cell-0`: ZeroDivisionError: division by zero" in capsys.readouterr().out


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
    assert refresh.refreshed(SMALLEST) == SMALLEST.read_text("utf-8"), how_to_store(SMALLEST)


def test_progress_of_a_reader_changes_nothing(monkeypatch, tmp_path):
    """Whatever somebody has solved: the first notebook, which tells where one is, says what is stored."""
    file = tmp_path / "progress.json"
    file.write_text(ALL_TRIED, encoding="utf-8")
    monkeypatch.setenv("TASKROUTER_PROGRESS", str(file))
    first = lesson_paths()[0]

    assert "where_am_i()" in first.read_text("utf-8")
    assert refresh.refreshed(first) == first.read_text("utf-8"), how_to_store(first)
    assert file.read_text("utf-8") == ALL_TRIED
    assert refresh.kernel_environment()["TASKROUTER_PROGRESS"] == ""


def test_tests_have_no_progress():
    """nbval's kernels have this process's environment."""
    assert os.environ["TASKROUTER_PROGRESS"] == ""


@pytest.mark.parametrize(
    ("name", "damage", "words"),
    [
        ("00_a.ipynb", lambda _, solution: solution.unlink(), "The solutions of 00_a.ipynb are missing: write "),
        ("00_a.ipynb", lambda _, solution: solution.write_text("<<<<<<<"), "00_a.ipynb can't be read as a notebook"),
        ("00_a.ipynb", lambda _, solution: solution.write_bytes(b"\xff"), "00_a.ipynb can't be read as a notebook"),
        (
            "00_a.ipynb",
            lambda lesson, _: replace(lesson, "where_am_i()", "where_am_i("),
            "can't be read as Python: '('",
        ),
        ("00_a.ipynb", lambda lesson, _: make_old(lesson), "00_a.ipynb has cells without ids"),
        ("lessons.ipynb", lambda lesson, _: leave_out(lesson, "goal"), "give it a cell with the id `goal`"),
        ("lessons.ipynb", lambda lesson, _: leave_out(lesson, "title"), "give it a cell with the id `title`"),
        ("lessons.ipynb", lambda lesson, _: replace(lesson, "About ", "Some "), "write the line “About"),
    ],
)
def test_lesson_that_nothing_can_be_made_from(monkeypatch, tmp_path, capsys, name, damage, words):
    """One sentence says what is missing and what to write, and no file changes."""
    lesson, solution, index = tmp_path / "00_a.ipynb", tmp_path / "solutions/00_a.ipynb", tmp_path / "lessons.ipynb"
    solution.parent.mkdir()
    index.write_bytes(generated.INDEX.read_bytes())
    lesson.write_bytes(lesson_paths()[0].read_bytes())
    solution.write_bytes(SMALLEST.read_bytes())
    damage(lesson, solution)
    monkeypatch.setattr(generated, "lesson_paths", lambda: [lesson])
    monkeypatch.setattr(generated, "INDEX", index)
    before = (tmp_path / name).read_bytes()

    assert refresh.main([str(tmp_path / name)]) == 1
    [sentence] = capsys.readouterr().err.splitlines()
    assert sentence.startswith("start: ")
    assert words in sentence
    assert (tmp_path / name).read_bytes() == before


def leave_out(path, cell_id):
    """Take a cell out of a notebook."""
    notebook = generated.read(path)
    notebook.cells = [cell for cell in notebook.cells if cell.id != cell_id]
    path.write_text(refresh.as_text(notebook), encoding="utf-8")


def make_old(path):
    """Give a notebook the form that they had before cells had ids."""
    notebook = generated.read(path)
    for cell in notebook.cells:
        del cell["id"]
    path.write_text(json.dumps({**notebook, "nbformat_minor": 4}), encoding="utf-8")


def replace(path, old, new):
    """Write something else into a notebook, where its text has ``old``."""
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
