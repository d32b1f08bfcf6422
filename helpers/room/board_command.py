"""Command ``python start.py board``, and the service that JupyterHub starts."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence

from helpers import settings
from helpers.emulator.command.stop_signals import stop_signals
from helpers.emulator.emulator_errors import BadStart
from helpers.errors import HelperError
from helpers.room.board_server import PORT, BoardServer, BoardSetting, setting_on_hub

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Run a board until Ctrl+C or SIGTERM, and return the exit code; a problem is one sentence on stderr."""
    options = _parser().parse_args(arguments)
    try:
        setting = setting_on_hub(os.environ, settings.load().board)
        server = BoardServer(_with_options(setting or BoardSetting(), options))
    except HelperError as problem:
        print(f"board: {problem}", file=sys.stderr)
        return 1
    with stop_signals() as wait:
        print(server.describe(), flush=True)
        wait()
    server.end()
    print("The board has ended, and nothing of it is left.")
    return 0


def _with_options(setting: BoardSetting, options: argparse.Namespace) -> BoardSetting:
    given = {name: getattr(options, name) for name in ("host", "port", "room") if getattr(options, name) is not None}
    for name in options.also_known_as:
        if not re.fullmatch(r"[\w.-]+", name):
            raise BadStart("names", f"The host name is {name[:80]!r}. Give the name alone, such as hub.example.org.")
    return setting._replace(**given, names=[*setting.names, *options.also_known_as])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python start.py board",
        description="Show where a room of learners is: a bar for each step, and raised hands. docs/room.md says more.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--port", type=int, help=f"default: {PORT}; 0 takes a free one")
    add("--host", help="address to listen at; 0.0.0.0 lets learners' laptops in (default: 127.0.0.1)")
    add("--room", metavar="CODE", help="room code, for example that of a board that you start again (default: random)")
    add("--also-known-as", action="append", default=[], metavar="NAME", help="host name by which browsers call it")
    return parser
