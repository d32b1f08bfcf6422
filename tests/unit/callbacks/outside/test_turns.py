"""Those with the same key wait for each other."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.callbacks.outside.turns import Turns


def test_one_at_a_time_with_each_key():
    """Two of one key never overlap; another key's block runs meanwhile; nothing is kept afterwards."""
    turns, over, log = Turns(), threading.Event(), []

    def work(key):
        with turns.take(key):
            log.append(f"{key} begins")
            over.wait(5 if key == "a" else 0)
            log.append(f"{key} ends")

    with ThreadPoolExecutor() as pool:
        first = pool.submit(work, "a")
        while not log:
            over.wait(0.01)
        second = pool.submit(work, "a")
        pool.submit(work, "b").result(5)
        over.set()
        first.result(5), second.result(5)

    assert log == ["a begins", "b begins", "b ends", "a ends", "a begins", "a ends"]
    assert turns._turns == {}


def test_error_ends_a_turn():
    """The next one isn't kept waiting."""
    turns = Turns()
    with pytest.raises(ValueError, match="x"), turns.take("a"):
        raise ValueError("x")

    with turns.take("a"), turns.take("a"):
        pass
    assert turns._turns == {}
