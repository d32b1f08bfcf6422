"""The project as it is committed, and a page for learners beside it."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from collections.abc import Collection
from pathlib import Path
from string import Template

import start
from deploy.bundle.machines import BundleError, Target

__all__ = ["copy_project", "write_read_me"]

PAGE = Path(__file__).with_name("read_me_first.txt")
SITE = """
Nothing can be installed on your machine? The folder site has the same lessons for a browser. Run this in it, then open
http://127.0.0.1:8000 in your browser:

    python -m http.server --bind 127.0.0.1 8000
"""


def copy_project(bundle: Path) -> str:
    """Write all committed files into the new folder ``bundle``, and return the commit.

    Raises:
        BundleError: this isn't a clone, or git is missing.
    """
    commit = _git("rev-parse", "HEAD").strip()
    if _git("status", "--porcelain"):
        start.say("note: changes that aren't committed are left out")
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "project.tar"
        _git("archive", f"--output={archive}", "HEAD")
        with tarfile.open(archive) as packed:
            packed.extractall(bundle, filter="data")
    (bundle / "wheels").mkdir()
    return commit


def write_read_me(bundle: Path, targets: Collection[Target], *, with_site: bool) -> None:
    """Write the page that learners read first."""
    text = Template(PAGE.read_text(encoding="utf-8")).substitute(
        pythons=", ".join(dict.fromkeys(target.python for target in targets)),
        machines="\n".join(f"    {target}" for target in targets),
        site=SITE if with_site else "",
    )
    # As Windows' own editors expect it; all others show it as well.
    (bundle / "READ ME FIRST.txt").write_text(text, encoding="utf-8", newline="\r\n")


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=start.ROOT, capture_output=True, text=True, errors="replace")
    except FileNotFoundError:
        raise BundleError("git is missing, which knows the project's files: install it, then try again.") from None
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise BundleError(f"A bundle is made in a clone of the project. In {start.ROOT} git says: {said}")
    return done.stdout
