"""Steps: what a notebook's cells make, read from the file."""

from __future__ import annotations

import json

import pytest

from helpers.lessons.cell_runs import Run
from helpers.lessons.lesson_files import read_lessons
from helpers.lessons.lesson_steps import find_latest_step, find_lesson, find_names, find_step, judge_cells


def notebook(*cells):
    """The text of a notebook; a cell that begins with # is Markdown, and each cell's id is its first word."""
    kinds = ("markdown" if text.startswith("#") else "code" for text in cells)
    return json.dumps(
        {
            "cells": [
                {"cell_type": kind, "source": text, "id": text.split()[0]}
                for kind, text in zip(kinds, cells, strict=True)
            ]
        }
    )


def runs(*sources):
    """Runs of cells with these texts, in a front end that doesn't say which cell it runs."""
    return [Run(source) for source in sources]


@pytest.fixture
def folder(tmp_path):
    """Two lessons with the same set-up cell."""
    (tmp_path / "01_build.ipynb").write_text(notebook("# Build", "## Set up", "client = 1", "## Workers", "alice = 2"))
    (tmp_path / "02_listen.ipynb").write_text(notebook("# Listen", "## Set up", "client = 1", "## Ears", "ear = 3"))
    return tmp_path


@pytest.mark.parametrize(
    ("sources", "heading"),
    [
        (["client = 1", "alice = 2"], "Workers"),
        (["alice = 2", "client = 1"], "Set up"),
        (["alice = 2", "print('my own cell')"], "Workers"),
        (["ear = 3"], None),
        ([], None),
    ],
)
def test_latest_step_is_that_of_the_cell_that_ran_last(folder, sources, heading):
    """Cells of one's own, and of other lessons, don't count."""
    step = find_latest_step(read_lessons(folder)[0], runs(*sources))

    assert (step and step.heading) == heading


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = b = 1", {"a", "b"}),
        ("x, (y, *z) = range(3), [4]", {"x", "y", "z"}),
        ("for name in names:\n    print(name)", {"name"}),
        ("import requests\nfrom twilio.rest import Client as C", {"requests", "C"}),
        ("@listener.decide\ndef accept(callback):\n    inner = 1", {"accept"}),
        ("if (n := 5) > 3: m = n", {"n", "m"}),
        ("%%bash --out answer\ncurl -sS $URL", {"answer"}),
        ("!pip list\nx = 1", {"x"}),
        ("not python at all", set()),
        ("total.field = 1", set()),
        ("total: int\nother: int = 1", {"other"}),
        ("a = 1\nb = 'open\ndef c(:\nd == 2", {"a", "b", "c"}),
    ],
)
def test_names_made(source, names):
    """Assignments, loops, imports, functions and captured output make names; using one does not."""
    assert find_names(source) == names


def test_headings_divide_a_lesson(folder):
    """Each heading begins a step that owns the cells below it."""
    build, _ = read_lessons(folder)

    assert (build.number, build.title) == (1, "Build")
    assert [(step.heading, tuple(cell.source for cell in step.cells)) for step in build.steps[1:]] == [
        ("Set up", ("client = 1",)),
        ("Workers", ("alice = 2",)),
    ]


def test_name_leads_to_its_step(folder):
    """The first step that makes a name is found, and None if there is none."""
    build, _ = read_lessons(folder)

    assert find_step("alice", build.steps).heading == "Workers"
    assert find_step("bob", build.steps) is None


def test_cells_tell_the_lesson(folder):
    """A cell that only one lesson has tells which lesson it is; one that both have does not."""
    both = read_lessons(folder)

    assert find_lesson(runs("client = 1", "ear = 3", "edited"), both).title == "Listen"
    assert find_lesson(runs("client = 1"), both) is None


def test_file_name_tells_the_lesson(folder, monkeypatch):
    """Before any cell tells, the name that Jupyter gives the kernel does."""
    monkeypatch.setenv("JPY_SESSION_NAME", "/somewhere/notebooks/02_listen.ipynb")

    assert find_lesson(runs("client = 1"), read_lessons(folder)).title == "Listen"


