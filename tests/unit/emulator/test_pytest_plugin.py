"""The fixtures for other projects' tests, in a project of its own."""

from __future__ import annotations

pytest_plugins = ["pytester"]

CONFTEST = 'pytest_plugins = ["helpers.emulator.pytest_plugin"]'
TESTS = """
def make(client):
    return client.taskrouter.v1.workspaces.create(friendly_name="Desk")


def test_first(taskrouter, taskrouter_client):
    made = make(taskrouter_client)
    before = taskrouter.call(lambda emulator: emulator.now())
    assert taskrouter.advance(60) - before == 60_000
    assert made.account_sid == taskrouter.account_sid


def test_second(taskrouter, taskrouter_client, taskrouter_server):
    assert taskrouter is taskrouter_server
    assert taskrouter_client.taskrouter.v1.workspaces.list() == []
    assert make(taskrouter_client).date_created.isoformat() == "2026-03-02T09:00:01+00:00"
"""


def test_each_test_has_an_empty_taskrouter(pytester):
    """Two tests share a server, and neither sees what the other did."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(TESTS)

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)


def test_clock_can_run(pytester):
    """With ``taskrouter_clock = real`` time passes by itself."""
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\ntaskrouter_clock = real")
    pytester.makepyfile("def test_time(taskrouter): assert taskrouter.emulator.clock.is_running")

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)
