"""Reference 7: the assignment callback, what may be answered, and what that does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from tests.worlds.application import ASSIGNMENT_URL, FALLBACK_URL, Application
from tests.worlds.desk import Desk

LATE = "no answer within 5 s"
FIELDS = {
    "AccountSid", "WorkspaceSid", "WorkflowSid", "TaskQueueSid", "TaskSid", "TaskAttributes", "TaskAge",
    "TaskPriority", "WorkerSid", "WorkerAttributes", "ReservationSid",
}  # fmt: skip


@pytest.fixture
def called(desk: Desk) -> Desk:
    """A desk that calls the application, and its fallback."""
    desk.workflow(
        default=desk.queue(), assignment_callback_url=ASSIGNMENT_URL, fallback_assignment_callback_url=FALLBACK_URL
    )
    return desk


def json_reply(text: str, content_type: str = "application/json", status: int = 200) -> CallbackReply:
    """An answer, byte for byte."""
    return CallbackReply(status=status, content_type=content_type, body=text.encode())


def last_offer(desk: Desk, task: Any) -> str:
    """What became of the first Reservation."""
    return desk.offers(task)[0][1]


# -- the request -------------------------------------------------------------------------------


@pytest.mark.reference("7.1a", "7.1b", "14.21", "1.6b")
def test_request_has_exactly_the_captured_fields(called: Desk, application: Application) -> None:
    """Eleven of them, no names and no timestamp; JSON with escaped slashes, numbers as text."""
    worker = called.worker("Alice", {"zone": "a/b"}, activity="Offline")
    task = called.task({"path": "x/y"}, priority=3)
    called.advance(7)
    called.move(worker, "Available")
    (form,) = application.forms(ASSIGNMENT_URL)

    assert form.keys() == FIELDS
    assert (form["TaskAttributes"], form["WorkerAttributes"]) == ('{"path":"x\\/y"}', '{"zone":"a\\/b"}')
    assert (form["TaskAge"], form["TaskPriority"]) == ("7", "3")
    assert (form["TaskSid"], form["WorkerSid"]) == (task.sid, worker.sid)


@pytest.mark.reference("7.1c", "6.3a")
def test_each_reservation_has_its_own_request(desk: Desk, application: Application) -> None:
    """Two Workers reserved together are two requests."""
    desk.workflow(default=desk.queue(max_reserved_workers=2), assignment_callback_url=ASSIGNMENT_URL)
    desk.worker("Alice")
    desk.worker("Bob")
    task = desk.task()

    sids = [each.sid for each in task.reservations.list()]
    assert [form["ReservationSid"] for form in application.forms(ASSIGNMENT_URL)] == sids


@pytest.mark.reference("7.1d")
def test_without_a_url_nobody_is_asked(desk: Desk, application: Application) -> None:
    """The Reservation simply stays pending."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")

    assert last_offer(desk, desk.task()) == "pending"
    assert application.received == []


@pytest.mark.reference("7.2a", "7.2b", "7.2c")
@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/assignment", "https://localhost:8443/a?b=c&d=e", "https://127.0.0.1/a", "http://localhost/"],
)
def test_signature_is_what_the_sdk_expects(desk: Desk, application: Application, url: str) -> None:
    """For http and https, with and without a port, query string included."""
    desk.workflow(default=desk.queue(), assignment_callback_url=url)
    desk.worker("Alice", {"name": "Zoë"})
    desk.task({"b": 1, "a": "ä"})
    (request,), (form,) = application.received, application.forms(url)
    validator = RequestValidator(desk.client.password)

    assert validator.validate(url, form, request.headers["X-Twilio-Signature"])
    assert not validator.validate(url, {**form, "TaskAge": "9"}, request.headers["X-Twilio-Signature"])


# -- replies -----------------------------------------------------------------------------------


