"""File ``.env``, with a learner's settings."""

from __future__ import annotations

from pathlib import Path

from dotenv import dotenv_values

from helpers.errors.connection_problems import BadSetting

__all__ = ["read"]


def read(path: Path) -> dict[str, str]:
    """Return the variables in the file, none if there is no such file.

    Raises:
        BadSetting: it can't be read.
    """
    if not path.is_file():
        return {}
    try:
        return {name: value or "" for name, value in dotenv_values(path).items()}
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(".env", type(error).__name__, "It is UTF-8 text with one NAME=value a line.") from error
