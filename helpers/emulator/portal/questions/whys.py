"""Question ``whys``: one short reason for each of many Tasks, the second line of their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from ...clock import Millis
from ...display.events.event_order import WORKFLOW_TIMEOUT
from ...engine.model.refusals import Invalid
from ...engine.model.resources import Reservation, Task, Worker
from ...engine.model.statuses import ACCEPTED_RESERVATIONS
from ...engine.routing.matching import known_worker
from ...engine.state import WorkspaceState, waits_for_worker
from ...explanations.reading.eligibility import Rule, first_rule_against
from ...explanations.sentences.next_move import next_move
from ...explanations.sentences.phrases import join, safe
from ..answers.source import MOST_WORKERS, Source

__all__ = ["answer_whys", "time_left", "why_in_short"]

Why = dict[str, Any]

_RULES = list(Rule)
_MOST_TASKS = 10_000


class _Groups(dict[object, Why]):
    """Reasons that hold for all Tasks of a group, until something that decides about Workers changes."""

    def __init__(self, changes: tuple[int, ...]) -> None:
        super().__init__()
        self.changes = changes


_known: WeakKeyDictionary[WorkspaceState, _Groups] = WeakKeyDictionary()


def answer_whys(source: Source, question: Mapping[str, Any]) -> dict[str, Any]:
    """Return why Tasks are where they are, in a few words each: at most 10,000 Tasks, others are left out.

    ::

        {question: "whys", tasks: [SID, …]}
        {whys: {SID: {words, kind, worker_sid?, lead?, due_ms?, place?, moves_ms?}}}

    ``kind`` is the rule against the nearest Worker (activity, busy, capacity, channel, expression, known worker, queue,
    routing target; ready if none is against one; nobody if there is no Worker), or offered, accepted, completed,
    canceled, gone. An offer's ``words`` are ``lead`` and the time left at present; ``due_ms`` is its end. In a target
    that a Task can leave, ``place`` is "target 1 of 2, moves on" and ``moves_ms`` when; see ``next_move``.
    """
    given = question.get("tasks")
    if not isinstance(given, list):
        raise Invalid("`tasks` must be a list of the Tasks' SIDs.")
    sids = [sid for sid in given if isinstance(sid, str)]
    groups = _groups(source.state)
    return {"whys": {sid: _in_row(source.state, sid, source.now, groups) for sid in sids[:_MOST_TASKS]}}


def _in_row(state: WorkspaceState, sid: str, now: Millis, groups: _Groups) -> Why:
    """Return the reason for a Task with its next move, which is each Task's own."""
    why, task = _why(state, sid, now, groups), state.tasks.get(sid)
    move = None if task is None else next_move(state, task)
    return why if move is None else {**why, "place": move.place, "moves_ms": None if move.waits_for_offer else move.due}


def why_in_short(state: WorkspaceState, task_sid: str, now: Millis) -> Why:
    """Return the reason for one Task."""
    return _why(state, task_sid, now, _groups(state))


def _why(state: WorkspaceState, task_sid: str, now: Millis, groups: _Groups) -> Why:
    task = state.tasks.get(task_sid)
    if task is None:
        return {"words": "This Task no longer exists", "kind": "gone"}
    match task.assignment_status:
        case "pending":
            return _of_group(state, task, now, groups)
        case "reserved":
            return _offered(state, task, now)
        case "canceled":
            return {"words": _end(task), "kind": "canceled"}
        case "completed":
            return _with_worker(state, task, ("completed",), "completed", "Completed")
    return _with_worker(state, task, ACCEPTED_RESERVATIONS, "accepted", "Its Worker no longer exists")


# -- waiting -----------------------------------------------------------------------------------


def _of_group(state: WorkspaceState, task: Task, now: Millis, groups: _Groups) -> Why:
    """Return the reason of all Tasks that are alike for routing; one that reads the time is sought each time."""
    line = state.backlog.line(task.sid)
    if line is not None and line.target is not None and line.target.reads_clock:
        return _waiting(state, task, now)
    key = task.routing_target if line is None else line.key
    found = groups.get(key)
    if found is None:
        found = groups[key] = _waiting(state, task, now)
    return found


def _groups(state: WorkspaceState) -> _Groups:
    """Return the reasons known for a Workspace as it is now."""
    tables = (
        *(state.activities, state.task_channels, state.task_queues, state.workers, state.worker_channels),
        *(state.workflows, state.reservations),
    )
    changes = tuple(each.changes for each in tables)
    groups = _known.get(state)
    if groups is None or groups.changes != changes:
        groups = _known[state] = _Groups(changes)
    return groups


