"""A loop of callbacks ends, is told of, and nobody else is stopped."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest

from helpers.emulator.callbacks.callback_loops import Loops
from helpers.emulator.callbacks.inline_queue import InlineQueue
from helpers.emulator.callbacks.request import CallbackRequest
from helpers.emulator.callbacks.sender import CallbackSender
from helpers.emulator.callbacks.throttle import Throttle
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.commands import reservations, tasks, workers
from helpers.emulator.engine.model.changes import Callback
from tests.worlds.application import json_reply

TOO_MANY = 3000

Act = Callable[[dict[str, str]], object]


class Application:
    """Does with each callback what it is told to, before it answers."""

    def __init__(self) -> None:
        self.act: Act = lambda form: None
        self.forms: list[dict[str, str]] = []

    async def send(self, request: CallbackRequest) -> CallbackReply:
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        self.forms.append(form)
        assert len(self.forms) < TOO_MANY
        self.act(form)
        return json_reply({})

    def told(self, event_type: str) -> int:
        return sum(form.get("EventType") == event_type for form in self.forms)


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def delivery(emulator, application) -> InlineQueue:
    throttle = Throttle(emulator)
    delivery = InlineQueue(CallbackSender(emulator, application, throttle), throttle)
    emulator.on_callbacks = delivery.send
    return delivery


def alerts(desk) -> list[str]:
    return [alert.text for alert in desk.emulator.store.alerts()]


def test_task_for_each_event_ends(told_desk, application, delivery):
    """Events sent to a URL that makes a Task of each: after fifty in a row of a kind its consequences are not sent."""
    application.act = lambda form: told_desk.task()
    told_desk.task()
    delivery.drain()

    assert 50 <= application.told("task.created") < 60
    assert len(application.forms) < 250
    assert any(
        "while a task.created callback was open, 1 more of the kind followed, 50 times" in each
        for each in alerts(told_desk)
    )


def test_what_is_not_sent_stands_in_the_log(told_desk, application, delivery, emulator):
    """Each event happened and is listed; the log says why its callback was not sent."""
    application.act = lambda form: form["EventType"] == "task.created" and told_desk.task()
    told_desk.task()
    delivery.drain()
    unsent = [each for each in emulator.store.deliveries() if not each.attempts]

    assert unsent
    assert all("loop" in each.text and not each.delivered for each in unsent)
    assert len(alerts(told_desk)) == 1


def test_after_the_end_all_goes_on(told_desk, application, delivery):
    """What somebody does outside of callbacks is sent as ever, by an application that has been mended too."""
    application.act = lambda form: told_desk.task()
    told_desk.task()
    delivery.drain()
    application.act = lambda form: None
    application.forms.clear()
    told_desk.task()
    delivery.drain()

    assert application.told("task.created") == 1


def test_update_of_what_was_updated_ends(told_desk, application, delivery):
    """A Worker updated whenever it is told of that update."""

    def act(form: dict[str, str]) -> None:
        if form["EventType"] == "worker.attributes.update":
            told_desk.write(workers.update, form["WorkerSid"], {"attributes": f'{{"n":{len(application.forms)}}}'})

    application.act = act
    told_desk.write(workers.update, told_desk.worker_sid, {"attributes": '{"n":0}'})
    delivery.drain()

    assert application.told("worker.attributes.update") == 50
    assert "worker.attributes.update callback about " + told_desk.worker_sid in alerts(told_desk)[0]


def test_rejecting_by_rest_inside_a_callback_ends(desk, application, delivery):
    """A Reservation rejected by REST from inside its callback comes again; in the end one stays pending."""

    def act(form: dict[str, str]) -> None:
        desk.write(reservations.update, form["ReservationSid"], {"reservation_status": "rejected"})

    application.act = act
    task = desk.task()
    desk.move(desk.available_sid)
    delivery.drain()

    assert [each.reservation_status for each in desk.reservations] == [*["rejected"] * 50, "pending"]
    assert task.assignment_status == "reserved"
    assert "and ".join((task.sid + " ", desk.worker_sid)) in alerts(desk)[0]


def test_events_of_a_deleted_worker_are_sent(told_desk, application, delivery):
    """A Reservation may outlive its Worker; what it is told of then names no Worker."""
    task = told_desk.task()
    told_desk.move(told_desk.available_sid)
    told_desk.write(reservations.update, told_desk.reservations[0].sid, {"reservation_status": "accepted"})
    told_desk.write(workers.delete, told_desk.worker_sid)
    told_desk.write(tasks.update, task.sid, {"assignment_status": "completed"})
    delivery.drain()

    assert application.told("reservation.completed") == 1
    assert "WorkerSid" not in application.forms[-2]


def test_nothing_is_remembered_of_what_is_over(told_desk, application, delivery):
    """A Workspace whose callbacks were all answered leaves no trace, however many there have been."""
    told_desk.task()
    delivery.drain()
    loops = delivery._throttle._loops

    assert application.forms
    assert (dict(loops._open), loops._runs, loops._causes) == ({}, {}, {})


def test_backlog_is_worked_off(told_desk, application, delivery):
    """An application that accepts and completes each Task from inside callbacks is never stopped."""

    def act(form: dict[str, str]) -> None:
        if "EventType" not in form:
            told_desk.write(reservations.update, form["ReservationSid"], {"reservation_status": "accepted"})
            told_desk.write(tasks.update, form["TaskSid"], {"assignment_status": "completed"})

    application.act = act
    for _ in range(120):
        told_desk.task()
    told_desk.move(told_desk.available_sid)
    delivery.drain()

    assert (application.told("task.completed"), alerts(told_desk)) == (120, [])


def test_writing_while_callbacks_are_open_is_no_loop(told_desk, application, delivery):
    """A program that makes Tasks at its own pace, while an application is slow to answer, is never stopped."""
    application.act = lambda form: [told_desk.task() for _ in range(len(application.forms) % 3)] if made() else None
    left = iter(range(400))

    def made() -> bool:
        return next(left, None) is not None

    told_desk.task()
    delivery.drain()

    assert alerts(told_desk) == []
    assert application.told("task.created") == len(told_desk.emulator.world.workspaces[told_desk.workspace_sid].tasks)


@pytest.fixture
def watched() -> tuple[Loops, list[str]]:
    told: list[str] = []
    return Loops(lambda callback, sentence: told.append(sentence)), told


def in_a_row(loops: Loops, length: int, start: int = 0) -> None:
    """So many events of a kind, each of which causes the next."""
    for number in range(start, start + length):
        with loops.opened(event(number)):
            loops.note_caused(event(number + 1))


def test_write_between_callbacks_breaks_the_row(watched):
    """One callback of the kind, caused while none is open, shows that the others do not cause each other."""
    loops, told = watched
    in_a_row(loops, 49)
    loops.note_caused(event(999))
    in_a_row(loops, 49, 100)
    assert told == []
    in_a_row(loops, 1, 200)
    assert len(told) == 1


def test_reset_breaks_the_row(watched):
    """Nothing is held against another world, whose SIDs may be those of this one."""
    loops, told = watched
    in_a_row(loops, 49)
    loops.forget()
    in_a_row(loops, 1)

    assert told == []
    assert not loops.goes_on(event(1))


def event(number: int) -> Callback:
    parameters = {"EventType": "task.created", "ResourceSid": f"WT{number}"}
    return Callback(
        kind="event", sid=f"EV{number}", account_sid="AC1", workspace_sid="WS1", url="http://a/", parameters=parameters
    )
