"""Callbacks arrive in the promised order, and it can be known when all have."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import unquote_plus

import pytest

from helpers.emulator.background import InTheWay
from helpers.emulator.callbacks.faults import Fault, Faults
from helpers.emulator.callbacks.inline_queue import InlineQueue
from helpers.emulator.callbacks.overtaking import Overtaking
from helpers.emulator.callbacks.queue import CallbackQueue, send_unanswered
from helpers.emulator.callbacks.request import CallbackRequest
from helpers.emulator.callbacks.sender import CallbackSender
from helpers.emulator.callbacks.throttle import Throttle
from helpers.emulator.clock import Clock
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.calls import phone_calls
from helpers.emulator.engine.commands import workers
from helpers.emulator.engine.model.changes import Callback
from helpers.emulator.engine.model.refusals import NotFound
from helpers.emulator.server.administration.administration import Administration
from helpers.emulator.server.clock_setting import ClockSetting
from helpers.emulator.store.callback_log import DeliveryEntry
from tests.worlds.application import ASSIGNMENT_URL, EVENTS_URL


class Gates:
    """A receiver that answers each request when told to, and knows what is open."""

    def __init__(self) -> None:
        self.open: dict[str, asyncio.Event] = {}
        self.order: list[str] = []

    async def send(self, request: CallbackRequest) -> CallbackReply:
        name = unquote_plus(request.body.decode().partition("Name=")[2])
        self.order.append(name)
        gate = self.open[name] = asyncio.Event()
        await gate.wait()
        return CallbackReply(status=204, content_type=None, body=b"")


def callback(name: str, kind: str = "event", workspace_sid: str = "WS1", url: str = EVENTS_URL) -> Callback:
    parameters = {"TaskSid": "WT1", "WorkerSid": "WK1", "Name": name}
    return Callback(
        kind=kind,
        sid=f"{kind} {name}",
        account_sid="AC" + "a" * 32,
        workspace_sid=workspace_sid,
        url=url,
        parameters=parameters,
    )


def run(emulator, scenario: Callable, faults: Faults | None = None):
    """Play a scenario in an event loop, with a delivery that is stopped afterwards."""

    async def play():
        gates, throttle = Gates(), Throttle(emulator)
        delivery = CallbackQueue(
            emulator, CallbackSender(emulator, gates, throttle), throttle, Overtaking(faults or Faults())
        )
        try:
            return await scenario(delivery, gates)
        finally:
            await delivery.drop()

    return asyncio.run(play())


async def turn_over() -> None:
    """Let everything that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def running(emulator):
    """The emulator with a running clock."""
    emulator.clock = Clock.real()
    return emulator


def test_events_of_a_workspace_follow_each_other(running):
    """The second event callback is sent when the first one is answered; other workspaces do not wait."""

    async def scenario(delivery, gates):
        delivery.send([callback("a"), callback("b"), callback("c", workspace_sid="WS2")])
        await turn_over()
        before = list(gates.order)
        gates.open["a"].set()
        await turn_over()
        return before, gates.order

    assert run(running, scenario) == (["a", "c"], ["a", "c", "b"])


@pytest.mark.parametrize("switches", [("pause", "run", "pause"), ("run", "pause", "run")])
def test_events_follow_each_other_while_the_clock_is_switched(emulator, switches):
    """Who is still busy with one when time stops, or goes on, is told of the next one afterwards."""

    async def scenario(delivery, gates):
        for number, switch in enumerate(switches):
            getattr(emulator.clock, switch)()
            delivery.send([callback(f"e{number}"), callback(f"a{number}", "assignment")])
            await turn_over()
        at_once = list(gates.order)
        for name in ("e0", "a0", "e1", "a1"):
            if name in gates.open:
                gates.open[name].set()
            await turn_over()
        return at_once, gates.order

    at_once, order = run(emulator, scenario)

    assert [name for name in at_once if name[0] == "e"] == ["e0"]
    assert [name for name in order if name[0] == "e"] == ["e0", "e1", "e2"]


def test_assignment_callbacks_wait_for_nobody(running):
    """Assignment callbacks are open side by side, and beside events."""

    async def scenario(delivery, gates):
        delivery.send([callback("e"), callback("a", "assignment"), callback("b", "assignment")])
        await turn_over()
        return gates.order

    assert run(running, scenario) == ["e", "a", "b"]


