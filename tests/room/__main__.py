"""Load test of a room on JupyterHub: ``python -m tests.room --learners 20 --careful``. Everything is on loopback."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from deploy.rehearsal.__main__ import end_as_interrupted, read_options
from deploy.rehearsal.carelessness import KINDS
from deploy.rehearsal.server import ServerRefused
from tests import node_packages
from tests.room.full_room import Figures, fill_room
from tests.room.running_hub import HubFailed, running_hub

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Fill a room and print its figures; return 1 if a seat failed."""
    options = read_options(arguments, "python -m tests.room")
    node_packages.main(["tests/room"])
    end_as_interrupted()
    with tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True) as folder:
        try:
            figures = asyncio.run(run(Path(folder), options))
        except (HubFailed, ServerRefused) as error:
            print(f"room: {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("room: Stopped. The Hub, all servers and all kernels have ended.", file=sys.stderr)
            return 1
    print(figures.tell())
    return int(any(each.failure for each in figures.results))


async def run(folder: Path, options: argparse.Namespace) -> Figures:
    """Run a Hub in ``folder`` for as long as the room takes."""
    async with running_hub(folder) as hub:
        return await fill_room(hub, options.learners, options.lessons, ["careful"] if options.careful else KINDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
