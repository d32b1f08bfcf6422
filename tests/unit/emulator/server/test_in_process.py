"""An emulator in place does what one on a thread does, without threads, sockets and an event loop."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from helpers.emulator.callbacks import request
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.model.refusals import Invalid
from helpers.emulator.sdk import EmulatorGone
from helpers.emulator.sdk.http_client import InProcessHttpClient
from helpers.emulator.server import BadStart, RunningEmulator
from helpers.emulator.server.exchanges import Exchanges
from helpers.emulator.server.in_process import start_in_process
from helpers.emulator.timetravel.fork import Fork
from helpers.emulator.timetravel.past import Past
from tests.worlds.desk import AlicesDesk, ClientDesk
from tests.worlds.grounds import Ground, in_place, on_a_thread

ROOT = Path(__file__).resolve().parents[4]
SHORT_SECONDS = 1.0
"""Limit of assignment callbacks in scenarios of late ones."""
TOO_LONG_SECONDS = 1.5

Scenario = Callable[[Ground], Any]
SCENARIOS: list[Scenario] = []


def scenario(function: Scenario) -> Scenario:
    """Add a scenario to those that are compared."""
    SCENARIOS.append(function)
    return function


def desk_of(ground: Ground, *, events: bool = True, **workflow: Any) -> AlicesDesk:
    """Alice, available, and a Workflow whose callbacks go to the application."""
    desk = AlicesDesk(
        ground.client,
        assignment_callback_url=f"{ground.url}/assignment",
        fallback_assignment_callback_url=f"{ground.url}/fallback",
        **workflow,
    )
    if events:
        desk.workspace.update(event_callback_url=f"{ground.url}/events")
    desk.move(desk.alice, "Available")
    return desk


@scenario
def accepts(ground: Ground) -> Any:
    """The application accepts, and the Task is completed."""
    ground.answers["/assignment"] = lambda form: {"instruction": "accept"}
    task = desk_of(ground).task().fetch()
    completed = task.update(assignment_status="completed", reason="done")
    assert ground.paths.count("/assignment") == 1
    return task.assignment_status, task.age, completed.assignment_status


@scenario
def fails(ground: Ground) -> Any:
    """The callback fails, and the fallback URL is asked."""
    ground.running.add_fault("fail", kind="assignment", status=503)
    task = desk_of(ground).task().fetch()
    assert "/fallback" in ground.paths
    assert "/assignment" not in ground.paths
    return task.assignment_status


@scenario
def is_slow_on_request(ground: Ground) -> Any:
    """A callback is sent late, but in time."""
    ground.answers["/assignment"] = lambda form: {"instruction": "accept"}
    ground.running.add_fault("slow", kind="assignment", seconds=0.1)
    task = desk_of(ground).task().fetch()
    assert task.assignment_status == "assigned"


@scenario
def is_too_late_on_request(ground: Ground) -> Any:
    """A callback is sent too late, and its fallback in its place."""
    ground.running.add_fault("slow", kind="assignment", seconds=9.0)
    desk_of(ground).task()
    assert "/assignment" not in ground.paths
    assert [alert.text for alert in ground.running.alerts()] == [
        f"assignment callback: no answer within {SHORT_SECONDS:g} s (injected fault)"
    ]


@scenario
def answers_late(ground: Ground) -> Any:
    """The application is too slow, and what it says then counts for nothing."""
    ground.answers["/assignment"] = lambda form: time.sleep(TOO_LONG_SECONDS) or {"instruction": "accept"}
    ground.answers["/fallback"] = lambda form: {"instruction": "accept"}
    task = desk_of(ground).task().fetch()
    assert [alert.text for alert in ground.running.alerts()] == [
        f"assignment callback: no answer within {SHORT_SECONDS:g} s"
    ]
    return task.assignment_status, [each.reservation_status for each in task.reservations.list()]


@scenario
def fails_late(ground: Ground) -> Any:
    """The application is too slow, and fails."""
    ground.answers["/assignment"] = lambda form: time.sleep(TOO_LONG_SECONDS) or 500
    desk_of(ground).task()
    (assignment,) = [each for each in ground.running.deliveries() if each.callback.kind == "assignment"]
    return [each.error or each.status for each in assignment.attempts]


@scenario
def is_told_twice(ground: Ground) -> Any:
    """A callback is sent twice, with the same token."""
    ground.running.add_fault("duplicate", kind="assignment")
    desk_of(ground).task()
    assert ground.paths.count("/assignment") == 2


@scenario
def is_told_in_another_order(ground: Ground) -> Any:
    """One event overtakes another, and no callback of another kind."""
    desk = desk_of(ground)
    ground.running.add_fault("reorder", kind="event", times=2)
    desk.task()
    desk.task()
    assert ground.running.settle()
    return [form for _, path, _, form in ground.receiver.received if path == "/events"]


@scenario
def is_busy(ground: Ground) -> Any:
    """A request is refused as by Twilio when there are too many."""
    ground.running.add_fault("busy", times=2)
    refused = []
    for _ in range(3):
        try:
            ground.client.taskrouter.v1.workspaces.create(friendly_name="Desk")
        except TwilioRestException as error:
            refused.append((error.status, error.code, error.msg))
    assert len(refused) == 2
    return refused


@scenario
def asks_from_inside(ground: Ground) -> Any:
    """The application reads, creates a Task and accepts, all before it answers."""
    seen = []

    def answer(form: dict[str, str]) -> Any:
        task = desk.workspace.tasks(form["TaskSid"]).fetch()
        seen.append((task.assignment_status, task.age))
        if len(seen) == 1:
            desk.task()
        desk.workspace.tasks(form["TaskSid"]).reservations(form["ReservationSid"]).update(reservation_status="accepted")
        return {}

    ground.answers["/assignment"] = answer
    desk = desk_of(ground)
    desk.task()
    ground.running.settle()
    desk.move(desk.alice, "Available")
    ground.running.settle()
    return seen


@scenario
def is_used_by_another_server(ground: Ground) -> Any:
    """Another server of the application creates a Task while it answers; the callback of that goes through it, too."""

    def answer(form: dict[str, str]) -> Any:
        if not made:
            made.append(True)
            ground.elsewhere(lambda: desk.task('{"selected_language":"en"}'))
        return {"instruction": "accept"}

    made: list[bool] = []
    ground.answers["/assignment"] = answer
    desk = desk_of(ground)
    assert ground.running.settle()  # another server waits for none
    ground.elsewhere(desk.task)
    ground.running.settle()
    return [(each.assignment_status, each.age) for each in desk.workspace.tasks.list()]


@scenario
def tells_a_caller(ground: Ground) -> Any:
    """An instruction makes a call, whose states are told of one after another."""
    status = {"instruction": "call", "from": "+15550001", "to": "+15550002", "url": f"{ground.url}/twiml"}
    ground.answers["/assignment"] = lambda form: {**status, "status_callback_url": f"{ground.url}/status"}
    task = desk_of(ground).task()
    ground.running.advance(60)
    return task.fetch().assignment_status, ground.paths.count("/status")


@scenario
def looks_back(ground: Ground) -> Any:
    """The past of an emulator, and a fork that goes on from there."""
    ground.answers["/assignment"] = lambda form: {"instruction": "accept"}
    desk = desk_of(ground)
    task = desk.task()
    past = Past(ground.running)
    offered = next(event for event in past.events_of(task.sid) if event.event_type == "reservation.created")
    fork = Fork(past.around(offered.number))
    forked = Client(fork.account_sid, fork.auth_token, http_client=fork.http_client)
    end = fork.advance(200)
    here, there = (
        each.taskrouter.v1.workspaces(desk.workspace_sid).tasks(task.sid).fetch().assignment_status
        for each in (desk.client, forked)
    )
    assert (here, there) == ("assigned", "pending")
    return end, len(past.since(past.present())[0])


@scenario
def makes_time_pass_from_inside(ground: Ground) -> Any:
    """The application advances the clock before it answers; its own timers are not waited for."""
    seen = []
    ground.answers["/assignment"] = lambda form: seen.append(ground.running.advance(10)) or {}
    desk = desk_of(ground)
    desk.task()
    ground.running.settle()
    return seen, desk.events()[-1].event_type


@scenario
def rejects_for_ever(ground: Ground) -> Any:
    """Whatever is rejected comes again, until callbacks are held back; advancing releases them."""
    ground.answers["/assignment"] = lambda form: {"instruction": "reject"}
    desk = desk_of(ground)
    task = desk.task()
    before = len(task.reservations.list())
    ground.running.advance(12)
    assert before < len(task.reservations.list())
    return before, ground.running.alerts()[0].text


@scenario
def times_out(ground: Ground) -> Any:
    """Time passes, timers fire, and their callbacks are answered at their time."""
    desk = desk_of(ground, task_reservation_timeout=30)
    task = desk.task()
    end = ground.running.advance(100)
    return end, [each.reservation_status for each in task.reservations.list()], desk.alice.fetch().activity_name


@scenario
def is_not_there(ground: Ground) -> Any:
    """Callbacks go where nobody listens, and to another machine."""
    desk = desk_of(ground, events=False)  # receivers don't wait for each other, so their order would be chance
    workflow = desk.workspace.workflows(desk.workflow_sid)
    workflow.update(
        assignment_callback_url="http://127.0.0.1:9/", fallback_assignment_callback_url="http://example.com/"
    )
    desk.task()
    return [each.text for each in ground.running.alerts()]


@scenario
def says_nothing_sensible(ground: Ground) -> Any:
    """Answers that are too long, or no instruction."""
    ground.answers["/assignment"] = lambda form: b"x" * 100_000
    ground.answers["/fallback"] = lambda form: b"[]"
    desk_of(ground).task()
    return [each.text for each in ground.running.alerts()]


@scenario
def is_addressed_with_a_password(ground: Ground) -> Any:
    """Credentials in a URL become a header."""
    desk = desk_of(ground)
    secret = ground.url.replace("//", "//al%20ice:s%40cret@")
    desk.workspace.workflows(desk.workflow_sid).update(assignment_callback_url=f"{secret}/with%20space?a=b")
    desk.task()
    assert ground.running.settle()
    assert "YWwgaWNlOnNAY3JldA==" in str(ground.receiver.received)
    return ground.receiver.received[-1]


@scenario
def begins_again_from_inside(ground: Ground) -> Any:
    """The application resets the emulator and builds the same desk: its answer is nobody's any more."""

    def answer(form: dict[str, str]) -> Any:
        ground.answers["/assignment"] = lambda form: {}
        ground.running.reset()
        desk_of(ground).task()
        has_answered.set()
        return {"instruction": "accept"}

    has_answered = threading.Event()
    ground.answers["/assignment"] = answer
    desk_of(ground).task()
    assert has_answered.wait(timeout=10)
    ground.running.settle()
    ground.receiver.received.clear()  # what was on its way on the reset, events say, is a matter of chance on a thread
    task = ground.client.taskrouter.v1.workspaces.list()[0].tasks.list()[0]
    assert task.assignment_status == "reserved"


