"""Command ``check``: the health of a data file, which stays as it is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..clock import Clock
from ..display.safe_text import pluralize
from ..emulator import Emulator
from ..emulator_errors import StoreRefused
from ..server.factory import FILE_NAME
from ..sids import RandomSids
from ..store.store import Store
from .command_line import program_name
from .data_copy import copy_data, files_of

__all__ = ["run"]


def run(arguments: Sequence[str]) -> int:
    """Print what the file holds, or what is wrong with it in the words of a start.

    Returns:
        0 if it is whole, 1 if a start would refuse it or miss something, 2 if no file is named.
    """
    data: str = _parser().parse_args(arguments).data
    if not data:
        print("Pass the directory of --data.", file=sys.stderr)
        return 2
    path = Path(data) if Path(data).is_file() else Path(data) / FILE_NAME
    if not files_of(path):
        print(f"{path}: This file does not exist. Pass the directory of --data.", file=sys.stderr)
        return 1
    try:
        with copy_data(path) as copy:
            holdings, lost = _examine(path, copy)
    except StoreRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(holdings)
    for sentence in lost:
        print(sentence, file=sys.stderr)
    return 1 if lost else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"{program_name()} check",
        description="Examine a data file as a start would, without changing it: the command opens a copy.",
        allow_abbrev=False,
    )
    parser.add_argument("data", metavar="DATA", help="directory that --data has, or the file itself")
    return parser


def _examine(path: Path, copy: Path) -> tuple[str, list[str]]:
    """Start an emulator on the copy; return what it holds, and what is lost.

    Raises:
        StoreRefused: as at a start, about ``path``.
    """
    try:
        store = Store(copy)
        try:
            return _describe(path, store), store.reported
        finally:
            store.close()
    except StoreRefused as refusal:
        reason = refusal.reason.replace(str(copy.parent), str(path.parent))
        raise StoreRefused(path, reason, refusal.next_step) from refusal


def _describe(path: Path, store: Store) -> str:
    emulator = Emulator(store, Clock.paused(0), RandomSids(), {})
    states = emulator.world.workspaces.values()
    writes = pluralize(store.writes - len(store.reported), "write")  # each sentence is an alert in the copy
    last = datetime.fromtimestamp(emulator.clock.now() / 1000, UTC)
    when = f", the last at {last:%Y-%m-%dT%H:%M:%SZ} by the emulator's clock" if emulator.clock.now() else ""
    return f"{path}: {writes}{when}. Workspaces: {len(states):,}. Tasks: {sum(len(state.tasks) for state in states):,}."
