"""All lessons in live mode on the stage, with a tunnel and without, while routing shows late."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.contract import verdict
from tests.contract.performance import Performance, Play, perform
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
        yield {(path, tunnel): pool.submit(play_alone, path, tunnel) for path, tunnel in plays}


def play_alone(path: Path, tunnel: bool) -> Performance:
    """Run one lesson on a stage of its own."""
    [performance] = perform(Play(path, tunnel))
    return performance


@pytest.mark.parametrize("played", PLAYED)
def test_lesson_is_as_safe_and_true_as_locally(performances, played):
    """A lesson raises nothing, shows what its prose explains, tells no secret, touches and leaves nothing."""
    assert verdict.find_faults(performances[played].result()) == []


def test_learners_at_once():
    """Two learners and two notebooks of one share an account: each sees its own world, as if it were alone."""
    paths = [lesson_paths()[number] for number in (1, 3, 3)]

    for performance in perform(*(Play(path, tunnel=False) for path in paths)):
        assert verdict.find_faults(performance) == []
