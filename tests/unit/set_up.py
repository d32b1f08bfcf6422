"""A checkout to set up, and what stands in for its installers."""

from __future__ import annotations

import subprocess
from types import SimpleNamespace

import pytest

import start

__all__ = ["checkout", "installer"]


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout in a folder with a space and accents, whose commands are recorded instead of run."""
    root = tmp_path / "my tåsks"
    for path in ("helpers/lab/extension/package.json", "pyproject.toml", start.START_NOTEBOOK):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("{}", encoding="utf-8")
    monkeypatch.setattr(start, "ROOT", root)
    monkeypatch.setattr(start, "LOCAL", root / ".local")
    monkeypatch.setattr(start, "VENV", root / ".venv")
    monkeypatch.setattr(start, "WHEELS", root / "wheels")
    monkeypatch.setattr(start, "STAMP", root / ".venv/set-up-complete")
    return root


@pytest.fixture
def installer(checkout, monkeypatch):
    """Stands in for venv, pip and uv: records each command; ``fail[word]`` makes those that hold ``word`` fail.

    ``machine`` is what the Python in .venv is for.
    """

    recorded = SimpleNamespace(commands=[], environments=[], fail={}, machine=start.machine_name())

    def run(command, **options):
        line = " ".join(command)
        if "machine_name" in line:
            return subprocess.CompletedProcess(command, 0, stdout=recorded.machine.encode())
        recorded.commands.append(line)
        recorded.environments.append(options["env"])
        if "-m venv" in line:
            start.venv_python().parent.mkdir(parents=True)
            start.venv_python().touch()
        output = next((text for word, text in recorded.fail.items() if word in line), None)
        return subprocess.CompletedProcess(command, 1 if output else 0, stdout=(output or "").encode())

    monkeypatch.setattr(start.subprocess, "run", run)
    monkeypatch.setattr(start.subprocess, "call", lambda command, **_: recorded.commands.append(" ".join(command)) or 0)
    monkeypatch.setattr(start, "wait_for", lambda command, *_: recorded.commands.append(" ".join(command)) or 0)
    return recorded
