"""What ``explain`` says to everybody who is stuck, word for word; and that its way out is one."""

from __future__ import annotations

import re

import pytest

from helpers.emulator.explanations import Spelling, explain
from tests.unit.emulator.explanations.scenes import GOLDEN, SCENES, VIEWS, desk_for, told, told_once
from tests.worlds.desk import ACCOUNT_SID, AUTH_TOKEN

NEEDS_NO_CHANGE = {"parked_on_purpose", "time_of_day"}
HAS_NO_SMALL_CHANGE = {"parked_without_end"}
CURED_VIEWS = ["worker_who_gets_nothing", "workflow_loses_it", "workflow_skips_its_last_target"]
STUCK = sorted(set(SCENES) - NEEDS_NO_CHANGE - HAS_NO_SMALL_CHANGE)


@pytest.mark.parametrize("name", [*SCENES, *VIEWS])
def test_text_is_the_golden_one(name):
    """Each text is the stored one; to write them anew: .venv/bin/python -m tests.unit.emulator.explanations.scenes."""
    assert f"{told_once(name)[1]}\n" == GOLDEN.joinpath(f"{name}.txt").read_text(encoding="utf-8")


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
    ways = told_once(name)[1].fixes

    for place in range(len(ways)):
        desk = desk_for(name)
        fix = told(name, desk)[1].fixes[place]
        before = {each.sid for each in reservations(desk)}
        exec(fix.code(Spelling(desk.workspace_sid)), {"client": desk.client})
        assert {each.worker_name for each in reservations(desk) if each.sid not in before} >= set(fix.workers)


@pytest.mark.parametrize("name", STUCK)
def test_every_way_may_be_sent(name):
    """The requests of each way are those that the SDK sends for its code, in any language."""
    ways = told_once(name)[1].facts()["changes"]

    for place, way in enumerate(ways):
        desk = desk_for(name)
        change = told(name, desk)[1].facts()["changes"][place]
        assert (change["sentence"], len(change["requests"])) == (way["sentence"], len(change["code"].splitlines()))
        before = {each.sid for each in reservations(desk)}
        for each in change["requests"]:
            url = f"https://taskrouter.twilio.com{each['path']}"
            answer = desk.http.request(each["method"], url, data=each["form"], auth=(ACCOUNT_SID, AUTH_TOKEN))
            assert answer.status_code in (200, 201)
        new = [each for each in reservations(desk) if each.sid not in before]
        assert {each.worker_name for each in new} >= set(change["worker_names"])
        assert change["task_sid"] in (None, *(each.task_sid for each in new))


@pytest.mark.parametrize("name", [*STUCK, *CURED_VIEWS])
def test_what_is_printed_can_be_typed(name):
    """The last sentence names code that makes the smallest change, where ``client`` and ``explain`` are defined."""
    desk, explanation = told(name)
    typed = re.findall("`(.+)`", str(explanation).splitlines()[-1])[-1]
    before = {each.sid for each in reservations(desk)}
    eval(typed, {"client": desk.client, "explain": explain})

    new = [each for each in reservations(desk) if each.sid not in before]
    assert {each.worker_name for each in new} >= set(explanation.fixes[0].workers)


def reservations(desk):
    """All Reservations of the desk."""
    return [each for worker in desk.workspace.workers.list() for each in worker.reservations.list()]


def test_time_alone_needs_no_change():
    """Where waiting is enough, there is nothing to apply, and waiting is enough."""
    desk, explanation = told("time_of_day")
    desk.advance(60 * 60)

    assert not explanation.fixes
    assert desk.workspace.tasks.list(assignment_status=["reserved"])


def test_next_task_overtakes_those_that_wait():
    """Where others would take what room there is, the next Task is created before anybody looks for one."""
    desk = desk_for("others_go_first")
    waiting = SCENES["others_go_first"](desk)
    workflow = desk.workspace.workflows(waiting.workflow_sid).fetch()
    explanation = explain(workflow, {"n": 1})

    assert "with priority 11, so that it goes first" in str(explanation)
    assert repr(explanation.apply()) == "Explanation(reserved)"


def test_worker_gets_what_was_promised():
    """The smallest change for a Worker brings them the Task that was named."""
    desk, explanation = told("worker_who_gets_nothing")
    promised = explanation.fixes[0]
    explanation.apply()

    assert {each.worker_name for each in reservations(desk) if each.task_sid == promised.task_sid} == {"Bob"}


def test_repetition_ends_as_promised():
    """What is offered against an endless repetition ends it: the Task waits, and nobody is asked any more."""
    desk, explanation = told("offered_again_and_again")
    code = next(line for line in str(explanation).splitlines() if "timeout_activity_sid" in line)
    exec(code.strip(), {"client": desk.client})
    desk.advance(300)

    assert [each.assignment_status for each in desk.workspace.tasks.list()] == ["pending"]
    assert [each.reservation_status for each in reservations(desk)] == ["timeout"] * 3