def test_unreadable_notebook_is_left_out(folder):
    """A notebook that is half written does not take the others away."""
    (folder / "03_torn.ipynb").write_text('{"cells": [')

    assert [lesson.number for lesson in read_lessons(folder)] == [1, 2]


def test_changed_notebook_is_read_again(folder):
    """Saving a notebook with a new step makes that step known."""
    before = read_lessons(folder)[0]
    path = folder / "01_build.ipynb"
    path.write_text(notebook("# Build", "## Queues", "queue = 1"))

    assert find_step("queue", before.steps) is None
    assert find_step("queue", read_lessons(folder)[0].steps).heading == "Queues"


def test_cell_typed_elsewhere_is_not_the_lessons(folder):
    """Where the front end says which cell runs, its id counts and not its text: edited, it's still that cell."""
    both = read_lessons(folder)
    typed = [Run("client = 1", "client"), Run("ear = 3", "ear"), Run("alice = 2", "6f0a-b3")]
    edited = [Run("client = 1", "client"), Run("alice = 3 - 1", "alice")]

    assert find_lesson(typed, both).title == "Listen"
    assert find_lesson(edited, both).title == "Build"
    assert [cell.cell_id for cell in judge_cells(both[0], edited)] == ["client", "alice"]


def test_outcome_is_that_of_the_latest_run(folder):
    """A cell that failed and then ran has run; the other way round it failed."""
    build, _ = read_lessons(folder)
    good, bad = Run("alice = 2"), Run("alice = 2", error="NameError")

    assert list(judge_cells(build, [good, bad]).values()) == ["failed"]
    assert list(judge_cells(build, [bad, good]).values()) == ["ran"]


def test_catch_up_undoes_what_came_after_it(tmp_path):
    """A lesson begun again keeps its set-up cell and forgets later ones; a failed catch_up undoes nothing."""
    path = tmp_path / "03_task.ipynb"
    path.write_text(notebook("# Task", "## Set up", "client = 1", "story = catch_up(3)", "## Create", "task = 4"))
    [lesson] = read_lessons(tmp_path)
    once = runs("client = 1", "story = catch_up(3)", "task = 4")

    assert len(judge_cells(lesson, [*once, *runs("story = catch_up(3)")])) == 2
    assert len(judge_cells(lesson, [*once, Run("story = catch_up(3)", error="ConnectionError")])) == 3


def test_cell_that_is_meant_to_fail(tmp_path):
    """A refusal is what such a cell shows; a NameError isn't."""
    cells = [{"cell_type": "code", "id": "oops", "source": "refused()", "metadata": {"tags": ["raises-exception"]}}]
    (tmp_path / "05_accept.ipynb").write_text(json.dumps({"cells": cells}))
    [lesson] = read_lessons(tmp_path)

    assert list(judge_cells(lesson, [Run("refused()", error="TwilioRestException")]).values()) == ["ran"]
    assert list(judge_cells(lesson, [Run("refused()", error="NameError")]).values()) == ["failed"]
    assert list(judge_cells(lesson, [Run("refused()", error="TunnelLost")]).values()) == ["ran"]
    assert list(judge_cells(lesson, [Run("refused()", error="NoHistory")]).values()) == ["needs this kernel's emulator"]
    assert list(judge_cells(lesson, [Run("refused()", error="NoLessonClock")]).values()) == [
        "needs a clock that can be advanced"
    ]
    assert list(judge_cells(lesson, [Run("refused()", error="TokenMissing")]).values()) == ["needs an ngrok authtoken"]


def test_cell_aside_belongs_to_no_step(folder):
    """A cell with the tag `aside` isn't waited for."""
    path = folder / "01_build.ipynb"
    lesson = json.loads(path.read_text())
    lesson["cells"].insert(3, {"cell_type": "code", "source": "board", "id": "board", "metadata": {"tags": ["aside"]}})
    path.write_text(json.dumps(lesson))

    found = read_lessons(folder)[0]

    assert [[cell.source for cell in step.cells] for step in found.steps] == [[], ["client = 1"], ["alice = 2"]]
