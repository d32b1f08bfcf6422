"""All lessons in live mode on the stage, with a tunnel and without, while routing shows late; and beside local mode."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.contract import verdict
from tests.contract.performance import Performance, Play, make_pool, perform
from tests.contract.twin.difference_ledger import find_differences
from tests.contract.twin.play_twice import NEED_LOCAL_ONLY_CELLS, Run, run_notebooks
from tests.notebooks.generated import lesson_paths, read
from tests.notebooks.refresh import kernel_environment

PLAYED = [
    pytest.param((path, tunnel), id=f"{path.stem}-{'tunnel' if tunnel else 'alone'}")
    for path in lesson_paths()
    for tunnel in (True, False)
]
COMPARED = [path for path in lesson_paths() if path.name[:2] < "08" and path.name[:2] not in NEED_LOCAL_ONLY_CELLS]
"""Lessons that are compared call by call. From lesson 8 on, offers end by time, and several callbacks are under way at
once: their order, and which of them are sent at all, is different live."""


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    """Processes that perform lessons, while the tests of the first ones look at what came of them."""
    with make_pool() as pool:
        yield pool
        pool.shutdown(cancel_futures=True)


@pytest.fixture(scope="module")
def performances(request, pool) -> dict[tuple[Path, bool], Future[list[Performance]]]:
    """Performances of the selected tests, by lesson and tunnel; they begin when the first of them is asked for."""
    mine = [item for item in request.session.items if "performances" in getattr(item, "fixturenames", ())]
    selected = dict.fromkeys(item.callspec.params["played"] for item in mine)
    return {(path, tunnel): pool.submit(perform, Play(path, tunnel)) for path, tunnel in selected}


@pytest.fixture(scope="module")
def local_runs(pool) -> Future[dict[Path, Run]]:
    """The compared lessons in local mode, in one kernel, as each of them sets up a world of its own."""
    return pool.submit(run_locally)


def run_locally() -> dict[Path, Run]:
    """Run the lessons that are compared, in a process of the pool, and return what each did."""
    runs = asyncio.run(run_notebooks([read(path) for path in COMPARED], kernel_environment()))
    return dict(zip(COMPARED, runs, strict=True))


@pytest.mark.parametrize("played", PLAYED)
def test_lesson_is_as_safe_and_true_as_locally(performances, played):
    """A lesson raises nothing, shows what its prose explains, tells no secret, touches and leaves nothing."""
    [performance] = performances[played].result()

    assert verdict.find_faults(performance) == []


@pytest.mark.parametrize("played", [pytest.param((path, True), id=path.stem) for path in COMPARED])
def test_undisturbed_lesson(performances, local_runs, played):
    """A lesson has the same answers in both modes, but for what is understood and named; callbacks, too."""
    [performance] = performances[played].result()
    lines = find_differences(local_runs.result()[played[0]], performance.recorded)

    assert [str(line) for line in lines if not line.reason] == []


def test_learners_at_once():
    """Two learners and two notebooks of one share an account: each sees its own world, as if it were alone."""
    paths = [lesson_paths()[number] for number in (1, 3, 3)]

    for performance in perform(*(Play(path, tunnel=False) for path in paths)):
        assert verdict.find_faults(performance) == []
