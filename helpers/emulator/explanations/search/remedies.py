"""Changes that could remove the rule that excludes a Worker, for each rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...engine.model import defaults
from ...engine.model.attributes import decode
from ...engine.model.resources import Activity, Reservation, Task, TaskQueue, Worker
from ...engine.model.statuses import ACCEPTED_RESERVATIONS, WAITING
from ...engine.routing.matching import known_worker, known_worker_name, target_names
from ...engine.state import WorkspaceState
from ...expressions import Edit, ExpressionError, Scope, parse, read
from ..reading.eligibility import Rule
from ..sentences.ineligibility import channels_read
from ..sentences.phrases import expression, quote, task_name
from .possible_changes import Way, edits_in_words, name_of_path, rewrite
from .sdk_calls import SdkCall, update

__all__ = ["OWN_FIELDS", "SLIP", "available_activity", "find_remedies", "let_everybody_in", "priority_above_all"]

SLIP = 10
"""Cost of correcting a slip in a Task's attributes. Costs only order the ways: a smaller one changes less."""

_ACTIVITY, _CHANNEL, _CAPACITY, _EACH_MORE, _COMPLETE = 20, 25, 30, 5, 45
_COMPLETE_OTHER = 42
"""Cost of completing a Task on another channel, if a target asks for that: less than another order of the filters."""
_REJECT_LESS, _ACCEPT = 2, 1
"""Cost that a reject saves, which leaves the Task to another Worker, and that of an accept before a completion."""
_WORKER_SLIP, _QUEUE_SLIP, _WORKER_VALUE, _EVERYBODY = 12, 14, 50, 70
_KNOWN_WORKER, _TASK_VALUE = 40, 60
_PLAIN_NAME = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*")


def find_remedies(state: WorkspaceState, worker: Worker, task: Task, rule: Rule, now: int, way: Way) -> Iterator[Way]:
    """Yield ``way`` with one more change that could remove ``rule``."""
    match rule:
        case Rule.QUEUE:
            yield from (way.plus(call) for call in _join_queue(state, worker, task))
        case Rule.KNOWN_WORKER:
            yield from _be_known(state, worker, task, way)
        case Rule.EXPRESSION:
            yield from _fit(state, worker, task, now, way)
        case Rule.ACTIVITY:
            yield from (way.plus(call) for call in _become_available(state, worker))
        case Rule.BUSY:
            yield from _free(worker, state.reservations_of_worker(worker.sid), way)
        case Rule.CHANNEL:
            yield from (way.plus(call) for call in _switch_on(state, worker, task))
        case Rule.CAPACITY:
            yield from _make_room(state, worker, task, way)
        case _:
            return


def available_activity(state: WorkspaceState) -> Activity | None:
    """Return the available Activity with the most Workers, the newest of several; None if none is available."""
    counts = state.activity_counts()
    available = [each for each in state.activities.values() if each.available]
    return max(available, key=lambda each: (counts[each.sid], each.number), default=None)


def priority_above_all(state: WorkspaceState, task: Task) -> int | None:
    """Return a priority above that of all waiting and reserved Tasks; None if the queue ignores priorities."""
    queue = state.task_queues.get(task.task_queue_sid or "")
    if queue is None or queue.task_order == "LIFO":
        return None
    others = [each.priority for each in state.tasks.values() if each.assignment_status in WAITING]
    return max(others, default=0) + 1


# -- the queue ---------------------------------------------------------------------------------


def _join_queue(state: WorkspaceState, worker: Worker, task: Task) -> Iterator[SdkCall]:
    queue = state.task_queues.get(task.task_queue_sid or "")
    if queue is None:
        return
    text = queue.target_workers or ""
    if text.strip():
        edits = parse(text, scope=Scope.WORKER).repair(decode(worker.attributes), lambda path: True)
        if edits:
            corrected = _correct(state, text, edits)
            if corrected is not None:
                sentence = f"Correct the expression of TaskQueue {quote(queue.friendly_name)}: {expression(corrected)}."
                yield update((("task_queues", queue.sid),), sentence, _QUEUE_SLIP, target_workers=corrected)
                return
            yield _rewrite_worker(worker, edits)
    yield let_everybody_in(queue)


def let_everybody_in(queue: TaskQueue) -> SdkCall:
    """Return the call that gives a queue an expression that matches every Worker."""
    sentence = f"Make TaskQueue {quote(queue.friendly_name)} match every Worker."
    return update((("task_queues", queue.sid),), sentence, _EVERYBODY, target_workers=defaults.TARGET_WORKERS)


def _rewrite_worker(worker: Worker, edits: tuple[Edit, ...], *, strip: int = 0) -> SdkCall:
    sentence = edits_in_words(quote(worker.friendly_name), edits, worker.attributes, strip=strip)
    cost = sum(_WORKER_SLIP if edit.slip else _WORKER_VALUE for edit in edits)
    attributes = rewrite(worker.attributes, edits, strip=strip)
    return update((("workers", worker.sid),), sentence, cost, attributes=attributes)


