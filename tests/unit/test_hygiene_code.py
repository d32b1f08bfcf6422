"""The code keeps the house's habits: linted, formatted, typed, and importing in one direction only."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests import biome

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "helpers").rglob("*.py"))
UNIT = ROOT / "tests" / "unit"
TESTS = sorted(UNIT.rglob("test_*.py"))
NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)

EMULATOR = [path for path in (ROOT / "helpers/emulator").rglob("*") if path.suffix in (".py", ".js", ".css", ".html")]
ABOUT_NOTEBOOKS = re.compile(r"(?<![-/])\b(kernel|notebook|learner|jupyter\w*)s?\b", re.IGNORECASE)
# What is drawn in cells of JupyterLab has to know it, pages of JupyterLab may ask the emulator, and the tutorial's
# Workspace is called after the notebooks.
NOTEBOOKS_CONCERN = (
    "helpers/emulator/display/html.py",
    "helpers/emulator/display/static/cell/",
    "helpers/emulator/guard.py",
    "helpers/emulator/display/static/pages/workspaces/tutorial_world.js",
)

# Top to bottom: a module imports from its own floor and from those below. The longest fitting name decides.
FLOORS = (
    ("helpers",),
    ("helpers.lessons",),
    ("helpers.predictions", "helpers.room", "helpers.rushhour"),
    ("helpers.diagrams", "helpers.playground", "helpers.timemachine"),
    ("helpers.show",),
    ("helpers.doctor.__main__",),
    ("helpers.doctor.roll_call",),
    ("helpers.doctor", "helpers.output.copy_display", "helpers.waiting", "helpers.webapp"),
    ("helpers.connection",),
    ("helpers.console",),
    ("helpers.output",),
    ("helpers.live",),
    ("helpers.guide",),
    (
        "helpers.callbacks",
        "helpers.lessons.cell_runs",
        "helpers.lessons.lesson_files",
        "helpers.lessons.lesson_steps",
        "helpers.lessons.story",
    ),
    ("helpers.live.advice", "helpers.live.prompt"),
    ("helpers.guide.hints.twilio_error", "helpers.webapp.app_magic", "helpers.wire"),
    ("helpers.webapp.app_file",),
    ("helpers.settings",),
    ("helpers.ground",),
    ("helpers.live.ledger",),
    ("helpers.errors", "helpers.ordering"),
    ("helpers.emulator.__main__", "helpers.emulator.pytest_plugin"),
    ("helpers.emulator.command",),
    ("helpers.emulator.copies", "helpers.emulator.timetravel"),
    ("helpers.emulator.server",),
    ("helpers.emulator.portal",),
    ("helpers.emulator.server.administration",),
    ("helpers.emulator.server.explaining",),
    ("helpers.emulator.portal.questions",),
    ("helpers.emulator.portal.answers",),
    ("helpers.emulator.portal.page_paths", "helpers.emulator.server.factory", "helpers.emulator.server.web"),
    ("helpers.emulator.server.clock_setting",),
    ("helpers.emulator.sdk",),
    ("helpers.emulator.explanations",),
    ("helpers.emulator.explanations.telling",),
    ("helpers.emulator.explanations.search",),
    ("helpers.emulator.explanations.sentences",),
    ("helpers.emulator.explanations.reading",),
    ("helpers.emulator.explanations.spelling",),
    ("helpers.emulator.inspection",),
    ("helpers.emulator.display", "helpers.emulator.sdk.sdk_reading"),
    ("helpers.emulator.api",),
    ("helpers.emulator.api.contract",),
    ("helpers.emulator.api.operations",),
    ("helpers.emulator.api.lists",),
    ("helpers.emulator.api.operation",),
    ("helpers.emulator.api.parameters",),
    ("helpers.emulator.api.formatters",),
    ("helpers.emulator.api.http",),
    ("helpers.emulator.callbacks",),
    ("helpers.emulator.request_log",),
    ("helpers.emulator.callbacks.request",),
    ("helpers.emulator.emulator", "helpers.emulator.history"),
    ("helpers.emulator.store",),
    ("helpers.emulator.engine.calls", "helpers.emulator.engine.commands", "helpers.emulator.engine.statistics"),
    ("helpers.emulator.engine.routing",),
    ("helpers.emulator.engine.callbacks",),
    ("helpers.emulator.engine",),
    ("helpers.emulator.engine.index",),
    ("helpers.emulator.engine.model",),
    ("helpers.emulator.expressions",),
    ("helpers.emulator.expressions.tracing",),
    ("helpers.emulator.expressions.evaluation",),
    ("helpers.emulator.expressions.grammar",),
    ("helpers.emulator.expressions.clock_names", "helpers.emulator.expressions.result_cache"),
    ("helpers.emulator.expressions.values",),
    ("helpers.emulator",),  # what all of it shares: clock, SIDs, guard, masking …
)
# These apply the emulator's rules, to copies and to texts, never to a server.
APPLY_RULES = (
    "helpers.diagrams",
    "helpers.guide.hints.value_hints",
    "helpers.lessons.checks",
    "helpers.playground",
)
# All that the other helpers need of the emulator: a server, the way to it and to its past, what it says and how that is
# shown, TaskRouter's own words, and what its and our servers share.
DOORS = (
    "helpers.emulator.callbacks.direct_transport",
    "helpers.emulator.callbacks.request",
    "helpers.emulator.command.stop_signals",
    "helpers.emulator.copies",
    "helpers.emulator.display",
    "helpers.emulator.emulator_errors",
    "helpers.emulator.engine.callbacks.callback_reply",
    "helpers.emulator.engine.model.defaults",
    "helpers.emulator.engine.model.event_types",
    "helpers.emulator.engine.model.statuses",
    "helpers.emulator.explanations",
    "helpers.emulator.guard",
    "helpers.emulator.masking",
    "helpers.emulator.portal.feed.event_body",
    "helpers.emulator.portal.questions",
    "helpers.emulator.sdk",
    "helpers.emulator.server",
    "helpers.emulator.store.file.lock",
    "helpers.emulator.timetravel",
)
# One resource a file, in each room that has something to do for every resource.
RESOURCES = {
    f"{name}.py"
    for name in (
        "activities",
        "events",
        "reservations",
        "task_channels",
        "task_queues",
        "tasks",
        "worker_channels",
        "workers",
        "workflows",
        "workspaces",
    )
}
# What several modules of a room do together; the first row is about the project itself.
BEHAVIOURS = {
    "": "architecture chromium citations documents environment_yml error_trees hygiene_code hygiene_ground "
    "network_guard node_packages start wheels_folder",
    "callbacks": "any_bytes bad_requests replayed_requests tunnel",
    "diagrams": "not_showable",
    "emulator": "failed_tests refused_writes",
    "emulator/command": "unmodified_programs",
    "emulator/display": "contrast json_text offer_words settings_changes twin vendored worker_words",
    "emulator/engine": "invariants",
    "emulator/explanations": "any_workspace bad_input golden",
    "emulator/expressions": "loose_spelling properties reference_table",
    "emulator/server": "both_grounds own_callbacks",
    "ground": "scenes",
    "guide": "every_rule",
    "lessons/checks": "planted_mistakes",
    "live": "later_trouble",
    "emulator/store": "damage_rounds kill_rounds",
    "playground": "try_expression",
    "predictions": "new_connection",
    "webapp": "lesson_app",
}
# A docstring names its subject: a function's begins with a verb, a class's or an attribute's with a noun.
CLAUSE_WORDS = "what|whether|who|whom|whose|whoever|when|where|how|why|as|of|that|if"
IMPURE = {"asyncio", "httpx", "http", "requests", "socket", "sqlite3", "starlette", "threading", "time", "twilio"}


@pytest.mark.parametrize(
    "command",
    [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)],
    ids=" ".join,
)
def test_tool_has_nothing_to_say(command):
    """Linter, formatter and type checker find nothing."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


