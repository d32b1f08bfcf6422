"""The package `taskrouter-emulator`, installed where nothing else of this project is."""

from __future__ import annotations

import re

from tests.packages.environments import EMULATOR, run

PROGRAM = """
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages

import taskrouter_emulator

assert find_spec("helpers") is None
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
    assert short == '"Alice" is in Activity "Offline", which is not available.'
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
