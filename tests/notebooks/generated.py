"""What a program writes: set-up cell, navigation and blank exercises of the notebooks, and both tables of lessons."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

__all__ = [
    "INDEX",
    "NOTEBOOKS",
    "README",
    "ROOT",
    "blanked",
    "cell_of",
    "fill_in",
    "lesson_paths",
    "link",
    "minutes",
    "notebook_paths",
    "read",
    "solution_path",
    "with_lessons",
]

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
INDEX = NOTEBOOKS / "reference/lessons.ipynb"
README = ROOT / "README.md"
NAMES = """\
**Names.** Twilio's tutorial calls Activities *Idle* (Tasks may come), *Busy* and *Reserved* (they may not). A Workspace
made today has *Available* and *Unavailable* instead. These notebooks add the tutorial's names, so that you can follow it
word by word."""  # noqa: E501 - laid out as it stands in the notebooks
INDEX_LINK = "[All lessons](reference/lessons.ipynb)"


def lesson_paths() -> list[Path]:
    """The numbered notebooks in their order."""
    return sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


def notebook_paths() -> list[Path]:
    """Every notebook of the suite."""
    found = NOTEBOOKS.rglob("*.ipynb")
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def solution_path(lesson: Path) -> Path:
    """Where the worked solutions of a lesson are."""
    return lesson.parent / "solutions" / lesson.name


def read(path: Path) -> NotebookNode:
    """A notebook as it is stored."""
    return nbformat.read(path, as_version=4)


def cell_of(notebook: NotebookNode, cell_id: str) -> NotebookNode | None:
    """The cell with this id, if the notebook has one."""
    return next((cell for cell in notebook.cells if cell.id == cell_id), None)


def fill_in(path: Path, notebook: NotebookNode) -> None:
    """Write everything generated into ``notebook``, which belongs to ``path``."""
    lessons = [(lesson, read(lesson)) for lesson in lesson_paths()]
    _set(notebook, "setup", cell_of(lessons[0][1], "setup").source)
    if path == INDEX:
        _set(notebook, "lessons", _table(lessons, "../"))
    if path not in lesson_paths():
        return
    _set(notebook, "names", NAMES)
    navigation = _navigation(path, lessons)
    _set(notebook, "nav-top", navigation)
    _set(notebook, "nav-bottom", navigation)
    for cell in read(solution_path(path)).cells:
        if "blank" in cell.metadata:
            _set(notebook, f"exercise-{cell.metadata.exercise.replace('.', '-')}", blanked(cell))


def with_lessons(readme: str) -> str:
    """Return the README's text with the table of lessons as the notebooks have them."""
    table = _table([(path, read(path)) for path in lesson_paths()], "notebooks/")
    return re.sub(r"^\| Lesson \|.*?(?=\n\n)", lambda _: table, readme, flags=re.MULTILINE | re.DOTALL)


def minutes(notebook: NotebookNode) -> tuple[int, int]:
    """How long a lesson takes somebody alone, and a room; its title cell is where the figures stand."""
    title = cell_of(notebook, "title").source
    [found] = re.findall(r"^About (\d+) minutes alone · (\d+) minutes in a room", title, re.MULTILINE)
    return int(found[0]), int(found[1])


def blanked(solution: NotebookNode) -> str:
    """A worked solution as it is handed out: three dots where its metadata's ``blank`` names something.

    A dictionary keeps its keys and a function its first line and docstring. A first line of ``%%app`` stays.
    """
    source: str = solution.source
    python = re.sub(r"\A%%", "##", source)  # of the same length, so that places are those of the cell
    holes = [hole for node in ast.parse(python).body for hole in _holes(source, node, solution.metadata.blank)]
    for begin, end, text in sorted(holes, reverse=True):
        source = source[:begin] + text + source[end:]
    return source


def _holes(source: str, node: ast.stmt, names: Sequence[str]) -> Iterable[tuple[int, int, str]]:
    """Begin, end and new text of each part of ``node`` that is left to the learner."""
    if isinstance(node, ast.FunctionDef) and node.name in names:
        body = node.body[1:] if ast.get_docstring(node) else node.body
        yield _begin(source, body[0]), _end(source, node), "..."
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in names:
        if isinstance(node.value, ast.Dict):
            yield from ((_begin(source, value), _end(source, value), "...") for value in node.value.values)
        else:  # from the equals sign, as parentheses do not belong to the value
            yield _end(source, node.targets[0]), _end(source, node), " = ..."


def _begin(source: str, node: ast.expr | ast.stmt) -> int:
    return _offset(source, node.lineno, node.col_offset)


def _end(source: str, node: ast.expr | ast.stmt) -> int:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return _offset(source, node.end_lineno, node.end_col_offset)


def _offset(source: str, line: int, column: int) -> int:
    lines = source.splitlines(keepends=True)
    return len("".join(lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())


def _set(notebook: NotebookNode, cell_id: str, source: str) -> None:
    cell = cell_of(notebook, cell_id)
    if cell is not None:
        cell.source = source.rstrip()


def _navigation(path: Path, lessons: list[tuple[Path, NotebookNode]]) -> str:
    links = [link(lesson, notebook) for lesson, notebook in lessons]
    here = lesson_paths().index(path)
    before = [f"← {links[here - 1]}"] if here else []
    after = [f"{links[here + 1]} →"] if here + 1 < len(links) else []
    return " · ".join([*before, INDEX_LINK, *after])


def _table(lessons: list[tuple[Path, NotebookNode]], folder: str = "") -> str:
    rows = ["| Lesson | Minutes alone | In a room | What you will do |", "|---|---|---|---|"]
    for path, notebook in lessons:
        alone, in_a_room = minutes(notebook)
        rows.append(f"| {link(path, notebook, folder)} | {alone} | {in_a_room} | {_goal(notebook)} |")
    return "\n".join(rows)


def link(path: Path, notebook: NotebookNode, folder: str = "") -> str:
    """Return the Markdown link to a lesson, by number and title."""
    title = cell_of(notebook, "title").source.splitlines()[0].removeprefix("# ")
    return f"[{path.name[:2]} {title}]({folder}{path.name})"


def _goal(notebook: NotebookNode) -> str:
    text = cell_of(notebook, "goal").source.replace("\n", " ")
    return text.removeprefix("**What you will do.** ")
