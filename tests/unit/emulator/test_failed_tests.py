"""What pytest reports of a failed test that used the emulator, in a project of its own."""

from __future__ import annotations

import re
import sys

import pytest

pytest_plugins = ["pytester"]

CONFTEST = """
import pytest

pytest_plugins = ["helpers.emulator.pytest_plugin"]


@pytest.fixture
def desk(taskrouter_client):
    workspaces = taskrouter_client.taskrouter.v1.workspaces
    desk = workspaces(workspaces.create(friendly_name="Desk", template="FIFO").sid)
    desk.workers.create(friendly_name="Alice")
    return desk
"""

LAZY = "helpers.emulator.server.explaining.fixture_spelling"
WHY = 'In short: "Alice" is in Activity "Offline", which is not available.'


@pytest.fixture
def run(pytester):
    """Run tests of a project, and return what pytest said."""

    def run_tests(tests, *options):
        pytester.makeconftest(CONFTEST)
        pytester.makepyfile(tests)
        return pytester.runpytest_inprocess("-p", "no:cacheprovider", *options)

    return run_tests


def sections(result) -> list[str]:
    """Return what stands below each title."""
    found = re.split(r"^-+ TaskRouter: Tasks and alerts -+\n", str(result.stdout), flags=re.MULTILINE)[1:]
    return [re.split(r"^(?:_{5,}|-{5,}|={5,}) ?.*$", text, flags=re.MULTILINE)[0] for text in found]


def test_failure_says_why_the_task_waits(run):
    """The explanation stands below the traceback; its code can go into the test as it is."""
    result = run(
        """
        def test_it(desk):
            assert desk.tasks.create().assignment_status == "reserved"


        def test_as_advised(desk, taskrouter, taskrouter_client):
            task = desk.tasks.create()
            assert repr(taskrouter.explain(task.sid).apply()) == "Explanation(reserved)"
            taskrouter_client.taskrouter.v1.workspaces(desk.fetch().sid)
        """
    )
    result.assert_outcomes(failed=1, passed=1)
    (text,) = sections(result)

    assert WHY in text
    assert re.search(
        r'\n  taskrouter_client\.taskrouter\.v1\.workspaces\("WS\w{32}"\)\.workers\("WK\w{32}"\)\.update', text
    )
    assert re.search(r'`taskrouter\.explain\("WT\w{32}"\)\.apply\(\)` makes the first of these changes\.', text)


def test_every_phase_and_kind_of_test(run):
    """Setup, call and end of a test, the last one's too; parameters, unittest, and fixtures asked for by name."""
    result = run(
        """
        import unittest

        import pytest


        @pytest.fixture
        def breaks(desk):
            desk.tasks.create()
            raise ValueError("in setup")


        @pytest.fixture
        def breaks_at_the_end(desk):
            yield
            desk.tasks.create()
            raise ValueError("at the end")


        def test_setup(breaks): ...


        @pytest.mark.parametrize("number", [1, 2])
        def test_parameters(desk, number):
            desk.tasks.create()
            assert number == 3


        def test_by_name(request):
            request.getfixturevalue("desk").tasks.create()
            assert False


        class TestCase(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def _desk(self, desk):
                self.desk = desk

            def test_method(self):
                self.desk.tasks.create()
                self.fail()


        def test_end(breaks_at_the_end): ...
        """
    )
    result.assert_outcomes(failed=4, errors=2, passed=1)
    found = sections(result)

    assert len(found) == 6
    assert all(WHY in text for text in found)


def test_nothing_is_added_without_a_reason(run):
    """Not where nothing waits, to what was expected to fail, nor to tests that use no emulator."""
    result = run(
        """
        import pytest


        @pytest.mark.xfail
        def test_expected(desk):
            desk.tasks.create()
            assert False


        def test_quiet(desk):
            assert False


        def test_other():
            assert False


        def test_passes(desk):
            desk.tasks.create()
        """
    )
    result.assert_outcomes(failed=2, passed=1, xfailed=1)

    assert not sections(result)


def test_own_fixture_of_that_name_is_left_alone(run):
    """A project can call something else `taskrouter`, and something else `taskrouter_server`."""
    result = run(
        """
        import pytest


        @pytest.fixture
        def taskrouter():
            return "mine"


        @pytest.fixture
        def taskrouter_server():
            return "mine, too"


        def test_it(taskrouter, taskrouter_server):
            assert taskrouter == taskrouter_server
        """
    )
    result.assert_outcomes(failed=1)

    assert not sections(result)


def test_own_server_is_asked(run):
    """A project that starts the emulator in its own way, under the fixture's name, gets the report as well."""
    result = run(
        """
        import pytest

        from helpers.emulator.server import start


        @pytest.fixture(scope="session")
        def taskrouter_server():
            with start(clock="lesson") as running:
                yield running


        def test_before(taskrouter_server): ...


        def test_it(desk):
            desk.tasks.create()
            assert False
        """
    )
    result.assert_outcomes(failed=1, passed=1)

    assert [WHY in text for text in sections(result)] == [True]


