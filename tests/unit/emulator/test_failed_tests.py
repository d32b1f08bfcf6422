"""What pytest reports of failed tests that used the emulator, in a project of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[3]
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

PHASES = """
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


def test_in_setup(breaks): ...


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


def test_without_a_traceback(desk):
    desk.tasks.create()
    pytest.fail("alas", pytrace=False)


def test_at_the_end(breaks_at_the_end): ...
"""

CONTENTS = """
import json

import pytest

LAZY = "helpers.emulator.server.explaining.fixture_spelling"


def test_passes_first(desk):
    import sys

    desk.tasks.create()
    assert LAZY not in sys.modules


@pytest.mark.xfail
def test_expected(desk):
    desk.tasks.create()
    assert False


def test_quiet(desk):
    assert False


def test_other():
    assert False


def test_waits(desk):
    assert desk.tasks.create().assignment_status == "reserved"


def test_as_advised(desk, taskrouter):
    task = desk.tasks.create()
    assert repr(taskrouter.explain(task.sid).apply()) == "Explanation(reserved)"


def test_many(desk):
    for _ in range(30):
        desk.tasks.create()
    workflow = desk.workflows.create(friendly_name="W", configuration='{"task_routing": {"filters": []}}')
    desk.tasks.create(workflow_sid=workflow.sid)
    assert False


def test_each_reason(desk):
    usual = desk.workflows.list()[0].sid
    workflow = desk.workflows.create(friendly_name="W", configuration='{"task_routing": {"filters": []}}')
    desk.tasks.create(workflow_sid=workflow.sid)
    desk.tasks.create(workflow_sid=usual).update(assignment_status="canceled", reason="hung up")
    available = [each for each in desk.activities.list() if each.available][0]
    desk.workers.create(friendly_name="Bob", activity_sid=available.sid)
    desk.tasks.create(workflow_sid=usual)
    assert False


def test_alerts(desk):
    desk.update(event_callback_url="http://user:secret@127.0.0.1:9/events")
    desk.tasks.create()
    desk.tasks.list()
    assert False
"""

OWN = """
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

OWN_SERVER = """
import pytest

from helpers.emulator.server import start


@pytest.fixture(scope="module")
def taskrouter_server():
    with start(clock="lesson") as running:
        yield running


def test_own_server(desk):
    desk.tasks.create()
    assert False


def test_emulator_is_gone(desk, taskrouter):
    taskrouter.stop()
    assert False
"""

WHY = 'In short: "Alice" is in Activity "Offline", which isn\'t available.'


OPTIONS = ("-p", "no:cacheprovider", "-p", "no:nbval", "-p", "no:schemathesis")
"""Plugins that are installed here take seconds to start, in each of the processes."""


def read_sections(output: str) -> dict[str, str]:
    """Return what stands below our title, by the name of the test."""
    failures = re.split(r"^_{3,} (?:ERROR at \w+ of )?([\w.\[\]]+) _{3,}$", output, flags=re.MULTILINE)
    found = {
        name: re.split(r"^-{5,} TaskRouter.* -{5,}$", text, flags=re.MULTILINE)[1:] for name, text in pairs(failures)
    }
    return {name: re.split(r"^[-_=]{5,}", texts[0], flags=re.MULTILINE)[0] for name, texts in found.items() if texts}


