"""Curl of this machine for ``%%bash`` cells, without bash."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from typing import TYPE_CHECKING

from IPython.core.error import UsageError

from helpers.errors.view_problems import NoBash, NoCurl
from helpers.ground.curl_cell import CurlResult, make_magic
from helpers.ground.shell_words import NeedsTerminal, split_commands

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["register", "run_script"]


def register(shell: InteractiveShell) -> None:
    """Let cells that begin with ``%%bash`` run curl where bash is missing, and on Windows.

    On Windows, the first bash is often that of a Linux beside it, which has neither the kernel's variables nor its
    127.0.0.1. A cell that needs more than curl goes to bash there, if there is one.
    """
    has_bash = shutil.which("bash") is not None
    if has_bash and os.name != "nt":
        return
    of_bash = shell.find_cell_magic("bash")
    if getattr(of_bash, "__module__", "") == __name__:  # each `connect` registers everything again
        return
    of_curl = make_magic(shell, lambda script: run_script(script, os.environ))

    def bash(line: str, cell: str) -> object:
        """Run the curl commands in the cell, or hand it to bash."""
        try:
            return of_curl(line, cell)
        except (NeedsTerminal, UsageError) as need:
            if has_bash:
                return of_bash(line, cell)
            if isinstance(need, UsageError):
                raise
            raise NoBash(str(need)) from None

    shell.magics_manager.register_function(bash, "cell", "bash")


def run_script(script: str, variables: Mapping[str, str]) -> CurlResult:
    """Run curl commands one after another, and return what all print; the exit code is that of the last one.

    Raises:
        NeedsTerminal: the script needs something else, and nothing has run.
        NoCurl: this machine has no curl.
    """
    commands = split_commands(script, variables)
    if others := [program for program, *_ in commands if program != "curl"]:
        raise NeedsTerminal(f"`{others[0]}`")
    curl = shutil.which("curl")
    if curl is None:
        raise NoCurl
    results = [_run([curl, *words]) for _, *words in commands]
    output, error = b"".join(each.stdout for each in results), b"".join(each.stderr for each in results)
    return CurlResult(output, error.decode(errors="replace"), results[-1].returncode if results else 0)


def _run(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    words = [os.devnull if word == "/dev/null" else word for word in command]
    return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)
