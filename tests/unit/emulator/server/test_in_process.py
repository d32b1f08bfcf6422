"""An emulator in place belongs to its caller: callbacks after the outermost exchange, no running clock, an end."""

from __future__ import annotations

import json

import pytest
from twilio.rest import Client

from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.model.refusals import Invalid
from helpers.emulator.sdk import EmulatorGone
from helpers.emulator.sdk.http_client import InProcessHttpClient
from helpers.emulator.server import BadStart, RunningEmulator
from helpers.emulator.server.exchanges import Exchanges
from helpers.emulator.server.in_process import start_in_process
from tests.unit.emulator.server.ground_scenarios import desk_of
from tests.worlds.desk import ClientDesk
from tests.worlds.grounds import in_place


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
