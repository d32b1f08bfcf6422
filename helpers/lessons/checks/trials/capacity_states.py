"""Nine Workers with calls and chats, and the target that exercise 10.2 tries on them."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from helpers.emulator.engine.model.defaults import TARGET_WORKERS
from helpers.lessons.checks.subjects.own_world import OwnWorld

__all__ = ["NINE", "State", "judge_states"]

_VOICE_CAPACITY = 2


class State(NamedTuple):
    """Calls and chats of one Worker."""

    call: str
    """ "none", "ringing" or "accepted"."""
    chats: int
    """Number of chats that the Worker has accepted."""
    chat_capacity: int
    is_free: bool
    """True if the Worker should get one more chat."""

    def __str__(self) -> str:
        calls = {"none": "no call", "ringing": "a ringing call", "accepted": "an accepted call"}[self.call]
        chats = {0: "no chat", 1: "one chat"}.get(self.chats, f"{self.chats} chats")
        return f"{calls} and {chats} (of {self.chat_capacity})"


NINE = (
    State("none", 0, 2, True),
    State("none", 1, 2, True),
    State("none", 2, 5, False),
    State("ringing", 0, 3, False),
    State("ringing", 1, 3, False),
    State("ringing", 2, 5, False),
    State("accepted", 0, 3, False),
    State("accepted", 1, 3, False),
    State("accepted", 2, 5, False),
)
"""States by Worker. Each has free capacity for chats, so that the expression alone decides."""


def judge_states(own: OwnWorld, expression: str) -> list[bool]:
    """Return for each of the nine Workers if TaskRouter offers a chat that has this target.

    Raises:
        TwilioException: TaskRouter refuses the expression.
    """
    queue = own.workspace.task_queues.create(friendly_name="Everybody", target_workers=TARGET_WORKERS)
    _set_target(own, queue.sid, expression)  # alone, so that a refusal speaks of what was written
    _set_target(own, queue.sid, f"({expression}) AND worker.friendly_name == task.worker")
    names = [_employ(own, number, state) for number, state in enumerate(NINE)]
    chats = [_create(own, name, "chat", "probe") for name in names]
    return [chat.fetch().assignment_status == "reserved" for chat in chats]


def _set_target(own: OwnWorld, queue_sid: str, expression: str) -> None:
    """Give the Workflow two filters: for the chats to try, and for the work that the Workers have already."""
    targets = {"probe": expression, "work": "worker.friendly_name == task.worker"}
    filters = [
        {"expression": f'purpose == "{purpose}"', "targets": [{"queue": queue_sid, "expression": target}]}
        for purpose, target in targets.items()
    ]
    configuration = json.dumps({"task_routing": {"filters": filters}})
    own.workspace.workflows(own.sids.workflow_sid).update(configuration=configuration)


def _employ(own: OwnWorld, number: int, state: State) -> str:
    """Create a Worker in this state, and return the Worker's name."""
    name = f"Worker {number}"
    worker = own.workspace.workers.create(friendly_name=name, activity_sid=own.sids.activity_sids["Idle"])
    channels = own.workspace.workers(worker.sid).worker_channels
    channels("voice").update(capacity=_VOICE_CAPACITY)
    channels("chat").update(capacity=state.chat_capacity)
    for _ in range(state.chats):
        _accept(_create(own, name, "chat", "work"))
    if state.call != "none":
        call = _create(own, name, "voice", "work")
        if state.call == "accepted":
            _accept(call)
    return name


def _create(own: OwnWorld, worker: str, channel: str, purpose: str) -> Any:
    attributes = json.dumps({"worker": worker, "purpose": purpose, "medium": channel})
    workflow_sid = own.sids.workflow_sid
    return own.workspace.tasks.create(attributes=attributes, workflow_sid=workflow_sid, task_channel=channel)


def _accept(task: Any) -> None:
    [offer] = task.reservations.list()
    offer.update(reservation_status="accepted")
