"""Questions to git about the checkout that is released."""

from __future__ import annotations

import subprocess
from pathlib import Path

__all__ = ["changed_files", "commit_here", "tags_here"]


def changed_files(root: Path) -> list[str]:
    """Return the files that aren't as they were committed, ignored ones left out."""
    return [line[3:] for line in _git(root, "status", "--porcelain")]


def tags_here(root: Path) -> list[str]:
    """Return the tags of the commit that is checked out."""
    return _git(root, "tag", "--points-at", "HEAD")


def commit_here(root: Path) -> str:
    """Return the commit that is checked out."""
    return "".join(_git(root, "rev-parse", "HEAD"))


def _git(root: Path, *words: str) -> list[str]:
    """Return the lines that a command of git prints; none if ``root`` isn't a clone, or there is no git."""
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:  # no git
        return []
    return done.stdout.splitlines()
