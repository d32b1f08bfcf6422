"""Files that the site is made of, fetched once in fixed versions, checked by their hashes, and kept in ``.local``."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import NamedTuple

import start

__all__ = ["Files", "SiteError", "fetch_files", "run"]

PINS = Path(__file__).parent
KEPT = start.LOCAL / "site"

RUNTIME = "pyodide@314.0.7"
RUNTIME_HASH = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"

# Of the wheels that a project offers, pip takes the one with the hash in wheels.txt.
_FOR_PYODIDE = ["--python-version=3.14", "--implementation=cp", "--abi=cp314", "--abi=none"]
_PLATFORMS = ["any", "pyemscripten_2026_0_wasm32", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64"]


class SiteError(start.SetupError):
    """Problem that the reader can solve; the text says what was seen and what to do next."""


class Files(NamedTuple):
    """Folders of what was fetched."""

    runtime: Path
    """Pyodide."""
    wheels: Path
    """Packages for Pyodide."""
    tools: Path
    """Packages that build the site, to be found by Python's path."""
    tool_wheels: Path
    """The same as they were fetched: JupyterLab's extensions are read from them."""


def fetch_files() -> Files:
    """Fetch what isn't there yet.

    Raises:
        SiteError: npm is missing, or something can't be fetched or isn't what was pinned.
    """
    files = Files(KEPT / "runtime", KEPT / "wheels", KEPT / "tools", KEPT / "tool-wheels")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    download = [*pip, "download", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    if _is_stale(files.runtime, RUNTIME_HASH):
        _fetch_runtime(files.runtime)
        _keep(files.runtime, RUNTIME_HASH)
    if _is_stale(files.wheels, pins := _digest(PINS / "wheels.txt")):
        platforms = [f"--platform={each}" for each in _PLATFORMS]
        run([*download, *_FOR_PYODIDE, *platforms, f"--dest={files.wheels}", f"--requirement={PINS / 'wheels.txt'}"])
        _keep(files.wheels, pins)
    if _is_stale(files.tool_wheels, pins := _digest(PINS / "tools.txt")):
        run([*download, f"--dest={files.tool_wheels}", f"--requirement={PINS / 'tools.txt'}"])
        shutil.rmtree(files.tools, ignore_errors=True)
        wheels = sorted(files.tool_wheels.glob("*.whl"))
        run([*pip, "install", "--no-deps", "--no-index", f"--target={files.tools}", *map(str, wheels)])
        _keep(files.tool_wheels, pins)
    return files


def run(command: list[str], *, cwd: Path = start.ROOT, env: dict[str, str] | None = None) -> None:
    """Run a program, and show what it says only if it fails.

    Raises:
        SiteError: it failed.
    """
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise SiteError(f"This command failed:\n{' '.join(command)}\n{done.stdout}{done.stderr}")


def _fetch_runtime(target: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise SiteError("npm and Node.js are needed to build the site: install Node.js 20 or newer, then try again.")
    run([npm, "pack", "--silent", f"--pack-destination={target}", RUNTIME])
    [archive] = target.glob("*.tgz")
    if _digest(archive) != RUNTIME_HASH:
        raise SiteError(f"{RUNTIME} isn't the one that was pinned: its hash is {_digest(archive)}.")
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")


def _is_stale(folder: Path, pins: str) -> bool:
    """Return False if ``folder`` has what the pins name; otherwise empty it."""
    stamp = folder / "pins"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == pins:
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return True


def _keep(folder: Path, pins: str) -> None:
    """Note that ``folder`` is complete."""
    (folder / "pins").write_text(pins, encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
