"""Lessons of a kernel: the learner's copies first, wherever they are, and the others from beside the package."""

from __future__ import annotations

import shutil

import pytest

from helpers.lessons.lesson_files import NOTEBOOKS, read_lessons
from helpers.lessons.lesson_steps import find_step

SHIPPED = [lesson.file_name for lesson in read_lessons(NOTEBOOKS)]
LESSON = "03_create_a_task.ipynb"


@pytest.fixture
def copies(tmp_path, monkeypatch):
    """A learner's folder of lessons, in which lesson 3 has a heading of its own; the package has none beside it."""
    folder = tmp_path / "nb ñandú café" / "notebooks"
    for name in ("solutions", "reference"):
        (folder / name).mkdir(parents=True)
    text = (NOTEBOOKS / LESSON).read_text(encoding="utf-8")
    (folder / LESSON).write_text(text.replace("## Set up", "## Set up mine"), encoding="utf-8")
    shutil.copy(NOTEBOOKS / "solutions" / LESSON, folder / "solutions")
    monkeypatch.setattr("helpers.lessons.lesson_files.NOTEBOOKS", tmp_path / "none")
    monkeypatch.chdir(tmp_path)
    return folder


def set_up_headings():
    """The heading of each lesson's set-up cell, by file name."""
    return {lesson.file_name: find_step("connection", lesson.steps).heading for lesson in read_lessons()}


@pytest.mark.parametrize("inside", [".", "solutions", "reference"])
def test_lessons_beside_the_opened_notebook(copies, monkeypatch, inside):
    """Jupyter's server names the notebook, which may have moved the kernel's folder since; solutions are no lessons."""
    monkeypatch.setenv("JPY_SESSION_NAME", str(copies / inside / LESSON))

    assert set_up_headings() == {LESSON: "Set up mine"}


@pytest.mark.parametrize(
    "name", ["", "03.ipynb", "{}/gone/03.ipynb", f"/{'x' * 5000}/03.ipynb", "{}/notebooks/03_create_a_task.ipynb/a"]
)
def test_lessons_in_the_folder_of_the_kernel(copies, monkeypatch, name):
    """VS Code, nbval and `jupyter execute` name no notebook; a name that is out of date doesn't hide the folder."""
    monkeypatch.chdir(copies)
    monkeypatch.setenv("JPY_SESSION_NAME", name.format(copies.parent))

    assert set_up_headings() == {LESSON: "Set up mine"}


def test_what_was_not_copied_comes_from_the_clone(copies, monkeypatch):
    """One lesson alone doesn't hide the others."""
    monkeypatch.setattr("helpers.lessons.lesson_files.NOTEBOOKS", NOTEBOOKS)
    monkeypatch.chdir(copies)

    assert [lesson.file_name for lesson in read_lessons()] == SHIPPED
    assert set_up_headings()[LESSON] == "Set up mine"


def test_half_a_character_in_a_notebook(copies, monkeypatch):
    r"""JSON can have half of a surrogate pair, which neither Python's parser nor a report to a board can encode."""
    text = (copies / LESSON).read_text(encoding="utf-8")
    text = text.replace("## Set up mine", r"## Set up \ud83d").replace('"source": [', r'"source": [ "#\ud83d\n",')
    (copies / LESSON).write_text(text, encoding="utf-8")
    monkeypatch.chdir(copies)

    assert set_up_headings() == {LESSON: "Set up ?"}


def test_other_numbered_notebooks_are_no_lessons(copies, monkeypatch):
    """Someone's own analysis, and what has a lesson's name and can't be read, are left out."""
    (copies / "01_analysis.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "x = 1", "id": "x"}]}')
    (copies / "02_torn.ipynb").write_text('{"cells": [')
    (copies / "04_folder.ipynb").mkdir()
    (copies / "05_gone.ipynb").symlink_to("nowhere")
    (copies / "06_deep.ipynb").write_text("[" * 200_000)
    (copies / "07_odd.ipynb").write_text('{"cells": [{"cell_type": "code", "source": null}]}')
    (copies / "08_odd.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "x = 1", "metadata": null}]}')
    monkeypatch.chdir(copies)

    assert set_up_headings() == {LESSON: "Set up mine"}


def test_folder_that_is_gone(copies, monkeypatch):
    """A kernel whose folder was deleted knows the lessons beside the package."""
    gone = copies / "gone"
    gone.mkdir()
    monkeypatch.setattr("helpers.lessons.lesson_files.NOTEBOOKS", NOTEBOOKS)
    monkeypatch.chdir(gone)
    gone.rmdir()

    assert [lesson.file_name for lesson in read_lessons()] == SHIPPED


def test_page_has_one_set(page, copies, monkeypatch):
    """In the browser edition the lessons beside the package count."""
    monkeypatch.chdir(copies)

    assert read_lessons() == ()
