"""Options of ``serve``; each has a variable of its name, too."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import __version__
from .command_line import COMMANDS, program_name
from .option_variables import PREFIX, name_variables

__all__ = ["serve_parser"]


def serve_parser() -> argparse.ArgumentParser:
    """Return the parser; its names are those of :func:`.running.start` where both have a setting."""
    parser = argparse.ArgumentParser(
        prog=program_name(),
        usage="%(prog)s [serve] [options]",
        description="A local stand-in for Twilio TaskRouter. When ready it prints url, account_sid and auth_token.",
        epilog=f"Commands: {'; '.join(f'{name}: {does}' for name, does in COMMANDS.items())}. Variables named "
        f"{PREFIX}... count where the option is left out; several values of one have blanks between them. Others can "
        "read a command line, so give credentials by variable. TWILIO_* are not read.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--port", type=int, default=0, help="port to listen on; 0, the default, takes any that is free")
    add("--host", default="127.0.0.1", help="address to bind; anything but loopback opens it to the network")
    add(
        "--also-known-as",
        action="append",
        default=[],
        metavar="NAME",
        help="host name by which clients call it; may be repeated",
    )
    add("--data", metavar="DIR", help="keep everything in a SQLite file in this directory")
    add(
        "--load",
        metavar="FILE",
        help="start with the Workspaces of this file: a seed document or a snapshot, JSON or YAML; - is standard input",
    )
    add("--account-sid", metavar="AC...", help="who may call; made up if left out, and kept with the data")
    add("--auth-token", metavar="TOKEN", help="the account's password; likewise")
    add(
        "--api-key",
        action="append",
        default=[],
        dest="api_keys",
        metavar="SK...:SECRET",
        help="a further way in; may be repeated",
    )
    add(
        "--account",
        action="append",
        default=[],
        dest="accounts",
        metavar="AC...:TOKEN",
        help="a further account; may be repeated",
    )
    add(
        "--clock",
        default="real",
        metavar="CLOCK",
        help="real, the default, runs; paused stands still from now, a step for each write; likewise lesson, or an "
        "ISO 8601 time, from then",
    )
    add(
        "--step",
        type=float,
        default=1.0,
        metavar="SECONDS",
        help="time that each write takes while the clock stands still; 1 by default",
    )
    add("--seed", metavar="TEXT", help="the same SIDs on every run")
    add("--allow-remote-callbacks", action="store_true", help="let callbacks leave this machine")
    add("--certificate", nargs=2, type=Path, metavar=("CHAIN", "KEY"), help="serve https with these PEM files")
    add(
        "--make-certificate",
        metavar="DIR",
        help="serve https with a certificate for all its names, from an authority that is kept in this directory",
    )
    add("--env", action="store_true", help="print variables for a shell, one a line, instead of JSON")
    add("--log", action="store_true", help="one JSON line on stderr for each request")
    name_variables(parser)
    add("--version", action="version", version=f"taskrouter-emulator {__version__}")
    return parser
