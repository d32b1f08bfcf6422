"""Terminal in which the pages are tried: a reader's, with the package installed and nothing of this project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def terminal_environment(emulator_python: Path, tmp_path: Path) -> dict[str, str]:
    """Variables of the reader's terminal, with the environment activated."""
    home = tmp_path / "home"
    home.mkdir()
    path = f"{emulator_python.parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8"}