@scenario
def goes_back(ground: Ground) -> Any:
    """A snapshot, a seed, a replayed callback, and back."""
    ground.answers["/assignment"] = lambda form: {"instruction": "accept"}
    desk = desk_of(ground)
    before = ground.running.snapshot(events=True)
    desk.task()
    number = next(each.number for each in ground.running.deliveries() if each.callback.kind == "assignment")
    again = ground.running.replay(number)
    seeded = ground.running.seed({"workspaces": [{"friendly_name": "Seeded"}]})
    ground.running.restore(before)
    return again.attempts[0].reply, seeded, [each.friendly_name for each in desk.client.taskrouter.v1.workspaces.list()]


@scenario
def explains(ground: Ground) -> Any:
    """Why a Task waits, in Python and over HTTP, and the change that helps, whose callbacks follow."""
    desk = desk_of(ground)
    desk.move(desk.alice, "Offline")
    task = desk.task()
    answer = ground.http.request("GET", f"{ground.http.url}/_emulator/explain/{task.sid}")
    explanation = ground.running.explain(task)
    report = ground.running.report_tasks()
    explanation.apply()
    assert "/assignment" in ground.paths
    return answer.text, str(explanation), report


@scenario
def is_asked_over_http(ground: Ground) -> Any:
    """The routes of tests, and the guard against other sites."""
    asked = []
    for method, path, headers in (
        ("GET", "/_emulator/health", {}),
        ("GET", "/_emulator/clock", {}),
        ("POST", "/_emulator/faults", {}),
        ("POST", "/_emulator/reset", {"Origin": "https://example.com"}),
        ("GET", "/_emulator/nothing", {}),
        ("GET", "/v1/Workspaces", {"Host": "rebound.example.com"}),
    ):
        answer = ground.http.request(method, ground.http.url + path, headers=headers)
        asked.append((answer.status_code, answer.text, answer.headers.get("Content-Type")))
    assert [status for status, *_ in asked] == [200, 200, 400, 403, 404, 403]
    return asked


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda function: function.__name__)
def test_both_grounds_do_the_same(scenario, monkeypatch):
    """The same requests give the same answers, state, events, deliveries, alerts and callbacks, headers included."""
    if "late" in scenario.__name__:
        monkeypatch.setitem(request._LIMIT_SECONDS, "assignment", SHORT_SECONDS)
    with on_a_thread() as ground:
        url = ground.url
        on_thread = scenario(ground), ground.record()
    with in_place(url) as ground:
        assert (scenario(ground), ground.record()) == on_thread


