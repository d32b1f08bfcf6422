"""Reference 7.4: what an application is told of the call that an instruction makes."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from twilio.request_validator import RequestValidator

from tests.worlds.application import ASSIGNMENT_URL, Application
from tests.worlds.desk import Desk

STATUS = "http://127.0.0.1:9/status"
CONFERENCE = "http://127.0.0.1:9/conference"
CALL = {"call_sid": "CA" + "1" * 32, "to": "+15550001111"}
CONTACT = {"contact_uri": "client:alice"}
ALL = ["initiated", "ringing", "answered", "completed"]
STATUSES = ["initiated", "ringing", "in-progress", "completed"]


@pytest.fixture
def called(desk: Desk) -> Desk:
    """A desk that calls the application, with Alice."""
    desk.workflow(default=desk.queue(), assignment_callback_url=ASSIGNMENT_URL)
    desk.worker("Alice", CONTACT)
    return desk


@pytest.fixture
def offered(desk: Desk) -> Any:
    """A call's Task, reserved for Alice, for REST to answer; nobody is called."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice", CONTACT)
    return desk.task(CALL)


def heard(application: Application, url: str = STATUS) -> list[dict[str, str]]:
    """Parameters of the requests to ``url``, from the query string of a GET and the form of a POST."""
    return [
        dict(
            parse_qsl(urlsplit(each.url).query if each.method == "GET" else each.body.decode(), keep_blank_values=True)
        )
        for each in application.received
        if each.url.partition("?")[0] == url
    ]


def statuses(application: Application) -> list[str]:
    return [form["CallStatus"] for form in heard(application)]


# -- dequeue -----------------------------------------------------------------------------------


@pytest.mark.reference("7.4j")
def test_dequeue_tells_of_the_completed_call(called: Desk, application: Application) -> None:
    """By GET, with what programs read: the Task, the caller's call in both spellings, and how long it took."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "dequeue", "status_callback_url": STATUS}
    task = called.task(CALL)
    called.advance(75)
    assert heard(application) == []
    task.update(assignment_status="wrapping")
    task.update(assignment_status="completed")
    (form,) = heard(application)

    expected = {
        "TaskSid": task.sid,
        "taskCallSid": CALL["call_sid"],
        "TaskCallSid": CALL["call_sid"],
        "CallStatus": "completed",
        "CallDuration": "75",
        "Duration": "2",
        "From": CALL["to"],
        "To": CONTACT["contact_uri"],
        "AccountSid": called.client.account_sid,
        "SequenceNumber": "3",
        "Timestamp": "Mon, 02 Mar 2026 09:01:15 +0000",
    }
    assert form.items() >= expected.items()
    assert (
        form["CallSid"] == called.workspace.tasks(task.sid).fetch().attributes.partition('"worker_call_sid":"')[2][:34]
    )


@pytest.mark.reference("7.4j", "7.2a")
def test_get_is_signed_with_its_query(called: Desk, application: Application) -> None:
    """The URL keeps the query it had; the validator accepts it without parameters; there is no form."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "dequeue", "status_callback_url": f"{STATUS}?epoch=1"}
    called.task(CALL).update(assignment_status="completed")
    request = application.received[-1]

    assert (request.kind, request.method, request.body) == ("status", "GET", b"")
    assert request.url.startswith(f"{STATUS}?epoch=1&AccountSid=AC")
    assert "Content-Type" not in request.headers
    validator = RequestValidator(called.client.password)
    assert validator.validate(request.url, {}, request.headers["X-Twilio-Signature"])


@pytest.mark.reference("7.4k")
@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (None, ["completed"]),
        ("answered,completed", ["in-progress", "completed"]),
        ("initiated, ringing", ["initiated", "ringing"]),
        (ALL, STATUSES),
    ],
)
def test_dequeue_tells_what_was_asked_for(called: Desk, application: Application, wanted: Any, told: list[str]) -> None:
    """Completed unless said; in order, each with a number and an idempotency token of its own."""
    application.replies[ASSIGNMENT_URL] = {
        "instruction": "dequeue",
        "status_callback_url": STATUS,
        "status_callback_events": wanted,
    }
    called.task(CALL).update(assignment_status="completed")
    requests = [each for each in application.received if each.kind == "status"]

    assert statuses(application) == told
    assert len({each.headers["I-Twilio-Idempotency-Token"] for each in requests}) == len(told)


@pytest.mark.reference("7.4k", "7.4i")
def test_dequeue_by_rest_tells_the_same(offered: Any, application: Application) -> None:
    """With the parameters of REST."""
    (reservation,) = offered.reservations.list()
    reservation.update(
        instruction="dequeue",
        dequeue_from="+15556667777",
        dequeue_status_callback_url=STATUS,
        dequeue_status_callback_event=ALL,
    )
    assert statuses(application) == STATUSES[:3]
    offered.delete()

    assert statuses(application) == STATUSES
    assert {form["From"] for form in heard(application)} == {"+15556667777"}


