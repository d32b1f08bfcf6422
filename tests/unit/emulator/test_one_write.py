"""An answer leaves the server in one piece."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from helpers.emulator.server.write_coalescing import JoiningTransport


class Transport:
    """Notes what is done to it."""

    def __init__(self) -> None:
        self.done: list[Any] = []

    def write(self, data: bytes) -> None:
        self.done.append(data)

    def close(self) -> None:
        self.done.append("closed")

    def is_closing(self) -> bool:
        return "closed" in self.done


async def write(transport: Transport, *pieces: bytes, close: bool = False) -> None:
    joining = JoiningTransport(cast(asyncio.Transport, transport), asyncio.get_running_loop())
    for piece in pieces:
        joining.write(piece)
    if close:
        joining.close()
    await asyncio.sleep(0)
    assert joining.is_closing() is close


def test_pieces_leave_together() -> None:
    """What is written before the event loop's next turn is sent at once."""
    transport = Transport()
    asyncio.run(write(transport, b"head", b"body"))

    assert transport.done == [b"headbody"]


def test_nothing_stays_behind_when_it_closes() -> None:
    """Closing sends first what was written before, once."""
    transport = Transport()
    asyncio.run(write(transport, b"head", b"body", close=True))

    assert transport.done == [b"headbody", "closed"]
