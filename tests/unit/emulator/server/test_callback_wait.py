"""A request is answered after the callbacks before it, if the client asks for that."""

from __future__ import annotations

import pytest

from helpers.emulator.server.callback_wait import CallbackWait
from helpers.emulator.settling import AFTER_CALLBACKS_HEADER
from helpers.emulator.sync import run_without_loop

ASKING = [(b"host", b"127.0.0.1"), (AFTER_CALLBACKS_HEADER.lower().encode(), b"1")]


class Queue:
    """One callback that is answered as soon as somebody waits for it."""

    outstanding = 1

    async def settle(self) -> bool:
        self.outstanding = 0
        return True


@pytest.mark.parametrize(
    ("path", "headers", "open_callbacks"),
    [
        ("/v1/Workspaces", ASKING, 0),
        ("/_emulator/clock", ASKING, 0),
        ("/v1/Workspaces", ASKING[:1], 1),
        ("/_emulator/health", ASKING, 1),
    ],
)
def test_request_that_asks_waits(path, headers, open_callbacks):
    """Who asks is answered once no callback is open; nobody else waits, and a health check never does."""
    queue, seen = Queue(), []

    async def app(scope, receive, send):
        seen.append(queue.outstanding)

    run_without_loop(CallbackWait(app, queue)({"type": "http", "path": path, "headers": headers}, None, None))

    assert seen == [open_callbacks]