def test_callbacks_follow_the_outermost_exchange():
    """What a handler of another server causes is told of once that has answered; a callback's own, after it."""
    told = []

    def answer(form):
        told.append("callback begins")
        if told.count("callback begins") == 1:
            desk.task()
            desk.alice.fetch()
        told.append("callback ends")
        return {"instruction": "accept"}

    def handle():
        told.append("handler begins")
        desk.task()
        assert ground.running.snapshot()
        told.append("handler ends")

    with in_place() as ground:
        ground.answers["/assignment"] = answer
        desk = desk_of(ground)
        ground.elsewhere(handle)

    assert told[:4] == ["handler begins", "handler ends", "callback begins", "callback ends"]


def test_waiting_on_purpose_does_not_need_the_outermost():
    """A handler of another server that waits for callbacks gets them; a callback does not wait for itself."""
    settled = []

    def handle():
        desk.task()
        settled.append((ground.running.settle(), ground.paths.count("/assignment")))

    with in_place() as ground:
        ground.answers["/assignment"] = lambda form: settled.append(ground.running.settle()) or {}
        desk = desk_of(ground)
        ground.elsewhere(handle)

    assert settled == [False, (True, 1)]


def test_watchers_are_called_in_place():
    """Every change is told of before the call that made it returns."""
    changes = []
    with in_place() as ground:
        ground.running.watch(lambda: changes.append(ground.running.emulator.clock.now()))
        ground.client.taskrouter.v1.workspaces.create(friendly_name="Desk")
        assert changes
        before = len(changes)
        ground.running.reset()
        assert len(changes) > before