def test_biome_has_nothing_to_say(record_property):
    """Linter and formatter of JavaScript, CSS and JSON find nothing; only outside CI may this be left out."""
    if reason := biome.why_not():
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        record_property("left out", reason)
        return
    done = biome.run(*biome.CHECK, capture_output=True, encoding="utf-8")

    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_point_downwards():
    """No module imports from a floor above its own."""
    upward = [f"{a} imports {b}" for a, b in imports() if floor(b) < floor(a)]

    assert not upward, "\n".join(upward)


def test_emulator_stands_alone():
    """In the emulator imports are relative and stay there, and no text names the helpers; all others are absolute."""
    froms = [(path, node) for path in MODULES for node in nodes_of(path) if isinstance(node, ast.ImportFrom)]
    pairs = [(name_of(path), absolute(node, path), node.level > 0) for path, node in froms]
    outward = [f"{a} imports {b}" for a, b, is_relative in pairs if is_relative and not within(b, "helpers.emulator")]
    astray = [a for a, b, is_relative in pairs if within(b, "helpers") and is_relative != within(a, "helpers.emulator")]
    named = [str(path) for path in EMULATOR if re.search(r"\bhelpers\.\w", path.read_text("utf-8"))]

    assert outward == astray == named == []


def test_emulator_knows_no_notebook():
    """Code and texts of the emulator are for any of its users; only what is about notebooks names them."""
    speaking = [path for path in EMULATOR if ABOUT_NOTEBOOKS.search(path.read_text("utf-8"))]
    astray = [str(path) for path in speaking if not str(path.relative_to(ROOT)).startswith(NOTEBOOKS_CONCERN)]

    assert not astray, "\n".join(astray)


