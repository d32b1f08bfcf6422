"""Second half of a release: files of the tagged commit, with a list of their SHA-256, and the notes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.bundle.manifest import read_commit
from deploy.release.git import changed_files, commit_here, tags_here
from deploy.release.notes import section_of
from deploy.release.prepare import CHANGELOG, ReleaseError, read_number

__all__ = ["CHECKSUMS", "NOTES", "build", "build_package"]

NOTES = "NOTES.md"
CHECKSUMS = "SHA256SUMS"
PACKAGES = (Path(), Path("helpers/emulator"))
"""Folders of the project that have a pyproject.toml."""


def build(root: Path, folder: Path, stick: Path | None) -> str:
    """Fill ``folder`` with packages, stick, list and notes, and return the tag that they belong to.

    Args:
        folder: a folder that is empty, or doesn't exist yet.
        stick: what ``start.py bundle`` made; it becomes one zip.

    Raises:
        ReleaseError: the commit has no tag of its version, CHANGELOG.md nothing about it, or a folder is unfit.
        OSError: a file can't be read or written.
    """
    number = read_number(root)
    notes = section_of((root / CHANGELOG).read_text(encoding="utf-8"), number)
    _refuse_other_commits(root, number, notes)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReleaseError(f"{folder} has something in it: name an empty folder, or one that doesn't exist yet.")
    if stick and read_commit(stick) != commit_here(root):
        raise ReleaseError(
            f"There's no stick of this commit in {stick}: make it with `python start.py bundle`, in a new folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        build_package(root / package, folder)
    (folder / ".gitignore").unlink(missing_ok=True)  # by which uv keeps what it built out of commits
    if stick:
        shutil.make_archive(str(folder / f"taskrouter-notebooks-{number}-stick"), "zip", stick.parent, stick.name)
    files = sorted(folder.iterdir())
    (folder / CHECKSUMS).write_text("".join(f"{_hash(path)}  {path.name}\n" for path in files), encoding="utf-8")
    (folder / NOTES).write_text(f"{notes}\n", encoding="utf-8")
    return f"v{number}"


def build_package(project: Path, folder: Path) -> None:
    """Build sources and wheel of a package.

    Raises:
        ReleaseError: that failed; the text is what uv said last.
    """
    command = [sys.executable, "-m", "uv", "build", str(project), "--out-dir", str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["nothing"]
        raise ReleaseError(f"{project} can't be built. uv says: {said[-1].strip()}. Correct this, then try again.")


def _refuse_other_commits(root: Path, number: str, notes: str) -> None:
    tags = tags_here(root)
    if f"v{number}" not in tags:
        there = f"its tags are {', '.join(tags)}" if tags else "it has no tag"
        raise ReleaseError(
            f"This commit's version is {number}, but {there}. Check out v{number}, or `git tag v{number}`."
        )
    if not notes:
        raise ReleaseError(f"{CHANGELOG} has nothing about {number}: begin with `python start.py release {number}`.")
    if changed := changed_files(root):
        raise ReleaseError(f"{changed[0]} isn't part of v{number}: move it away or into dist, then try again.")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
