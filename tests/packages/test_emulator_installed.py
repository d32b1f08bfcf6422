"""The package `taskrouter-emulator`, installed where nothing else of this project is."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.packages.environments import EMULATOR, NOTEBOOKS, install, make_environment, run

PROGRAM = """
import sys
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages

import taskrouter_emulator

assert find_spec("helpers") is None
sys.modules["trustme"] = None  # as where the extra https isn't installed
for each in walk_packages(taskrouter_emulator.__path__, "taskrouter_emulator."):
    import_module(each.name)

import requests
from twilio.rest import Client
from taskrouter_emulator.explanations import explain
from taskrouter_emulator.sdk import EmulatorHttpClient
from taskrouter_emulator.server import start

with start() as running:
    client = Client(running.account_sid, running.auth_token, http_client=EmulatorHttpClient(running.url))
    made = client.taskrouter.v1.workspaces.create(friendly_name="Care Desk", template="FIFO")
    workspace = client.taskrouter.v1.workspaces(made.sid)
    workspace.workers.create(friendly_name="Alice")
    explanation = explain(workspace.tasks.create(attributes="{}"))
    print(explanation.short)
    exec(explanation.code)
    print([each.assignment_status for each in workspace.tasks.list()])
    print("from taskrouter_emulator.sdk import" in requests.get(running.url).text)
"""


def test_emulator_runs_and_explains_without_the_helpers(emulator_python, tmp_path):
    """Every module can be imported; a server answers the SDK, and what `explain` proposes can be run."""
    done = run(emulator_python, "-c", PROGRAM, cwd=tmp_path)

    assert done.stderr == ""
    short, statuses, told = done.stdout.splitlines()
    assert short == '"Alice" is in Activity "Offline", which isn\'t available.'
    assert statuses == "['reserved']"
    assert told == "True", "the server's page tells the wrong name to import"


def test_readme_is_true(emulator_python, tmp_path):
    """Its test passes, with nothing but the package installed."""
    (test,) = re.findall(r"^```python\n(.*?)^```", (EMULATOR / "README.md").read_text("utf-8"), re.M | re.S)
    (tmp_path / "test_readme.py").write_text(test, encoding="utf-8")

    done = run(emulator_python, "-m", "pytest", "-q", cwd=tmp_path)

    assert "1 passed" in done.stdout, done.stdout


def test_command_has_the_name_of_its_package(emulator_python, tmp_path):
    """Its help says what to type."""
    done = run(emulator_python, "-m", "taskrouter_emulator", "--help", cwd=tmp_path)

    assert done.stdout.startswith("usage: python -m taskrouter_emulator")


INVENTORY = """
import json, sys
from importlib.metadata import distributions, entry_points
from pathlib import Path

print(json.dumps({
    "distributions": {each.name: each.version for each in distributions()},
    "pytest": [each.name for each in entry_points(group="pytest11")],
    "settings": [str(path) for name in ("etc", "share") for path in Path(sys.prefix, name).rglob("*")],
}))
"""


def test_installation_adds_little_and_changes_nothing(emulator_wheel, tmp_path):
    """Beside pytest there are 40 distributions at most: those that were there, and no Jupyter."""
    python = make_environment(tmp_path)
    install(python, "pytest")
    before = json.loads(run(python, "-c", INVENTORY, cwd=tmp_path).stdout)

    install(python, str(emulator_wheel))
    after = json.loads(run(python, "-c", INVENTORY, cwd=tmp_path).stdout)

    assert before["distributions"].items() <= after["distributions"].items()
    assert len(after["distributions"]) <= 40
    assert not [name for name in after["distributions"] if re.search("jupyter|notebook|ipy|nbval", name)]
    assert set(after["pytest"]) - set(before["pytest"]) == {"taskrouter_emulator.pytest_plugin", "anyio"}  # httpx's
    assert after["settings"] == []


def test_plugin_loads_nothing_but_pytest(emulator_python, tmp_path):
    """Who doesn't use the fixtures doesn't pay for them."""
    program = """
import sys, pytest
before = set(sys.modules)
import taskrouter_emulator.pytest_plugin
print(*sorted(set(sys.modules) - before))
"""
    done = run(emulator_python, "-c", program, cwd=tmp_path)

    assert done.stdout.split() == ["taskrouter_emulator", "taskrouter_emulator.pytest_plugin"]


BY_HAND = 'pytest_plugins = ["taskrouter_emulator.pytest_plugin"]'


@pytest.mark.parametrize(
    ("conftest", "arguments", "outcome"),
    [
        (BY_HAND, ["-p", "taskrouter_emulator.pytest_plugin"], "1 passed"),
        ("", ["-p", "early", "-W", "error"], "1 passed"),
        ("", ["-p", "no:taskrouter_emulator.pytest_plugin"], "fixture 'taskrouter_server' not found"),
    ],
    ids=["named again", "imported before", "left out"],
)
def test_plugin_can_be_named(emulator_python, tmp_path, conftest, arguments, outcome):
    """A project may register the plugin itself, too, or import the package first, or leave the plugin out."""
    (tmp_path / "early.py").write_text("import taskrouter_emulator", encoding="utf-8")
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")
    (tmp_path / "test_it.py").write_text("def test_it(taskrouter_server): ...", encoding="utf-8")

    done = run(emulator_python, "-m", "pytest", *arguments, cwd=tmp_path)

    assert outcome in done.stdout, done.stdout + done.stderr


USER = """
from taskrouter_emulator.explanations import explain
from taskrouter_emulator.sdk import EmulatorHttpClient
from taskrouter_emulator.server import RunningEmulator, start


def begin() -> RunningEmulator:
    return start(port="8700")


def say(taskrouter: RunningEmulator, task: object) -> str:
    EmulatorHttpClient(taskrouter.url)
    return explain(task).short
"""


def test_package_is_typed(emulator_python, tmp_path):
    """mypy finds the one mistake in a user's file, and has nothing to say about the imports."""
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    cache = NOTEBOOKS / ".local" / "tests" / "mypy"  # of an earlier run, for Python's own types and the libraries'
    mypy = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache)]

    done = subprocess.run(
        [*mypy, "--python-executable", str(emulator_python), "user.py"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.stdout.splitlines() == [
        'user.py:8: error: Argument "port" to "start" has incompatible type "str"; expected "int"  [arg-type]',
        "Found 1 error in 1 file (checked 1 source file)",
    ]
