"""`start.py new-lesson` begins a lesson with which every test is content, or says why it can't and changes nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.notebooks import new_lesson
from tests.notebooks.generated import ROOT, lesson_paths
from tests.notebooks.new_lesson import CannotBegin, files_of, main, values_of

NUMBERS = [int(path.name[:2]) for path in lesson_paths()]
LAST = NUMBERS[-1]
NEXT = min({*range(LAST + 2)} - {*NUMBERS})  # one that is missing, if there is one: it has a lesson after it, too
ABOUT_LESSONS = (
    "tests/notebooks/test_exercises.py",
    "tests/notebooks/test_generated.py",
    "tests/notebooks/test_hygiene.py",
    "tests/notebooks/test_links.py",
    "tests/notebooks/test_structure.py",
    "tests/unit/lessons/checks/test_checks.py::test_every_check_says_what_it_wants",
    f"tests/unit/lessons/checks/test_exercise_hints.py::test_each_exercise_has_hints[{NEXT}.1]",
    f"tests/unit/lessons/checks/test_general_answers.py::test_answer_that_fits_no_exercise[{NEXT}.1]",
    f"tests/unit/lessons/checks/test_general_answers.py::test_answer_that_is_still_blank[{NEXT}.1]",
    f"tests/unit/lessons/checks/test_planted_mistakes.py::test_each_exercise_has_many_mistakes[{NEXT}.1]",
    "tests/unit/test_documents.py",
    "tests/unit/lessons/test_lessons.py",
    "tests/unit/lessons/recall",
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of this checkout, without what is installed or made in it."""
    copy = tmp_path_factory.mktemp("begun") / "a checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "taskrouter-data"))
    return copy


@pytest.fixture(scope="module")
def begun(checkout):
    """What the command said in the copy, and which files it wrote there or changed."""
    before = contents(checkout)
    done = python(checkout, "-m", "tests.notebooks.new_lesson", NEXT, "Wait,", "what's", "next?")
    assert done.returncode == 0, done.stdout + done.stderr
    after = contents(checkout)
    assert before.keys() <= after.keys()
    return done.stdout, {name for name in after if after[name] != before.get(name)}


def contents(folder):
    """Each file of a checkout, but for what Python and Jupyter keep beside them."""
    found = (path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder), path) for path in found)
    return {
        name.as_posix(): path.read_bytes()
        for name, path in named
        if not any(part.startswith(".") or part == "__pycache__" for part in name.parts)
    }


