"""Snippets of the pages in ``docs/emulator/``, and a page's terminal session made of them.

A page reads like a session at a terminal, and its fenced blocks are these:

- ``bash``: what the reader types.
- ``text``: what the block of ``bash`` before it prints. A ``…`` stands for anything.
- any language of ``FILES``: a file to save. A comment in its first line names it.

The language ``sh`` marks lines that are typed elsewhere, such as on a CI machine: a test names them and checks them
in another way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["FILES", "PAGES", "Snippet", "matches", "snippets_of"]

PAGES = Path(__file__).resolve().parents[2] / "docs" / "emulator"
FILES = ("dockerfile", "ini", "js", "python", "toml", "yaml")

_FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.M | re.S)
_FILE_NAME = re.compile(r"(?:#|//) (\S+)\n")


@dataclass(frozen=True)
class Snippet:
    """One fenced block of a page; ``line`` is its first in the file."""

    page: str
    line: int
    language: str
    text: str = field(repr=False)

    @property
    def file_name(self) -> str | None:
        """Name in the first line's comment; None for what is typed or printed, and where it is missing."""
        found = _FILE_NAME.match(self.text) if self.language in FILES else None
        return found and found[1]


def snippets_of(page: Path) -> list[Snippet]:
    """Return the blocks of a page in their order.

    Raises:
        ValueError: a fence is left open, or not written as these are.
    """
    text = page.read_text(encoding="utf-8")
    found = list(_FENCE.finditer(text))
    if 2 * len(found) != len(re.findall(r"```|~~~", text)):
        raise ValueError(f"{page.name} has a fence that isn't a line of its own, or isn't closed")
    return [Snippet(page.name, text.count("\n", 0, each.start()) + 2, each[1], each[2]) for each in found]


def matches(shown: str, printed: str) -> bool:
    """Return True if a page shows what was printed, where ``…`` stands for anything."""
    pattern = ".*?".join(map(re.escape, shown.strip().split("…")))
    return re.fullmatch(pattern, printed.strip(), re.S) is not None
