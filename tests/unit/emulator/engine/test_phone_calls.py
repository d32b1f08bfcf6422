"""Simulated calls beyond the facts of reference 12: what callers, Workers and applications do wrong, late or twice."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.emulator.engine.model.refusals import Invalid
from helpers.emulator.server.simulated_call import SimulatedCall
from tests.worlds.application import ASSIGNMENT_URL
from tests.worlds.desk import Desk
from tests.worlds.voice_application import INCOMING, VoiceApplication

STATUS = "http://127.0.0.1:9/status"


@pytest.fixture
def application() -> VoiceApplication:
    application = VoiceApplication()
    application.replies[ASSIGNMENT_URL] = {"instruction": "dequeue", "status_callback_url": STATUS}
    return application


@pytest.fixture
def shop(application: VoiceApplication) -> Desk:
    """A desk whose callers all wait for Alice, who is there."""
    return open_shop(application)


def open_shop(application: VoiceApplication, **workspace: Any) -> Desk:
    desk = Desk(application, **workspace)
    workflow_sid = desk.workflow(default=desk.queue(), assignment_callback_url=ASSIGNMENT_URL)
    desk.worker("Alice", {"contact_uri": "client:alice"})
    application.documents["/incoming_call"] = f'<Enqueue workflowSid="{workflow_sid}" waitUrl="/wait"/>'
    application.documents["/wait"] = "<Say>Please wait.</Say>"
    return desk


def leave(shop: Desk) -> None:
    shop.move(shop.workspace.workers.list()[0], "Offline")


def run(shop: Desk, inside: str, **more: Any) -> SimulatedCall:
    return shop.running.dial(twiml=f"<Response>{inside}</Response>", **more)


# -- keys --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gather", "pressed", "seconds", "digits"),
    [
        ('numDigits="1"', "12", 0, "1"),
        ("", "12#", 0, "12"),
        ("", "12", 5, "12"),
        ('finishOnKey="*"', "1#*", 0, "1#"),
        ('finishOnKey="" numDigits="3"', "1#2", 0, "1#2"),
        ('actionOnEmptyResult="true" timeout="2"', "", 2, ""),
    ],
)
def test_keys_of_a_gather(
    shop: Desk, application: VoiceApplication, gather: str, pressed: str, seconds: int, digits: str
) -> None:
    application.documents["/keys"] = ""
    run(shop, f'<Gather {gather} action="http://127.0.0.1:9/keys"/>', digits=pressed)
    shop.advance(seconds)

    assert [form["Digits"] for form in application.asked("/keys")] == [digits]


def test_keys_pressed_too_early_wait_for_their_gather(shop: Desk) -> None:
    """Two of one key each take one each."""
    call = run(shop, '<Gather numDigits="1" action="http://127.0.0.1:9/menu"/>', digits="12")

    assert call.told[1] == "Keys: 1"


def test_caller_presses_while_asked(shop: Desk) -> None:
    call = run(shop, "<Gather/>")

    assert call.stage == "gathering"
    assert call.press("7").stage == "gathering"
    assert "Keys: 7" in call.press("#").told


def test_waiting_caller_leaves_by_key(shop: Desk, application: VoiceApplication) -> None:
    """The music asks for a key again and again; a key leads out of the queue."""
    leave(shop)
    application.documents["/wait"] = '<Gather numDigits="1" timeout="10" action="/leave"/>'
    application.documents["/leave"] = "<Leave/>"
    call = shop.running.dial(INCOMING)
    shop.advance(25)
    assert len(application.asked("/wait")) == 3

    assert call.press("1").told[-3:] == ["Keys: 1", "Leave", "Over."]


def test_music_without_time_is_asked_for_once(shop: Desk, application: VoiceApplication) -> None:
    leave(shop)
    shop.running.dial(INCOMING)
    shop.advance(3600)

    assert len(application.asked("/wait")) == 1


# -- the Worker's phone ------------------------------------------------------------------------


def test_worker_declines(shop: Desk, application: VoiceApplication) -> None:
    """The status callback says busy; the Worker, who is still there, is asked again."""
    call = shop.running.dial(INCOMING, worker_answers=False)
    assert call.hang_up("worker").told[-2:] == ["The Worker declined.", "Ringing: Alice"]

    assert [form["CallStatus"] for form in application.asked("/status")] == ["busy"]


def test_caller_hangs_up_while_a_phone_rings(shop: Desk, application: VoiceApplication) -> None:
    call = shop.running.dial(INCOMING, worker_answers=False)
    call.hang_up()

    (task,) = shop.workspace.tasks.list()
    assert (task.assignment_status, shop.offers(task)) == ("canceled", [("Alice", "canceled")])
    assert [form["CallStatus"] for form in application.asked("/status")] == ["canceled"]


def test_reservation_times_out_while_a_phone_rings(shop: Desk, application: VoiceApplication) -> None:
    """Then the ringing ends, and its caller waits on."""
    application.replies[ASSIGNMENT_URL] |= {"timeout": 999}
    call = shop.running.dial(INCOMING, worker_answers=False)
    shop.advance(120)

    assert (call.fetch().stage, call.reservation_sid) == ("waiting", None)
    with pytest.raises(Invalid, match="No Worker's phone rings"):
        call.pick_up()


@pytest.mark.parametrize(("answers", "stage"), [(True, "talking"), (False, "waiting")])
def test_application_accepts_while_a_phone_rings(shop: Desk, answers: bool, stage: str) -> None:
    """Whether the Worker answers or not, the Task stays assigned."""
    call = shop.running.dial(INCOMING, worker_answers=False)
    task = shop.workspace.tasks.list()[0]
    shop.answer(task, "accepted")
    if answers:
        call.pick_up()
    shop.advance(60)

    assert (call.fetch().stage, task.fetch().assignment_status) == (stage, "assigned")


def test_single_tasking_worker_moves_on_after_the_talk(application: VoiceApplication) -> None:
    """Its Task is completed, and the Worker in the Activity of the instruction."""
    shop = open_shop(application, multi_task_enabled=False)
    sid = shop.workspace.activities.create(friendly_name="WrapUp", available=False).sid
    application.replies[ASSIGNMENT_URL] |= {"post_work_activity_sid": sid}
    shop.running.dial(INCOMING).hang_up()

    assert shop.workspace.tasks.list()[0].assignment_status == "completed"
    assert shop.workspace.workers.list()[0].activity_name == "WrapUp"


def test_conference_connects(shop: Desk, application: VoiceApplication) -> None:
    application.replies[ASSIGNMENT_URL] = {"instruction": "conference"}

    assert shop.running.dial(INCOMING).stage == "talking"


def test_redirect_takes_the_caller_out_of_the_queue(shop: Desk, application: VoiceApplication) -> None:
    """Nobody accepts by that."""
    leave(shop)
    call = shop.running.dial(INCOMING)
    url = "http://127.0.0.1:9/voicemail"
    application.replies[ASSIGNMENT_URL] = {"instruction": "redirect", "call_sid": call.sid, "url": url}
    application.documents["/voicemail"] = "<Record/>"
    shop.move(shop.workspace.workers.list()[0], "Available")

    assert call.fetch().told[-2:] == ["Record: not simulated, passed over", "Over."]
    assert shop.offers(shop.workspace.tasks.list()[0]) == [("Alice", "pending")]


def test_worker_call_ends_with_the_talk(shop: Desk, application: VoiceApplication) -> None:
    """Both ends of a ``call`` are on record, and over together."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "call", "from": "+1", "url": "http://127.0.0.1:9/agent"}
    application.documents["/agent"] = lambda form: (
        f'<Dial><Queue reservationSid="{application.forms(ASSIGNMENT_URL)[-1]["ReservationSid"]}"/></Dial>'
    )
    call = shop.running.dial(INCOMING)
    assert call.stage == "talking"
    call.hang_up()

    states = shop.emulator.world.workspaces[shop.workspace_sid].phone_calls.values()
    assert [(each.direction, each.stage) for each in states] == [("inbound", "over"), ("outbound-api", "over")]