def test_clock_cannot_run_in_place():
    """It is refused, with the reason, at the start, by Python and over HTTP; that of a snapshot stands still."""
    with pytest.raises(BadStart, match="cannot run in place"):
        start_in_process(clock="real")
    with in_place() as ground:
        with pytest.raises(Invalid, match="Let it stand still and advance it"):
            ground.running.run()
        refused = ground.http.request("POST", f"{ground.http.url}/_emulator/clock/run")
        assert refused.status_code == 400
        assert "cannot run in place" in json.loads(refused.text)["message"]
        snapshot = ground.running.snapshot()
        snapshot["clock"]["running"] = True
        ground.running.restore(snapshot)
        assert not ground.running.emulator.clock.is_running
        assert ground.running.emulator.clock.now() == snapshot["clock"]["now_ms"]


def test_stopped_emulator_is_gone():
    """After the end every use says so; a second end does nothing; one from inside a callback waits for that."""
    with in_place() as ground:
        ground.answers["/assignment"] = lambda form: ground.running.stop() or {"instruction": "accept"}
        desk_of(ground).task()
        ground.running.stop()
        for use in (
            ground.running.alerts,
            lambda: ground.running.advance(1),
            ground.client.taskrouter.v1.workspaces.list,
        ):
            with pytest.raises(EmulatorGone, match="was stopped"):
                use()


