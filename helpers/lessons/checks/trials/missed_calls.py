"""Eight calls of which two are missed, and the Tasks with which an answer calls back (exercise 14.3)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from helpers.emulator.sdk.sdk_reading import read_list
from helpers.emulator.server.simulated_call import SimulatedCall
from helpers.lessons.checks.answers import join_words, read_function, read_globals
from helpers.lessons.checks.subjects.own_calls import call_with, refuse_other_cells
from helpers.lessons.checks.subjects.own_shop import EventParameters, read_event
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.verdict import NotYet

__all__ = ["calls_back"]

_MISSED = {1012: 40, 1016: 25}
"""Seconds after which each caller hung up."""
_OTHERS = {
    1015: "timed out in the Workflow; that's not a hang-up.",
    1017: "was canceled by the shop; that's not a hang-up.",
}


class _EightCalls(NamedTuple):
    """World after eight calls, and the events of their Tasks."""

    own: OwnWorld
    events: list[EventParameters]
    began: dict[int, int]
    """Time in epoch seconds at which each order's Task was created."""


def calls_back(call_back: object) -> str:
    """14.3: a function that makes one Task for each caller who hung up, in the caller's place."""
    function = read_function("call_back", call_back, "workspace", "workflow_sid", "event")
    refuse_other_cells("call_back", function)
    kept = [name for name, value in read_globals(function).items() if isinstance(value, set | list | dict)]
    if kept:
        raise NotYet(
            f"`call_back` remembers what it has seen in `{kept[0]}`, which is empty after a restart.",
            "Ask TaskRouter: does a Task for this missed call exist already?",
        )
    day = _play()
    _deliver(day, function)
    _judge(day)
    return "orders 1012 and 1016 are called back once each, and each keeps the caller's place."


def _play() -> _EightCalls:
    """Let eight customers call while nobody is available."""
    own = OwnWorld.build()
    own.emulator.set_step(0)
    calls: dict[int, SimulatedCall] = {}

    def dial(order: int, seconds: int, language: str = "es", timeout: int = 3600) -> None:
        attributes = json.dumps({"selected_language": language, "order": order})
        task = f"<Task timeout='{timeout}'>{attributes}</Task>"
        twiml = f"<Response><Enqueue workflowSid='{own.sids.workflow_sid}'>{task}</Enqueue></Response>"
        calls[order] = own.emulator.dial(twiml=twiml)
        own.advance(seconds)

    dial(1010, 10)
    dial(1011, 10, "en")
    dial(1012, 20)
    dial(1013, 20)
    calls[1012].hang_up()
    dial(1014, 10, "en")
    dial(1015, 70, timeout=60)
    dial(1016, 25, "en")
    calls[1016].hang_up()
    dial(1017, 10)
    own.workspace.tasks(calls[1017].task_sid).update(assignment_status="canceled", reason="closed")
    began = {}
    for event in (events := [read_event(each) for each in own.workspace.events.list(minutes=60)]):
        if event["EventType"] == "task.created":
            began[json.loads(event["TaskAttributes"])["order"]] = int(event["TaskDateCreated"])
    own.advance(600)  # until the canceled Tasks are gone
    events.sort(key=lambda event: int(event["TimestampMs"]))
    return _EightCalls(own, events, began)


def _deliver(day: _EightCalls, function: Callable[..., Any]) -> None:
    """Call the function with each event, and with one of them twice."""
    for event in day.events:
        twice = event["EventType"] == "task.canceled" and _order_of(event["TaskAttributes"]) == 1012
        for _ in range(1 + twice):
            try:
                call_with(
                    day.own,
                    "call_back",
                    function,
                    day.own.workspace,
                    day.own.sids.workflow_sid,
                    dict(event),
                    endless="Call `create` once for each caller who hung up.",
                )
            except NotYet as stopped:
                refused = stopped.__cause__ and stopped.__cause__.__cause__
                if getattr(refused, "status", 0) == 404:
                    raise NotYet(
                        "`call_back` reads a Task that is gone.",
                        "TaskRouter removes it five minutes after its end. The event carries `TaskCanceledReason`.",
                    ) from stopped
                raise


def _order_of(attributes: str) -> object:
    read = json.loads(attributes)
    return read.get("order") if isinstance(read, dict) else None


def _judge(day: _EightCalls) -> None:
    """Compare the Tasks that were created with the callers who hung up.

    Raises:
        NotYet: something is missing, or too much, or isn't what the callers need.
    """
    by_call = {event["TaskSid"] for event in day.events if "TaskSid" in event}
    made = [task for task in read_list(day.own.workspace.tasks) if task.sid not in by_call]
    if lost := [task for task in made if task.assignment_status == "canceled"]:
        language = json.loads(lost[0].attributes or "{}")
        missing = not isinstance(language, dict) or "selected_language" not in language
        why = "the language is missing, so no filter matched" if missing else "no filter matched its attributes"
        raise NotYet(f"TaskRouter canceled your Task: {why}.", "Keep `selected_language` of the missed call's Task.")
    orders = [_order_of(task.attributes) for task in made]
    for order, why in _OTHERS.items():
        if order in orders:
            raise NotYet(f"order {order} {why}", "Compare `TaskCanceledReason` with `hangup`.")
    for order, seconds in _MISSED.items():
        if order not in orders and None in orders:
            raise NotYet("a Task of yours has no `order`.", "Keep `order` of the missed call's Task.")
        if order not in orders:
            raise NotYet(
                f"order {order} hung up after {seconds} s and got no callback.",
                pointer="A missed call's event is a `task.canceled` with the `TaskCanceledReason` `hangup`.",
            )
    if strange := [order for order in orders if order not in _MISSED]:
        raise NotYet(f"order {strange[0]} is still on the phone.", "Only who hung up needs a callback.")
    if twice := [order for order in _MISSED if orders.count(order) > 1]:
        wrong = f"order {join_words(map(str, twice))} got {orders.count(twice[0])} callbacks: the event came twice."
        raise NotYet(wrong, "Look for a Task with the same `missed_call` before you create one.")
    for task in made:
        _judge_one(day, task)


def _judge_one(day: _EightCalls, task: Any) -> None:
    attributes = json.loads(task.attributes)
    order = attributes["order"]
    if "call_sid" in attributes:
        raise NotYet(
            "your Task has the old `call_sid`.", "That call is over; a dequeue would ring nobody. Leave it out."
        )
    if task.task_channel_unique_name == "voice":
        wrong = "your Task is on the channel voice, and a callback isn't a live call yet."
        raise NotYet(wrong, "Leave `task_channel` out: while it waits, Alice can still be called.")
    if task.priority:
        wrong = "your Task has a higher priority, so it passes everybody, also those who called before."
        raise NotYet(wrong, "Use `virtual_start_time`, and no priority.")
    start, right = int(task.virtual_start_time.timestamp()), day.began[order]
    if start > right:
        behind = "behind 1013, who called later" if order == 1012 else "behind customers who called later"
        raise NotYet(
            f"order {order} is {behind}.", "Pass `virtual_start_time`: when the missed call's Task was created."
        )
    if start < right:
        wrong = f"order {order} is before customers who called earlier."
        raise NotYet(wrong, "Pass the time at which the missed call's Task was created, and no earlier one.")
