"""The emulator is a package that anybody may take along: under another name, without the helpers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import helpers.emulator

HERE = Path(helpers.emulator.__file__).parent

PROGRAM = """
import sys
from importlib import import_module
from pkgutil import walk_packages

sys.modules["helpers"] = None  # an import of it fails, even where the project is installed

import taskrouter_emulator

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


@pytest.fixture
def run(tmp_path):
    """Run Python beside a copy of the emulator's folder, and give what it printed."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE, tmp_path / "taskrouter_emulator", ignore=ignored)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def run_python(*arguments):
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run_python


def test_emulator_runs_and_explains_by_another_name(run):
    """Every module can be imported; a server answers the SDK, and what `explain` proposes can be run."""
    short, statuses, told = run("-c", PROGRAM)

    assert short == '"Alice" is in Activity "Offline", which is not available.'
    assert statuses == "['reserved']"
    assert told == "True", "the server's page tells the wrong name to import"


def test_command_has_the_name_of_its_package(run):
    """Its help says what to type."""
    assert run("-m", "taskrouter_emulator", "--help")[0].startswith("usage: python -m taskrouter_emulator")