def test_emulators_in_place_are_apart():
    """One that an application uses while it answers another one's callback has its own callbacks."""
    with in_place("http://127.0.0.1:8701") as first, in_place("http://127.0.0.1:8702") as second:
        inner = desk_of(second)
        first.answers["/assignment"] = lambda form: inner.task() and {}
        desk_of(first).task()

        assert "/assignment" in second.paths


def test_emulators_may_share_their_exchanges():
    """Each sends its own callbacks after the outermost exchange, also when another one has been stopped."""
    told = []

    def receive(name):
        return lambda asked: told.append(name) or CallbackReply(status=200, content_type=None, body=b"")

    exchanges = Exchanges()
    first, second = (start_in_process(receive=receive(name), exchanges=exchanges) for name in ("first", "second"))
    desks = [client_desk(running) for running in (first, second)]
    with exchanges.carried():
        for desk in desks:
            desk.task()
        assert told == []
        assert exchanges.are_open
    assert told == ["first", "second"]
    first.stop()
    desks[1].task()
    second.stop()
    assert told == ["first", "second", "second"]
    assert not exchanges.are_open


def client_desk(running: RunningEmulator) -> ClientDesk:
    """A desk where each Task is offered at once, to a Worker who can take many, and only assignments are told of."""
    client = Client(running.account_sid, running.auth_token, http_client=InProcessHttpClient(running.app))
    desk = ClientDesk(client, multi_task_enabled=True)
    desk.workflow(default=desk.queue(), assignment_callback_url="http://127.0.0.1:9/")
    desk.worker("Alice", default=5)
    return desk


STRICT = """
import _thread
import os
import sys
import threading

FORBIDDEN = ("socket.", "subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.system")

def forbid(event, arguments):
    writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event.startswith(FORBIDDEN) or (event == "sqlite3.connect" and arguments[0]):
        raise SystemExit(f"{event} {arguments}")

def forbid_thread(*arguments):
    raise SystemExit(f"a thread {arguments}")

from tests.unit.emulator.server import test_in_process  # urllib3 opens a socket when it is imported
from tests.worlds.grounds import in_place

sys.dont_write_bytecode = True
sys.addaudithook(forbid)
for module in (_thread, threading):  # Python 3.11 tells no hook of threads; not every version has all these
    for name in ("start_new_thread", "_start_new_thread", "start_joinable_thread", "_start_joinable_thread"):
        if hasattr(module, name):
            setattr(module, name, forbid_thread)
BAD
test_in_process.request._LIMIT_SECONDS["assignment"] = test_in_process.SHORT_SECONDS

for scenario in test_in_process.SCENARIOS:
    with in_place() as ground:
        scenario(ground)
        ground.record()
print(len(test_in_process.SCENARIOS))
"""

LISTING = """
import sys
import helpers.emulator.server.in_process, helpers.emulator.timetravel.past, helpers.emulator.timetravel.replay
print(*sys.modules)
"""

MACHINES = {"aiohttp", "concurrent.futures.thread", "httpcore", "httptools", "httpx", "multiprocessing", "uvicorn"}


def run(code: str) -> str:
    """Run a program and return its output."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_thread_socket_process_or_file_in_place():
    """Everything above happens without a thread, a socket, a further process or a file that is written."""
    assert int(run(STRICT.replace("BAD", ""))) == len(SCENARIOS)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("threading.Thread(target=print).start()", "a thread"),
        ("import socket; socket.socket()", "socket.__new__"),
        ("import subprocess; subprocess.run(['true'])", "subprocess.Popen"),
        ("open('written', 'w')", "open ('written', 'w'"),
        ("import sqlite3; sqlite3.connect('written')", "sqlite3.connect ('written'"),
    ],
)
def test_each_of_them_would_be_seen(bad, said, tmp_path, monkeypatch):
    """The test before this one can fail."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", STRICT.replace("BAD", bad)], cwd=tmp_path, capture_output=True, text=True
    )

    assert done.stderr.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_place_loads_no_web_server():
    """An emulator in place, and its past, need no module of a machine but what asyncio itself loads."""
    loaded = set(run(LISTING).split())

    assert "helpers.emulator.server.in_process" in loaded
    assert MACHINES.isdisjoint(loaded)
    assert {"helpers.emulator.server.machine", "helpers.emulator.server.web"}.isdisjoint(loaded)
