"""An application that uses the API before it answers a callback never waits for itself, whatever the clock."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from flask import Flask, request
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from werkzeug.serving import make_server

from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.emulator.server import RunningEmulator, start

WAITED_SECONDS = 3.0
"""A request that waits for a callback of its own takes six seconds; one that does not, on a busy machine, one."""

Answer = Callable[[dict[str, str]], dict[str, Any]]


class Shop:
    """Somebody else's Flask application, and the Workspace whose callbacks it answers as ``answer`` says."""

    def __init__(self, running: RunningEmulator, client: Client) -> None:
        self.running = running
        self.answer: Answer = lambda form: {}
        self.seconds: list[float] = []
        self.failures: list[Exception] = []
        self.answered = threading.Event()
        self._server = make_server("127.0.0.1", 0, self._application(), threaded=True)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        workspaces = client.taskrouter.v1.workspaces
        self.workspace = workspaces(workspaces.create(friendly_name="Shop", template="FIFO").sid)
        self.workspace.workflows.list()[0].update(assignment_callback_url=f"{self.url}/assignment")
        available = self.workspace.activities.list(available="true")[0]
        self.workspace.workers.create(friendly_name="Alice", activity_sid=available.sid)

    def _application(self) -> Flask:
        application = Flask(__name__)

        @application.route("/<path:path>", methods=["GET", "POST"])
        def answer(path: str) -> dict[str, Any]:
            started = time.perf_counter()
            try:
                return self.answer(request.values.to_dict())
            except Exception as failure:
                self.failures.append(failure)
                return {}
            finally:
                self.seconds.append(time.perf_counter() - started)
                self.answered.set()

        return application

    def reservation_of_a_new_task(self) -> str:
        """The status of its first Reservation, when its callbacks have been answered."""
        task = self.workspace.tasks.create(attributes="{}")
        assert self.running.settle()
        return self.workspace.tasks(task.sid).reservations.list()[0].reservation_status

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(params=["real", "paused", "lesson", "2030-01-01T00:00:00Z", "real, then paused"])
def running(request) -> Iterator[RunningEmulator]:
    clock, _, switched = request.param.partition(", then ")
    with start(clock=clock) as running:
        if switched:
            running.pause()
        yield running


def client_of(running: RunningEmulator, **settings: Any) -> Client:
    return Client(running.account_sid, running.auth_token, http_client=EmulatorHttpClient(running.url, **settings))


@pytest.fixture
def shop(running) -> Iterator[Shop]:
    shop = Shop(running, client_of(running))
    yield shop
    assert shop.answered.wait(5)  # a callback that a reset dropped may still be at work
    shop.close()
    assert not shop.failures
    assert max(shop.seconds) < WAITED_SECONDS


def accepting(workspace: Any, calls: int) -> Answer:
    """Accept by REST, as the last of so many calls."""

    def answer(form: dict[str, str]) -> dict[str, Any]:
        task = workspace.tasks(form["TaskSid"])
        for _ in range(calls - 1):
            task.fetch()
        task.reservations(form["ReservationSid"]).update(reservation_status="accepted")
        return {}

    return answer


@pytest.mark.parametrize("calls", [1, 2, 3])
def test_calls_inside_an_assignment_callback(shop, calls):
    """However often the application asks before it answers, its Reservation is accepted, at once."""
    shop.answer = accepting(shop.workspace, calls)

    assert shop.reservation_of_a_new_task() == "accepted"


def test_test_and_application_share_a_client(running):
    """The client that waits in a test does not in the application's thread."""
    shop = Shop(running, client_of(running, after_callbacks=True))
    shop.answer = accepting(shop.workspace, 3)
    task = shop.workspace.tasks.create(attributes="{}")

    assert shop.workspace.tasks(task.sid).fetch().assignment_status == "assigned"
    assert max(shop.seconds) < WAITED_SECONDS
    shop.close()


def test_event_callback_that_writes_what_it_was_told_of(shop):
    """Told of a new Task, the application reads it and writes its attributes."""
    marked = '{"seen":true}'

    def answer(form: dict[str, str]) -> dict[str, Any]:
        if form.get("EventType") == "task.created" and shop.workspace.tasks(form["TaskSid"]).fetch():
            shop.workspace.tasks(form["TaskSid"]).update(attributes=marked)
        return {}

    shop.answer = answer
    shop.workspace.update(event_callback_url=f"{shop.url}/events")
    task = shop.workspace.tasks.create(attributes="{}")
    shop.running.settle()

    assert shop.workspace.tasks(task.sid).fetch().attributes == marked


