"""The application of lesson 6 as the solutions write it, and files with a mistake in it."""

from __future__ import annotations

import re

from helpers.webapp.app_file import with_section
from tests.notebooks.generated import NOTEBOOKS, read

__all__ = ["SOLUTION", "solved_app"]

SOLUTION = NOTEBOOKS / "solutions" / "06_write_your_own_web_server.ipynb"
_SECTION = re.compile(r"%%app (\d+) (.+)\n((?s:.*))")


def solved_app(*changes: tuple[str, str]) -> str:
    """Return the text of the file; each change is a text that stands in it, and what replaces it.

    Raises:
        AssertionError: there is no such text.
    """
    text = ""
    for cell in read(SOLUTION).cells:
        if found := _SECTION.fullmatch(cell.source):
            text = with_section(text, int(found[1]), found[2], found[3])
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text