def test_many_tasks_are_told_in_short(run):
    """The first one in whole, twenty that wait for the same reasons in a line, and the rest is counted."""
    result = run(
        """
        import json


        def test_it(desk):
            queue, idle = desk.task_queues.list()[0], [each for each in desk.activities.list() if each.available][0]
            busy = desk.task_queues.create(friendly_name="Busy", target_workers="busy == true")
            desk.workers.create(friendly_name="Bob", attributes='{"busy": true}', activity_sid=idle.sid)
            filters = [
                {"expression": f"way == '{way}'", "targets": [{"queue": sid}]}
                for way, sid in (("busy", busy.sid), ("all", queue.sid))
            ]
            workflow = desk.workflows.create(
                friendly_name="W", configuration=json.dumps({"task_routing": {"filters": filters}})
            )
            for way in ("busy", "none", *["all"] * 30):
                desk.tasks.create(workflow_sid=workflow.sid, attributes=json.dumps({"way": way}))
            assert False
        """
    )
    (text,) = sections(result)

    (first,) = re.findall(r"^Task (\w{6}…) is pending", text, re.MULTILINE)
    assert len(re.findall(rf"^  WT\w{{32}}  is pending, as Task {first} above$", text, re.MULTILINE)) == 20
    assert "\n  and 9 pending, 1 canceled, 1 reserved\n" in text


def test_each_reason_is_told(run):
    """A Task that was canceled for want of a Worker is explained as one that waits; one that is offered has a line."""
    result = run(
        """
        def test_it(desk):
            usual = desk.workflows.list()[0].sid
            workflow = desk.workflows.create(friendly_name="W", configuration='{"task_routing": {"filters": []}}')
            canceled = desk.tasks.create(workflow_sid=workflow.sid)
            hung_up = desk.tasks.create(workflow_sid=usual)
            hung_up.update(assignment_status="canceled", reason="hung up")
            available = [each for each in desk.activities.list() if each.available][0]
            desk.workers.create(friendly_name="Bob", activity_sid=available.sid)
            desk.tasks.create(workflow_sid=usual)
            assert canceled.assignment_status == "pending"
        """
    )
    (text,) = sections(result)

    assert "the Workflow has no default filter: such a Task is canceled at once" in text
    assert text.count("What happened") == 1
    assert re.search(r"^  WT\w{32}  is canceled: .* Reason: hung up\.$", text, re.MULTILINE)
    assert re.search(r'^  WT\w{32}  is reserved: "Bob" has been asked since', text, re.MULTILINE)


def test_alerts_are_told(run):
    """What a tester looks for next: callbacks that failed, in a line for all that failed alike."""
    result = run(
        """
        def test_it(desk):
            desk.update(event_callback_url="http://user:secret@127.0.0.1:9/events")
            desk.tasks.create()
            desk.tasks.create()
            desk.tasks.list()
            assert False
        """
    )
    (text,) = sections(result)

    assert re.search(r"^Alerts\n  11200  event callback: ConnectError: .* \(\d+ times\)$", text, re.MULTILINE)
    assert "secret" not in text


def test_open_callback_is_not_waited_for(run):
    """An application that never answers keeps the report waiting no more than the test."""
    result = run(
        """
        import socket
        import time


        def test_it(desk, taskrouter):
            with socket.create_server(("127.0.0.1", 0)) as silent:
                desk.update(event_callback_url=f"http://127.0.0.1:{silent.getsockname()[1]}/")
                sid = taskrouter.call(lambda emulator: next(iter(emulator.world.workspaces)))
                assert sid
                create_without_waiting(taskrouter, sid)
                began = time.monotonic()
                text = taskrouter.report_tasks()
                assert "is pending" in text
                assert time.monotonic() - began < 2
                assert taskrouter._service.queue.outstanding


        def create_without_waiting(taskrouter, sid):
            from twilio.rest import Client

            from helpers.emulator.sdk import EmulatorHttpClient

            client = Client(
                taskrouter.account_sid, taskrouter.auth_token, http_client=EmulatorHttpClient(taskrouter.url)
            )
            client.taskrouter.v1.workspaces(sid).tasks.create()
        """
    )

    result.assert_outcomes(passed=1)


def test_emulator_that_does_not_answer(run):
    """The failure stays the test's own; one sentence says that the emulator couldn't be asked."""
    result = run(
        """
        def test_it(desk, taskrouter):
            taskrouter.stop()
            assert False
        """
    )
    result.assert_outcomes(failed=1)

    result.stdout.fnmatch_lines(["*- TaskRouter -*", "It could not be asked: EmulatorGone: The emulator at http*"])
    result.stdout.no_fnmatch_line("*INTERNALERROR*")


TWO = """
import pytest


@pytest.mark.parametrize("number", [1, 2])
def test_it(desk, number):
    desk.tasks.create()
    assert number == 3
"""


@pytest.mark.parametrize(
    ("options", "told"), [(["-n", "2"], 2), (["-x"], 1), (["--tb=no"], 0), (["--tb=short"], 2), (["--tb=native"], 2)]
)
def test_ways_to_run(run, options, told):
    """In several processes, up to the first failure, and with as much of it as was asked for."""
    assert len(sections(run(TWO, *options))) == told


def test_junit_file_has_it(run, pytester):
    """A CI server shows it with the failure."""
    run(TWO, "--junit-xml=junit.xml")

    assert (pytester.path / "junit.xml").read_text().count("which is not available") >= 2


def test_failure_without_a_traceback(run):
    """Where there is no traceback to stand below, it stands with what was captured."""
    result = run(
        """
        import pytest


        def test_it(desk):
            desk.tasks.create()
            pytest.fail("alas", pytrace=False)
        """
    )

    assert [WHY in text for text in sections(result)] == [True]


def test_tests_that_pass_load_nothing(run, monkeypatch):
    """The report is imported when a test that used the emulator has failed, not before."""
    monkeypatch.delitem(sys.modules, LAZY, raising=False)
    result = run(
        f"""
        import sys


        def test_passes(desk):
            desk.tasks.create()
            assert {LAZY!r} not in sys.modules


        def test_other():
            assert False


        def test_still():
            assert {LAZY!r} not in sys.modules
        """
    )
    result.assert_outcomes(failed=1, passed=2)
