"""Report on the Tasks that nobody has accepted, and on alerts; ``test_failed_tests`` has what it says in tests."""

from __future__ import annotations

import httpx
import pytest
from twilio.rest import Client

from helpers.emulator.background import InTheWay
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.emulator.server import start
from helpers.emulator.server.explaining import task_report
from helpers.emulator.server.explaining.explainable import NothingToExplain
from helpers.emulator.server.explaining.explainer import Explainer
from helpers.emulator.server.explaining.task_report import report_tasks
from helpers.emulator.sync import run_without_loop
from tests.worlds.desk import AlicesDesk, Desk

STRANGER, TOKEN = "AC" + "5" * 32, "strangers-token"


@pytest.fixture
def world() -> Desk:
    """An emulator in this process."""
    return Desk()


@pytest.fixture
def desk(world) -> AlicesDesk:
    return AlicesDesk(world.client)


@pytest.fixture
def explainer(world) -> Explainer:
    return Explainer(world.emulator, InTheWay())


@pytest.fixture
def report(world, explainer):
    """Return what the report says now."""
    return lambda: run_without_loop(report_tasks(world.emulator, explainer))


def test_nothing_to_say(desk, report):
    """Without Tasks and alerts, and for a Task that somebody has accepted."""
    task = desk.task()
    desk.move(desk.alice, "Available")
    desk.answer(task, "accepted")

    assert report() == ""


def test_same_reasons_are_searched_once(desk, explainer, report, monkeypatch):
    """Of Tasks that wait for the same reasons only the first is explained; another reason is told whole."""
    tasks = [desk.task() for _ in range(4)]
    desk.task(workflow_sid=desk.workflow(default=desk.queue("Nobody", "1==2")))
    asked = []
    explain = explainer.explain
    monkeypatch.setattr(explainer, "explain", lambda sid, **more: asked.append(sid) or explain(sid, **more))
    text = report()

    assert len(asked) == 2
    assert text.count("In short") == 2
    assert [line.split()[0] for line in text.splitlines() if line.endswith(f"as Task {tasks[0].sid[:6]}… above")] == [
        each.sid for each in tasks[1:]
    ]


def test_time_is_limited(desk, report, monkeypatch):
    """What cannot be told in time is counted."""
    for _ in range(3):
        desk.task()
    monkeypatch.setattr(task_report, "_SECONDS", -1.0)

    assert report() == "Tasks in short\n  and 3 pending"


def test_task_that_is_gone_meanwhile(explainer, desk, report, monkeypatch):
    """Its line says so, and the others are told."""
    first, second = desk.task(), desk.task()
    explain = explainer.explain

    async def explain_late(sid, **more):
        if sid == first.sid:
            raise NothingToExplain(sid, is_whole=True)
        return await explain(sid, **more)

    monkeypatch.setattr(explainer, "explain", explain_late)
    text = report()

    assert f"  {first.sid}  Nothing here can be explained" in text
    assert f"Task {second.sid[:6]}… is pending" in text


def test_route_reports_to_other_languages():
    """The same report, for whoever asks; a stranger sees nothing of it."""
    with start(clock="lesson", accounts={STRANGER: TOKEN}) as running:
        path = f"{running.url}/_emulator/explain"
        owner = (running.account_sid, running.auth_token)
        empty = httpx.get(path, trust_env=False).text
        desk = AlicesDesk(Client(*owner, http_client=EmulatorHttpClient(running.url)))
        desk.task()
        running.call(lambda emulator: emulator.alert(11200, "callback", "EV1", desk.workspace_sid))
        whole = running.report_tasks(names_pages=True)
        told = [httpx.get(path, auth=each, trust_env=False).text for each in (None, owner, (STRANGER, TOKEN))]

    assert "In short" in whole
    assert "11200  callback" in whole
    assert told == [f"{whole}\n", f"{whole}\n", empty]
    assert empty == "No Tasks are waiting, and there are no alerts.\n"


def test_alerts_are_limited(world, desk, report):
    """Five that differ; the others are counted."""
    for number in range(7):
        world.emulator.alert(11200, f"callback {number}", "EV1", desk.workspace_sid)
        world.emulator.alert(11200, f"callback {number}", "EV2", desk.workspace_sid)

    told = [f"  11200  callback {number} (2 times)" for number in range(5)]
    assert report().splitlines() == ["Alerts", *told, "  and 2 other alerts"]
