"""First half of a release: its number in every file that names one, and in CHANGELOG.md."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from packaging.version import InvalidVersion, Version

import start
from deploy.release.git import changed_files
from deploy.release.notes import UNRELEASED, date_unreleased, numbers_in, section_of

__all__ = ["CHANGELOG", "ReleaseError", "prepare", "read_number"]

CHANGELOG = Path("CHANGELOG.md")
VERSION = Path("helpers/emulator/__init__.py")
CITATION = Path("CITATION.cff")


class ReleaseError(start.SetupError):
    """There can be no release like this; the text says what was seen and what to do next."""


def prepare(root: Path, number: str, day: datetime.date) -> list[Path]:
    """Write the number and the day into the files that name them, and return these.

    Raises:
        ReleaseError: the number can't be the next one, nothing is unreleased, or files wait for a commit.
        OSError: a file can't be read or written.
    """
    changelog = (root / CHANGELOG).read_text(encoding="utf-8")
    _refuse_other_numbers(number, read_number(root), numbers_in(changelog))
    if not section_of(changelog, UNRELEASED):
        raise ReleaseError(f'{CHANGELOG} has nothing under "## {UNRELEASED}": say there what users will notice.')
    if changed := changed_files(root):
        raise ReleaseError(f"{changed[0]} isn't committed: commit it, or move it away, then try again.")
    _replace(root / VERSION, r"^__version__ = .+", f'__version__ = "{number}"')
    _replace(root / CITATION, r"^version: .+(\ndate-released: .+)?", f'version: {number}\ndate-released: "{day}"')
    (root / CHANGELOG).write_text(date_unreleased(changelog, number, day), encoding="utf-8")
    return [VERSION, CITATION, CHANGELOG]


def read_number(root: Path) -> str:
    """Return the version that both packages have."""
    [number] = re.findall(r'^__version__ = "([^"]+)', (root / VERSION).read_text(encoding="utf-8"), re.MULTILINE)
    return str(number)


def _refuse_other_numbers(number: str, current: str, released: list[str]) -> None:
    """Accept a number that wasn't released, in the form that packages have, and not below the current one."""
    try:
        version = Version(number)
    except InvalidVersion:
        version = Version("0")
    if str(version) != number or version.local or version.dev is not None or len(version.release) != 3:
        raise ReleaseError(f"{number!r} isn't a version's number. Name three numbers, such as 1.4.0 or 1.4.0rc1.")
    if number in released:
        raise ReleaseError(f"{number} was released, says {CHANGELOG}. Choose a higher number.")
    if version < Version(current):
        raise ReleaseError(f"{number} is below {current}, the current version. Choose a higher number.")


def _replace(path: Path, pattern: str, text: str) -> None:
    """Write ``text`` where ``path`` has the pattern, which is there once."""
    before = path.read_text(encoding="utf-8")
    after, count = re.subn(pattern, text, before, flags=re.MULTILINE)
    if count != 1:
        raise ReleaseError(
            f"{path} has {count} places for {text!r}, and one is needed: `git restore .`, and correct it."
        )
    path.write_text(after, encoding="utf-8")
