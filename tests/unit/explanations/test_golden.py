"""What ``explain`` says to everybody who is stuck, word for word; and that its way out is one."""

from __future__ import annotations

import pytest

from tests.unit.explanations.scenes import GOLDEN, SCENES, VIEWS, desk_for, told

NEEDS_NO_CHANGE = {"time_of_day"}
STUCK = sorted(set(SCENES) - NEEDS_NO_CHANGE)


@pytest.mark.parametrize("name", [*SCENES, *VIEWS])
def test_text_is_the_golden_one(name):
    """Each text is the stored one; to write them anew: .venv/bin/python -m tests.unit.explanations.scenes."""
    _, explanation = told(name)

    assert f"{explanation}\n" == GOLDEN.joinpath(f"{name}.txt").read_text(encoding="utf-8")


def test_every_golden_text_has_its_scene():
    """No text is left over from a scene that is gone, and there are many ways to get stuck."""
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {*SCENES, *VIEWS}
    assert len(SCENES) > 30


@pytest.mark.parametrize("name", STUCK)
def test_smallest_change_produces_a_reservation(name):
    """``apply`` makes the change through the SDK, and the Task, or the next such Task, is reserved."""
    desk, explanation = told(name)

    after = explanation.apply()

    assert repr(after) == "Explanation(reserved)"
    assert desk.workspace.tasks.list(assignment_status=["reserved"])


@pytest.mark.parametrize("name", STUCK)
def test_every_way_may_be_pasted(name):
    """The code of each way, alternatives included, does what the explanation says: those named are reserved."""
    ways = told(name)[1].fixes

    for place in range(len(ways)):
        desk = desk_for(name)
        fix = told(name, desk)[1].fixes[place]
        before = {each.sid for each in reservations(desk)}
        for call in fix.calls:
            exec(call.code(desk.workspace_sid), {"client": desk.client})
        assert {each.worker_name for each in reservations(desk) if each.sid not in before} >= set(fix.workers)


def reservations(desk):
    """All Reservations of the desk."""
    return [each for worker in desk.workspace.workers.list() for each in worker.reservations.list()]


def test_time_alone_needs_no_change():
    """Where waiting is enough, there is nothing to apply, and waiting is enough."""
    desk, explanation = told("time_of_day")
    desk.advance(60 * 60)

    assert not explanation.fixes
    assert desk.workspace.tasks.list(assignment_status=["reserved"])
