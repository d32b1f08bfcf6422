"""Cell magic ``%%bash`` where there's no bash: the cell calls curl, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, NamedTuple, TextIO

from IPython.core.magic_arguments import MagicArgumentParser

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["CurlResult", "make_magic"]

_OPTIONS = MagicArgumentParser("%%bash", add_help=False)
_OPTIONS.add_argument("--out")
_OPTIONS.add_argument("--err")
_OPTIONS.add_argument("--no-raise-error", dest="raise_error", action="store_false")


class CurlResult(NamedTuple):
    """Result of a call of curl: what it prints, and its exit code."""

    output: bytes
    error: str = ""
    code: int = 0


def make_magic(shell: InteractiveShell, run: Callable[[str], CurlResult]) -> Callable[[str, str], None]:
    """Return a cell magic that lets ``run`` run the cell, and does with the result what IPython's ``%%bash`` does."""

    def bash(line: str, cell: str) -> None:
        """Run the curl commands in the cell."""
        options = _OPTIONS.parse_argstring(line)
        result = run(cell)
        _give(shell, options.out, result.output.decode(errors="replace"), sys.stdout)
        _give(shell, options.err, result.error, sys.stderr)
        if result.code and options.raise_error:
            raise CalledProcessError(result.code, cell.encode())

    return bash


def _give(shell: InteractiveShell, name: str | None, text: str, stream: TextIO) -> None:
    if name:
        shell.user_ns[name] = text
    elif text:
        stream.write(text)
