"""CHANGELOG.md by its releases: what isn't released yet, and the section of each number."""

from __future__ import annotations

import datetime
import re

__all__ = ["date_unreleased", "numbers_in", "section_of"]

UNRELEASED = "Unreleased"


def section_of(changelog: str, name: str) -> str:
    """Return what stands under the heading of a release, or of ``Unreleased``; nothing if there is no such heading."""
    heading = rf"^## {re.escape(name)}(?: \([\d-]+\))?\n"
    found = re.search(rf"{heading}(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def numbers_in(changelog: str) -> list[str]:
    """Return the numbers of the releases, in the file's order, newest first."""
    return re.findall(r"^## (\d\S*)", changelog, re.MULTILINE)


def date_unreleased(changelog: str, number: str, day: datetime.date) -> str:
    """Return the text with what is unreleased under a heading with this number and day, and an empty one above it."""
    return changelog.replace(f"## {UNRELEASED}\n", f"## {UNRELEASED}\n\n## {number} ({day})\n", 1)