def python(folder, *arguments):
    """Run Python in a checkout."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_only_what_a_lesson_needs_is_written(begun):
    """Notebook, solution, check and its tests are new; neighbours, list of lessons and README lead there."""
    _, changed = begun
    neighbours = [path.name for path in lesson_paths() if abs(int(path.name[:2]) - NEXT) == 1]

    assert changed == {
        f"notebooks/{NEXT:02d}_wait_whats_next.ipynb",
        f"notebooks/solutions/{NEXT:02d}_wait_whats_next.ipynb",
        f"helpers/lessons/checks/lessons/lesson_{NEXT:02d}.py",
        f"helpers/lessons/recall/questions_{NEXT:02d}.py",
        f"tests/unit/lessons/checks/test_lesson_{NEXT:02d}.py",
        *(f"notebooks/{name}" for name in neighbours),
        "notebooks/reference/lessons.ipynb",
        "README.md",
    }


def test_what_is_to_be_written_exists(begun, checkout):
    """Each file in the list of what to write next is there."""
    said, _ = begun
    named = re.findall(r"[\w/]+\.(?:ipynb|py|md)\b", said.partition("make it yours")[2])

    assert len(named) >= 8
    assert [name for name in named if not (checkout / name).is_file()] == []


def test_begun_lesson_is_green(begun, checkout):
    """In the copy the tests of lessons pass, and those of this one: its cells, each twice, its solution, its check."""
    own = [name for name in begun[1] if re.search(r"wait_whats_next|test_lesson", name)]
    twice = f"tests/notebooks/test_kernels.py::test_cells_twice_and_the_lesson_again[{NEXT:02d}_wait_whats_next]"
    # The other notebooks are as they were, and so is all that their own tests look at.
    others = " and ".join(f"not {path.stem}" for path in lesson_paths() if f"notebooks/{path.name}" not in begun[1])
    options = ["-q", "-n", "0", "-p", "no:cacheprovider", "--rootdir", checkout, "-k", others]
    done = python(checkout, "-m", "pytest", *options, *ABOUT_LESSONS, *own, twice)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]], ids=" ".join)
def test_begun_lesson_is_formatted(begun, checkout, arguments):
    """Linter and formatter have nothing to say about the new files."""
    done = python(checkout, "-m", "ruff", *arguments, *(name for name in begun[1] if name.endswith(".py")))

    assert done.returncode == 0, done.stdout


def test_same_line_again(begun, checkout):
    """The second run says that the lesson is there, and changes nothing."""
    before = contents(checkout)
    done = python(checkout, "-m", "tests.notebooks.new_lesson", NEXT, "Wait, what's next?")

    assert done.returncode == 1
    assert done.stderr.startswith(f"start: There is a lesson {NEXT} already. ")
    assert contents(checkout) == before


@pytest.mark.parametrize(
    ("number", "name", "words"),
    [
        ("0", "Cancel a Task", "There is a lesson 0 already."),
        (f"{LAST:02d}", "Cancel a Task", f"There is a lesson {LAST} already."),
        (LAST + 2, "Cancel a Task", f"Lesson {LAST + 2} would leave a gap, since the last lesson is {LAST}."),
        ("-1", "Cancel a Task", "'-1' isn't a lesson's number."),
        ("six", "Cancel a Task", "'six' isn't a lesson's number."),
        ("1000000", "Cancel a Task", "'1000000' isn't a lesson's number."),
        (NEXT, "", "'' can't be a title here. Begin with a letter"),
        (NEXT, "   ", "'' can't be a title here."),
        (NEXT, "../../outside", "'../../outside' can't be a title here."),
        (NEXT, 'Quotes "inside"', "can't be a title here."),
        (NEXT, "A $number of things", "can't be a title here."),
        (NEXT, "A [link](away)", "can't be a title here."),
        (NEXT, "Añade una lección", "can't be a title here."),
        (NEXT, "a" * 61, "3 to 60 characters in all."),
        (NEXT, "create a  Task!", "can't be a title here."),
        (NEXT, "create, a task", "'create, a task' is the name of notebooks/03_create_a_task.ipynb. Choose another."),
    ],
)
def test_lesson_that_cannot_be(monkeypatch, capsys, number, name, words):
    """A number that is taken or leaves a gap, a name that can't be a title: one sentence, and nothing is written."""
    monkeypatch.setattr(new_lesson.Path, "write_text", None)

    assert main([str(number), name]) == 1
    [sentence] = capsys.readouterr().err.splitlines()
    assert sentence.startswith("start: ")
    assert words in sentence


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([0, 1, 2], "The next one is 3."), ([0, 2], "Free are 1 and 3."), ([0, 3], "Free are 1, 2 and 4.")],
)
def test_numbers_that_are_free_are_named(monkeypatch, numbers, words):
    """The number after the last lesson's, and those that are missing before it."""
    monkeypatch.setattr(new_lesson, "lesson_paths", lambda: [Path(f"{number:02d}_a.ipynb") for number in numbers])

    with pytest.raises(CannotBegin, match=rf"^There is a lesson 0 already\. {words}$"):
        values_of("0", "Cancel a Task")


def test_file_that_is_in_the_way(monkeypatch):
    """A file of an unfinished lesson is named, not written over."""
    values = values_of(str(NEXT), "Wait, what's next?")
    monkeypatch.setattr(new_lesson.Path, "exists", lambda path: path.suffix == ".py")

    module = f"helpers/lessons/checks/lessons/lesson_{NEXT:02d}.py"
    with pytest.raises(CannotBegin, match=f"^{module} exists already. Move it"):
        files_of(values)


def test_checkout_without_lessons(monkeypatch):
    """Where there are no notebooks the sentence says where they were looked for."""
    monkeypatch.setattr(new_lesson, "lesson_paths", list)

    with pytest.raises(CannotBegin, match=r"There are no lessons in .*notebooks\. Run this in a clone"):
        values_of("6", "Cancel a Task")


def test_number_of_two_digits(monkeypatch):
    """After lesson 9 comes lesson 10: in files with two digits, in calls as Python writes it."""
    ninth = lesson_paths()[-1].with_name("09_nine.ipynb")
    monkeypatch.setattr(new_lesson, "lesson_paths", lambda: [ninth])
    monkeypatch.setattr(new_lesson, "read", lambda _: new_lesson.notebook_of("<!-- title -->\n# Nine\n"))
    monkeypatch.setattr(new_lesson.Path, "exists", lambda _: False)
    files = files_of(values_of("10", "Ten"))

    notebooks = ["10_ten.ipynb", "10_ten.ipynb"]
    assert [path.name for path in files] == [*notebooks, "lesson_10.py", "questions_10.py", "test_lesson_10.py"]
    assert all(
        words in "".join(files.values()) for words in ("catch_up(10)", '"10.1"', "exercise-10-1", "as after lesson 9.")
    )
