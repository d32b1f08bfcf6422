"""What a test in Python may do to a running emulator, without a request of its own making."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from helpers.emulator.emulator_errors import EmulatorError
from helpers.emulator.engine.model.refusals import Invalid, NotFound, Refused
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.emulator.server import RunningEmulator, start

SEED = {
    "workspaces": [
        {
            "friendly_name": "Care Desk",
            "workers": [{"friendly_name": "Alice", "activity": "Available"}],
            "task_queues": [{"friendly_name": "Everybody"}],
            "workflows": [
                {
                    "friendly_name": "All",
                    "configuration": {"task_routing": {"default_filter": {"queue": "Everybody"}}},
                }
            ],
        }
    ]
}


@pytest.fixture
def running() -> Iterator[RunningEmulator]:
    with start(seed="tests") as running:
        yield running


@pytest.fixture
def room(running) -> Any:
    """The Workspace of the seed document, where nobody answers what is sent about a new Task."""
    (sid,) = running.seed(SEED)
    client = Client(running.account_sid, running.auth_token, http_client=EmulatorHttpClient(running.url))
    room = client.taskrouter.v1.workspaces(sid)
    room.update(event_callback_url="http://user:sesame@127.0.0.1:9/", events_filter="task.created")
    return room


def test_seed_makes_what_is_not_there(running, room):
    """A document makes its Workspaces once; one with a mistake in it makes none."""
    assert [each.friendly_name for each in room.workers.list()] == ["Alice"]
    assert running.seed(SEED) == []
    with pytest.raises(Invalid, match="friendly_name") as refused:
        running.seed({"workspaces": [{}]})
    assert isinstance(refused.value, EmulatorError)


def test_snapshot_brings_everything_back(running, room):
    """Restored, it is as then, the time and the next SID included."""
    before, began = running.snapshot(), running.pause()
    task = room.tasks.create()
    running.advance(500)
    running.restore(before)

    assert (room.tasks.list(), running.pause(), running.snapshot()) == ([], began, before)
    assert room.tasks.create().sid == task.sid
    assert len(running.snapshot(events=True)["events"]) > len(running.snapshot().get("events", []))


def test_clock_is_read_with_its_next_timer(running, room):
    """Its time, whether it runs, and what happens next, in a Workspace or anywhere."""
    task = room.tasks.create(timeout=60)
    now_ms = running.pause()
    timer = {"due_ms": now_ms + 60_000, "sid": task.sid, "purpose": "task timeout"}

    assert running.read_clock() == running.read_clock(task.workspace_sid)
    assert running.read_clock() == {"now_ms": now_ms, "running": False, "next": timer}
    assert running.read_clock("WS" + "0" * 32)["next"] is None


def test_snapshot_that_cannot_be_restored(running, room):
    """It is refused in words, and changes nothing."""
    with pytest.raises(Invalid, match="not a snapshot"):
        running.restore({"format": "?"})
    assert room.fetch().friendly_name == "Care Desk"


def test_logs_tell_of_callbacks(running, room):
    """Each delivery and each alert as it happened, by Workspace or by number, and no password in either."""
    room.tasks.create()
    (delivery,) = running.deliveries()
    (alert,) = running.alerts()

    assert (delivery.callback.kind, delivery.delivered, len(delivery.attempts)) == ("event", False, 1)
    assert (alert.code, alert.workspace_sid) == (11200, delivery.callback.workspace_sid)
    assert "sesame" not in repr((delivery, alert))
    assert running.deliveries("WS" + "0" * 32) == running.deliveries(after=delivery.number) == []
    assert running.alerts("WS" + "0" * 32) == running.alerts(after=alert.number) == []


def test_delivery_is_sent_again(running, room):
    """Under a number of its own; one that never was is refused."""
    room.tasks.create()
    (first,) = running.deliveries()
    again = running.replay(first.number)

    assert (again.callback, again.number) == (first.callback, first.number + 1)
    assert "sesame" not in repr(again)
    with pytest.raises(NotFound):
        running.replay(1000)


def test_faults_strike_and_are_called_off(running, room):
    """Trouble comes as often as asked for, unless it is called off."""
    running.add_fault("fail", kind="event", times=2, status=503)
    room.tasks.create()
    assert running.deliveries()[0].attempts[0].status == 503
    assert [(each.fault, each.times) for each in running.faults()] == [("fail", 1)]

    running.add_fault("busy")
    with pytest.raises(TwilioRestException) as refusal:
        room.fetch()
    assert refusal.value.status == 429

    running.clear_faults()
    assert running.faults() == []


@pytest.mark.parametrize(
    ("fault", "settings", "words"),
    [
        ("fire", {}, "one of slow, fail, signature, duplicate, reorder, late_reply, empty, no_instruction, busy"),
        (None, {}, "one of slow"),
        ("fail", {"kind": "letter"}, "one of any, assignment, event"),
        ("fail", {"times": 0}, "whole number from 1"),
        ("fail", {"times": "2"}, "whole number from 1"),
        ("slow", {"seconds": -1}, "0 or more"),
        ("slow", {"seconds": float("nan")}, "0 or more"),
        ("slow", {"seconds": "6"}, "0 or more"),
        ("fail", {"status": 600}, "from 100 to 599"),
        ("busy", {"kind": "event"}, "leave them out"),
    ],
)
def test_unknown_fault_is_refused(running, fault, settings, words):
    """A value that means nothing is told with the ones that do."""
    with pytest.raises(Invalid, match=words):
        running.add_fault(fault, **settings)
    assert running.faults() == []


@pytest.mark.parametrize(
    "mistaken",
    [
        lambda running: running.seed({"workspaces": [{"friendly_nam": "Desk"}]}),
        lambda running: running.advance(-1),
        lambda running: running.add_fault("fire"),
        lambda running: running.explain("WT"),
    ],
)
def test_refusal_is_short(running, mistaken):
    """Nothing of how the emulator came to it stands between the test's own line and the sentence."""
    with pytest.raises(Refused) as refused:
        mistaken(running)

    assert {entry.path for entry in refused.traceback.filter(refused)} == {Path(__file__)}
    assert (refused.value.__cause__, refused.value.__suppress_context__) == (None, True)


async def running_loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


def test_event_loops_of_others_stay_theirs(running):
    """The server has a fast loop of its own; who runs a coroutine beside it, in the same process, gets Python's."""
    theirs = asyncio.run(running_loop())

    assert type(theirs).__module__.startswith("asyncio."), "the lower bound of uvicorn is for this"