def test_task_for_each_task_comes_to_an_end(shop):
    """Swapped URLs: an application that makes a Task of each new Task is stopped, and an alert says why."""
    shop.answer = lambda form: {"made": shop.workspace.tasks.create(attributes="{}").sid}
    shop.workspace.update(event_callback_url=f"{shop.url}/events", events_filter="task.created")
    shop.workspace.tasks.create(attributes="{}")
    while not shop.running.settle():
        assert len(shop.seconds) < 200
    told = shop.running.call(lambda emulator: [alert.text for alert in emulator.store.alerts()])

    assert 50 <= len(shop.seconds) < 60
    assert any("loop: while a task.created callback was open" in each for each in told)


def test_status_callbacks_arrive_in_order_and_signed(shop):
    """A call that an instruction makes: four GETs that Twilio's validator accepts, one after another."""
    told: list[tuple[str, bool]] = []

    def answer(form: dict[str, str]) -> dict[str, Any]:
        if "CallStatus" in form:
            validator = RequestValidator(shop.running.auth_token)
            told.append(
                (form["CallStatus"], validator.validate(request.url, {}, request.headers["X-Twilio-Signature"]))
            )
            return {}
        url = f"{shop.url}/status?for={form['TaskSid']}"
        events = "initiated,ringing,answered,completed"
        return {"instruction": "dequeue", "to": "+1", "status_callback_url": url, "status_callback_events": events}

    shop.answer = answer
    task = shop.workspace.tasks.create(attributes='{"call_sid": "CA1", "to": "+1 555"}')
    assert shop.running.settle()
    shop.workspace.tasks(task.sid).update(assignment_status="completed")
    assert shop.running.settle()

    assert told == [(status, True) for status in ("initiated", "ringing", "in-progress", "completed")]


@pytest.mark.parametrize("route", ["clock", "clock/advance", "clock/pause", "deliveries", "snapshot"])
def test_own_routes_inside_a_callback(shop, route):
    """The emulator's own routes do not wait either; moving the clock moves it."""
    method = "POST" if route in ("clock/advance", "clock/pause") else "GET"

    def answer(form: dict[str, str]) -> dict[str, Any]:
        url = f"{shop.running.url}/_emulator/{route}"
        data = {"seconds": "6"} if method == "POST" else None
        httpx.request(method, url, data=data, trust_env=False).raise_for_status()
        return {"instruction": "accept"}

    shop.answer = answer

    assert shop.reservation_of_a_new_task() == "accepted"


def test_reset_inside_a_callback(shop):
    """Whoever forgets everything meanwhile is not waited for, and its answer changes nothing."""

    def answer(form: dict[str, str]) -> dict[str, Any]:
        httpx.post(f"{shop.running.url}/_emulator/reset", trust_env=False).raise_for_status()
        return {"instruction": "accept"}

    shop.answer = answer
    shop.workspace.tasks.create(attributes="{}")
    shop.running.settle()

    assert shop.running.call(lambda emulator: emulator.workspaces(shop.running.account_sid)) == []


def test_python_interface_inside_a_callback(shop):
    """An application in the same process may move the clock, too."""
    shop.answer = lambda form: {"instruction": "accept"} if shop.running.advance(6) else {}

    assert shop.reservation_of_a_new_task() == "accepted"


def test_application_in_the_loop_of_the_test(running):
    """An application that answers in the event loop of the test itself uses the test's client without waiting."""
    client = client_of(running, after_callbacks=True)

    async def scenario() -> tuple[list[float], str]:
        seconds: list[float] = []

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            started = time.perf_counter()
            workspace.tasks.list()
            seconds.append(time.perf_counter() - started)
            body = b'{"instruction": "accept"}'
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body))
            writer.write(body)
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        workspaces = client.taskrouter.v1.workspaces
        workspace = workspaces(workspaces.create(friendly_name="Shop", template="FIFO").sid)
        workspace.workflows.list()[0].update(assignment_callback_url=f"http://127.0.0.1:{port}/")
        available = workspace.activities.list(available="true")[0]
        workspace.workers.create(friendly_name="Alice", activity_sid=available.sid)
        task = workspace.tasks.create(attributes="{}")
        await asyncio.to_thread(running.settle)
        server.close()
        return seconds, workspace.tasks(task.sid).fetch().assignment_status

    seconds, status = asyncio.run(scenario())

    assert (max(seconds) < WAITED_SECONDS, status) == (True, "assigned")


def test_asking_on_a_running_clock(shop):
    """Whoever asks for an answer as of after the callbacks gets it, also while time passes by itself."""
    shop.answer = lambda form: {"instruction": "accept"}
    task = shop.workspace.tasks.create(attributes="{}")
    patient = client_of(shop.running, after_callbacks=True).taskrouter.v1.workspaces(task.workspace_sid)

    assert patient.tasks(task.sid).fetch().assignment_status == "assigned"
