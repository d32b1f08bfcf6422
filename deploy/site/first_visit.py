"""Files that a browser fetches to run a first lesson, and their sizes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from deploy.site.files import SiteError
from deploy.site.runtime import OURS

__all__ = ["RECORDED", "File", "find_page_files", "find_python_files", "recorded_patterns"]

RECORDED = Path(__file__).parent / "landing/first_visit.txt"

_LOADER = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
_INSTALLER = "micropip"  # the kernel loads it by itself
_PACKED = (".whl", ".zip")


class File(NamedTuple):
    """File of the site, and how many bytes it takes to fetch it."""

    path: str
    size: int
    packed: int
    """Its size from a server that compresses."""


def find_python_files(site: Path) -> list[File]:
    """Return Pyodide's files, and those of the packages that it loads for a lesson."""
    folder = site / "static/pyodide"
    packages = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    names = [packages[name]["file_name"] for name in (OURS, _INSTALLER, *packages[OURS]["depends"])]
    return _measure(site, [folder / name for name in (*_LOADER, *names)])


def find_page_files(site: Path) -> list[File]:
    """Return the files of JupyterLite that a first lesson needs, by the list in ``first_visit.txt``.

    Raises:
        SiteError: the list names a file that isn't there.
    """
    found = []
    for pattern in recorded_patterns():
        matches = sorted(site.glob(pattern))
        if not matches:
            raise SiteError(f"{RECORDED.name} names {pattern}, which isn't in the site. Record the list again.")
        found += matches
    return _measure(site, found)


def recorded_patterns() -> list[str]:
    """Return what ``first_visit.txt`` lists: paths, with a star where a hash or a version is."""
    lines = RECORDED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _measure(site: Path, paths: Iterable[Path]) -> list[File]:
    return [_file(path.relative_to(site).as_posix(), path.read_bytes(), path.suffix) for path in paths]


def _file(path: str, data: bytes, suffix: str) -> File:
    return File(path, len(data), len(data) if suffix in _PACKED else len(gzip.compress(data, 6)))
