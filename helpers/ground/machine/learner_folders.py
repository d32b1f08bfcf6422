"""Folders and files of the learner's: where the notebook is, its ``.env``, and where records are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

__all__ = ["find_dotenv", "find_records", "notebook_folders"]

_STARTER = "start.py"
"""File that a clone of the project has, and an installed package hasn't."""


def notebook_folders() -> Iterator[Path]:
    """Yield the folder of the file that Jupyter's server names, and the one in which the kernel runs."""
    opened = os.environ.get("JPY_SESSION_NAME", "")
    if opened and os.access(folder := Path(opened).parent, os.R_OK | os.X_OK):
        yield folder
    with suppress(FileNotFoundError):  # somebody deleted it
        yield Path.cwd()


def find_dotenv(project: Path) -> Path | None:
    """Return the nearest ``.env`` to this kernel's notebook that is nearer than that of ``project``; None without one.

    It is in the notebook's folder, or in one above it up to the one that has ``start.py`` beside ``notebooks``. Without
    that, only the notebook's folder counts: those above it can be anyone's, such as ``/tmp``, ``start.py`` included.
    """
    for folder in notebook_folders():
        upwards = (folder, *folder.parents)
        ours = (each for each in upwards if folder.is_relative_to(each / "notebooks"))
        top = next((each for each in ours if os.path.exists(each / _STARTER)), folder)
        for each in upwards[: upwards.index(top) + 1]:
            if each == project:
                return None
            if os.path.isfile(each / ".env"):  # False, where pathlib raises an error, for what can't be looked at
                return each / ".env"
    return None


def find_records(project: Path) -> Path:
    """Return the folder for records: the clone's, or one in the learner's home if there is no clone of their own."""
    if (project / _STARTER).exists() and os.access(project, os.W_OK):
        return project / ".local"
    return Path(os.path.expanduser("~/.taskrouter-notebooks"))  # unlike Path.home(), without a home it raises nothing
