"""Cures of faults in JupyterLite, made in what was built: each a replacement of text that is there once.

Where the text is missing, JupyterLite has changed, and the cure does nothing: tests/site says if it's still needed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from deploy.site.runtime import OURS

__all__ = ["CURES", "Cure", "cure"]


class Cure(NamedTuple):
    """Replacement of a text in one of the files that ``files`` finds."""

    files: str
    old: str
    new: str


_VERSION = "@version@"
_CACHE = f"{OURS}-{_VERSION}"

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
    # The service worker answers from its cache, but fetches each file again beside that, and mixes files of two builds
    # (issues 1103 and 1294). Now each build has a cache of its own, whose files are final; older ones are deleted.
    Cure("service-worker.js", 'caches.open("precache")', f'caches.open("{_CACHE}")'),
    Cure("service-worker.js", "a?e.waitUntil(refetch(t)):(a=await fetch(t)", 'a||(a=await fetch(t,{cache:"no-cache"})'),
    Cure("service-worker.js", "e.waitUntil(updateCache(", "a.ok&&e.waitUntil(updateCache("),  # no 503 for good
    # A browser ends an idle service worker and starts it again, without activating it again.
    Cure("service-worker.js", "let enableCache=!1;", 'let enableCache=location.search.includes("enableCache=true");'),
    Cure("service-worker.js", 't.pathname.includes("/api/")', "!1"),  # lists of files, and translations
    Cure("service-worker.js", "t.match(e)", "t.match(e,{ignoreSearch:!0})"),  # one page shows every notebook
    Cure(
        "service-worker.js",
        "e.waitUntil(self.clients.claim())",
        f'e.waitUntil(caches.keys().then(k=>Promise.all(k.filter(n=>n.startsWith("{OURS}-")&&n!=="{_CACHE}")'
        ".map(n=>caches.delete(n)))).then(()=>self.clients.claim()))",
    ),
    # In the command palette this promises what a page can't do; the toolbar's button has our own words.
    Cure(
        "build/*.js",
        '"Interrupt Kernel"),caption:p.__("Interrupt the kernel"),execute',
        '"Stop Waiting Cells"),caption:p.__("The cells that wait won\'t run"),execute',
    ),
    # An error is called "<class 'ValueError'>", where every other kernel says "ValueError".
    Cure("extensions/**/pypi/pyodide_kernel-*.whl", '"ename": str(etype)', '"ename": etype.__name__'),
)


def cure(site: Path) -> None:
    """Apply all cures to a site that was built."""
    version = _digest(site)
    for each in CURES:
        for path in site.glob(each.files):
            if path.suffix == ".whl":
                _cure_wheel(path, each)
            elif (text := path.read_text(encoding="utf-8")).count(each.old) == 1:
                path.write_text(text.replace(each.old, each.new.replace(_VERSION, version)), encoding="utf-8")


def _digest(site: Path) -> str:
    """Return a version that another site doesn't have."""
    digest = hashlib.sha256(repr(CURES).encode())  # other cures make other files of the same ones
    for path in sorted(each for each in site.rglob("*") if each.is_file()):
        digest.update(path.relative_to(site).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


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