def test_everything_is_orderly_while_time_stands_still(emulator):
    """On a lesson clock each callback waits for the one caused before it, whatever its kind."""

    async def scenario(delivery, gates):
        delivery.send([callback("a", "assignment"), callback("e"), callback("f", workspace_sid="WS2")])
        for name in ("a", "e"):
            await turn_over()
            assert gates.order[-1] == name
            gates.open[name].set()
        await turn_over()
        return gates.order

    assert run(emulator, scenario) == ["a", "e", "f"]


@pytest.mark.parametrize("kind", ["event", "assignment"])
@pytest.mark.parametrize("clock", [Clock.lesson, Clock.real])
def test_dead_receiver_slows_only_itself(emulator, clock, kind):
    """Whatever waits for somebody who never answers, another receiver is told of everything, on every clock."""
    emulator.clock = clock()

    async def scenario(delivery, gates):
        delivery.send(callback(f"dead {number}", kind) for number in range(100))
        delivery.send(callback(f"b{number}", kind, url="http://127.0.0.1:10/") for number in range(3))
        for number in range(3):
            await turn_over()
            gates.open[f"b{number}"].set()
        await turn_over()
        return [name for name in gates.order if "dead" not in name], delivery.outstanding

    assert run(emulator, scenario) == (["b0", "b1", "b2"], 100)


def test_new_event_url_does_not_wait_for_the_old_one(running):
    """Once a Workspace names another receiver, its events go there at once, whatever the old one still owes."""

    async def scenario(delivery, gates):
        delivery.send([callback("a"), callback("b"), callback("c", url="http://127.0.0.1:10/events")])
        await turn_over()
        return gates.order

    assert run(running, scenario) == ["a", "c"]


def test_settled_waits_for_the_last_answer(emulator):
    """It is settled when all have been answered, not before."""

    async def scenario(delivery, gates):
        delivery.send([callback("a"), callback("b")])
        waiting = asyncio.ensure_future(delivery.settle())
        await turn_over()
        gates.open["a"].set()
        await turn_over()
        still_waiting = not waiting.done()
        gates.open["b"].set()
        return still_waiting, await waiting, delivery.outstanding

    assert run(emulator, scenario) == (True, True, 0)


def test_settled_gives_up_at_its_limit(emulator):
    """A receiver that never answers cannot hold up everybody for ever."""

    async def scenario(delivery, gates):
        delivery.send([callback("a")])
        return await delivery.settle(0)

    assert run(emulator, scenario) is False


def test_dropped_callbacks_are_over(running):
    """Neither the open one nor those behind it are waited for, and the next one goes out as ever."""

    async def scenario(delivery, gates):
        delivery.send([callback("a"), callback("b"), callback("c", "assignment")])
        await turn_over()
        await delivery.drop()
        dropped = delivery.outstanding, await delivery.settle()
        delivery.send([callback("d")])
        await turn_over()
        return dropped, gates.order

    assert run(running, scenario) == ((0, True), ["a", "c", "d"])


def test_callback_about_to_be_sent_is_dropped(running):
    """Its runner has not begun when everything is dropped; afterwards callbacks go out as ever."""

    async def scenario(delivery, gates):
        delivery.send([callback("a")])
        await delivery.drop()
        dropped = delivery.outstanding
        delivery.send([callback("b")])
        await turn_over()
        return dropped, gates.order

    assert run(running, scenario) == (0, ["b"])


def test_callback_caused_while_others_are_dropped_is_dropped(running):
    """A request that is handled meanwhile is of the old world, too."""

    async def scenario(delivery, gates):
        delivery.send([callback("a")])
        await turn_over()
        dropping = asyncio.ensure_future(delivery.drop())
        await asyncio.sleep(0)
        delivery.send([callback("b", workspace_sid="WS2")])
        await dropping
        return delivery.outstanding

    assert run(running, scenario) == 0


def test_replayed_callback_is_dropped_like_any(running):
    """It is waited for, and whoever replays it hears that the log holds it no more; its answer counts for nothing."""

    async def scenario(delivery, gates):
        running.store.add_delivery(DeliveryEntry(callback=callback("a"), attempts=[], delivered=True, at=0))
        controls = Administration(running, delivery, Faults(), ClockSetting("lesson"), InTheWay())
        replaying = asyncio.ensure_future(controls.replay(1))
        await turn_over()
        waited_for = delivery.outstanding
        await controls.reset()
        with pytest.raises(NotFound):
            await replaying
        return waited_for, delivery.outstanding

    assert run(running, scenario) == (1, 0)