def pairs(parts: list[str]) -> list[tuple[str, str]]:
    """Return the names and what follows each."""
    return list(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """One run of all these tests: what was printed, the sections by test, and JUnit's file."""
    project = tmp_path_factory.mktemp("project")
    files = {"conftest": CONFTEST, "test_contents": CONTENTS, "test_own": OWN, "test_own_server": OWN_SERVER}
    for name, text in (files | {"test_phases": PHASES}).items():
        (project / f"{name}.py").write_text(text, encoding="utf-8")
    order = ["test_contents.py", "test_own.py", "test_own_server.py", "test_phases.py"]
    options = [*OPTIONS, "-p", "no:xdist", "--junit-xml=junit.xml"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *order],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stdout + done.stderr
    junit = (project / "junit.xml").read_text(encoding="utf-8")
    return SimpleNamespace(output=done.stdout, sections=read_sections(done.stdout), junit=junit)


def test_failure_says_why_the_task_waits(reported):
    """The explanation stands below the traceback, with code that can go into the test as it is."""
    text = reported.sections["test_waits"]

    assert WHY in text
    assert re.search(
        r'\n  taskrouter_client\.taskrouter\.v1\.workspaces\("WS\w{32}"\)\.workers\("WK\w{32}"\)\.update', text
    )
    assert re.search(r'Run `taskrouter\.explain\("WT\w{32}"\)\.apply\(\)` to make the first change\.', text)
    assert re.search(r"^In the portal: http://127\.0\.0\.1:\d+/workspaces/WS\w{32}/tasks/WT\w{32}$", text, re.MULTILINE)


@pytest.mark.parametrize(
    "name",
    [
        "test_in_setup",
        "test_parameters[1]",
        "test_parameters[2]",
        "test_by_name",
        "TestCase.test_method",
        "test_without_a_traceback",
        "test_at_the_end",
        "test_own_server",
    ],
)
def test_every_phase_and_kind_of_test(reported, name):
    """Setup, call and end; parameters, unittest, fixtures asked for by name, a server of the project's own."""
    assert WHY in reported.sections[name]


@pytest.mark.parametrize("name", ["test_quiet", "test_other", "test_it", "test_expected"])
def test_nothing_is_added_without_a_reason(reported, name):
    """Not where nothing waits, nor to expected failures, tests without the emulator, or with another `taskrouter`."""
    assert name not in reported.sections


def test_tests_that_pass_load_nothing(reported):
    """The code that makes the report is imported after the first failure of a test that used the emulator."""
    assert "test_passes_first" not in reported.output
    assert ", 3 passed, 1 xfailed, 2 errors" in reported.output


def test_many_tasks_are_told_in_short(reported):
    """The first one in whole, twenty that wait for the same reasons in a line, and the rest is counted."""
    text = reported.sections["test_many"]
    (first,) = re.findall(r"^Task (\w{6}…) is pending", text, re.MULTILINE)

    assert text.count("In short: ") == 1
    assert len(re.findall(rf"^  WT\w{{32}}  is pending, as Task {first} above$", text, re.MULTILINE)) == 20
    assert "\n  and 9 pending, 1 canceled\n" in text


def test_each_reason_is_told(reported):
    """A Task that was canceled for want of a Worker is explained as one that waits; one that is offered has a line."""
    text = reported.sections["test_each_reason"]

    assert "the Workflow has no default filter. TaskRouter cancels such a Task at once" in text
    assert text.count("What happened") == 1
    assert re.search(r"^  WT\w{32}  is canceled: .* Reason: hung up\.$", text, re.MULTILINE)
    assert re.search(r'^  WT\w{32}  is reserved: "Bob" has been asked since', text, re.MULTILINE)


def test_alerts_are_told(reported):
    """What a tester looks for next: callbacks that failed, in a line for all that failed alike."""
    text = reported.sections["test_alerts"]

    assert re.search(r"^Alerts\n  11200  event callback: ConnectError: .* \(\d+ times\)$", text, re.MULTILINE)
    assert "secret" not in text


def test_emulator_that_does_not_answer(reported):
    """The failure stays the test's own; one sentence says that the emulator couldn't be asked."""
    assert "INTERNALERROR" not in reported.output
    assert "It could not be asked: EmulatorGone: The emulator at http" in reported.sections["test_emulator_is_gone"]


def test_junit_file_has_it(reported):
    """A CI server shows it with the failure."""
    assert reported.junit.count("which isn't available") >= 8


TWO = """
import pytest


@pytest.mark.parametrize("number", [1, 2])
def test_it(desk, number):
    desk.tasks.create()
    assert number == 3
"""


@pytest.mark.parametrize(
    ("options", "told"),
    [(["-n", "2", "--tb=short"], 2), (["-x", "--tb=native"], 1), (["--tb=no"], 0), (["--tb=line"], 0)],
)
def test_ways_to_run(pytester, options, told):
    """In several processes, up to the first failure, and with as much of it as was asked for."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(TWO)
    result = pytester.runpytest_inprocess(*OPTIONS, *options)

    assert len(read_sections(str(result.stdout))) == told


SILENT = """
import socket
import time

from twilio.rest import Client

from helpers.emulator.sdk import EmulatorHttpClient


def test_it(desk, taskrouter):
    http_client = EmulatorHttpClient(taskrouter.url)
    workspaces = Client(taskrouter.account_sid, taskrouter.auth_token, http_client=http_client).taskrouter.v1.workspaces
    sid = workspaces.list()[0].sid
    with socket.create_server(("127.0.0.1", 0)) as silent:
        desk.update(event_callback_url=f"http://127.0.0.1:{silent.getsockname()[1]}/")
        workspaces(sid).tasks.create()
        began = time.monotonic()
        assert "is pending" in taskrouter.report_tasks()
        assert time.monotonic() - began < 2
        assert taskrouter._service.queue.outstanding
"""


def test_open_callback_is_not_waited_for(pytester):
    """An application that never answers keeps nobody waiting for the report."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(SILENT)

    pytester.runpytest_inprocess(*OPTIONS).assert_outcomes(passed=1)
