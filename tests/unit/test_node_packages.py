"""Packages of Node are fetched once, into `.local`; where one can't be had, the summary says so, and CI is red."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

import start
from tests import biome, node_packages
from tests.node_packages import BIOME


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine with Node, where `runs` holds what npm was told, and `network` says whether it reaches anything."""
    machine = SimpleNamespace(npm="/usr/bin/npm", network=True, runs=[])

    def run(command, env, **_):
        machine.runs.append(SimpleNamespace(line=" ".join(command), environment=env))
        return subprocess.CompletedProcess(command, int(not machine.network), stdout=b"npm error code EAI_AGAIN")

    monkeypatch.setattr(node_packages.shutil, "which", lambda _name: machine.npm)
    monkeypatch.setattr(node_packages.subprocess, "run", run)
    monkeypatch.setattr(node_packages.start, "ROOT", tmp_path)
    monkeypatch.setattr(node_packages, "HOME", tmp_path / "node")
    return machine


def test_package_is_fetched_once(machine):
    """The first call fetches the fixed versions of all; from then on nothing asks the network."""
    node_packages.main()
    fetched = len(machine.runs)
    node_packages.main()

    fetched_packages = [run.line.rpartition(" ")[2] for run in machine.runs]
    assert fetched_packages == [
        "@biomejs/biome@2.6.8",
        "twilio@6.3.1",
        "twilio-cli@6.2.4",
        "configurable-http-proxy@5.3.0",
    ]
    assert len(machine.runs) == fetched
    assert BIOME.why_not() == ""


ALL = ["biome", "twilio", "twilio-cli", "configurable-http-proxy"]


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        ([], ALL),
        (["-q", "-n", "0"], ALL),
        (["tests"], ALL),
        (["tests/unit"], ["biome", "twilio-cli"]),
        (["--quiet", "notebooks", "tests/packages"], []),
        (["-n", "0", "tests/room"], ["configurable-http-proxy"]),
        (["tests/docs/test_snippets.py::test_one"], ["twilio"]),
    ],
)
def test_only_what_the_named_tests_need_is_fetched(machine, arguments, needed):
    """A run of a few tests doesn't wait for packages that others need."""
    for name in ("tests/unit", "tests/docs", "tests/packages", "tests/room", "notebooks"):
        (node_packages.start.ROOT / name).mkdir(parents=True)
    (node_packages.start.ROOT / "tests/docs/test_snippets.py").touch()

    node_packages.main(arguments)

    assert [run.line.rpartition(" ")[2].rpartition("/")[2].partition("@")[0] for run in machine.runs] == needed


def test_biome_is_run_where_it_was_fetched(machine):
    """What follows the command goes to Biome."""
    assert biome.main([]) == 0
    assert biome.main(["check", "--write"]) == 0

    assert machine.runs[-1].line == f"node {BIOME.home}/node_modules/@biomejs/biome/bin/biome check --write"


def test_npm_keeps_nothing_in_the_readers_home(machine):
    """Cache, logs and Biome's own folder are in the project's."""
    BIOME.fetch()
    (fetched,) = machine.runs

    assert f"--prefix {BIOME.home}" in fetched.line
    assert {fetched.environment[name] for name in ("npm_config_cache", "XDG_CACHE_HOME")} == {
        str(node_packages.HOME / "npm"),
        str(node_packages.HOME / "cache"),
    }


def test_no_network_is_one_sentence(machine, capsys):
    """What npm said is in a file that the sentence names, and the next call tries again."""
    machine.network = False
    biome.main([])

    assert biome.main(["check"]) == 1
    assert "hasn't been fetched (npm said why in node/biome/npm.log); go online" in capsys.readouterr().err
    assert BIOME.log.read_bytes() == b"npm error code EAI_AGAIN"
    assert len(machine.runs) == 2


def test_no_node_is_one_sentence(machine):
    """Nothing is run, and the sentence says how to get Node and how to make the check then."""
    machine.npm = None
    BIOME.fetch()

    assert "Node isn't installed; install it with npm (on Debian: sudo apt install npm)" in BIOME.why_not()
    assert machine.runs == []


@pytest.mark.parametrize(("ci", "exit_code", "counted"), [("", 0, "1 left out"), ("true", 1, "1 failed")])
def test_run_without_node_says_so(ci, exit_code, counted):
    """The summary counts the check as left out, not as passed, and says why; in CI it fails."""
    command = [sys.executable, "-m", "pytest", "-n0", "tests/unit/test_hygiene_code.py", "-k", "biome"]
    environment = {**os.environ, "PATH": "", "CI": ci}
    done = subprocess.run(command, cwd=start.ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == exit_code
    assert counted in done.stdout
    assert "JavaScript and CSS were not checked: Node isn't installed" in done.stdout
