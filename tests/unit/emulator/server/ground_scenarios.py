"""Scenarios of one emulator and the application that it calls back, to be played on each ground.

A scenario returns what its user saw, and checks what must be so on any ground.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from helpers.emulator.engine.model.refusals import Refused
from helpers.emulator.timetravel.fork import Fork
from helpers.emulator.timetravel.past import Past
from tests.worlds.desk import SPANISH, AlicesDesk
from tests.worlds.grounds import Ground

__all__ = ["SCENARIOS", "SHORT_SECONDS", "anything", "desk_of"]

SHORT_SECONDS = 1.0
"""Limit of assignment callbacks in scenarios of late ones."""
TOO_LONG_SECONDS = 1.25

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
def takes_the_clocks_time_alone(ground: Ground) -> Any:
    """Callbacks that are an hour late take none of our time: the Task grows older, and nobody waits."""
    ground.answers["/assignment"] = lambda form: {"instruction": "accept"}
    ground.running.add_fault("slow", kind="event", times=10_000, seconds=3600)
    began = time.monotonic()
    task = desk_of(ground).task().fetch()
    ground.running.clear_faults()
    assert time.monotonic() - began < 10
    assert task.age > 60
    assert "/events" not in ground.paths
    return task.age, task.assignment_status


@scenario
def is_too_late_with_a_reply(ground: Ground) -> Any:
    """The application accepts, TaskRouter has given up: the application's log and the Task differ."""
    ground.answers["/assignment"] = lambda form: {"instruction": "accept"}
    ground.running.add_fault("late_reply", kind="assignment", seconds=9)
    task = desk_of(ground).task().fetch()
    assert ground.paths.count("/assignment") == 1
    return task.assignment_status, [alert.text for alert in ground.running.alerts()]


@scenario
def says_nothing(ground: Ground) -> Any:
    """Two replies that accept come without an instruction, one silently."""
    ground.answers["/assignment"] = lambda form: {"instruction": "accept"}
    for fault in ("empty", "no_instruction"):
        ground.running.add_fault(fault, kind="assignment")
    desk = desk_of(ground)
    waits = [desk.task().fetch().assignment_status]
    desk.workspace.tasks.list()[0].update(assignment_status="canceled")
    waits.append(desk.task().fetch().assignment_status)
    assert waits == ["reserved", "reserved"]
    return [(alert.code, alert.text) for alert in ground.running.alerts()]


@scenario
def completes_before_it_accepts(ground: Ground) -> Any:
    """An event overtakes one of an earlier request."""
    ground.answers["/assignment"] = lambda form: {"instruction": "accept"}
    ground.running.add_fault("reorder", event_type="reservation.accepted", until="task.completed")
    task = desk_of(ground).task().fetch()
    assert "reservation.accepted" not in _types(ground)
    task.update(assignment_status="completed")
    assert _types(ground).index("task.completed") < _types(ground).index("reservation.accepted")
    return _types(ground)


@scenario
def waits_in_vain_to_be_overtaken(ground: Ground) -> Any:
    """What nothing has overtaken is sent when the faults are called off."""
    ground.running.add_fault("reorder", event_type="task.created", until="task.completed")
    desk_of(ground).task()
    before = _types(ground)
    assert "task.created" not in before
    ground.running.clear_faults()
    assert _types(ground) == [*before, "task.created"]


def _types(ground: Ground) -> list[str]:
    """Return the types of the events that have come, in their order."""
    assert ground.running.settle()
    return [parse_qs(form)["EventType"][0] for _, path, _, form in ground.receiver.received if path == "/events"]


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
    """The application resets the emulator and builds the same desk: its answer is nobody's any more.

    Events would be told of while it does that on a thread, and only afterwards in place.
    """

    def answer(form: dict[str, str]) -> Any:
        ground.answers["/assignment"] = lambda form: {}
        ground.running.reset()
        desk_of(ground, events=False).task()
        has_answered.set()
        return {"instruction": "accept"}

    has_answered = threading.Event()
    ground.answers["/assignment"] = answer
    desk_of(ground, events=False).task()
    assert has_answered.wait(timeout=10)
    ground.running.settle()
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
    return answer.text.replace(ground.http.url, ""), str(explanation), report


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


def anything(ground: Ground, seed: int) -> Any:
    """Whatever can be asked, in any order, of an application that answers in any way."""
    player = _Player(ground, seed)
    return [player.step() for _ in range(25)]


class _Player:
    """User and application that choose by chance. The user waits for callbacks first, whose order is chance, too."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self._ground, self._user, self._application = ground, random.Random(seed), random.Random(-seed)
        ground.answers["/assignment"] = ground.answers["/fallback"] = self._answer
        self._desk = desk_of(ground, task_reservation_timeout=self._user.choice([10, 30, 120]))
        self._steps: tuple[Callable[[], object], ...] = (
            lambda: self._desk.task(priority=self._user.randrange(3)).sid,
            lambda: self._desk.move(self._desk.alice, self._user.choice(["Available", "Offline"])),
            lambda: ground.running.advance(self._user.choice([0, 1, 7, 40, 200])),
            self._add_fault,
            ground.running.clear_faults,
            lambda: ground.running.replay(self._user.choice(ground.running.deliveries()).number).number,
            lambda: [(each.assignment_status, each.age) for each in self._desk.workspace.tasks.list()],
            lambda: self._user.choice(self._desk.workspace.tasks.list()).update(assignment_status="canceled").age,
        )

    def step(self) -> object:
        """Take a step, and return what it brought."""
        self._ground.running.settle()
        try:
            return self._user.choice(self._steps)()
        except (TwilioException, Refused, IndexError) as error:
            return str(error)

    def _add_fault(self) -> None:
        fault = self._user.choice(["fail", "duplicate", "reorder", "busy"])
        kind = "any" if fault == "busy" else self._user.choice(["any", "event", "assignment"])
        self._ground.running.add_fault(fault, kind=kind, times=self._user.choice([1, 2]))

    def _answer(self, form: dict[str, str]) -> Any:
        choice = self._application.randrange(8)
        if choice == 0:
            self._ground.running.advance(5)
        if choice == 1:
            with suppress(TwilioException):
                self._desk.task(SPANISH)
        call = {"instruction": "call", "from": "+15550001", "to": "+15550002", "url": "http://127.0.0.1:9/"}
        told = {**call, "status_callback_url": f"{self._ground.url}/status"}
        answers: tuple[Any, ...] = ({}, {}, {"instruction": "accept"}, {"instruction": "reject"}, told, 500, b"{", {})
        return answers[choice]
