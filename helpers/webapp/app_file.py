"""File of the learner's application, ``my_app/app.py`` beside the notebook: plain Python in numbered sections."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.errors.app_problems import AppMissing, AppSyntax, AppUnreadable

__all__ = ["FILE", "check_syntax", "find_syntax_error", "folder", "read", "with_section", "write_section"]

FILE = "my_app/app.py"
"""The file as learners know it, from the folder of the notebook."""

_HEAD = re.compile(r"^# --- (\d+) .*$", re.MULTILINE)


def folder() -> Path:
    """Return the folder of the application; a kernel works in the folder of its notebook."""
    return Path(FILE).parent.absolute()


def read() -> str:
    """Return the text of the file.

    Raises:
        AppMissing: there is no such file.
        AppUnreadable: it isn't text in UTF-8.
    """
    try:
        return Path(FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AppMissing(FILE) from None
    except UnicodeDecodeError:
        raise AppUnreadable(FILE) from None


def write_section(number: int, name: str, code: str) -> None:
    """Put a section into the file, in the place of the one with this number, and leave the others as they are.

    Raises:
        AppUnreadable: the file isn't text in UTF-8; it stays as it is.
    """
    path = Path(FILE)
    path.parent.mkdir(exist_ok=True)
    before = read() if path.exists() else ""
    fresh = path.with_suffix(".new")  # a reader, such as Flask in a terminal, never finds half a file
    fresh.write_text(with_section(before, number, name, code), encoding="utf-8")
    fresh.replace(path)


def with_section(text: str, number: int, name: str, code: str) -> str:
    """Return the file's text with this section; sections stand in the order of their numbers, whichever came first.

    What stands before the first section is the learner's, and stays.
    """
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads), len(text)][1:]
    sections = {int(head[1]): text[head.start() : end] for head, end in zip(heads, ends, strict=True)}
    sections[number] = f"# --- {number} {name} ---\n{code}"
    own = text[: heads[0].start()] if heads else text
    parts = [own, *(sections[each] for each in sorted(sections))]
    return "\n\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def check_syntax(text: str) -> None:
    """Raise an error if the file's text isn't valid Python.

    Raises:
        AppSyntax: it isn't; the error has the line.
    """
    if error := find_syntax_error(text):
        raise error


def find_syntax_error(text: str, file: str = FILE) -> AppSyntax | None:
    """Return the first place that isn't valid Python, or None."""
    try:
        compile(text, file, "exec", dont_inherit=True)
    except SyntaxError as error:
        line = error.lineno or 1
        lines = text.splitlines() or [""]
        return AppSyntax(file, line, lines[min(line, len(lines)) - 1].strip(), error.msg)
    except ValueError as error:  # a null character
        return AppSyntax(file, 1, "", str(error))
    return None
