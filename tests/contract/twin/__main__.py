"""Run a notebook locally and live: ``python start.py twin [--stage] NOTEBOOK``.

Live is your Twilio account, as TASKROUTER_LIVE_CONSENT agrees to it, or with ``--stage`` the emulator in Twilio's
place. The exit code is 1 if there is a difference that isn't understood, 2 if the notebook can't be run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from helpers import settings
from tests.contract.performance import open_tunnel_at_first
from tests.contract.stage import Stage
from tests.contract.twin.correspondence import LEFT_OUT
from tests.contract.twin.difference_ledger import Line, find_differences
from tests.contract.twin.play_twice import Run, run_notebooks
from tests.notebooks.generated import ROOT, read
from tests.notebooks.refresh import kernel_environment

__all__ = ["compare_runs", "main"]


def main(arguments: list[str] | None = None) -> int:
    """Print the ledger of one notebook; return the exit code."""
    parser = argparse.ArgumentParser(prog="start.py twin", description=__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--tunnel", action="store_true", help="open a tunnel first, so that callbacks come live, too")
    parser.add_argument("--stage", action="store_true", help="live on the stage of the tests, without an account")
    options = parser.parse_args(arguments)
    if not options.notebook.is_file():
        parser.error(f"{options.notebook} is not a file: name a notebook by its path")
    if not options.stage and (missing := _missing_settings()):
        parser.error(
            f"a live run needs {missing}, in the environment or in .env: it writes to that account without asking. "
            "Without an account: --stage"
        )
    with _on_stage() if options.stage else _at_twilio() as environment:
        lines = compare_runs(options.notebook, environment, tunnel=options.tunnel)
    print(*lines, LEFT_OUT, sep="\n")
    unexplained = sum(not line.reason for line in lines)
    print(f"{len(lines)} differences, {len(lines) - unexplained} of them understood.")
    return 1 if unexplained else 0


def compare_runs(path: Path, live: Mapping[str, str], *, tunnel: bool = False) -> list[Line]:
    """Run the notebook locally and with the variables ``live``, and return what differs."""
    live_notebook = read(path)
    if tunnel:
        open_tunnel_at_first(live_notebook)

    async def run_both() -> list[list[Run]]:
        return await asyncio.gather(
            run_notebooks([read(path)], kernel_environment()), run_notebooks([live_notebook], live)
        )

    [ours], [theirs] = asyncio.run(run_both())
    return list(find_differences(ours, theirs))


@contextmanager
def _on_stage() -> Iterator[dict[str, str]]:
    with Stage() as stage:
        yield {**kernel_environment(), **stage.environment}


@contextmanager
def _at_twilio() -> Iterator[dict[str, str]]:
    yield {**os.environ, "TASKROUTER_MODE": "live", "PYTHONPATH": str(ROOT)}


def _missing_settings() -> str:
    found = settings.load()
    needed = {
        "TWILIO_ACCOUNT_SID": found.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": found.twilio_auth_token,
        "TASKROUTER_LIVE_CONSENT (the Account SID again)": found.live_consent,
    }
    return ", ".join(name for name, value in needed.items() if not value)


if __name__ == "__main__":
    sys.exit(main())