def test_task_completed_in_mid_talk_frees_the_caller(shop: Desk) -> None:
    call = shop.running.dial(INCOMING)
    shop.workspace.tasks(call.task_sid).update(assignment_status="completed")

    assert call.fetch().told[-1] == "Over."


# -- trouble -----------------------------------------------------------------------------------


def test_application_that_leads_to_itself_is_not_asked_for_ever(shop: Desk, application: VoiceApplication) -> None:
    application.documents["/loop"] = "<Redirect>/loop</Redirect>"
    call = shop.running.dial("http://127.0.0.1:9/loop")

    assert (call.stage, len(application.asked("/loop")), shop.alerts()) == ("over", 100, [11200])


@pytest.mark.parametrize("reply", [500, "ConnectError", {}])
def test_application_without_twiml(shop: Desk, application: VoiceApplication, reply: Any) -> None:
    """The call fails, and the debugger says why."""
    application.replies["http://127.0.0.1:9/broken"] = reply
    call = shop.running.dial("http://127.0.0.1:9/broken")

    assert (call.status, call.told[-2:]) == ("failed", ["The application gave no TwiML.", "Over."])
    assert shop.alerts() in ([11200], [12300])


def test_reply_after_the_caller_hung_up_changes_nothing(shop: Desk, application: VoiceApplication) -> None:
    """There is no Task for somebody who isn't there."""
    call: list[SimulatedCall] = []

    def hang_up() -> None:
        state = shop.emulator.world.workspaces[shop.workspace_sid]
        (sid,) = state.phone_calls
        call.append(sid)
        shop.http.request("POST", f"{shop.running.url}/_emulator/calls/{sid}/hangup")

    application.meanwhile = hang_up
    assert shop.running.dial(INCOMING).stage == "over"
    assert shop.workspace.tasks.list() == []


