"""A relay between Playwright and Firefox: ``python firefox_relay.py FIREFOX ...`` runs Firefox for Playwright.

Playwright first sets the colors that pages should prefer. Firefox 153 lacks that command, and so Playwright gives up.
Here it hears that the command succeeded. Everything else passes unchanged.
"""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable
from functools import partial

from websockets.asyncio.client import connect
from websockets.asyncio.connection import Connection
from websockets.asyncio.server import ServerConnection, serve

LACKING = "emulation.setMediaFeaturesOverride"
LISTENING = "WebDriver BiDi listening on "
"""What Firefox says before its address, and Playwright waits for."""


async def main(command: list[str]) -> int:
    """Run Firefox, and say of another address than its own that it listens there; return its exit code."""
    firefox = await asyncio.create_subprocess_exec(*command, stderr=PIPE)
    async for line in firefox.stderr:
        text = line.decode(errors="replace")
        if text.startswith(LISTENING):
            address = text.removeprefix(LISTENING).strip()
            server = await serve(partial(relay, address), "127.0.0.1", 0, max_size=None, ping_interval=None)
            text = f"{LISTENING}ws://127.0.0.1:{server.sockets[0].getsockname()[1]}\n"
        print(text, end="", file=sys.stderr, flush=True)
    return await firefox.wait()


async def relay(address: str, playwright: ServerConnection) -> None:
    """Pass on what both say, until one of them leaves."""
    url = f"{address}{playwright.request.path}"
    async with connect(url, max_size=None, ping_interval=None, proxy=None) as firefox:
        await asyncio.gather(pass_on(playwright, firefox), pass_on(firefox, playwright, without_refusal))


async def pass_on(source: Connection, target: Connection, change: Callable[[str], str] = str) -> None:
    """Send each message of ``source`` to ``target``."""
    async for message in source:
        await target.send(change(message))
    await target.close()


def without_refusal(message: str) -> str:
    """Return Firefox's message, or success if it says that it lacks the command."""
    said = json.loads(message)
    lacks = said.get("error") == "unknown command" and said["message"] == LACKING
    return json.dumps({"type": "success", "id": said["id"], "result": {}}) if lacks else message


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
