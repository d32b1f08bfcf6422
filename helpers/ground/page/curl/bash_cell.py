"""Cell magic ``%%bash`` of a page, which understands curl alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from helpers.errors.view_problems import NotInPage
from helpers.ground.curl_cell import CurlResult, make_magic
from helpers.ground.page.curl.curl_arguments import CurlTrouble, Transfer, read_arguments
from helpers.ground.page.curl.transfers import run
from helpers.ground.shell_words import NeedsTerminal, split_commands

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["register", "run_script"]


def register(shell: InteractiveShell) -> None:
    """Let cells that begin with ``%%bash`` run curl, and refuse everything else that needs another program."""

    bash = make_magic(shell, lambda script: run_script(script, os.environ))
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


def _refuse_line(line: str, **options: object) -> NoReturn:
    raise NotInPage(f"`{line.strip()}`")


def _refuse_cell(name: str, line: str, cell: str | None = None) -> NoReturn:
    raise NotInPage(f"`%%{name}`")
