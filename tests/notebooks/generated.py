"""What a program writes: set-up, navigation and blank exercises of the notebooks, tables of lessons, plans' minutes."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import helpers
from deploy.lessons import (
    ALONE,
    NOTEBOOKS,
    NotebookUnfit,
    browser_link,
    describe_lesson,
    lesson_paths,
    minutes,
    title,
)
from tests.cell_failures import how_to_name
from tests.notebooks.instructor import fill_in_plans

__all__ = [
    "GUIDE",
    "INDEX",
    "NOTEBOOKS",
    "PLANS",
    "QUESTIONS",
    "README",
    "ROOT",
    "NotebookUnfit",
    "blanked",
    "cell_of",
    "fill_in",
    "lesson_paths",
    "link",
    "minutes",
    "notebook_paths",
    "read",
    "read_solution",
    "set_up",
    "solution_path",
    "with_lessons",
]

ROOT = Path(__file__).resolve().parents[2]
INDEX = NOTEBOOKS / "reference/lessons.ipynb"
GUIDE = NOTEBOOKS / "instructor/guide.ipynb"
PLANS = NOTEBOOKS / "instructor/plans.ipynb"
QUESTIONS = NOTEBOOKS / "instructor/questions.ipynb"
README = ROOT / "README.md"
SET_UP_WIDTH = 100
FROM_HELPERS = "from helpers import "
INDEX_LINK = "[All lessons](reference/lessons.ipynb)"


def notebook_paths() -> list[Path]:
    """Every notebook of the suite."""
    found = NOTEBOOKS.rglob("*.ipynb")
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def solution_path(lesson: Path) -> Path:
    """Where the worked solutions of a lesson are."""
    return lesson.parent / "solutions" / lesson.name


def read(path: Path) -> NotebookNode:
    """Return a notebook as it is stored.

    Raises:
        NotebookUnfit: the file can't be read as a notebook, or its cells have no ids.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
    except (UnicodeDecodeError, nbformat.reader.NotJSONError) as error:
        raise NotebookUnfit(
            f"{how_to_name(path)} can't be read as a notebook, perhaps since a merge ({error.__cause__ or error}). "
            "Correct it, or take the file from a commit that has it whole: `git restore --source COMMIT FILE`."
        ) from None
    if not all("id" in cell for cell in notebook.cells):
        raise NotebookUnfit(
            f"{how_to_name(path)} has cells without ids, as in an old format. Open it in JupyterLab and save it, then "
            "give each cell an id of words, as text."
        )
    return notebook


def read_solution(lesson: Path) -> NotebookNode:
    """Return the worked solutions of a lesson.

    Raises:
        NotebookUnfit: there are none, or they can't be read.
    """
    path = solution_path(lesson)
    if not path.is_file():
        raise NotebookUnfit(
            f"The solutions of {lesson.name} are missing: write {how_to_name(path)}, or `git restore` it if it was "
            "deleted. `python start.py new-lesson` begins a lesson together with its solutions."
        )
    return read(path)


def cell_of(notebook: NotebookNode, cell_id: str) -> NotebookNode | None:
    """The cell with this id, if the notebook has one."""
    return next((cell for cell in notebook.cells if cell.id == cell_id), None)


def fill_in(path: Path, notebook: NotebookNode) -> None:
    """Write everything generated into ``notebook``, which belongs to ``path``.

    Raises:
        NotebookUnfit: it, its solutions, or a lesson that it names can't be used; the text says what to do.
    """
    lessons = _read_lessons()
    with_answers = [notebook, read_solution(path)] if path in lesson_paths() else [notebook]
    try:
        _set(notebook, "setup", set_up(with_answers))
    except NotebookUnfit as problem:
        raise NotebookUnfit(f"{path.name}, or its solutions: {problem}") from None
    if intro := cell_of(notebook, "setup-intro"):
        intro.source = intro.source.partition(f"\n\n{ALONE[:20]}")[0] + f"\n\n{ALONE}"
    if path == INDEX:
        _set(notebook, "lessons", _table(lessons, "../"))
    if path == PLANS:
        fill_in_plans(notebook, {lesson.name[:2]: text for lesson, text in lessons})
    if path not in lesson_paths():
        return
    navigation = _navigation(path, lessons)
    _set(notebook, "nav-top", navigation + browser_link(path))
    _set(notebook, "nav-bottom", navigation)
    for cell in read_solution(path).cells:
        if "blank" in cell.metadata:
            _set(notebook, f"exercise-{cell.metadata.exercise.replace('.', '-')}", blanked(cell))


