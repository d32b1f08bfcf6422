"""Cell magic ``%%bash`` of a page, which understands curl alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import partial
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, NoReturn, TextIO

from IPython.core.magic_arguments import MagicArgumentParser

from helpers.errors.view_problems import NotInPage
from helpers.ground.page.curl.curl_arguments import CurlTrouble, Transfer, read_arguments
from helpers.ground.page.curl.shell_words import NeedsTerminal, split_commands
from helpers.ground.page.curl.transfers import CurlResult, run

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["register", "run_script"]

_OPTIONS = MagicArgumentParser("%%bash", add_help=False)
_OPTIONS.add_argument("--out")
_OPTIONS.add_argument("--err")
_OPTIONS.add_argument("--no-raise-error", dest="raise_error", action="store_false")


def register(shell: InteractiveShell) -> None:
    """Let cells that begin with ``%%bash`` run curl, and refuse everything else that needs another program."""

    def bash(line: str, cell: str) -> None:
        """Run the curl commands in the cell."""
        options = _OPTIONS.parse_argstring(line)
        result = run_script(cell, os.environ)
        _give(shell, options.out, result.output.decode(errors="replace"), sys.stdout)
        _give(shell, options.err, result.error, sys.stderr)
        if result.code and options.raise_error:
            raise CalledProcessError(result.code, cell.encode())

    magics = shell.magics_manager
    for name in ("script", *magics.registry["ScriptMagics"].script_magics):  # a second one would wait forever
        magics.register_function(partial(_refuse_cell, name), "cell", name)
    for name in ("bash", "sh"):
        magics.register_function(bash, "cell", name)
    shell.system = shell.getoutput = _refuse_line  # type: ignore[method-assign, assignment]


def run_script(script: str, variables: Mapping[str, str]) -> CurlResult:
    """Run curl commands one after another; the exit code is that of the last one.

    Raises:
        NotInPage: the script needs something else.
        StaysInPage: a command is for another machine.
    """
    try:
        calls = [_read(words) for words in split_commands(script, variables)]
    except NeedsTerminal as need:
        raise NotInPage(str(need)) from None
    results = [_run(call) for call in calls]
    output, error = b"".join(each.output for each in results), "".join(each.error for each in results)
    return CurlResult(output, error, results[-1].code if results else 0)


def _read(words: list[str]) -> Transfer | CurlTrouble:
    program, *arguments = words
    if program != "curl":
        raise NeedsTerminal(f"`{program}`")
    try:
        return read_arguments(arguments)
    except CurlTrouble as trouble:
        return trouble


def _run(call: Transfer | CurlTrouble) -> CurlResult:
    try:
        if isinstance(call, CurlTrouble):
            raise call
        result = run(call)
    except CurlTrouble as trouble:
        result = CurlResult(b"", str(trouble), trouble.code)
    is_silent = isinstance(call, Transfer) and "silent" in call.flags and "show-error" not in call.flags
    return result._replace(error="" if is_silent or not result.error else f"curl: {result.error}\n")


def _give(shell: InteractiveShell, name: str | None, text: str, stream: TextIO) -> None:
    if name:
        shell.user_ns[name] = text
    elif text:
        stream.write(text)


def _refuse_line(line: str, **options: object) -> NoReturn:
    raise NotInPage(f"`{line.strip()}`")


def _refuse_cell(name: str, line: str, cell: str | None = None) -> NoReturn:
    raise NotInPage(f"`%%{name}`")
