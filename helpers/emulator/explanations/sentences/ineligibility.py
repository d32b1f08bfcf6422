"""Words for the first rule that excludes a Worker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from ...display.blocks import Fields
from ...engine.model.resources import Reservation, Task, Worker
from ...engine.model.statuses import OPEN_RESERVATIONS
from ...engine.model.workflow_configuration import Target
from ...engine.routing.matching import known_worker, known_worker_name, target_names
from ...engine.state import WorkspaceState
from ..reading.eligibility import Rule, first_rule_against
from .phrases import ONE_BY_ONE, expression, join, quote, safe, task_name, why_false, write_json

__all__ = ["Barrier", "channels_read", "find_barrier", "find_barriers", "is_parking", "list_workers", "nearest"]


_RULES = list(Rule)
_PLURALS = {"is": "are", "has": "have", "does": "do"}


class Barrier(msgspec.Struct, frozen=True):
    """Rule that keeps one Worker from a Task, in words; ``rule`` is None if none does."""

    worker: Worker
    rule: Rule | None
    words: str

    @property
    def farness(self) -> int:
        """Number of rules from this one to the last; 0 if none is against the Worker."""
        return 0 if self.rule is None else len(_RULES) - _RULES.index(self.rule)


def find_barriers(state: WorkspaceState, task: Task, now: int) -> list[Barrier]:
    """Return the barriers of all Workers, in order of creation."""
    return [find_barrier(state, worker, task, now) for worker in state.workers.values()]


def list_workers(found: list[Barrier], notes: Mapping[str, str], *, title: str) -> Fields:
    """Return a line for each Worker, or for each group of many; ``notes`` has earlier events by Worker SID."""
    if len(found) <= ONE_BY_ONE:
        pairs = [(safe(each.worker.friendly_name), _add_note(each, notes)) for each in found]
    else:
        pairs = [(_names(group), _pluralize(group)) for group in _group(found)]
        noted = [each for each in found if each.worker.sid in notes][:ONE_BY_ONE]
        pairs += [(safe(each.worker.friendly_name), notes[each.worker.sid]) for each in noted]
    return Fields(title, tuple(pairs), empty="there are no Workers in this Workspace")


def _add_note(barrier: Barrier, notes: Mapping[str, str]) -> str:
    note = notes.get(barrier.worker.sid)
    return barrier.words if note is None else f"{barrier.words}\n{note}"


def _group(found: Iterable[Barrier]) -> list[list[Barrier]]:
    """Group Workers with the same words, or the same rule if that makes over twelve groups; the nearest come first."""
    alike: dict[tuple[int, str], list[Barrier]] = {}
    for each in found:
        alike.setdefault((each.farness, each.words), []).append(each)
    if len(alike) > ONE_BY_ONE:
        by_rule: dict[tuple[int, str], list[Barrier]] = {}
        for (near, _), group in alike.items():
            by_rule.setdefault((near, ""), []).extend(group)
        alike = by_rule
    return [group for _, group in sorted(alike.items(), key=lambda item: item[0][0])]


def nearest(found: list[Barrier]) -> Barrier | None:
    """Return the Worker whose first rule is the last in the order of checks; None if there is no Worker."""
    return min(found, key=lambda each: each.farness, default=None)


def _names(group: list[Barrier]) -> str:
    names = [safe(each.worker.friendly_name) for each in group]
    if len(names) == 1:
        return names[0]
    same = len({each.words for each in group}) == 1
    which = join(names, most=2) if same else f"for example {names[0]}"
    return f"{len(group):,} Workers ({which})"


def _pluralize(group: list[Barrier]) -> str:
    """Return the words for one Worker in the plural."""
    words = group[0].words
    if len(group) == 1:
        return words
    return re.sub("^(is|has|does)(?= )", lambda verb: _PLURALS[verb[0]], words)


def find_barrier(state: WorkspaceState, worker: Worker, task: Task, now: int) -> Barrier:
    """Return the first rule that keeps a Worker from a waiting Task, in words."""
    rule = first_rule_against(state, worker, task, now)
    match rule:
        case None:
            words = "could be reserved: no rule excludes this Worker"
        case Rule.ROUTING_TARGET:
            words = "isn't considered: the Task is for one Worker only (routing_target)"
        case Rule.QUEUE:
            words = f"isn't in the queue: {why_false(state.membership.trace(task.task_queue_sid or '', worker))}"
        case Rule.KNOWN_WORKER:
            words = _not_known(state, task)
        case Rule.EXPRESSION:
            words = _unfit(state, worker, task, now)
        case Rule.ACTIVITY:
            activity = state.activities[worker.activity_sid].friendly_name
            words = f"is in Activity {quote(activity)}, which isn't available"
        case Rule.BUSY:
            held = [
                each
                for each in state.reservations_of_worker(worker.sid)
                if each.reservation_status in OPEN_RESERVATIONS
            ]
            words = f"is busy with {_held(held)}. This Workspace is single-tasking: one Task at a time"
        case Rule.CHANNEL | Rule.CAPACITY:
            words = _no_room(state, worker, task)
    return Barrier(worker, rule, words)


def _not_known(state: WorkspaceState, task: Task) -> str:
    target = state.target(task)
    assert target is not None
    assert target.known_worker is not None
    field, path = target.known_worker
    name = known_worker_name(target, task.attributes)
    wanted = f"the step requires the known Worker in task.{'.'.join(path)} ({field})"
    if name is None:
        return f"isn't considered: {wanted}, but the Task has no such attribute"
    known = known_worker(state, target, task.attributes)
    if known is None:
        nobody = f"and no Worker has exactly that {field}{_alike(state, name)}"
        return f"isn't considered: {wanted}, which is {write_json(name)}, {nobody}"
    return f"isn't considered: {wanted}, which is {quote(known.friendly_name)}"


def _alike(state: WorkspaceState, name: object) -> str:
    """Return words about a Worker whose name differs only in case; empty if there is none."""
    worker = state.worker_named(name.strip()) if isinstance(name, str) else None
    return "" if worker is None else f"; {quote(worker.friendly_name)} has different capital letters, and they matter"


def _unfit(state: WorkspaceState, worker: Worker, task: Task, now: int) -> str:
    target = state.target(task)
    assert target is not None
    assert target.expression is not None
    if is_parking(target):
        return f"isn't considered: the target expression {expression(target.expression.text)} matches nobody"
    trace = target.expression.trace(target_names(state, worker, target, task.attributes, now))
    return f"doesn't match the target expression: {why_false(trace)}"


def is_parking(target: Target) -> bool:
    """Return True if the target's expression has only constants, such as 1==0, and so matches nobody at any time."""
    return target.expression is not None and not target.expression.references and not target.expression.matches({})


