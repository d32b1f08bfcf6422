"""Each receiver has places of its own for the requests that are open."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from helpers.emulator.callbacks.receivers import FairTransport, receiver_of
from helpers.emulator.callbacks.request import CallbackRequest
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply

DEAD, HEALTHY = "http://127.0.0.1:9/", "http://127.0.0.1:10/"


class HalfDead:
    """Answers everybody but those who asked DEAD."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    async def send(self, request: CallbackRequest) -> CallbackReply:
        self.asked[request.url] += 1
        if request.url == DEAD:
            await asyncio.Event().wait()
        return CallbackReply(status=204, content_type=None, body=b"")


@pytest.mark.parametrize(
    ("url", "receiver"),
    [
        ("http://Shop.example/events?a=1", "shop.example:80"),
        ("https://user:password@shop.example/", "shop.example:443"),
        ("http://localhost:5000/a", "localhost:5000"),
        ("http://127.0.0.1:5000/b", "localhost:5000"),
        ("http://[::1]:5000/b", "localhost:5000"),
        ("http://127.0.0.1:70000/", "http://127.0.0.1:70000/"),
        ("http://[broken", "http://[broken"),
        ("", ":None"),
    ],
)
def test_receiver_is_host_and_port(url, receiver):
    """Path, password and spelling of loopback make no other receiver; what cannot be read is one by itself."""
    assert receiver_of(url) == receiver


def test_dead_receiver_takes_its_own_places_only():
    """Of 500 requests to somebody who never answers 32 are open, and another receiver is asked without delay."""

    async def play() -> tuple[Counter[str], int]:
        half_dead = HalfDead()
        transport = FairTransport(half_dead)
        waiting = [asyncio.ensure_future(transport.send(request(DEAD))) for _ in range(500)]
        await asyncio.sleep(0)
        answers = await asyncio.gather(*(transport.send(request(HEALTHY)) for _ in range(100)))
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return half_dead.asked, len(answers)

    assert asyncio.run(play()) == ({DEAD: 32, HEALTHY: 100}, 100)


def request(url: str) -> CallbackRequest:
    return CallbackRequest(kind="assignment", url=url, headers={}, body=b"", limit_seconds=5)
