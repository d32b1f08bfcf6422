"""The emulator's clock: it stands or runs, never back, and not for ever."""

from __future__ import annotations

import pytest

from helpers.emulator.clock import END_OF_TIME, Clock
from helpers.emulator.engine.commands import task_queues, tasks, workflows
from tests.worlds.desk import configuration, filter_


def test_clock_ends_before_dates_do():
    """What could not be written as a date is refused, and the clock stays where it is."""
    clock = Clock(END_OF_TIME - 1000, running=False)
    assert clock.advance(1) == END_OF_TIME

    with pytest.raises(ValueError, match="ends with the year 8999"):
        clock.advance(1)
    assert clock.now() == END_OF_TIME


def test_running_clock_never_runs_back():
    """When somebody sets the wall's clock back, ours waits until it has caught up."""
    times = iter([1000, 2000, 500, 600])
    clock = Clock(0, running=True, wall=lambda: next(times))

    assert [clock.now(), clock.now()] == [1000, 1000]


def test_each_write_takes_its_step():
    """A clock that stands still moves by writes alone, when they have succeeded."""
    clock = Clock(0, running=False, step_ms=1000)
    assert [clock.after_write(), clock.now(), clock.after_write()] == [1000, 0, 1000]

    clock.at_least(clock.after_write())
    assert [clock.now(), clock.after_write()] == [1000, 2000]


def test_write_happens_when_told():
    """A write may be put at a time, and at once where that has passed; afterwards each takes its step again."""
    clock = Clock(0, running=False, step_ms=1000)
    with clock.writing_at(5000):
        assert [clock.now(), clock.after_write()] == [4999, 5000]
    assert clock.now() == 5000

    with clock.writing_at(3000):
        assert [clock.now(), clock.after_write()] == [5000, 5000]
    assert [clock.now(), clock.after_write()] == [5000, 6000]


def test_write_on_the_minute_puts_no_offer_off(desk):
    """A Task that waits for a minute is offered in it, also where a request is answered just as it comes."""
    queue = desk.write(task_queues.create, friendly_name="Later")
    target = {"queue": queue.sid, "expression": "taskrouter.currentMin > 4"}
    desk.write(workflows.update, desk.workflow_sid, {"configuration": configuration(filter_("1==1", target))})
    task = desk.task()
    desk.move(desk.available_sid)
    for _ in desk.emulator.advance_stepwise(299 - desk.emulator.clock.now() // 1000 % 3600):
        pass
    assert desk.reservations == []
    desk.write(tasks.update, task.sid, {"priority": 1})

    assert [each.reservation_status for each in desk.reservations] == ["pending"]


@pytest.mark.parametrize("seconds", [-1, 86_401, float("nan"), float("inf"), "1", None, True])
def test_step_is_a_time(seconds):
    """A step that is no time is refused, and the earlier one stays."""
    clock = Clock.paused(0)
    with pytest.raises(ValueError, match="must be a number of seconds from 0 to 86400"):
        clock.set_step(seconds)

    assert clock.after_write() == 1000


def test_step_outlives_a_pause():
    """A clock that ran and is paused has the step that it was given."""
    clock = Clock.real()
    clock.set_step(0)
    clock.pause()

    assert clock.after_write() == clock.now()
