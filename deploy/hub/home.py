"""Lessons in a learner's home, with the pages that they link to: ``python home.py HOME``, in the image."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "docs/**/*.md", "notebooks/**/*.md", "notebooks/**/*.ipynb")


def fill(home: Path) -> None:
    """Copy each page that isn't in ``home``. What is there stays as the learner left it, also beside newer lessons."""
    for page in (page.relative_to(PROJECT) for pattern in PAGES for page in PROJECT.glob(pattern)):
        copy = home / page
        if not copy.exists() and not any(part.startswith(".") for part in page.parts):
            copy.parent.mkdir(parents=True, exist_ok=True)
            begun = copy.with_name(f".{copy.name}")
            shutil.copyfile(PROJECT / page, begun)
            begun.replace(copy)  # so that one that was interrupted isn't taken for a page


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
