"""The GitHub Action: its steps, run one after another as a runner does."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.packages.environments import EMULATOR, NOTEBOOKS

FOLDER = NOTEBOOKS / "deploy" / "emulator"
ACTION: dict[str, Any] = yaml.safe_load((FOLDER / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


@pytest.fixture(scope="module")
def runner(offline_pip, tmp_path_factory) -> Iterator[Runner]:
    """A runner on which the first step, which installs, has been run; what later steps leave running ends with it."""
    temporary = tmp_path_factory.mktemp("runner")
    compiled_when_imported = {"PIP_COMPILE": "0"}  # most of it is the SDK, which a server starts without
    runner = Runner(temporary, {**offline_pip, **compiled_when_imported})
    installed = runner.run(STEPS[0])
    assert installed.returncode == 0, installed.stdout
    yield runner
    runner.end()


class Runner:
    """Machine that runs the steps of an action, one shell each."""

    def __init__(self, temporary: Path, variables: Mapping[str, str]) -> None:
        self.added = temporary / "environment"
        self.workspace = temporary / "own project"
        self.workspace.mkdir()
        self._temporary = temporary
        own = {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(temporary), "GITHUB_ENV": str(self.added)}
        self._variables = {**own, **variables}
        self._sessions: list[int] = []

    def run(self, step: dict[str, Any], **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run a step with these inputs; its log is in ``stdout``."""
        values = {f"inputs.{name}": each["default"] for name, each in ACTION["inputs"].items()}
        values |= {f"inputs.{name}": value for name, value in inputs.items()} | {"github.action_path": str(FOLDER)}
        environment = {name: evaluate(text, values) for name, text in step["env"].items()}
        script = self._temporary / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        self.added.write_text("", encoding="utf-8")
        with (self._temporary / "log").open(
            "w+", encoding="utf-8"
        ) as log:  # a pipe would wait for what it leaves running
            session = subprocess.Popen(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                cwd=self.workspace,
                env=self._variables | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._sessions.append(session.pid)
            code = session.wait(timeout=200)
            log.seek(0)
            return subprocess.CompletedProcess(session.args, code, log.read())

    def end(self) -> None:
        """End what the steps left running."""
        for session in self._sessions:
            with contextlib.suppress(ProcessLookupError):  # it left nothing
                os.killpg(session, signal.SIGTERM)


def evaluate(text: str, values: dict[str, str]) -> str:
    """Return a text with its expressions replaced by their values."""
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values[found[1]], text)


def test_action_is_one_that_github_reads():
    """It is a composite action of shell steps, in whose text no input is put: nobody can type a command there."""
    assert set(ACTION) == {"name", "description", "inputs", "runs"}
    assert ACTION["runs"]["using"] == "composite"
    for step in STEPS:
        assert set(step) == {"name", "shell", "env", "run"}
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
    assert all(set(each) == {"description", "default"} for each in ACTION["inputs"].values())


def test_later_steps_find_the_emulator(runner):
    """Three variables tell later steps where it is and how to get in, and the log shows the token to nobody."""
    (runner.workspace / "world.yaml").write_text("workspaces: [{friendly_name: Care Desk}]", encoding="utf-8")
    started = runner.run(STEPS[1], options="--clock paused --load world.yaml")
    found = dict(line.split("=", 1) for line in runner.added.read_text(encoding="utf-8").splitlines())

    assert started.returncode == 0, started.stdout
    assert list(found) == ["TASKROUTER_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"]
    assert started.stdout == f"::add-mask::{found['TWILIO_AUTH_TOKEN']}\n"
    with httpx.Client(base_url=found["TASKROUTER_URL"], trust_env=False) as http:
        auth = (found["TWILIO_ACCOUNT_SID"], found["TWILIO_AUTH_TOKEN"])
        workspaces = http.get("/v1/Workspaces", auth=auth).json()["workspaces"]
        assert [each["friendly_name"] for each in workspaces] == ["Care Desk"]
        assert http.get("/_emulator/clock").json()["running"] is False


def test_step_fails_if_the_emulator_does_not_start(runner):
    """A wrong option ends the step, red, with the emulator's own sentence and no variables."""
    failed = runner.run(STEPS[1], options="--clock fast")

    assert failed.returncode == 1
    assert "real, paused, lesson, or a time" in failed.stdout
    assert runner.added.read_text(encoding="utf-8") == ""


def test_source_is_where_the_action_looks():
    """The folder of the package is where it is from the action's own."""
    (source,) = [step["env"]["SOURCE"] for step in STEPS if "SOURCE" in step["env"]]

    assert Path(evaluate(source, {"github.action_path": str(FOLDER)})).resolve() == EMULATOR
