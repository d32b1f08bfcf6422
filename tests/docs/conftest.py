"""Environment in which the pages are tried: a reader's, with the package installed and nothing of this project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.packages.environments import emulator_wheel, install, make_environment

__all__ = ["emulator_wheel"]


@pytest.fixture(scope="session")
def reader_python(emulator_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment with all that the pages tell a reader to install."""
    python = make_environment(tmp_path_factory.mktemp("environment"))
    install(python, f"{emulator_wheel}[https]", "pytest", "pytest-xdist", "flask")
    return python


@pytest.fixture
def terminal_environment(reader_python: Path, tmp_path: Path) -> dict[str, str]:
    """Variables of the reader's terminal, with the environment activated."""
    home = tmp_path / "home"
    home.mkdir()
    path = f"{reader_python.parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8"}
