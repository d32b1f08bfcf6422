"""Reference 12.2 and 12.3: how a call becomes a Task, and how it reaches a Worker."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.emulator.server.simulated_call import SimulatedCall
from tests.worlds.application import ASSIGNMENT_URL, EVENTS_URL
from tests.worlds.desk import Desk, filter_
from tests.worlds.voice_application import INCOMING, VoiceApplication

LANGUAGES = {"1": "es", "2": "en"}
ENDS = ("from", "to", "caller", "called")
OF_THE_CALL = {"call_sid", "account_sid", "direction", "call_status", "api_version", *ENDS} | {
    f"{end}_{what}" for end in ENDS for what in ("country", "state", "city", "zip")
}


@pytest.fixture
def application() -> VoiceApplication:
    """Asks for a language, and lets the caller wait."""
    application = VoiceApplication()
    application.documents |= {
        "/incoming_call": '<Gather numDigits="1" action="/enqueue_call"><Say>Press 1 or 2.</Say></Gather>',
        "/wait": "<Say>Please wait.</Say>",
        "/left": "<Say>Goodbye.</Say>",
    }
    return application


@pytest.fixture
def shop(application: VoiceApplication) -> Desk:
    """A desk whose Workflow sends Spanish calls to Alice, who isn't there."""
    desk = Desk(application, event_callback_url=EVENTS_URL)
    queue = desk.queue("Spanish", 'languages HAS "es"')
    workflow_sid = desk.workflow(filter_('selected_language == "es"', queue), assignment_callback_url=ASSIGNMENT_URL)
    desk.worker("Alice", {"languages": ["es"], "contact_uri": "+15555555555"}, "Offline")
    application.replies[ASSIGNMENT_URL] = {"instruction": "dequeue"}
    application.documents["/enqueue_call"] = lambda form: enqueue(workflow_sid, form["Digits"])
    return desk


def enqueue(workflow_sid: str, digits: str, attributes: str = 'waitUrl="/wait" action="/left"') -> str:
    given = json.dumps({"selected_language": LANGUAGES[digits], "from": "the application"})
    return (
        f'<Enqueue workflowSid="{workflow_sid}" {attributes}><Task priority="5" timeout="200">{given}</Task></Enqueue>'
    )


def dial(shop: Desk, **more: Any) -> SimulatedCall:
    return shop.running.dial(INCOMING, **{"digits": "1", **more})


def only_task(shop: Desk) -> Any:
    (task,) = shop.workspace.tasks.list()
    return task


def come(shop: Desk) -> None:
    """Alice begins to work."""
    shop.move(shop.workspace.workers.list()[0], "Available")


@pytest.mark.reference("12.2a", "14.23")
def test_enqueue_makes_a_task_with_the_attributes_of_the_call(shop: Desk) -> None:
    """On voice, with 25 attributes of the call; one that the application gave as well is the call's."""
    call = dial(shop, from_city="SAN FRANCISCO")

    task = only_task(shop)
    attributes = json.loads(task.attributes)
    assert (task.task_channel_unique_name, task.assignment_status) == ("voice", "pending")
    assert attributes.keys() - {"selected_language"} == OF_THE_CALL
    assert len(OF_THE_CALL) == 25
    assert attributes["call_sid"] == call.sid
    assert attributes["from"] == attributes["caller"] != "the application"
    assert attributes["from_city"] == attributes["caller_city"] == "SAN FRANCISCO"


@pytest.mark.reference("12.2b")
def test_task_has_priority_and_timeout_of_the_noun(shop: Desk) -> None:
    """As the attributes of ``<Task>`` say."""
    dial(shop)

    assert (only_task(shop).priority, only_task(shop).timeout) == (5, 200)


@pytest.mark.reference("12.2c")
def test_caller_hangs_up_while_waiting(shop: Desk) -> None:
    """The Task is canceled with the reason hangup."""
    call = dial(shop)
    call.hang_up()

    task = only_task(shop)
    assert (task.assignment_status, task.reason) == ("canceled", "hangup")
    assert shop.events()[-1].event_data["task_canceled_reason"] == "hangup"


@pytest.mark.reference("12.2d")
def test_wait_url_is_asked_what_the_caller_hears(shop: Desk, application: VoiceApplication) -> None:
    """With the place in the queue."""
    dial(shop)
    call = dial(shop)

    (_, second) = application.asked("/wait")
    assert (second["QueuePosition"], second["CurrentQueueSize"], second["QueueTime"]) == ("2", "2", "0")
    assert second["QueueSid"].startswith("QU")
    assert call.told[-1] == "Say: Please wait."


@pytest.mark.reference("12.2e")
@pytest.mark.parametrize(("end", "result", "seconds"), [("caller", "hangup", "30"), ("worker", "bridged", "30")])
def test_action_learns_how_the_call_left_the_queue(
    shop: Desk, application: VoiceApplication, end: str, result: str, seconds: str
) -> None:
    """``hangup`` at once; ``bridged`` when both have talked, and then the caller hears what it answers."""
    call = dial(shop)
    shop.advance(30)
    if end == "worker":
        come(shop)
        shop.advance(50)
        assert application.asked("/left") == []
    call.hang_up(end)

    (asked,) = application.asked("/left")
    assert (asked["QueueResult"], asked["QueueTime"]) == (result, seconds)
    assert ("Say: Goodbye." in call.told) == (end == "worker")


