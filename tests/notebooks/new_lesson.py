"""Begin a lesson, the next one or one that is missing: ``python start.py new-lesson NUMBER NAME``.

It writes a small lesson that runs, with its solution, its check and the check's tests, from the texts in
``skeleton/``, and says what to write next.
"""

from __future__ import annotations

import tests.quick_start  # noqa: F401  # isort: skip  # before nbformat

import argparse
import re
import sys
from pathlib import Path
from string import Template

import nbformat
from nbformat import NotebookNode

from tests.notebooks import refresh
from tests.notebooks.generated import GUIDE, INDEX, NOTEBOOKS, README, ROOT, lesson_paths, link, read, solution_path

__all__ = ["CannotBegin", "files_of", "main", "notebook_of", "values_of"]

SKELETON = Path(__file__).with_name("skeleton")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9 ,'?-]{2,59}")
"""What may stand in Markdown, in a link and in Python as it is."""

_CELL = re.compile(r"^<!-- (\S+)(.*?) -->\n(.*?)(?=^<!-- |\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)

NEXT = """\

Lesson $number is begun: it is small, but it runs, its exercise is checked, and the tests pass. Now make it yours:

 1. notebooks/$file: goal, outcomes, steps and exercises
 2. notebooks/solutions/$file: worked answers; `blank` in a cell's metadata names what is left to
    the learner, and refreshing makes the exercise from it
 3. helpers/lessons/checks/lessons/lesson_$digits.py: what is right, a sentence for each mistake, and hints
 4. tests/unit/lessons/checks/test_lesson_$digits.py: right answers in every form, and ten of those mistakes or more
 5. helpers/lessons/recall/questions_$digits.py: three questions about it, and two from earlier lessons for the start
 6. helpers/lessons/lesson_ends.py: a row in ENDS if your lesson leaves the world changed, then one in STARTS of
    tests/unit/lessons/test_lessons.py
 7. notebooks/$previous_file: its last text, "Next", leads to your lesson
 8. notebooks/reference/glossary.md: the new words; notebooks/instructor/questions.ipynb: a row in "Lesson by lesson"
    and three questions; notebooks/instructor/plans.ipynb: a place in "Choose lessons yourself", and a clock
 9. CHANGELOG.md: a line

Then run `python start.py refresh`, and `python start.py test tests/unit tests/notebooks notebooks`."""


class CannotBegin(Exception):
    """There can be no lesson of this number or name; the text says why, and which there can be."""


def main(arguments: list[str] | None = None) -> int:
    """Write the lesson, run it, lead to it from the others, and print what to write next; returns 1 if that failed."""
    parser = argparse.ArgumentParser(prog="start.py new-lesson", description=__doc__)
    parser.add_argument("number", metavar="NUMBER", help="the one after the last lesson's, or one that is missing")
    parser.add_argument("name", metavar="NAME", nargs="+", help="the title: what is done in it, such as Cancel a Task")
    options = parser.parse_args(arguments)
    try:
        values = values_of(options.number, " ".join(options.name))
        files = files_of(values)
    except CannotBegin as problem:
        print(f"start: {problem}", file=sys.stderr)
        return 1
    lessons = lesson_paths()
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    for path in [*lessons, INDEX, GUIDE, README]:
        path.write_text(refresh.filled_in(path), encoding="utf-8")
    if refresh.main([str(path) for path in files if path.suffix == ".ipynb"]):
        print(
            "start: The lesson is written, but a notebook failed: correct what is named above, then refresh.",
            file=sys.stderr,
        )
        return 1
    print(Template(NEXT).substitute(values))
    return 0


def values_of(number: str, name: str) -> dict[str, str]:
    """Return what the skeleton's ``$number``, ``$name`` and so on stand for.

    Raises:
        CannotBegin: the number is taken or leaves a gap, or the name can't be a title.
    """
    lessons = lesson_paths()
    if not lessons:
        raise CannotBegin(f"There are no lessons in {NOTEBOOKS}. Run this in a clone of the project.")
    _refuse_other_numbers(number, [int(path.name[:2]) for path in lessons])
    name = " ".join(name.split())
    if not NAME.fullmatch(name):
        raise CannotBegin(
            f"{name!r} can't be a title here. Begin with a letter from a to z; letters, digits, spaces and , ' ? - may "
            "follow, 3 to 60 characters in all. For example: Cancel a Task."
        )
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower().replace("'", "")).strip("_")
    if taken := [path for path in lessons if path.stem[3:] == slug]:
        raise CannotBegin(f"{name!r} is the name of {taken[0].relative_to(ROOT)}. Choose another.")
    digits = f"{int(number):02d}"
    previous = [path for path in lessons if path.name < digits][-1]
    return {
        "number": str(int(number)),
        "digits": digits,
        "name": name,
        "file": f"{digits}_{slug}.ipynb",
        "previous": link(previous, read(previous)),
        "previous_number": str(int(previous.name[:2])),
        "previous_file": previous.name,
    }