def test_call_outlives_a_restart(desk: Desk, offered: Any, application: Application) -> None:
    """What a call is told of is kept with its Reservation; on the Worker's path it is the same Reservation."""
    (reservation,) = offered.reservations.list()
    own = desk.workspace.workers(reservation.worker_sid).reservations(reservation.sid)
    own.update(instruction="dequeue", dequeue_status_callback_url=STATUS)
    desk.emulator.reload()
    offered.update(assignment_status="completed")

    assert statuses(application) == ["completed"]


def test_program_that_completes_the_task_when_the_call_ends(called: Desk, application: Application) -> None:
    """Wrapping up is hanging up: a program that completes the Task when told so is done, and is told once."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "dequeue", "status_callback_url": STATUS}
    task = called.task(CALL)
    task.update(assignment_status="wrapping")
    (form,) = heard(application)
    called.workspace.tasks(form["TaskSid"]).update(assignment_status="completed")

    assert task.fetch().assignment_status == "completed"
    assert len(heard(application)) == 1


# -- call --------------------------------------------------------------------------------------


@pytest.mark.reference("7.4l")
def test_call_tells_of_its_end_by_post(called: Desk, application: Application) -> None:
    """Only that it was completed: the instruction cannot name events."""
    application.replies[ASSIGNMENT_URL] = {
        "instruction": "call",
        "from": "+15556667777",
        "url": "http://127.0.0.1:9/agent",
        "accept": "true",
        "status_callback_url": STATUS,
        "status_callback_events": "ringing",
    }
    called.task().update(assignment_status="completed")
    request = application.received[-1]
    (form,) = heard(application)

    assert (request.method, form["CallStatus"], form["From"]) == ("POST", "completed", "+15556667777")
    assert "taskCallSid" not in form
    validator = RequestValidator(called.client.password)
    assert validator.validate(request.url, form, request.headers["X-Twilio-Signature"])


@pytest.mark.reference("7.4l", "7.4i")
@pytest.mark.parametrize("end", ["rejected", "timeout", "canceled", "another instruction"])
def test_unaccepted_call_is_over_with_its_reservation(
    desk: Desk, offered: Any, application: Application, end: str
) -> None:
    """However the Reservation ends, and also when another instruction follows."""
    (reservation,) = offered.reservations.list()
    url = "http://127.0.0.1:9/agent"
    reservation.update(instruction="call", call_from="+1", call_url=url, call_status_callback_url=STATUS)
    assert heard(application) == []
    if end == "rejected":
        reservation.update(reservation_status="rejected")
    elif end == "timeout":
        desk.advance(120)
    elif end == "canceled":
        offered.update(assignment_status="canceled")
    else:
        reservation.update(instruction="dequeue")

    assert statuses(application) == ["completed"]


# -- conference --------------------------------------------------------------------------------


@pytest.mark.reference("7.4m")
def test_conference_tells_of_the_call_and_of_itself(called: Desk, application: Application) -> None:
    """The Worker's call to one URL, the conference to another, each as asked."""
    application.replies[ASSIGNMENT_URL] = {
        "instruction": "conference",
        "from": "+15556667777",
        "status_callback": STATUS,
        "status_callback_event": "ringing answered completed",
        "conference_status_callback": CONFERENCE,
        "conference_status_callback_event": "start,end,join,leave,mute",
    }
    task = called.task(CALL)
    task.update(assignment_status="completed")
    conference = heard(application, CONFERENCE)

    assert statuses(application) == STATUSES[1:]
    assert [(form["StatusCallbackEvent"], form["SequenceNumber"]) for form in conference] == [
        ("participant-join", "1"),
        ("participant-join", "2"),
        ("conference-start", "3"),
        ("participant-leave", "4"),
        ("participant-leave", "5"),
        ("conference-end", "6"),
    ]
    assert {form["FriendlyName"] for form in conference} == {task.sid}
    assert [form.get("CallSid") == CALL["call_sid"] for form in conference] == [True, False, False, False, True, False]
    assert {each.method for each in application.received} == {"POST"}


@pytest.mark.reference("7.4m", "7.4i")
def test_conference_by_rest_tells_the_same(offered: Any, application: Application) -> None:
    """With its methods; a conference tells of its start and end unless said."""
    (reservation,) = offered.reservations.list()
    reservation.update(
        instruction="conference",
        from_="+1",
        status_callback=STATUS,
        status_callback_method="GET",
        conference_status_callback=CONFERENCE,
    )
    offered.update(assignment_status="completed")

    assert statuses(application) == ["completed"]
    assert [form["StatusCallbackEvent"] for form in heard(application, CONFERENCE)] == [
        "conference-start",
        "conference-end",
    ]
    assert [each.method for each in application.received] == ["POST", "GET", "POST"]


# -- trouble -----------------------------------------------------------------------------------