def test_no_import_cycles():
    """No module needs itself, by whatever way round, in order to be imported."""
    needs: dict[str, set[str]] = {}
    for module, imported in imports(types_too=False):
        needs.setdefault(module, set()).add(imported)

    tuple(TopologicalSorter(needs).static_order())  # raises CycleError, which names the cycle


def test_names_stand_for_one_thing():
    """No class name stands twice, and no name of a file, but for those of resources."""
    files = Counter(path.name for path in MODULES if path.stem not in ("__init__", "__main__"))
    classes = Counter(node.name for path in MODULES for node in nodes_of(path) if isinstance(node, ast.ClassDef))

    assert {name for name, count in files.items() if count > 1} <= RESOURCES
    assert [name for name, count in classes.items() if count > 1] == []


def test_rooms_are_small():
    """A folder holds at most a dozen modules or scripts, except those with one for each operation, view or lesson."""
    scripts = (path for path in EMULATOR if path.suffix == ".js")
    rooms = Counter(path.parent for path in [*MODULES, *scripts] if path.stem not in ("__init__", "__main__"))
    large = [str(room.relative_to(ROOT)) for room, count in rooms.items() if count > 12]

    views = "helpers/emulator/display/static/views"
    checks = {"helpers/lessons/checks/lessons", "helpers/lessons/checks/subjects"}
    lessons = {*checks, "helpers/lessons/recall", "helpers/lessons/starts"}
    assert set(large) <= {"helpers/diagrams", "helpers/emulator/api/operations", views, *lessons}


def test_each_script_of_a_view_has_its_module():
    """`static/views/X.js` draws what one `X_view.py` hands it; the portal hears from the emulator itself."""
    modules = Counter(path.stem for path in MODULES)
    scripts = {path.stem for path in (ROOT / "helpers/emulator/display/static/views").glob("*.js")} - {"portal"}

    assert scripts
    assert [name for name in sorted(scripts) if modules[f"{name}_view"] != 1] == []


def test_helpers_use_the_emulators_doors():
    """Outside the emulator only its doors are used, and its rules by those that apply them to copies and texts."""
    outside = [(a, b) for a, b in imports() if not within(a, "helpers.emulator") and within(b, "helpers.emulator")]
    other_ways = [
        f"{a} imports {b}"
        for a, b in outside
        if b != "helpers.emulator"  # which has the version, and nothing else
        if not within(b, *DOORS) and not (within(a, *APPLY_RULES) and floor(b) > floor("helpers.emulator.api"))
    ]

    assert not other_ways, "\n".join(other_ways)


def test_engine_is_pure():
    """The engine and the expression language know no HTTP, threads, sockets, files or wall clock."""
    impure = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        if within(name_of(path), "helpers.emulator.engine", "helpers.emulator.expressions")
        for name in imported_names(path)
        if name.split(".")[0] in IMPURE
    ]

    assert not impure, "\n".join(impure)


def test_nothing_asks_which_ground_it_is():
    """Only the choice knows the two grounds; everybody else has what `Ground` promises."""
    grounds = ("helpers.ground.machine", "helpers.ground.page")
    astray = [
        f"{a} imports {b}"
        for a, b in imports()
        for ground in grounds
        if within(b, ground) and not within(a, ground, "helpers.ground.choice")
    ]
    platforms = [str(path) for path in MODULES if re.search(r"emscripten|pyodide", path.read_text("utf-8"), re.I)]

    assert astray == platforms == []


