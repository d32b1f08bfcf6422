"""Workflows: each `run:` step, as it stands, in a checkout where their own first step puts it."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.version import Version

from deploy.release.notes import numbers_in
from deploy.release.prepare import CHANGELOG, prepare, read_number
from tests.deploy.test_github_files import WORKFLOWS, read
from tests.deploy.workflow_runner import Checkout

JOBS = {f"{path.stem}/{name}": job for path in WORKFLOWS for name, job in read(path)["jobs"].items()}
STEPS = [(f"{name}/{step['run']}", job, step) for name, job in JOBS.items() for step in job["steps"] if "run" in step]
OURS = re.compile(r"python start\.py [a-z][a-z-]*( [\w./-]+)*|\.ci/run")
PLAIN = "project"
"""Name of a checkout whose workflow names none."""


def folder_of(job):
    """Where a job checks the project out, and so runs its steps."""
    [checkout] = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    folder = checkout.get("with", {}).get("path", PLAIN)
    assert job.get("defaults", {}).get("run", {}).get("working-directory", PLAIN) == folder
    return folder


@pytest.fixture(scope="module")
def checkouts(tmp_path_factory):
    """A checkout for each folder's name, the commit tagged as a release's is; made once."""
    made = {}

    def checkout(name):
        if name not in made:
            made[name] = Checkout(tmp_path_factory.mktemp("runner"), name)
            release(made[name])
        return made[name]

    return checkout


def release(checkout):
    """Make the checkout's commit one that has a number and its tag, as for the workflow `release`."""
    number = read_number(checkout.folder)
    if number not in numbers_in((checkout.folder / CHANGELOG).read_text(encoding="utf-8")):
        prepare(checkout.folder, number, datetime.date.today())
        checkout.git("commit", "--quiet", "--all", "--message", f"release: {number}")
    checkout.git("tag", f"v{number}")


@pytest.mark.parametrize(("job", "step"), [pytest.param(job, step, id=name) for name, job, step in STEPS])
def test_step_is_one_command_of_ours(job, step):
    """So that everybody can do at home what a runner does, and in words that the shells of all systems read alike."""
    assert OURS.fullmatch(step["run"])
    assert step["run"].startswith("python ") or job["runs-on"] == "ubuntu-latest"  # .ci/run is for bash
    assert {*step} <= {"name", "run"}


@pytest.mark.parametrize(("job", "step"), [pytest.param(job, step, id=name) for name, job, step in STEPS])
def test_step_runs(checkouts, job, step):
    """It does what its command does; what takes minutes or downloads is left out, and pytest is given what there is."""
    checkout = checkouts(folder_of(job))
    done = checkout.run(step)

    assert done.returncode == 0, done.stdout
    paths = [word for word in checkout.tested() if not word.startswith("-") and not word.isdigit()]
    assert [path for path in paths if not (checkout.folder / path).exists()] == []


def test_release_has_what_its_workflow_publishes(checkouts):
    """After the steps of its first job each pattern of the second one's finds a file, and a list has their SHA-256."""
    job = JOBS["release/build"]
    checkout = checkouts(folder_of(job))
    for step in job["steps"]:
        if "run" in step:
            checkout.run(step)
    [publish] = [step["with"] for step in JOBS["release/publish"]["steps"] if "body_path" in step.get("with", {})]
    [made] = [step["with"]["path"] for step in job["steps"] if "upload-artifact" in step.get("uses", "")]
    patterns = [Path(pattern).name for pattern in publish["files"].split()]
    found = {path.name for pattern in patterns for path in (checkout.folder / made).glob(pattern)}
    listed = (checkout.folder / made / "SHA256SUMS").read_text(encoding="utf-8")

    assert len(found) == 6  # two wheels, two sources, the stick, the list
    assert all(f"  {name}\n" in listed for name in found - {"SHA256SUMS"})
    assert (checkout.folder / made / Path(publish["body_path"]).name).read_text(encoding="utf-8").startswith("### ")


@pytest.mark.parametrize("number", ["1.4.0", "1.4.0.post1", "1.4.0a1", "1.4.0b1", "1.4.0rc1"])
def test_release_before_the_real_one_is_marked(number):
    """GitHub offers the newest full release to everybody; a trial isn't one."""
    [marked] = [step["with"]["prerelease"] for step in JOBS["release/publish"]["steps"] if "body_path" in step["with"]]
    signs = re.findall(r"contains\(github\.ref_name, '(\w+)'\)", marked)

    assert any(sign in f"v{number}" for sign in signs) is Version(number).is_prerelease


@pytest.mark.parametrize(
    ("name", "command", "refusal"),
    [
        ("UV_RESOLUTION", "uv pip compile --offline", "invalid value 'something'"),
        ("UV_PRERELEASE", "uv pip compile --offline", "invalid value 'something'"),
        ("PIP_PRE", "pip install --no-index --requirement", "something is not a valid value for pre option"),
    ],
)
def test_weekly_asks_for_the_newest(name, command, refusal):
    """uv and pip, which start.py falls back to, read the variables: they know the workflow's values alone."""
    [path] = [path for path in WORKFLOWS if path.stem == "weekly"]
    command = [sys.executable, "-m", *command.split(), os.devnull]
    asked, refused = (
        subprocess.run(command, env={**os.environ, name: value}, capture_output=True, encoding="utf-8", check=False)
        for value in (read(path)["env"][name], "something")
    )

    assert asked.returncode == 0, asked.stderr
    assert refusal in refused.stderr
