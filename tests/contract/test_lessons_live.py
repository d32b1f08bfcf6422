"""All lessons in live mode on the stage, with a tunnel and without, while routing shows late."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.contract import verdict
from tests.contract.performance import Performance, Play, make_pool, perform
from tests.notebooks.generated import lesson_paths

PLAYED = [
    pytest.param((path, tunnel), id=f"{path.stem}-{'tunnel' if tunnel else 'alone'}")
    for path in lesson_paths()
    for tunnel in (True, False)
]


@pytest.fixture(scope="module")
def performances(request) -> Iterator[dict[tuple[Path, bool], Future[list[Performance]]]]:
    """Performances of the selected tests, by lesson and tunnel; they begin when the first of them is asked for."""
    mine = [item for item in request.session.items if "performances" in getattr(item, "fixturenames", ())]
    selected = [item.callspec.params["played"] for item in mine]
    with make_pool() as pool:
        yield {(path, tunnel): pool.submit(perform, Play(path, tunnel)) for path, tunnel in selected}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("played", PLAYED)
def test_lesson_is_as_safe_and_true_as_locally(performances, played):
    """A lesson raises nothing, shows what its prose explains, tells no secret, touches and leaves nothing."""
    [performance] = performances[played].result()

    assert verdict.find_faults(performance) == []


def test_learners_at_once():
    """Two learners and two notebooks of one share an account: each sees its own world, as if it were alone."""
    paths = [lesson_paths()[number] for number in (1, 3, 3)]

    for performance in perform(*(Play(path, tunnel=False) for path in paths)):
        assert verdict.find_faults(performance) == []