@pytest.mark.reference("12.2e")
def test_without_an_action_the_next_verb_follows(shop: Desk, application: VoiceApplication) -> None:
    """When the talk is over."""
    workflow_sid = shop.workspace.workflows.list()[0].sid
    application.documents["/enqueue_call"] = enqueue(workflow_sid, "1", "") + "<Say>Tell us how it was.</Say>"
    come(shop)

    assert dial(shop).hang_up("worker").told[-2:] == ["Say: Tell us how it was.", "Over."]


@pytest.mark.reference("12.2f")
def test_gather_sends_the_keys(shop: Desk, application: VoiceApplication) -> None:
    """To its action, as text, signed like every request; without a key the next verb follows after its time."""
    dial(shop)
    silent = dial(shop, digits="")
    shop.advance(5)

    assert [form["Digits"] for form in application.asked("/enqueue_call")] == ["1"]
    assert silent.fetch().told[-2:] == ["Keys: none", "Over."]


@pytest.mark.reference("12.2g")
@pytest.mark.parametrize(
    ("document", "code"),
    [
        ('<Enqueue workflowSid="WW0"/>', 14220),
        ("<Enqueue workflowSid='{}'><Task>{{'selected_language': 'es'}}</Task></Enqueue>", 14221),
        ("<Enqueue workflowSid='{}'><Task>[1]</Task></Enqueue>", 14221),
    ],
)
def test_what_is_wrong_with_enqueue(shop: Desk, document: str, code: int) -> None:
    """It shows in the debugger, and there is no Task."""
    call = shop.running.dial(twiml=f"<Response>{document.format(shop.workspace.workflows.list()[0].sid)}</Response>")

    assert shop.alerts() == [code]
    assert (call.stage, shop.workspace.tasks.list()) == ("over", [])


@pytest.mark.reference("12.2h")
def test_caller_outlasts_the_task(shop: Desk) -> None:
    """When the Task times out the call goes on."""
    call = dial(shop)
    shop.advance(200)

    assert only_task(shop).assignment_status == "canceled"
    assert call.fetch().status == "in-progress"


@pytest.mark.reference("12.1a")
def test_worker_wraps_up_after_the_talk(shop: Desk) -> None:
    """The call was accepted with the instruction; after it the Task is wrapping, until the application completes it."""
    come(shop)
    call = dial(shop)
    assert (call.stage, only_task(shop).assignment_status) == ("talking", "assigned")

    call.hang_up()

    assert (call.stage, only_task(shop).assignment_status) == ("over", "wrapping")


@pytest.mark.reference("12.3a")
def test_dial_queue_accepts_and_connects(shop: Desk, application: VoiceApplication) -> None:
    """The Worker whom ``call`` rang hears TwiML; its ``<Dial><Queue>`` accepts, and both talk."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "call", "from": "+1", "url": "http://127.0.0.1:9/agent"}
    application.documents["/agent"] = lambda form: (
        f'<Dial><Queue reservationSid="{application.forms(ASSIGNMENT_URL)[-1]["ReservationSid"]}"/></Dial>'
    )
    come(shop)
    call = dial(shop)

    assert (call.stage, only_task(shop).assignment_status) == ("talking", "assigned")
    (asked,) = application.asked("/agent")
    assert (asked["Direction"], asked["CallStatus"], asked["To"]) == ("outbound-api", "in-progress", "+15555555555")


@pytest.mark.reference("12.3b")
@pytest.mark.parametrize(("accepts", "code"), [(True, 14217), (False, 14215)])
def test_dial_queue_needs_a_pending_reservation_of_a_waiting_call(shop: Desk, accepts: bool, code: int) -> None:
    """One that was accepted before, or whose Task no call is waiting for, shows in the debugger."""
    shop.workspace.workflows(shop.workspace.workflows.list()[0].sid).update(assignment_callback_url="")
    come(shop)
    task = shop.task({"selected_language": "es"})
    (reservation,) = task.reservations.list()
    if accepts:
        reservation.update(reservation_status="accepted")
    shop.running.dial(twiml=f'<Response><Dial><Queue reservationSid="{reservation.sid}"/></Dial></Response>')

    assert shop.alerts() == [code]


@pytest.mark.reference("14.26")
def test_phone_that_nobody_answers(shop: Desk) -> None:
    """Its Reservation is canceled after the seconds of the instruction, and the Worker is asked again."""
    come(shop)
    call = dial(shop, worker_answers=False)
    shop.advance(60)

    assert call.fetch().told[-2:] == ["The Worker's phone rang out.", "Ringing: Alice"]
    assert shop.offers(only_task(shop)) == [("Alice", "canceled"), ("Alice", "pending")]
    assert call.pick_up().stage == "talking"
