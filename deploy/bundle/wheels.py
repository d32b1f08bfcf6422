"""Wheels for one machine: the newest versions that work together there, and their files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.utils import canonicalize_name, parse_wheel_filename

import start
from deploy.bundle.machines import MACHINES, BundleError, Target

__all__ = ["Wheels"]

# hatchling, which installs the project, asks for it when it installs in place.
FOR_HATCHLING = "editables"


class Wheels:
    """Folder that is filled machine by machine; a wheel that suits several is there once."""

    def __init__(self, folder: Path, *, with_uv: bool = False) -> None:
        self._folder = folder
        self._tools = [FOR_HATCHLING, *["uv"] * with_uv]
        self._for_all: dict[str, str] = {}
        """Files without machine code, by their pins."""

    def add(self, target: Target) -> list[str]:
        """Add what ``target`` needs, and return the names of its files.

        Raises:
            BundleError: there are no versions for it, or something can't be fetched.
        """
        pins = _resolve(target, self._tools)
        files = [self._for_all[pin] for pin in pins if pin in self._for_all]
        missing = [pin for pin in pins if pin not in self._for_all]
        with tempfile.TemporaryDirectory(dir=self._folder.parent) as fetched:
            _download(missing, target, Path(fetched))
            for wheel in sorted(Path(fetched).iterdir()):
                if wheel.name.endswith("-none-any.whl"):
                    self._for_all[_pin(wheel)] = wheel.name
                shutil.move(wheel, self._folder / wheel.name)
                files.append(wheel.name)
        if len(files) != len(pins):
            raise BundleError(f"{len(pins)} packages for {target}, but {len(files)} wheels: try again.")
        return sorted(files)


def _resolve(target: Target, tools: list[str]) -> list[str]:
    """Return packages with versions, such as ``twilio==9.13.0``, for the oldest release of the target's Python.

    pip can't do this: it judges requirements such as "not on Windows" by the machine that it runs on.
    """
    project = start.ROOT / "pyproject.toml"
    tools = [*tools, *tomllib.loads(project.read_text(encoding="utf-8"))["build-system"]["requires"]]
    uv = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate"]
    uv += [
        "--only-binary=:all:",
        f"--python-platform={MACHINES[target.name].triple}",
        f"--python-version={target.python}.0",
    ]
    said = _run([*uv, str(project), "-"], target, typed="\n".join(tools), MACOSX_DEPLOYMENT_TARGET="12.0")
    return [line for line in said.splitlines() if "==" in line]


def _download(pins: list[str], target: Target, into: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    pip += ["--only-binary=:all:", "--implementation=cp", f"--python-version={target.python}"]
    pip += [f"--abi=cp{target.python.replace('.', '')}", f"--dest={into}"]
    _run([*pip, *(f"--platform={tag}" for tag in MACHINES[target.name].tags), *pins], target)


def _pin(wheel: Path) -> str:
    name, version, *_ = parse_wheel_filename(wheel.name)
    return f"{canonicalize_name(name)}=={version}"


def _run(command: list[str], target: Target, *, typed: str = "", **variables: str) -> str:
    """Run a program, and return what it prints."""
    environment = {**os.environ, **variables}
    done = subprocess.run(command, input=typed, env=environment, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise BundleError(f"No wheels for {target}. {command[2]} says:\n{(done.stderr or done.stdout).strip()}")
    return done.stdout