def _waiting(state: WorkspaceState, task: Task, now: Millis) -> Why:
    if not state.workers:
        return {"words": "There are no Workers", "kind": "nobody"}
    candidates = _candidates(state, task)
    if not candidates:
        return _without_candidates(state, task)
    ruled = [(first_rule_against(state, state.workers[sid], task, now), sid) for sid in candidates]
    rule = max((each for each, _ in ruled), key=_nearness)
    nearest = [state.workers[sid] for each, sid in ruled if each == rule]
    words = _words(state, task, rule, nearest, most=len(candidates) == MOST_WORKERS)
    return {"words": words, "kind": "ready" if rule is None else str(rule), "worker_sid": nearest[0].sid}


def _candidates(state: WorkspaceState, task: Task) -> Collection[str]:
    """Return the SIDs of the Workers that could be meant: of members of the queue at most ``MOST_WORKERS``."""
    if waits_for_worker(task):
        return [sid for sid in (task.routing_target or "",) if sid in state.workers]
    members = state.members(task.task_queue_sid or "")
    target = state.target(task)
    if target is not None and target.known_worker is not None:
        known = known_worker(state, target, task.attributes)
        return [] if known is None or known.sid not in members else [known.sid]
    return list(islice(members, MOST_WORKERS))


def _without_candidates(state: WorkspaceState, task: Task) -> Why:
    if waits_for_worker(task):
        return {"words": "Its Worker no longer exists", "kind": str(Rule.ROUTING_TARGET)}
    target = state.target(task)
    if target is None or target.known_worker is None or not state.members(task.task_queue_sid or ""):
        return {"words": "No Worker matches", "kind": str(Rule.QUEUE)}
    known = known_worker(state, target, task.attributes)
    if known is None:
        return {"words": "The Worker it names doesn't exist", "kind": str(Rule.KNOWN_WORKER)}
    words = f"{safe(known.friendly_name)} is named, but doesn't match"
    return {"words": words, "kind": str(Rule.QUEUE), "worker_sid": known.sid}


def _nearness(rule: Rule | None) -> int:
    return len(_RULES) if rule is None else _RULES.index(rule)


def _words(state: WorkspaceState, task: Task, rule: Rule | None, nearest: list[Worker], *, most: bool) -> str:
    names = join([safe(each.friendly_name) for each in nearest], most=1)
    one = len(nearest) == 1
    channel = safe(state.task_channels[task.task_channel_sid].unique_name)
    match rule:
        case None:
            return f"{names} {'is' if one else 'are'} available"
        case Rule.ACTIVITY:
            activities = {state.activities[each.activity_sid].friendly_name for each in nearest}
            which = safe(activities.pop()) if len(activities) == 1 else "not available"
            return f"{names} {'is' if one else 'are'} {which}"
        case Rule.BUSY:
            return f"{names} {'is' if one else 'are'} busy"
        case Rule.CHANNEL:
            return f"{names} can't be reached on {channel}"
        case Rule.CAPACITY:
            return f"{names} {'is' if one else 'are'} at capacity"
        case Rule.EXPRESSION:
            return f"{f'None of {MOST_WORKERS} Workers' if most else 'No Worker'} matches the target"
    return "No Worker matches"


# -- offered and ended -------------------------------------------------------------------------


def _offered(state: WorkspaceState, task: Task, now: Millis) -> Why:
    pending = [each for each in state.reservations_of_task(task.sid) if each.reservation_status == "pending"]
    if not pending:
        return {"words": "Its offer has just ended", "kind": "offered"}
    lead = f"Offered to {join(_names(state, pending), most=1)}"
    due = min(each.expires or now for each in pending)
    words, worker_sid = f"{lead}, {time_left(due, now)} left", pending[0].worker_sid
    return {"words": words, "kind": "offered", "lead": lead, "due_ms": due, "worker_sid": worker_sid}


def time_left(due: Millis, now: Millis) -> str:
    """Return ``19:59``, or ``1:19:59`` from an hour on."""
    seconds = max(0, due - now) // 1000
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def _with_worker(state: WorkspaceState, task: Task, statuses: Collection[str], kind: str, otherwise: str) -> Why:
    held = [each for each in state.reservations_of_task(task.sid) if each.reservation_status in statuses]
    names = _names(state, held[-1:])
    return (
        {"words": names[0], "kind": kind, "worker_sid": held[-1].worker_sid}
        if names
        else {
            "words": otherwise,
            "kind": kind,
        }
    )


def _names(state: WorkspaceState, reservations: Iterable[Reservation]) -> list[str]:
    workers = (state.workers.get(each.worker_sid) for each in reservations)
    return [safe(each.friendly_name) for each in workers if each is not None]


def _end(task: Task) -> str:
    if task.reason is None:
        return "Canceled without a reason"
    if WORKFLOW_TIMEOUT in task.reason:
        return "Matches no filter" if task.task_queue_sid is None else "Workflow timeout"
    return safe(task.reason)