@pytest.mark.parametrize(
    "more",
    [{"digits": "1a"}, {"method": "PUT"}, {"status_callback": "nowhere"}, {"colour": "red"}, {"digits": "1" * 1001}],
)
def test_what_a_call_cannot_be_given(shop: Desk, more: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        run(shop, "", **more)
    assert not shop.emulator.world.workspaces[shop.workspace_sid].phone_calls


@pytest.mark.parametrize("url", ["", "ftp://127.0.0.1/", "/incoming_call"])
def test_where_a_number_cannot_lead(shop: Desk, url: str) -> None:
    with pytest.raises(Invalid):
        shop.running.dial(url)


def test_nobody_hangs_up_twice(shop: Desk) -> None:
    call = run(shop, "<Gather/>")
    call.hang_up()

    with pytest.raises(Invalid, match="is over"):
        call.hang_up()


def test_number_tells_of_the_end_of_a_call(shop: Desk, application: VoiceApplication) -> None:
    """As Twilio's status callback does, with the seconds from the answer."""
    call = run(shop, '<Pause length="61"/>', status_callback="http://127.0.0.1:9/done")
    shop.advance(61)

    (form,) = application.asked("/done")
    assert (form["CallSid"], form["CallStatus"]) == (call.sid, "completed")
    assert (form["CallDuration"], form["Duration"]) == ("61", "2")


def test_calls_outlive_a_snapshot(shop: Desk) -> None:
    """A restored caller waits on and can hang up."""
    leave(shop)
    call = shop.running.dial(INCOMING)
    shop.running.restore(shop.running.snapshot())
    call.hang_up()

    assert shop.workspace.tasks.list()[0].reason == "hangup"


def test_call_of_a_snapshot_without_its_workflow_is_refused(shop: Desk) -> None:
    leave(shop)
    shop.running.dial(INCOMING)
    document = shop.running.snapshot()
    document["records"]["phone_call"][0]["queue"]["attributes"] = {}

    with pytest.raises(Invalid, match="workflowSid"):
        shop.running.restore(document)


def test_calls_are_removed_after_a_day(shop: Desk) -> None:
    run(shop, "")
    shop.advance(24 * 3600)

    assert not shop.emulator.world.workspaces[shop.workspace_sid].phone_calls
