"""From a bundle, and without any network: set up with uv and with pip, serve, examine the machine, do two lessons."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

import start
from deploy.bundle.__main__ import build, main
from deploy.bundle.machines import find_targets
from helpers.doctor.readiness_code import find_codes
from tests.stick.without_network import run_without_network

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
SERVE = """
import subprocess, sys, urllib.request
command = [sys.executable, "start.py", "--no-browser", "--port", "8899"]
with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as lab:
    next(line for line in lab.stdout if "http://127.0.0.1:8899/lab" in line)
    answer = None
    while answer is None and lab.poll() is None:  # it prints its address a moment before it answers
        try:
            answer = urllib.request.urlopen("http://127.0.0.1:8899/api").status
        except OSError:
            pass
    lab.terminate()
    lab.communicate()
    print(answer)
"""


@pytest.fixture(scope="session")
def stick(tmp_path_factory) -> Path:
    """A bundle for this machine that was just made."""
    folder = tmp_path_factory.mktemp("made") / "stick"
    name, python = start.machine_name().split(" python ")
    build(folder, find_targets([name], [python]), with_uv=True, with_site=False)
    return folder


@pytest.fixture(scope="session", params=["uv", "pip"])
def copy(stick, request, tmp_path_factory) -> Path:
    """A learner's copy, set up by this installer: the second has no uv."""
    folder = tmp_path_factory.mktemp("learner") / f"my cöpy for {request.param}"
    shutil.copytree(stick, folder)
    if request.param == "pip":
        manifest = json.loads((folder / "wheels/manifest.json").read_text(encoding="utf-8"))
        wheels = {here: [name for name in names if name[:3] != "uv-"] for here, names in manifest["wheels"].items()}
        (folder / "wheels/manifest.json").write_text(json.dumps({**manifest, "wheels": wheels}), encoding="utf-8")
    done = run_without_network(sys.executable, "start.py", "doctor", cwd=folder, PIP_INDEX_URL="ftp://nowhere")
    assert done.returncode == 0, done.stdout + done.stderr
    [(*_, code)] = find_codes(done.stdout.splitlines()[-1])
    assert code.failed == ()
    assert "doesn't work here" not in done.stdout
    return folder


def python_of(folder: Path) -> Path:
    """Return the Python of the environment that start.py made."""
    return folder / ".venv/bin/python"


def test_lab_is_served(copy):
    """`start.py` ends in a JupyterLab that answers."""
    done = run_without_network(sys.executable, "-c", SERVE, cwd=copy)

    assert done.stdout == "200\n", done.stderr


@pytest.mark.parametrize("lesson", ["03_create_a_task", "04_make_a_worker_available"])
def test_lesson_gives_its_stored_outputs(copy, lesson):
    """Each cell, with what learners have installed: nbval, but none of our plugins."""
    command = ["-m", "pytest", "-q", "-o", "addopts=", "-p", "tests.no_progress", "--nbval", "--nbval-current-env"]
    done = run_without_network(python_of(copy), *command, f"notebooks/{lesson}.ipynb", cwd=copy)

    assert done.returncode == 0, done.stdout


def test_versions_are_those_of_the_manifest(copy):
    """Whoever installs from one bundle, and with whatever, has the same versions: those that the manifest names."""
    wheels, _ = start.read_manifest(copy)
    promised = {parse_wheel_filename(Path(each).name)[:2] for each in wheels[start.machine_name()]}
    pip_list = [python_of(copy), "-m", "pip", "list", "--format=json"]
    listed = json.loads(subprocess.run(pip_list, capture_output=True, check=True).stdout)
    found = {(canonicalize_name(each["name"]), Version(each["version"])) for each in listed}

    assert {name for name, _ in found - promised} <= {"pip", "setuptools", "taskrouter-notebooks"}  # as venv makes it
    assert promised <= found


def test_copy_that_is_in_use_has_all_its_wheels(copy):
    """Setting up changes nothing of the wheels; only pip's copy has another manifest."""
    wheels, files = start.read_manifest(copy)

    assert start.find_damage(copy, {path: files[path] for path in wheels[start.machine_name()]}) == []


def test_bundle_is_as_it_was_made(stick, capsys):
    """Every file of the project and every wheel."""
    assert main([str(stick), "--check"]) == 0
    assert f"python {PYTHON}: " in capsys.readouterr().out
