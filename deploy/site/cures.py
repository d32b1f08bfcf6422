"""Cures of faults in JupyterLite, made in what was built: each a replacement of text that is there once.

Where the text is missing, JupyterLite has changed, and the cure does nothing: tests/site says if it's still needed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

__all__ = ["CURES", "Cure", "cure"]


class Cure(NamedTuple):
    """Replacement of a text in one of the files that ``files`` finds."""

    files: str
    old: str
    new: str


CURES = (
    # The tag `raises-exception` makes JupyterLab ask a kernel to go on after an error. JupyterLite's doesn't look at
    # that since its pull request 1671, and leaves out all cells that wait. Now the reply repeats what was asked for.
    Cure(
        "build/*.js",
        "let s=await this.executeRequest(e.content),",
        "let s={...await this.executeRequest(e.content),stop_on_error:t.stop_on_error},",
    ),
    Cure(
        "build/*.js",
        '"error"===e.content.status&&"interrupt"!==e.metadata.cause&&',
        '"error"===e.content.status&&!1!==e.content.stop_on_error&&"interrupt"!==e.metadata.cause&&',
    ),
    # An error is called "<class 'ValueError'>", where every other kernel says "ValueError".
    Cure("extensions/**/pypi/pyodide_kernel-*.whl", '"ename": str(etype)', '"ename": etype.__name__'),
)


def cure(site: Path) -> None:
    """Apply all cures to a site that was built."""
    for each in CURES:
        for path in site.glob(each.files):
            if path.suffix == ".whl":
                _cure_wheel(path, each)
            elif (text := path.read_text(encoding="utf-8")).count(each.old) == 1:
                path.write_text(text.replace(each.old, each.new), encoding="utf-8")


def _cure_wheel(path: Path, each: Cure) -> None:
    """Apply a cure to the modules of a wheel, and tell the index beside it of the new hash."""
    with ZipFile(path) as wheel:
        files = {name: wheel.read(name) for name in wheel.namelist()}
    found = [name for name, data in files.items() if name.endswith(".py") and data.count(each.old.encode()) == 1]
    for name in found:
        files[name] = files[name].replace(each.old.encode(), each.new.encode())
    if found:
        with ZipFile(path, "w", ZIP_DEFLATED) as wheel:
            for name, data in files.items():
                wheel.writestr(name, data)
        _update_index(path)


def _update_index(wheel: Path) -> None:
    index = wheel.with_name("all.json")
    packages = json.loads(index.read_text(encoding="utf-8"))
    data = wheel.read_bytes()
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    for package in packages.values():
        for files in package["releases"].values():
            for file in files:
                if file["filename"] == wheel.name:
                    file["digests"] = {"md5": md5, "sha256": hashlib.sha256(data).hexdigest()}
                    file |= {"md5_digest": md5, "size": len(data)}
    index.write_text(json.dumps(packages, indent=2), encoding="utf-8")