@pytest.mark.reference("7.4n")
@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ({"instruction": "dequeue", "status_callback_url": ""}, 40157),
        ({"instruction": "dequeue", "status_callback_url": "/status"}, 40157),
        ({"instruction": "dequeue", "status_callback_url": "http://"}, 40157),
        ({"instruction": "dequeue", "status_callback_url": "http://[broken"}, 40157),
        ({"instruction": "dequeue", "status_callback_url": [STATUS]}, 40157),
        ({"instruction": "dequeue", "status_callback_events": "answered,hangup"}, 40134),
        ({"instruction": "dequeue", "status_callback_events": {"answered": True}}, 40134),
        ({"instruction": "dequeue", "status_callback_events": ["answered", 1]}, 40134),
        ({"instruction": "call", "from": "+1", "url": STATUS, "status_callback_url": "status"}, 40113),
        ({"instruction": "conference", "from": "+1", "conference_status_callback": "ftp://127.0.0.1/"}, 40145),
        ({"instruction": "conference", "from": "+1", "conference_status_callback_event": "begin"}, 40145),
        ({"instruction": "conference", "from": "+1", "status_callback_method": "PUT"}, 40145),
        ({"instruction": "conference", "from": "+1", "status_callback_method": {}, "status_callback": 1}, 40145),
    ],
    ids=str,
)
def test_what_cannot_be_told_cancels_with_a_code(
    called: Desk, application: Application, reply: dict[str, Any], code: int
) -> None:
    """A URL that is none, unknown events, another method: nobody is rung, nothing is sent."""
    application.replies[ASSIGNMENT_URL] = reply
    task = called.task(CALL)

    assert called.offers(task)[0] == ("Alice", "canceled")
    assert called.alerts()[0] == code
    assert "worker_call_sid" not in task.fetch().attributes
    assert heard(application) == []


@pytest.mark.reference("7.4n", "7.4i")
@pytest.mark.parametrize(
    "parameters",
    [
        {"instruction": "dequeue", "dequeue_status_callback_url": "status"},
        {"instruction": "dequeue", "dequeue_status_callback_event": ["hangup"]},
        {"instruction": "conference", "from_": "+1", "conference_status_callback_event": ["begin"]},
    ],
    ids=str,
)
def test_rest_refuses_what_cannot_be_told(offered: Any, parameters: dict[str, Any]) -> None:
    """With 400, and the Reservation stays."""
    (reservation,) = offered.reservations.list()
    with pytest.raises(Exception, match="400"):
        reservation.update(**parameters)

    assert reservation.fetch().reservation_status == "pending"


@pytest.mark.parametrize("reply", [500, "no answer within 15 s"])
def test_failing_receiver_shows_in_the_debugger(called: Desk, application: Application, reply: Any) -> None:
    """As any callback does; the Task is not touched, and the log says what it was."""
    application.replies[ASSIGNMENT_URL] = {
        "instruction": "conference",
        "from": "+1",
        "status_callback": STATUS,
        "status_callback_event": ["answered"],
    }
    application.replies[STATUS] = reply
    task = called.task(CALL)
    store = called.emulator.store
    entry = next(each for each in store.deliveries() if each.callback.kind == "status")
    (alert,) = store.alerts()

    assert task.fetch().assignment_status == "assigned"
    assert (entry.delivered, entry.callback.parameters["CallStatus"]) == (False, "in-progress")
    assert (alert.code, alert.resource_sid) == (11200, entry.callback.sid)
    assert alert.text.startswith("status callback: ")


def test_without_a_call_nothing_is_told(called: Desk, application: Application) -> None:
    """A Task that no call made cannot be dequeued; an accepted one has no call that could end."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "dequeue", "status_callback_url": STATUS}
    called.task().update(assignment_status="canceled")
    application.replies[ASSIGNMENT_URL] = {"instruction": "accept", "status_callback_url": STATUS}
    called.task().update(assignment_status="completed")

    assert heard(application) == []


@pytest.mark.parametrize("name", ["line", "ended_at", "conference_sid", "worker_call_sid", "simulated", ""])
def test_keys_of_ours_in_an_answer_change_nothing(called: Desk, application: Application, name: str) -> None:
    """What an instruction doesn't know is passed over, whatever it is called."""
    application.replies[ASSIGNMENT_URL] = {
        "instruction": "dequeue",
        "status_callback_url": STATUS,
        "conference_status_callback": CONFERENCE,
        name: {"answered_at": "never"},
    }
    called.task(CALL).update(assignment_status="completed")

    assert statuses(application) == ["completed"]
    assert heard(application, CONFERENCE) == []


@pytest.mark.parametrize("reply", [{"line": {}}, {"line": 1}])
def test_redirect_has_no_call_to_end(called: Desk, application: Application, reply: dict[str, Any]) -> None:
    """The Worker is not rung, so nothing ends with the Task."""
    application.replies[ASSIGNMENT_URL] = {
        "instruction": "redirect",
        "call_sid": CALL["call_sid"],
        "url": STATUS,
        "accept": True,
        "status_callback_url": STATUS,
        **reply,
    }
    task = called.task(CALL)

    assert task.update(assignment_status="completed").assignment_status == "completed"
    assert heard(application) == []
