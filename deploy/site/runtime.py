"""Pyodide with our packages: one archive, as JupyterLite takes it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tarfile
from email import message_from_bytes
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import start
from deploy.site.files import PINS, Files, run

__all__ = ["OURS", "pack_runtime"]

OURS = "taskrouter-notebooks"
_TAKEN = ("pyodide.js", "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "package.json")
_INSTALLERS = ("micropip", "packaging")
"""What JupyterLite's kernel loads by itself."""


def pack_runtime(files: Files, folder: Path) -> Path:
    """Return the archive of Pyodide with all packages, made in ``folder``, which is empty.

    Raises:
        SiteError: a step failed.
    """
    wheels, compiled, pyodide = (folder / name for name in ("wheels", "compiled", "pyodide"))
    for each in (compiled, pyodide):
        each.mkdir()
    shutil.copytree(files.wheels, wheels, ignore=shutil.ignore_patterns("pins"))
    _build_ours(files, wheels)
    run(["node", str(PINS / "compile_wheels.mjs"), str(files.runtime), str(wheels), str(compiled)])
    for name in _TAKEN:
        shutil.copy(files.runtime / "package" / name, pyodide)
    lock = json.loads((files.runtime / "package/pyodide-lock.json").read_text(encoding="utf-8"))
    lock["packages"] = _lay_out(sorted(compiled.glob("*.whl")), pyodide)
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    archive = folder / "pyodide.tar.bz2"
    with tarfile.open(archive, "w:bz2", compresslevel=1) as packed:
        packed.add(pyodide, "pyodide")
    return archive


def _build_ours(files: Files, wheels: Path) -> None:
    """Build the wheel of this project, and put the notebooks beside its package, where they are in a clone."""
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", f"--wheel-dir={wheels}", str(start.ROOT)]
    python = str(start.venv_python())
    run([python, "-m", "pip", *build], env={**os.environ, "PYTHONPATH": str(files.tools)})
    [wheel] = wheels.glob("taskrouter_notebooks-*.whl")
    with ZipFile(wheel, "a") as ours:
        for path in sorted((start.ROOT / "notebooks").rglob("*.ipynb")):
            ours.write(path, path.relative_to(start.ROOT).as_posix())


def _lay_out(wheels: list[Path], pyodide: Path) -> dict[str, Any]:
    """Copy the wheels beside Pyodide, and return what its lock file says about them."""
    packages = {}
    for wheel in wheels:
        # One that was made for other machines has lost its machine code.
        copy = pyodide / re.sub(r"-cp\d+-cp\d+-\w*linux.*(?=\.whl)", "-py3-none-any", wheel.name)
        shutil.copy(wheel, copy)
        entry = _describe(copy)
        packages[entry["name"]] = entry
    needed = [name for name in packages if name not in (OURS, *_INSTALLERS)]
    # A cell that imports helpers loads it, and with it everything else.
    packages[OURS] |= {"depends": needed, "imports": ["helpers"]}
    return packages


def _describe(wheel: Path) -> dict[str, Any]:
    with ZipFile(wheel) as packed:
        names = packed.namelist()
        about = message_from_bytes(packed.read(next(name for name in names if name.endswith(".dist-info/METADATA"))))
    first = {name.partition("/")[0] for name in names if ".dist-info/" not in name and ".data/" not in name}
    return {
        "name": re.sub(r"[-_.]+", "-", about["Name"]).lower(),
        "version": about["Version"],
        "file_name": wheel.name,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "install_dir": "site",
        "package_type": "package",
        "imports": sorted(name.removesuffix(".py") for name in first),
        "depends": [],
        "unvendored_tests": False,
    }