def set_up(notebooks: Sequence[NotebookNode]) -> str:
    """Return the set-up cell: it imports what the notebooks use and their cells don't make, and connects."""
    used = {name for notebook in notebooks for cell in notebook.cells if cell.id != "setup" for name in _used(cell)}
    used |= {"connect"} | ({"hint"} if "check" in used else set())  # a wrong answer's verdict names `hint`
    names = sorted(used.intersection(helpers.__all__) - _own_names(notebooks))
    lines = textwrap.wrap(", ".join(names), SET_UP_WIDTH - len(FROM_HELPERS))
    imports = "\n".join(FROM_HELPERS + line.rstrip(",") for line in lines)
    json_first = "import json\n\n" if "json" in used else ""
    return f"{json_first}{imports}\n\nconnection = connect()\nclient = connection.client\nconnection"


def with_lessons(readme: str) -> str:
    """Return the README's text with the table of lessons as the notebooks have them."""
    table = _table(_read_lessons(), "notebooks/", browser_link)
    return re.sub(r"^\| Lesson \|.*?(?=\n\n)", lambda _: table, readme, flags=re.MULTILINE | re.DOTALL)


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


def _read_lessons() -> list[tuple[Path, NotebookNode]]:
    """Return all lessons, to look at, not to change."""
    return [(path, _read_once(path, path.read_bytes())) for path in lesson_paths()]


@lru_cache(maxsize=100)  # a notebook is filled in from all lessons, so that each is needed as often as there are some
def _read_once(path: Path, _content: bytes) -> NotebookNode:
    return read(path)


def _used(cell: NotebookNode) -> set[str]:
    """Return the names that a cell of Python uses, or that prose calls; a cell with a cell magic uses none."""
    if cell.cell_type == "markdown":
        return set(re.findall(r"(?<![.\w])(\w+)\(", cell.source))
    return {node.id for node in _nodes(cell) if isinstance(node, ast.Name)}


def _own_names(notebooks: Sequence[NotebookNode]) -> set[str]:
    """Return the names that cells after the set-up assign, or import from ``helpers``."""
    cells = [cell for notebook in notebooks for cell in notebook.cells if cell.id != "setup"]
    nodes = [node for cell in cells if cell.cell_type == "code" for node in _nodes(cell)]
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == "helpers"]
    assigned = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return assigned | {alias.name for node in imports for alias in node.names}


def _nodes(cell: NotebookNode) -> list[ast.AST]:
    if cell.source.startswith("%%"):  # a file's section, or another language
        return []
    try:
        return list(ast.walk(ast.parse(re.sub(r"^(\s*)[%!].*", r"\1pass", cell.source, flags=re.MULTILINE))))
    except SyntaxError as error:
        raise NotebookUnfit(
            f"The cell `{cell.id}` can't be read as Python: {error.msg}, in its line {error.lineno}. Correct it."
        ) from None


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


def _table(
    lessons: list[tuple[Path, NotebookNode]], folder: str = "", more: Callable[[Path], str] = lambda path: ""
) -> str:
    rows = ["| Lesson | Minutes alone | In a room | What you will do |", "|---|---|---|---|"]
    for path, notebook in lessons:
        lesson, first = describe_lesson(path, notebook), link(path, notebook, folder) + more(path)
        rows.append(f"| {first} | {lesson.alone} | {lesson.in_a_room} | {lesson.goal} |")
    return "\n".join(rows)


def link(path: Path, notebook: NotebookNode, folder: str = "") -> str:
    """Return the Markdown link to a lesson, by number and title."""
    return f"[{path.name[:2]} {title(notebook)}]({folder}{path.name})"
