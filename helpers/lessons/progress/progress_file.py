"""File of a learner's progress: read and written whole, so that nobody ever finds half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec

from helpers.lessons.progress.progress_record import ProgressRecord

__all__ = ["FAULTS", "load", "set_aside", "store"]

FAULTS = (OSError, msgspec.MsgspecError, ValueError, RecursionError)
"""Errors of a file that can't be read or written, or isn't what ``store`` writes."""


def load(path: Path) -> ProgressRecord:
    """Return what the file holds, an empty record if there is none; raises one of ``FAULTS``."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ProgressRecord()
    return msgspec.json.decode(content, type=ProgressRecord)


def store(path: Path, record: ProgressRecord) -> None:
    """Write the file in one step; raises one of ``FAULTS``, and then the file is as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = msgspec.json.format(msgspec.json.encode(record, order="sorted"), indent=1)
    handle, fresh = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # another kernel may write, too
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content + b"\n")
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def set_aside(path: Path) -> Path | None:
    """Rename the file, readable or not, and return its new path; None if there is none. Raises ``OSError``."""
    kept = path.with_name(f"{path.name}.old")
    try:
        return path.replace(kept)
    except FileNotFoundError:
        return None