@pytest.mark.reference("7.3a", "7.4a")
def test_instruction_is_executed(called: Desk, application: Application) -> None:
    """Accept assigns at once."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "accept"}
    called.worker("Alice")
    task = called.task()

    assert last_offer(called, task) == "accepted"
    assert task.fetch().assignment_status == "assigned"


@pytest.mark.reference("7.3b", "7.3c")
@pytest.mark.parametrize(
    "reply",
    [json_reply(""), json_reply("{}"), json_reply("", "text/html"), json_reply("", status=204)],
    ids=["empty", "object", "empty page", "204"],
)
def test_nothing_means_later(called: Desk, application: Application, reply: CallbackReply) -> None:
    """Empty text, ``{}`` and 204 leave the Reservation to be answered by REST."""
    application.replies[ASSIGNMENT_URL] = reply
    called.worker("Alice")
    task = called.task()

    assert (last_offer(called, task), called.alerts()) == ("pending", [])
    assert application.forms(FALLBACK_URL) == []


@pytest.mark.reference("7.3d", "7.3e", "10h")
@pytest.mark.parametrize(
    ("reply", "code"),
    [({"message": "success"}, 40005), ({"instruction": "dance"}, 55555), ({"instruction": 3}, 40005)],
    ids=str,
)
def test_unclear_replies_show_in_the_debugger(called: Desk, application: Application, reply: Any, code: int) -> None:
    """No instruction is a warning, an unknown one an error; either way it stays pending."""
    application.replies[ASSIGNMENT_URL] = reply
    called.worker("Alice")
    task = called.task()

    assert (last_offer(called, task), called.alerts()) == ("pending", [code])


@pytest.mark.reference("7.3f", "3.2l", "10h", "14.14")
@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (json_reply("{}", "text/html"), 40000),
        (json_reply("{"), 40001),
        (json_reply(json.dumps('{"instruction":"accept"}')), 40001),
        (404, 11200),
        (500, 11200),
        (LATE, 11200),
        ("connection refused", 11200),
    ],
    ids=str,
)
def test_failed_callback_tries_the_fallback(called: Desk, application: Application, reply: Any, code: int) -> None:
    """The same request goes there, and its answer counts; the log names the failure, and so does the debugger."""
    application.replies = {ASSIGNMENT_URL: reply, FALLBACK_URL: {"instruction": "accept"}}
    called.worker("Alice")
    task = called.task()
    (entry,) = called.emulator.store.deliveries(None)

    assert (last_offer(called, task), called.alerts()) == ("accepted", [code])
    assert application.forms(ASSIGNMENT_URL) == application.forms(FALLBACK_URL)
    assert [attempt.url for attempt in entry.attempts] == [ASSIGNMENT_URL, FALLBACK_URL]
    assert (entry.delivered, entry.code) == (True, code)


@pytest.mark.reference("7.3f")
def test_without_fallback_one_failure_is_enough(desk: Desk, application: Application) -> None:
    """The Reservation is canceled and the Task goes back to routing, which offers it again; a brake ends that."""
    application.replies[ASSIGNMENT_URL] = 500
    desk.workflow(default=desk.queue(), assignment_callback_url=ASSIGNMENT_URL)
    desk.worker("Alice")
    task = desk.task()

    assert desk.offers(task) == [*[("Alice", "canceled")] * 10, ("Alice", "pending")]


@pytest.mark.reference("7.1e")
def test_callbacks_may_take_five_seconds(called: Desk, application: Application) -> None:
    """That limit goes with every request."""
    called.worker("Alice")
    called.task()

    assert application.received[0].limit_seconds == 5.0


# -- instructions ------------------------------------------------------------------------------


@pytest.mark.reference("7.4b", "3.2d")
@pytest.mark.parametrize("given", [True, False])
def test_reject_may_name_an_activity(called: Desk, application: Application, given: bool) -> None:
    """With one the Worker goes there; without, they stay and may be asked again."""
    activity = {"activity_sid": called.activity("Unavailable")} if given else {}
    application.replies[ASSIGNMENT_URL] = {"instruction": "reject", **activity}
    worker, task = called.worker("Alice"), called.task()

    assert last_offer(called, task) == "rejected"
    assert worker.fetch().activity_name == ("Unavailable" if given else "Available")


CALL = {"call_sid": "CA" + "1" * 32}
CONTACT = {"contact_uri": "+15555555555"}


@pytest.mark.reference("7.4c", "7.4d", "7.4e", "7.4f", "7.4g")
@pytest.mark.parametrize(
    ("reply", "status", "added"),
    [
        ({"instruction": "dequeue"}, "accepted", "worker_call_sid"),
        ({"instruction": "call", "from": "+1", "url": "http://127.0.0.1/"}, "pending", "worker_call_sid"),
        (
            {"instruction": "call", "from": "+1", "url": "http://127.0.0.1/", "accept": True},
            "accepted",
            "worker_call_sid",
        ),
        ({"instruction": "redirect", "call_sid": "CA1", "url": "http://127.0.0.1/"}, "pending", None),
        (
            {"instruction": "redirect", "call_sid": "CA1", "url": "http://127.0.0.1/", "accept": "true"},
            "accepted",
            None,
        ),
        ({"instruction": "conference", "from": "+1"}, "accepted", "conference"),
    ],
    ids=str,
)
def test_voice_instructions_act_on_a_simulated_call(
    called: Desk, application: Application, reply: dict[str, Any], status: str, added: str | None
) -> None:
    """Whether they accept, and which attribute they add to the Task."""
    application.replies[ASSIGNMENT_URL] = reply
    called.worker("Alice", CONTACT)
    task = called.task(CALL)
    attributes = json.loads(task.fetch().attributes)

    assert last_offer(called, task) == status
    assert attributes.keys() == CALL.keys() | ({added} if added else set())
    assert called.alerts() == []


@pytest.mark.reference("7.4g")
def test_conference_names_its_participants(called: Desk, application: Application) -> None:
    """A SID of its own, the Worker's call, and the customer's."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "conference", "from": "+1"}
    called.worker("Alice", CONTACT)
    conference = json.loads(called.task(CALL).fetch().attributes)["conference"]

    assert conference["sid"].startswith("CF")
    assert conference["participants"]["customer"] == CALL["call_sid"]
    assert conference["participants"]["worker"].startswith("CA")


