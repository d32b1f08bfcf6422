"""File ``.env``, with a learner's settings."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from helpers.errors.connection_problems import BadSetting

__all__ = ["read"]


def read(path: Path) -> dict[str, str]:
    """Return the variables in the file.

    Raises:
        BadSetting: it, or a line in it, can't be read; the text has nothing of its content.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(".env", None, "It must be UTF-8 text with one NAME=value on each line.") from error
    _check(text)
    # A token with `${...}` in it stays as it is, and a file from elsewhere has no access to the environment.
    values = dotenv_values(stream=StringIO(text), interpolate=False)
    return {name: value or "" for name, value in values.items()}


def _check(text: str) -> None:
    """Raise an error that names the first line that is no setting; python-dotenv would only log it, and go on."""
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            whole = binding.original.string  # its beginning can be empty lines
            line = binding.original.line + whole[: len(whole) - len(whole.lstrip())].count("\n")
            raise BadSetting(
                f"Line {line} of .env", None, "It must be NAME=value, and an opening quote needs a closing quote."
            )
