"""Command line: the first word chooses what to do, ``serve`` unless there is one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

__all__ = ["COMMANDS", "main", "program_name"]

COMMANDS = {
    "serve": "run a TaskRouter; the default",
    "explain": "explain why a Task waits",
    "check": "examine a data file",
    "read": "copy a Workspace, at Twilio too, into a file for --load",
}
"""Commands, each with what it does; ``X_command.run`` runs it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 if it did what was asked, 2 if it can't be asked like that.

    Ctrl+C ends a running server with 0 and anything else with 130, as shells do. An output that nobody reads is 1.

    Raises:
        SystemExit: after ``--help``, ``--version`` or a wrong option.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words.pop(0) if words and not words[0].startswith("-") else "serve"
    if name not in COMMANDS:
        known = ", ".join(COMMANDS)
        print(f"{name!r} isn't a command. Choose one of: {known}. --help shows the options.", file=sys.stderr)
        return 2
    try:
        # Each brings what it needs: a question to a server should not load one.
        run: Callable[[list[str]], int] = import_module(f"{__package__}.{name}_command").run
        code = run(words)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has gone, as ``head`` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain once more at its end
        return 1


def program_name() -> str:
    """Return the words that run this program, for its help."""
    if Path(sys.argv[0]).name == "__main__.py":
        return f"python -m {__package__.rpartition('.')[0]}"
    return "taskrouter-emulator"