def _correct(state: WorkspaceState, text: str, edits: Iterable[Edit]) -> str | None:
    """Return the queue's expression with a misspelled key corrected, if no Worker has that key; else None."""
    corrected = text
    for edit in edits:
        if edit.instead_of is None:
            continue
        wrong, right = ".".join(edit.path), ".".join(edit.instead_of)
        known = any(read(decode(each.attributes), edit.path) is not None for each in state.workers.values())
        if known or not _PLAIN_NAME.fullmatch(right):
            return None
        corrected = right.join(re.split(rf"(?<![\w.$]){re.escape(wrong)}(?![\w$])", corrected))
    try:
        parse(corrected, scope=Scope.WORKER)
    except ExpressionError:
        return None
    return None if corrected == text else corrected


# -- the step ----------------------------------------------------------------------------------


def _be_known(state: WorkspaceState, worker: Worker, task: Task, way: Way) -> Iterator[Way]:
    """Yield the way that lets the Task name this Worker, if it names no Worker that exists."""
    target = state.target(task)
    if target is None or target.known_worker is None:
        return
    if known_worker(state, target, task.attributes) is not None:
        return
    field, path = target.known_worker
    wanted = worker.sid if field == "sid" else worker.friendly_name
    named = known_worker_name(target, task.attributes)
    slip = isinstance(named, str) and named.strip().casefold() == wanted.casefold()
    edit = Edit(path, wanted, slip=slip)
    sentence = f"Name {quote(worker.friendly_name)} in the Task's {name_of_path(path)}."
    yield way.rewriting(rewrite(task.attributes, [edit]), sentence, SLIP if slip else _KNOWN_WORKER)


OWN_FIELDS = ("sid", "friendly_name", "activity_sid", "activity_name", "channel")
"""Names after ``worker.`` that aren't attributes, so they can't be edited."""


def _fit(state: WorkspaceState, worker: Worker, task: Task, now: int, way: Way) -> Iterator[Way]:
    target = state.target(task)
    if target is None or target.expression is None:
        return
    names = target_names(state, worker, target, task.attributes, now)
    of_worker = target.expression.repair(names, lambda path: path[0] == "worker" and path[1] not in OWN_FIELDS)
    if of_worker:
        yield way.plus(_rewrite_worker(worker, of_worker, strip=1))
    of_task = target.expression.repair(names, lambda path: path[0] == "task")
    if of_task:
        sentence = edits_in_words("the Task", of_task, task.attributes, strip=1)
        cost = sum(SLIP if edit.slip else _TASK_VALUE for edit in of_task)
        yield way.rewriting(rewrite(task.attributes, of_task, strip=1), sentence, cost)
    for channel in state.task_channels.values():
        if channel.unique_name in channels_read(target):
            held = state.open_reservations(worker.sid, channel.sid)
            yield from _free(worker, held, way, _COMPLETE_OTHER)


# -- activity and room -------------------------------------------------------------------------


def _become_available(state: WorkspaceState, worker: Worker) -> Iterator[SdkCall]:
    activity = available_activity(state)
    if activity is not None:
        sentence = f"Set {quote(worker.friendly_name)} to Activity {quote(activity.friendly_name)}."
        yield update((("workers", worker.sid),), sentence, _ACTIVITY, activity_sid=activity.sid)


def _switch_on(state: WorkspaceState, worker: Worker, task: Task) -> Iterator[SdkCall]:
    if task.task_channel_sid in state.channels_of(worker.sid):
        sentence = f"Switch on TaskChannel {_channel_name(state, task)} for {quote(worker.friendly_name)}."
        place = (("workers", worker.sid), ("worker_channels", _unique_name(state, task)))
        yield update(place, sentence, _CHANNEL, available=True)


def _channel_name(state: WorkspaceState, task: Task) -> str:
    return quote(_unique_name(state, task))


def _unique_name(state: WorkspaceState, task: Task) -> str:
    """Return the name that can be used instead of a WorkerChannel's SID (reference 1.2)."""
    return state.task_channels[task.task_channel_sid].unique_name


def _make_room(state: WorkspaceState, worker: Worker, task: Task, way: Way) -> Iterator[Way]:
    held = list(state.open_reservations(worker.sid, task.task_channel_sid))
    name, where = quote(worker.friendly_name), _channel_name(state, task)
    sentence = f"Raise the capacity of {name} on TaskChannel {where} to {len(held) + 1}."
    place = (("workers", worker.sid), ("worker_channels", _unique_name(state, task)))
    yield way.plus(update(place, sentence, _CAPACITY + _EACH_MORE * len(held), capacity=len(held) + 1))
    yield from _free(worker, held, way)


def _free(worker: Worker, held: Iterable[Reservation], way: Way, cost: int = _COMPLETE) -> Iterator[Way]:
    """Yield the ways that end what a Worker holds: first a Task that was accepted, else the answers to an offer."""
    name = quote(worker.friendly_name)
    for each in sorted(held, key=lambda each: each.reservation_status == "pending")[:1]:
        task = task_name(each.task_sid)
        complete = update(
            (("tasks", each.task_sid),),
            f"Complete {task}, which {name} holds.",
            cost,
            assignment_status="completed",
        )
        if each.reservation_status in ACCEPTED_RESERVATIONS:
            yield way.plus(complete)
            continue
        place, offer = (("tasks", each.task_sid), ("reservations", each.sid)), f"the Reservation of {task} for {name}"
        yield way.plus(update(place, f"Reject {offer}.", cost - _REJECT_LESS, reservation_status="rejected"))
        yield way.plus(update(place, f"Accept {offer}.", _ACCEPT, reservation_status="accepted")).plus(complete)