def channels_read(target: Target) -> set[str]:
    """Return the unique names of the TaskChannels of which the target's expression reads what a Worker has on them."""
    references = target.expression.references if target.expression else ()
    return {path[2] for path in references if path[:2] == ("worker", "channel") and len(path) > 2}


def _no_room(state: WorkspaceState, worker: Worker, task: Task) -> str:
    name = quote(state.task_channels[task.task_channel_sid].unique_name)
    channel = state.channels_of(worker.sid).get(task.task_channel_sid)
    if channel is None:
        return f"has no readable channel for TaskChannel {name}"
    if not channel.available:
        return f"can't get Tasks on TaskChannel {name}: it's switched off for this Worker (available is false)"
    if channel.configured_capacity == 0:
        return f"has capacity 0 on TaskChannel {name}, so this Worker never gets a Task on this channel"
    held = list(state.open_reservations(worker.sid, task.task_channel_sid))
    return f"has no free capacity on TaskChannel {name}: capacity {channel.configured_capacity}, used by {_held(held)}"


def _held(reservations: list[Reservation]) -> str:
    return join([_holding(each) for each in reservations])


def _holding(reservation: Reservation) -> str:
    uses = ", which uses capacity already" if reservation.reservation_status == "pending" else ""
    return f"{task_name(reservation.task_sid)} (Reservation {reservation.reservation_status}{uses})"