@pytest.mark.reference("7.3i", "10h", "3.2o")
@pytest.mark.parametrize(
    ("reply", "attributes", "contact", "code"),
    [
        ({"instruction": "reject", "activity_sid": "WA0"}, {}, {}, 40100),
        ({"instruction": "dequeue"}, {}, CONTACT, 40140),
        ({"instruction": "dequeue"}, CALL, {}, 40131),
        ({"instruction": "dequeue", "from": ""}, CALL, CONTACT, 40132),
        ({"instruction": "dequeue", "post_work_activity_sid": "WA0"}, CALL, CONTACT, 40130),
        ({"instruction": "call", "from": "+1", "url": "http://127.0.0.1/"}, CALL, {}, 40110),
        ({"instruction": "call", "url": "http://127.0.0.1/"}, CALL, CONTACT, 40111),
        ({"instruction": "call", "from": 1, "url": "http://127.0.0.1/"}, CALL, CONTACT, 40111),
        ({"instruction": "call", "from": "+1"}, CALL, CONTACT, 40112),
        ({"instruction": "call", "from": "+1", "url": ["http://127.0.0.1/"]}, CALL, CONTACT, 40112),
        ({"instruction": "call", "from": "+1", "url": "nowhere"}, CALL, CONTACT, 40112),
        ({"instruction": "redirect", "call_sid": "CA1"}, CALL, CONTACT, 40120),
        ({"instruction": "redirect", "call_sid": "CA1", "url": {"to": "http://127.0.0.1/"}}, CALL, CONTACT, 40120),
        ({"instruction": "redirect", "url": "http://127.0.0.1/"}, CALL, CONTACT, 40121),
        ({"instruction": "redirect", "call_sid": 1, "url": "http://127.0.0.1/"}, CALL, CONTACT, 40121),
        ({"instruction": "conference", "from": "+1"}, {}, CONTACT, 40142),
        ({"instruction": "conference", "from": "+1"}, CALL, {}, 40137),
        ({"instruction": "conference", "from": 1}, CALL, CONTACT, 40141),
        ({"instruction": "conference", "from": "+1", "post_work_activity_sid": "WA0"}, CALL, CONTACT, 40143),
    ],
    ids=str,
)
def test_impossible_instructions_cancel_with_a_code(
    called: Desk, application: Application, reply: dict[str, Any], attributes: Any, contact: Any, code: int
) -> None:
    """The debugger shows Twilio's number, the event carries it, and the Reservation is canceled."""
    application.replies[ASSIGNMENT_URL] = reply
    called.worker("Alice", contact)
    task = called.task(attributes)
    canceled = called.events(task_sid=task.sid, event_type="reservation.canceled")[0]

    assert last_offer(called, task) == "canceled"
    assert called.alerts()[0] == code
    assert canceled.event_data["reservation_reason_code"] == str(code)


@pytest.mark.reference("10h")
@pytest.mark.parametrize(
    ("name", "code"), [("call", 40114), ("redirect", 40123), ("dequeue", 40135), ("conference", 40136)]
)
def test_late_instruction_has_its_code(called: Desk, application: Application, name: str, code: int) -> None:
    """The application rejects by REST before it replies: the debugger says which instruction came too late."""
    application.replies[ASSIGNMENT_URL] = {"instruction": name}
    worker = called.worker("Alice", CONTACT, activity="Offline")
    task = called.task(CALL)
    application.meanwhile = lambda: called.answer(task, "rejected", worker_activity_sid=called.activity("Offline"))
    called.move(worker, "Available")

    assert called.offers(task) == [("Alice", "rejected")]
    assert called.alerts() == [code]


@pytest.mark.reference("7.4i")
@pytest.mark.parametrize(
    ("name", "parameters", "code"),
    [
        ("accept", {}, None),
        ("reject", {}, None),
        ("dequeue", {"dequeue_to": "+1"}, None),
        ("dequeue", {}, 40131),
        ("call", {"call_from": "+1", "call_to": "+2", "call_url": "http://127.0.0.1/"}, None),
        ("call", {"call_from": "+1", "call_url": "http://127.0.0.1/"}, 40110),
        ("redirect", {"redirect_call_sid": "CA" + "2" * 32, "redirect_url": "http://127.0.0.1/"}, None),
        ("redirect", {"redirect_url": "http://127.0.0.1/"}, 40121),
        ("conference", {"from_": "+1", "to": "+2"}, None),
        ("conference", {"from_": "", "to": "+2"}, 40141),
    ],
)
def test_rest_does_the_same(desk: Desk, name: str, parameters: dict[str, Any], code: int | None) -> None:
    """With its own parameters; what cannot be done is refused with 400, and the Reservation stays."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    (reservation,) = desk.task(CALL).reservations.list()

    if code is None:
        statuses = {"reject": "rejected", "call": "pending", "redirect": "pending"}
        answered = reservation.update(instruction=name, **parameters)
        assert answered.reservation_status == statuses.get(name, "accepted")
    else:
        with pytest.raises(Exception, match=str(code)):
            reservation.update(instruction=name, **parameters)
        assert reservation.fetch().reservation_status == "pending"
