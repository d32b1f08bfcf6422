"""Question ``effects``: what follows if a Worker is changed or created, before it is saved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ...display.safe_text import pluralize
from ...engine.commands import worker_channels, workers
from ...engine.model.refusals import Invalid, NotFound
from ...engine.model.resources import Worker
from ...engine.state import WorkspaceState
from ...explanations.reading.eligibility import Rule, first_rule_against
from ...explanations.reading.sandbox import Sandbox
from ...explanations.sentences.phrases import expression
from ..answers.given_text import read_attributes
from ..answers.rich_text import code, say, strong
from ..answers.source import Copy, Source

__all__ = ["answer_effects", "new_offers"]

Effect = dict[str, Any]

_LATER = (None, Rule.CAPACITY, Rule.BUSY)
"""Rules against a Worker that is eligible, or will be when another Task has ended."""


def answer_effects(source: Source, question: Mapping[str, Any]) -> Any:
    """Return what a change of a Worker would do, as tried on a copy; without ``worker``, of a new one.

    ::

        {question: "effects", worker: SID or null, attributes?, activity?: SID, friendly_name?,
         channel?: SID or unique name, capacity?, available?}
        {effects: [{sign, sentence, words, parts, detail?, sid?}], partial?}

    ``sign`` is "+" for what is new, "-" for what ends, "=" for what stays, "now" for what happens at once. ``words`` is
    ``sentence`` again. ``sid`` is the TaskQueue or the Task; ``detail`` is the queue's expression.
    """
    sid = question.get("worker")
    worker = source.state.workers.get(sid) if isinstance(sid, str) else None
    if sid is not None and worker is None:
        raise NotFound("Worker", "It was deleted, or belongs to a different Workspace.")
    changes = _changes(source.state, question)
    copy = source.copy(worker=worker)
    return lambda: _answer(copy, sid, changes, question)


def _changes(state: WorkspaceState, question: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of the command that creates or updates a Worker.

    Raises:
        Misspelt: the attributes aren't a JSON object.
        NotFound: there is no such Activity.
    """
    changes: dict[str, Any] = {}
    if question.get("attributes") is not None:
        changes["attributes"] = read_attributes(question["attributes"])
    activity_sid = question.get("activity")
    if activity_sid is not None:
        if not isinstance(activity_sid, str) or activity_sid not in state.activities:
            raise NotFound("Activity", "Choose an Activity of this Workspace.")
        changes["activity_sid"] = activity_sid
    name = question.get("friendly_name")
    return changes | ({"friendly_name": name} if isinstance(name, str) and name else {})


def _answer(copy: Copy, sid: str | None, changes: dict[str, Any], question: Mapping[str, Any]) -> dict[str, Any]:
    sandbox = copy.replica.sandbox()
    before = {} if sid is None else _queues(sandbox.state, sid)
    was_available = sid is not None and _is_available(sandbox.state, sandbox.state.workers[sid])
    offered = set(sandbox.state.reservations)
    worker = _change(sandbox, sid, changes, question)
    effects = [
        *_activity(sandbox.state, worker, was_available=was_available),
        *_memberships(sandbox.state, worker, before),
        *new_offers(sandbox, offered, worker, left_out=copy.tasks_left_out),
    ]
    if not effects:
        effects = [{"sign": "=", **_say("Nothing else changes.")}]
    return {"effects": effects} | copy.partial


def _change(sandbox: Sandbox, sid: str | None, changes: dict[str, Any], question: Mapping[str, Any]) -> Worker:
    if sid is None:
        created: Worker = sandbox.run(workers.create, **{"friendly_name": "The new Worker", **changes})
        return created
    channel = question.get("channel")
    if channel is not None:
        settings = {"capacity": question.get("capacity"), "available": question.get("available")}
        given = {name: value for name, value in settings.items() if value is not None}
        capacity = given.get("capacity", 1)
        if isinstance(capacity, bool) or not isinstance(capacity, int) or not 0 <= capacity <= 50:
            raise Invalid("Capacity must be a whole number from 0 to 50.")
        sandbox.run(worker_channels.update, sid, str(channel), given)
    if changes:
        sandbox.run(workers.update, sid, changes)
    return sandbox.state.workers[sid]


def _is_available(state: WorkspaceState, worker: Worker) -> bool:
    return state.activities[worker.activity_sid].available


def _activity(state: WorkspaceState, worker: Worker, *, was_available: bool) -> Iterator[Effect]:
    is_available = _is_available(state, worker)
    if is_available == was_available:
        return
    activity = strong(state.activities[worker.activity_sid].friendly_name)
    name = strong(worker.friendly_name)
    if is_available:
        yield {"sign": "+", **_say(name, " is available: Activity ", activity, ".")}
    else:
        yield {"sign": "-", **_say(name, " isn't available: TaskRouter offers no queued Tasks to ", name, ".")}


def _queues(state: WorkspaceState, worker_sid: str) -> dict[str, None]:
    return dict.fromkeys(sid for sid in state.task_queues if worker_sid in state.members(sid))


def _memberships(state: WorkspaceState, worker: Worker, before: Collection[str]) -> Iterator[Effect]:
    after = _queues(state, worker.sid)
    signs = {
        (False, True): ("+", " matches "),
        (True, False): ("-", " no longer matches "),
        (True, True): ("=", " still matches "),
    }
    told = []
    for sid, queue in state.task_queues.items():
        sign = signs.get((sid in before, sid in after))
        if sign is not None:
            words = _say(strong(worker.friendly_name), sign[1], strong(queue.friendly_name), ".")
            told.append({"sign": sign[0], **words, "detail": expression(queue.target_workers), "sid": sid})
    yield from sorted(told, key=lambda each: "+-=".index(each["sign"]))


def new_offers(
    sandbox: Sandbox, before: Collection[str], worker: Worker | None = None, *, left_out: int = 0
) -> Iterator[Effect]:
    """Yield who is reserved now in a copy and wasn't before, and how many Tasks more could reach ``worker``.

    Args:
        before: SIDs of the Reservations before.
        left_out: number of waiting Tasks that the copy doesn't have.
    """
    state = sandbox.state
    offers = [each for sid, each in state.reservations.items() if sid not in before]
    for each in offers:
        name = strong(state.workers[each.worker_sid].friendly_name)
        words = _say(name, " is reserved for ", code(f"{each.task_sid[:6]}…{each.task_sid[-4:]}"), " at once.")
        yield {"sign": "now", **words, "sid": each.task_sid, "worker_sid": each.worker_sid}
    if worker is None or not _is_available(state, worker):
        return
    pending = (each for each in state.tasks.values() if each.assignment_status == "pending")
    count = sum(first_rule_against(state, worker, each, sandbox.now) in _LATER for each in pending)
    if count:
        tasks = pluralize(count, "more pending Task" if offers else "pending Task")
        lead = f"{'At least ' if left_out else ''}{tasks} {'matches' if count == 1 else 'match'} "
        yield {"sign": "=", **_say(lead, strong(worker.friendly_name), ", once there is capacity.")}


def _say(*pieces: Any) -> dict[str, Any]:
    said = say(*pieces)
    return {"words": said["sentence"], **said}
