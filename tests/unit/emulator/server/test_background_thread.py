"""Long work beside the event loop."""

from __future__ import annotations

import asyncio
import gc
import threading

import pytest

from helpers.emulator.background import InTheWay
from helpers.emulator.expressions.result_cache import ResultCache
from helpers.emulator.server.machine.background_thread import BackgroundThread


def test_others_go_on_while_work_is_done() -> None:
    """The event loop is free: what it does meanwhile is what the work waits for."""

    async def both() -> bool:
        gone_on = threading.Event()
        work = asyncio.create_task(BackgroundThread().run(lambda: gone_on.wait(timeout=30)))
        await asyncio.sleep(0)
        gone_on.set()
        return await work

    assert asyncio.run(both())


@pytest.mark.parametrize("background", [BackgroundThread, InTheWay])
def test_work_can_ask(background) -> None:
    """What it asks is answered where requests are: in the event loop's thread, or at once."""

    async def where() -> int:
        return threading.get_ident()

    async def work() -> int:
        runner = background()
        return await runner.run(lambda: runner.ask(where()))

    assert asyncio.run(work()) == threading.get_ident()


@pytest.mark.parametrize("background", [BackgroundThread, InTheWay])
def test_errors_come_back(background) -> None:
    """Who asks for the work is told what went wrong with it, and garbage is collected again afterwards."""

    async def wrong() -> None:
        await background().run(lambda: {}["missing"])

    with pytest.raises(KeyError, match="missing"):
        asyncio.run(wrong())
    assert gc.isenabled()


def test_work_is_not_disturbed_by_garbage_collection() -> None:
    """A pass over a million objects would stop every thread for as long."""

    async def collecting() -> bool:
        return await BackgroundThread().run(gc.isenabled)

    assert asyncio.run(collecting()) is False
    assert gc.isenabled()


def test_breathing_lets_others_go_on() -> None:
    """Somebody with 5,000 things to do is not alone for all of them: a whole request is answered in between."""

    async def busy() -> list[str]:
        seen: list[str] = []
        loop = asyncio.get_running_loop()

        def read() -> None:
            loop.call_soon(answer)

        def answer() -> None:
            loop.call_soon(seen.append, "sent")

        loop.call_soon(read)
        await BackgroundThread().breathe()
        return seen

    assert asyncio.run(busy()) == ["sent"]


def test_results_are_remembered_up_to_a_length() -> None:
    """What was used last stays; a text longer than all the room is never kept."""
    asked: list[str] = []

    def slow(text: str) -> str:
        asked.append(text)
        return text.upper()

    remembered = ResultCache(slow, characters=6)
    for text in ("aaa", "bbb", "aaa", "ccc", "aaa", "bbb", "longer than that", "longer than that"):
        assert remembered(text) == text.upper()

    assert asked == ["aaa", "bbb", "ccc", "bbb", "longer than that", "longer than that"]
