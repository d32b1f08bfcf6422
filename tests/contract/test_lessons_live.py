"""All lessons in live mode on the stage, with a tunnel and without, while routing shows late."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.contract import verdict
from tests.contract.performance import Performance, perform
from tests.notebooks.generated import lesson_paths

AT_ONCE = 3
"""Number of kernels at a time: each waits now and then."""

PLAYED = [
    pytest.param((path, tunnel), id=f"{path.stem}-{'tunnel' if tunnel else 'alone'}")
    for path in lesson_paths()
    for tunnel in (True, False)
]


@pytest.fixture(scope="module")
def performances() -> Iterator[dict[tuple[Path, bool], Future[Performance]]]:
    """All performances, by lesson and tunnel; they begin when the first of them is asked for."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        plays = [param.values[0] for param in PLAYED]
        yield {(path, tunnel): pool.submit(perform, path, tunnel=tunnel) for path, tunnel in plays}


@pytest.mark.parametrize("played", PLAYED)
def test_lesson_keeps_to_itself(performances, played):
    """A lesson shows no secret and no traceback, reaches for no other host, and leaves nothing behind."""
    performance = performances[played].result()
    checks = (verdict.leaked, verdict.bare_tracebacks, verdict.strayed, verdict.left_behind)

    assert [fault for check in checks for fault in check(performance)] == []
