"""Kernels of a fresh environment: a lesson in any folder is explained from its first cell on, in every Jupyter alike.

The folders have accents and spaces, and the locale isn't UTF-8, as on many Windows machines: until Python 3.13, a
``.pth`` file is read in the locale's encoding.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.packages.environments import NOTEBOOKS, install, make_environment, run

LESSON = "03_create_a_task.ipynb"

# A kernel as VS Code starts it: in the notebook's folder, by a server that names no notebook.
KERNEL = """
import json, sys
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(cwd=sys.argv[1])
said = []
def show(message):
    content = message["content"]
    said.append(content.get("text") or "\\n".join(content.get("traceback", [])))
for cell in json.loads(sys.argv[2]):
    client.execute_interactive(cell, output_hook=show, timeout=60)
    said.append("-----")
client.stop_channels()
manager.shutdown_kernel(now=True)
sys.stdout.buffer.write("\\n".join(said).encode())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with a name that isn't ASCII, and in it a learner's copy of one lesson, without the project."""
    folder = tmp_path_factory.mktemp("room") / "nb ñandú café"
    (folder / "lessons").mkdir(parents=True)
    shutil.copy(NOTEBOOKS / "notebooks" / LESSON, folder / "lessons")
    return folder


@pytest.fixture(scope="module")
def python(folder) -> Path:
    """Python of an environment in that folder, without any packages."""
    return make_environment(folder / ".venv")


@pytest.fixture(params=["wheel", "clone"])
def installed(request, folder, python, notebooks_wheel) -> Path:
    """The same Python, with the wheel, or with a clone that was installed with `-e`."""
    if request.param == "wheel":
        install(python, str(notebooks_wheel))
        return python
    clone = folder / "clone"
    shutil.copytree(NOTEBOOKS / "helpers", clone / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(NOTEBOOKS / name, clone)
    install(python, "--editable", str(clone))
    return python


def test_lesson_outside_of_the_project(installed, folder, monkeypatch):
    """Before the set-up cell a name leads to its step; after it `where_am_i` knows the lesson; `.env` counts."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("HOME", str(folder / "home"))
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "TASKROUTER_PROGRESS"):
        monkeypatch.delenv(name, raising=False)
    (folder / "lessons" / ".env").write_text("TWILIO_ACCOUNT_SID=AC1\nTWILIO_AUTH_TOKEN=not-for-eyes\n")
    lesson = json.loads((folder / "lessons" / LESSON).read_text(encoding="utf-8"))
    [set_up] = ["".join(cell["source"]) for cell in lesson["cells"] if cell["id"] == "setup"]
    settings = (
        "from helpers import settings\ns = settings.load()\nprint(s.mode, s.twilio_account_sid, s.progress.parent.name)"
    )
    package = "import helpers\nprint(helpers.__file__)"
    cells = ["client.taskrouter", set_up, "where_am_i()", settings, package]

    done = run(installed, "-c", KERNEL, str(folder / "lessons"), json.dumps(cells), cwd=folder)

    assert done.returncode == 0, done.stderr
    early, _, place, found, package, _ = (said.strip() for said in done.stdout.split("-----"))
    assert "`client` doesn't exist yet. The step “Set up” creates it" in " ".join(early.split())
    assert place.startswith("Lesson 3: Create a Task (local mode)")
    assert found == "local AC1 .taskrouter-notebooks"
    assert Path(package).is_relative_to(folder)
    assert (installed.parents[1] / "share/jupyter/labextensions/taskrouter-notebooks/static/lesson_page.js").is_file()