def test_reset_waits_for_no_late_answer(running):
    """Who has not answered by then never will: in the new world the same SIDs are somebody else's."""

    async def scenario(delivery, gates):
        async def gives_up() -> bool:
            return False

        delivery.settle = gives_up
        delivery.send([callback("a", "assignment")])
        await turn_over()
        await Administration(running, delivery, Faults(), ClockSetting("lesson"), InTheWay()).reset()
        return delivery.outstanding

    assert run(running, scenario) == 0


def test_clock_waits_once_for_who_does_not_answer(told_desk, emulator):
    """Many timers with a receiver that never answers cost one wait, not one each."""

    async def scenario(delivery, gates):
        waits = []

        async def gives_up() -> bool:
            waits.append(delivery.outstanding)
            return not delivery.outstanding

        delivery.settle = gives_up
        emulator.on_callbacks = delivery.send
        await Administration(emulator, delivery, Faults(), ClockSetting("lesson"), InTheWay()).advance(86_400)
        return len(waits) - waits.count(0)

    for _ in range(3):
        told_desk.task()

    assert run(emulator, scenario) == 1


def test_nothing_sent_is_settled(emulator):
    """With nothing on its way there is nothing to wait for."""

    async def scenario(delivery, gates):
        return await delivery.settle(0)

    assert run(emulator, scenario) is True


def test_broken_delivery_does_not_stop_the_line(emulator, caplog):
    """A callback that cannot even be made into a request is logged, and the next one goes out."""

    async def scenario(delivery, gates):
        broken = callback("a")
        emulator.accounts["AC unknown"] = None
        delivery.send([type(broken)(**{**asdict(broken), "account_sid": "AC unknown"}), callback("b")])
        await turn_over()
        return gates.order

    assert run(emulator, scenario) == ["b"]


def asdict(each: Callback) -> dict[str, object]:
    return {name: getattr(each, name) for name in each.__struct_fields__}


def test_reordering_swaps_the_next_two(emulator):
    """When trouble is asked for the second callback overtakes the first."""
    faults = Faults()
    faults.add(Fault(fault="reorder"))

    async def scenario(delivery, gates):
        delivery.send([callback("a"), callback("b"), callback("c")])
        for name in ("b", "a"):
            await turn_over()
            gates.open[name].set()
        await turn_over()
        return gates.order

    assert run(emulator, scenario, faults) == ["b", "a", "c"]


def test_waiting_for_callbacks_includes_the_one_that_was_overtaken(emulator):
    """Between the answer to the last callback and the one that it has overtaken, nothing seems to be over."""
    faults = Faults()
    faults.add(Fault(fault="reorder"))

    async def scenario(delivery, gates):
        delivery.send([callback("a")])
        await turn_over()
        delivery.send([callback("b")])
        settling = asyncio.ensure_future(delivery.settle())
        await turn_over()
        gates.open["b"].set()
        await turn_over()
        was_over = settling.done()
        gates.open["a"].set()
        return was_over, await settling, delivery.outstanding

    assert run(emulator, scenario, faults) == (False, True, 0)


def test_unanswered_callbacks_are_sent_again(desk, emulator, application):
    """After a restart the Reservations whose callback was never answered are told of, and only those."""
    desk.task()
    desk.task()
    desk.move(desk.available_sid)
    desk.write(workers.create, friendly_name="Bob", activity_sid=desk.available_sid)
    desk.reservations[1].callback_due = False
    throttle = Throttle(emulator)
    delivery = InlineQueue(CallbackSender(emulator, application, throttle), throttle)
    emulator.on_callbacks = delivery.send
    send_unanswered(emulator)
    delivery.drain()

    assert application.urls == [ASSIGNMENT_URL]
    assert not desk.reservations[0].callback_due


def test_calls_that_asked_for_twiml_end_with_the_process(desk, emulator):
    """After a restart nobody waits for a reply that can't come."""
    call = desk.write(phone_calls.dial, from_number="+1", to_number="+2", url="http://127.0.0.1:9/incoming_call")
    assert call.stage == "asking"
    send_unanswered(emulator)

    assert (call.stage, call.status) == ("over", "failed")


def test_ended_reservations_are_not_told_of_again(desk, emulator, application):
    """A Reservation that ended while its callback was on the way is only marked as done."""
    desk.task()
    desk.move(desk.available_sid)
    desk.reservations[0].reservation_status = "canceled"
    emulator.on_callbacks = lambda callbacks: pytest.fail("nothing should be sent")
    send_unanswered(emulator)

    assert not desk.reservations[0].callback_due