def _refuse_other_numbers(number: str, numbers: list[int]) -> None:
    """Accept only a missing number and the one after the last lesson's, so that no gap is made."""
    last = numbers[-1]
    free = [str(each) for each in range(last + 2) if each not in numbers]
    advice = f"Free are {', '.join(free[:-1])} and {free[-1]}." if free[1:] else f"The next one is {free[0]}."
    if not re.fullmatch(r"[0-9]{1,2}", number):
        raise CannotBegin(f"{number!r} isn't a lesson's number. {advice}")
    if int(number) in numbers:
        raise CannotBegin(f"There is a lesson {int(number)} already. {advice}")
    if int(number) > last + 1:
        raise CannotBegin(f"Lesson {int(number)} would leave a gap, since the last lesson is {last}. {advice}")


def files_of(values: dict[str, str]) -> dict[Path, str]:
    """Return the new files, by path, with their text.

    Raises:
        CannotBegin: one of them exists.
    """
    lesson, checks = NOTEBOOKS / values["file"], f"lesson_{values['digits']}.py"
    files = {
        lesson: refresh.as_text(notebook_of(_filled_in("lesson.md", values))),
        solution_path(lesson): refresh.as_text(notebook_of(_filled_in("solution.md", values))),
        ROOT / "helpers/lessons/checks/lessons" / checks: _filled_in("checks.py.txt", values),
        ROOT / f"helpers/lessons/recall/questions_{values['digits']}.py": _filled_in("questions.py.txt", values),
        ROOT / "tests/unit/lessons/checks" / f"test_{checks}": _filled_in("test_checks.py.txt", values),
    }
    if there := [path for path in files if path.exists()]:
        raise CannotBegin(f"{there[0].relative_to(ROOT)} exists already. Move it away, then try again.")
    return files


def _filled_in(template: str, values: dict[str, str]) -> str:
    return Template((SKELETON / template).read_text(encoding="utf-8")).substitute(values)


def notebook_of(text: str) -> NotebookNode:
    """Return the notebook that ``text`` describes.

    ``<!-- id exercise=6.1 blank=answer -->`` begins a cell, here with two metadata; several names of
    ``blank``, or several ``tags``, have commas between them. A cell that is one block of Python is a code cell.
    """
    cells = [_cell(cell_id, metadata, source.strip()) for cell_id, metadata, source in _CELL.findall(text)]
    return nbformat.v4.new_notebook(cells=cells)


def _cell(cell_id: str, words: str, source: str) -> NotebookNode:
    metadata: dict[str, str | list[str]] = dict(word.split("=") for word in words.split())
    metadata |= {name: str(metadata[name]).split(",") for name in ("blank", "tags") if name in metadata}
    if code := _CODE.fullmatch(source):
        return nbformat.v4.new_code_cell(code[1], id=cell_id, metadata=metadata)
    return nbformat.v4.new_markdown_cell(source, id=cell_id, metadata=metadata)


if __name__ == "__main__":
    sys.exit(main())
