"""Biome is fetched once, into `.local`; where it can't run, the run's summary says so, and CI is red."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

import start
from tests import biome


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine with Node, where `runs` holds what npx was told, and `network` says whether it reaches anything."""
    machine = SimpleNamespace(npx="/usr/bin/npx", network=True, runs=[])

    def run(command, env, **_):
        machine.runs.append(SimpleNamespace(line=" ".join(command), environment=env))
        return subprocess.CompletedProcess(command, int(not machine.network), stdout=b"npm error code EAI_AGAIN")

    monkeypatch.setattr(biome.shutil, "which", lambda _name: machine.npx)
    monkeypatch.setattr(biome.subprocess, "run", run)
    monkeypatch.setattr(biome.start, "ROOT", tmp_path)
    for name in ("HOME", "LOG", "STAMP"):
        monkeypatch.setattr(biome, name, tmp_path / getattr(biome, name).relative_to(start.LOCAL))
    return machine


def test_biome_is_fetched_once(machine):
    """The first call fetches the pinned version; from then on it runs without the network."""
    assert biome.main([]) == 0
    assert biome.main([]) == 0
    assert biome.main(["check", "--write"]) == 0

    assert [run.line for run in machine.runs] == [
        f"/usr/bin/npx --yes {biome.PACKAGE} --version",
        f"/usr/bin/npx --offline {biome.PACKAGE} check --write",
    ]
    assert biome.why_not() == ""


def test_npx_keeps_nothing_in_the_readers_home(machine):
    """Cache, logs and Biome's own folder are in the project's."""
    biome.main([])
    (fetched,) = machine.runs

    assert {fetched.environment[name] for name in ("npm_config_cache", "XDG_CACHE_HOME")} == {
        str(biome.HOME / "npm"),
        str(biome.HOME / "cache"),
    }


def test_no_network_is_one_sentence(machine, capsys):
    """What npx said is in a file that the sentence names, and the next call tries again."""
    machine.network = False
    biome.main([])

    assert biome.main(["check"]) == 1
    assert "hasn't been fetched (npx said why in biome/npx.log); go online" in capsys.readouterr().err
    assert biome.LOG.read_bytes() == b"npm error code EAI_AGAIN"
    assert len(machine.runs) == 2


def test_no_node_is_one_sentence(machine):
    """Nothing is run, and the sentence says how to get Node and how to make the check then."""
    machine.npx = None
    biome.main([])

    assert "Node isn't installed; install it with npm (on Debian: sudo apt install npm)" in biome.why_not()
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
