"""The fixtures for other projects' tests, in a project of its own."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

CONFTEST = 'pytest_plugins = ["helpers.emulator.pytest_plugin"]'
TESTS = """
def make(client):
    return client.taskrouter.v1.workspaces.create(friendly_name="Desk")


def test_first(taskrouter, taskrouter_client):
    made = make(taskrouter_client)
    before = taskrouter.call(lambda emulator: emulator.clock.now())
    assert taskrouter.advance(60) - before == 60_000
    assert made.account_sid == taskrouter.account_sid


def test_second(taskrouter, taskrouter_client, taskrouter_server):
    assert taskrouter is taskrouter_server
    assert taskrouter_client.taskrouter.v1.workspaces.list() == []
    assert make(taskrouter_client).sid == "WS2238de4fbb6e67ff3aa0d7273ac2de29"
"""

TODAY = '''
"""An application reads its own clock; the emulator's agrees with it, though it stands still."""

from datetime import UTC, datetime, timedelta

import pytest


def now():
    return datetime.now(UTC)


@pytest.fixture
def room(taskrouter_client):
    workspaces = taskrouter_client.taskrouter.v1.workspaces
    return workspaces(workspaces.create(friendly_name="Desk", template="FIFO").sid)


def test_events_of_the_last_hour(room):
    task = room.tasks.create()
    assert [each.event_type for each in room.events.list(start_date=now() - timedelta(hours=1), task_sid=task.sid)]
    assert room.events.list(minutes=60)


def test_task_that_waits_for_three_minutes(room):
    began = now() - timedelta(minutes=3)
    assert abs(room.tasks.create(virtual_start_time=began).virtual_start_time - began) < timedelta(seconds=2)


def test_age_by_the_wall(room):
    assert abs(now() - room.tasks.create().date_created) < timedelta(minutes=1)


def test_statistics_of_the_last_hour(room):
    statistics = room.statistics().fetch(start_date=now() - timedelta(hours=1))
    assert statistics.cumulative["tasks_created"] == 0


def test_time_stands_still(taskrouter, room):
    room.tasks.list()
    before = taskrouter.call(lambda emulator: emulator.clock.now())
    assert taskrouter.pause() == before


def test_clock_runs_for_one_test(taskrouter):
    taskrouter.run()
    assert taskrouter.emulator.clock.is_running


def test_clock_stands_again(taskrouter):
    assert not taskrouter.emulator.clock.is_running
'''


def test_each_test_has_an_empty_taskrouter(pytester):
    """Two tests share a server, and neither sees what the other did."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(TESTS)

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)


def test_applications_that_read_the_wall_work_by_default(pytester):
    """The clock stands still now, so that what is asked about the last hour is answered."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(TODAY)

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=7)


@pytest.mark.parametrize(
    ("clock", "begins"),
    [("real", None), ("lesson", "2026-03-02T09:00:00+00:00"), ("2030-01-01T00:00:00Z", "2030-01-01T00:00:00+00:00")],
)
def test_clock_can_be_set(pytester, clock, begins):
    """With ``taskrouter_clock`` time passes by itself, or stands still at another time."""
    pytester.makeconftest(CONFTEST)
    pytester.makeini(f"[pytest]\ntaskrouter_clock = {clock}")
    pytester.makepyfile(
        f"""
        from datetime import UTC, datetime


        def test_time(taskrouter):
            assert taskrouter.emulator.clock.is_running is {begins is None}
            assert {begins!r} in (None, datetime.fromtimestamp(taskrouter.pause() / 1000, UTC).isoformat())
        """
    )

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_unknown_clock_is_told(pytester):
    """A typing mistake in the settings gives the sentence that names the four forms."""
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\ntaskrouter_clock = Lesson")
    pytester.makepyfile("def test_time(taskrouter): ...")
    run = pytester.runpytest_inprocess("-p", "no:cacheprovider")

    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines(["*'Lesson'. Choose real, paused, lesson, or a time*"])
