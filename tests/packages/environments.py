"""Wheels of this project, and fresh virtual environments that have one installed.

Nothing is downloaded: uv takes what it needs from its cache, which ``python start.py test`` has filled.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from importlib.metadata import distributions
from pathlib import Path

import pytest

__all__ = [
    "EMULATOR",
    "NOTEBOOKS",
    "build",
    "emulator_python",
    "emulator_wheel",
    "install",
    "make_environment",
    "notebooks_wheel",
    "run",
]

NOTEBOOKS = Path(__file__).resolve().parents[2]
EMULATOR = NOTEBOOKS / "helpers" / "emulator"

TEST_TOOLS = ("pytest", "pytest-xdist", "flask")
"""What a project that tests an application has beside the emulator."""


@pytest.fixture(scope="session")
def emulator_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel of ``taskrouter-emulator``."""
    return build(EMULATOR, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def notebooks_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel of ``taskrouter-notebooks``."""
    return build(NOTEBOOKS, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def emulator_python(emulator_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of a fresh environment that has all that the emulator's pages tell a reader to install.

    It is made once for all tests of a process, in two seconds. Start programs there with ``run``::

        def test_command(emulator_python, tmp_path):
            done = run(emulator_python, "-m", "taskrouter_emulator", "--version", cwd=tmp_path)
            assert done.returncode == 0, done.stderr

    Installed commands stand beside it: ``emulator_python.with_name("taskrouter-emulator")``. Leave the environment
    as it is, because other tests share it; ``make_environment`` makes another.
    """
    python = make_environment(tmp_path_factory.mktemp("environment"))
    install(python, f"{emulator_wheel}[https]", *TEST_TOOLS)
    return python


def build(folder: Path, into: Path, *, kind: str = "wheel") -> Path:
    """Build the ``wheel`` or the ``sdist`` of the project in ``folder``, and return its path."""
    _uv("build", f"--{kind}", str(folder), "--out-dir", str(into))
    (built,) = into.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


def make_environment(folder: Path) -> Path:
    """Make a virtual environment without any packages in ``folder``, and return its Python."""
    venv.create(folder, symlinks=os.name != "nt")
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(python: Path, *requirements: str) -> None:
    """Install wheels or distributions, these in the versions that this process runs with."""
    constraints = python.with_name("constraints.txt")
    known = {each.name: each.version for each in distributions() if each.name != "taskrouter-notebooks"}
    constraints.write_text("".join(f"{name}=={version}\n" for name, version in known.items()), encoding="utf-8")
    _uv("pip", "install", "--python", str(python), "--constraint", str(constraints), *requirements)


def run(python: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``python``, or a command beside it, in ``cwd`` as its user would: without this project on the path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return _run([str(python), *arguments], cwd, environment)


def _uv(*arguments: str) -> None:
    done = _run([sys.executable, "-m", "uv", *arguments, "--offline"], NOTEBOOKS, dict(os.environ))
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        reason = [line.strip() for line in said if line.strip().startswith(("error:", "cause:"))] or said
        pytest.fail(
            "This needs uv, with the project's packages in its cache. Delete .venv and run `python start.py test` "
            f"with a connection: it installs with uv. Now `uv {' '.join(arguments)}` says: {reason[-1]}",
            pytrace=False,
        )


def _run(command: Sequence[str], cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