def test_tests_mirror_the_rooms():
    """`tests/unit/ROOM/test_NAME.py` tests `NAME.py` of `helpers/ROOM`, or a behaviour of that room."""
    modules = {(folder_of_tests(path), name_of(path).rpartition(".")[2].strip("_")) for path in MODULES}
    tests = {(path.parent, path.stem.removeprefix("test_")) for path in TESTS}
    behaviours = {(UNIT / room, name) for room, names in BEHAVIOURS.items() for name in names.split()}
    astray = [f"{folder.relative_to(ROOT)}/test_{name}.py" for folder, name in tests - modules - behaviours]

    assert not astray, f"named neither after a module of their room nor in BEHAVIOURS: {sorted(astray)}"
    assert behaviours <= tests


def test_modules_say_what_they_offer():
    """Every module has a docstring, postponed annotations and, unless it is only run, a list of its names."""
    silent = [name_of(path) for path in MODULES if not well_formed(path)]

    assert not silent, "\n".join(silent)


def test_no_docstring_begins_with_a_clause_word():
    """Every docstring says what a name is or does: none begins with What, Whether, Who, As, Of, How and the like."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text.splitlines()[0]}"
        for path in (ROOT / "start.py", *MODULES)
        for line, text in docstrings(path)
        if re.match(rf"\W*(?:{CLAUSE_WORDS})\b", text, re.IGNORECASE)
    ]

    assert not found, "\n".join(found)


def test_docstring_of_a_function_begins_with_a_verb():
    """A function does something; a property or a fixture is something. An exercise's check begins with its number."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {text.splitlines()[0]}"
        for path in (ROOT / "start.py", *MODULES)
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (text := ast.get_docstring(node))
        if not any("property" in ast.unparse(each) or "fixture" in ast.unparse(each) for each in node.decorator_list)
        if not re.match(r"\d+\.\d: |(?!The |An? |All |Each |Every |One |True )[A-Z][a-z]+ ", text)
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_imports_names_of_helpers_only(path):
    """A notebook takes what it needs from `helpers` itself, never from a module inside."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    inner = [name for source in sources for name in re.findall(r"^\s*(?:from|import)\s+(helpers\.\S+)", source, re.M)]

    assert not inner, "\n".join(inner)


@cache
def imports(*, types_too: bool = True) -> list[tuple[str, str]]:
    """Each (module, imported module) pair within `helpers`; with or without imports that only type checkers see."""
    return [
        (name_of(path), name)
        for path in MODULES
        for name in imported_names(path, types_too=types_too)
        if within(name, "helpers") and name != name_of(path)
    ]


def imported_names(path: Path, *, types_too: bool = True) -> Iterator[str]:
    """The modules that one file imports, by their full names."""
    nodes = nodes_of(path)
    hidden = set() if types_too else {node for block in nodes if is_for_types(block) for node in ast.walk(block)}
    for node in nodes:
        if node in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, path)
            yield from (f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base for alias in node.names)


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """All of a file's syntax."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Each docstring with its line: of the module, of classes and functions, and after assignments."""
    for node in nodes_of(path):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def is_for_types(node: ast.AST) -> bool:
    """True for an `if TYPE_CHECKING:` block."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def absolute(node: ast.ImportFrom, path: Path) -> str:
    """The full name of what `from ... import` names, its leading dots resolved."""
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).parts[: -node.level]
    return ".".join([*package, node.module] if node.module else package)


def is_module(name: str) -> bool:
    """True if a module or package of that name is in this project."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def name_of(path: Path) -> str:
    """The dotted name of a module file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def folder_of_tests(path: Path) -> Path:
    """Return the folder of `tests/unit` for a module: that of its own room, or of the nearest room around it."""
    folder = UNIT / path.parent.relative_to(ROOT / "helpers")
    while folder not in {test.parent for test in TESTS}:
        folder = folder.parent
    return folder


def within(name: str, *packages: str) -> bool:
    """True if `name` is one of `packages` or lies inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@cache
def floor(name: str) -> int:
    """How far down a module stands, 0 being the top."""
    if name == "helpers":
        return 0
    entries = [(len(entry), number) for number, row in enumerate(FLOORS, 1) for entry in row if within(name, entry)]
    return max(entries)[1]


def well_formed(path: Path) -> bool:
    """Whether a module file starts as every module here does."""
    tree = nodes_of(path)[0]
    assert isinstance(tree, ast.Module)
    if not ast.get_docstring(tree):
        return False
    if len(tree.body) == 1:  # nothing but its docstring
        return True
    text = path.read_text(encoding="utf-8")
    return "from __future__ import annotations" in text and (
        "__all__" in text or path.stem in {"__main__", "ipython_config"}
    )
