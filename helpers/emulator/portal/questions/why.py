"""Question ``why``: why a Task waits, or what became of it, with the smallest changes and the proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...display.capacity_words import held_words
from ...display.events.event_order import WORKFLOW_TIMEOUT, WorkflowEnd, workflow_end
from ...display.safe_text import pluralize
from ...engine.model.resources import Task
from ...engine.model.statuses import ACCEPTED_RESERVATIONS
from ...explanations.reading.eligibility import Rule
from ...explanations.search.outdated import Standing, standing
from ...explanations.search.possible_changes import NextTask, WaitingTask
from ...explanations.search.search import smallest_fixes
from ...explanations.sentences.ineligibility import Barrier, find_barriers, is_parking, nearest
from ...explanations.sentences.next_move import next_move
from ...explanations.sentences.phrases import finish, safe
from ...explanations.sentences.running_timers import running_timers
from ...explanations.sentences.task_history import could_have_been_reserved
from ...explanations.telling.facts import TaskFacts
from ..answers.change_buttons import describe_changes
from ..answers.rich_text import Piece, code, say, strong
from ..answers.source import Copy, Source
from ..answers.worker_matrix import find_matrix
from .route import route_so_far
from .whys import time_left, why_in_short

__all__ = ["answer_why"]

_GONE = (
    "This Task no longer exists. TaskRouter deletes a Task five minutes after it ends. Or the Task was never in this "
    "Workspace."
)
_ENDS = {
    WorkflowEnd.SKIPPED: "Canceled: its last target was skipped, and no later filter matches.",
    WorkflowEnd.TIMED_OUT: "Canceled: the timeout of its last target passed before anybody accepted.",
    WorkflowEnd.TAKEN_BY_NONE: "Canceled at once: no filter matches, and there is no default filter.",
}


def answer_why(source: Source, question: Mapping[str, Any]) -> Any:
    """Return why a Task waits, with the changes that get it reserved, each tried on a copy.

    ::

        {question: "why", task: SID}
        sentence, parts     the reason; parts: [{text, style: "strong" | "code" | ""}]
        status, kind        the Task's status, or gone; kind as in ``whys``
        worker_sid          the nearest Worker, or the one who has the Task; only if there is one
        lead, due_ms        of an offer: "Offered to Bob", and its end
        changes             see ``describe_changes``; empty if nothing helps or nothing needs to
        title               heading of the changes: "Smallest change", or for a Task that has ended another one
        matrix              see ``find_matrix``; only for a Task that waits
        route               steps so far, as in ``route``
        timers              [{due_ms, name, words, sid}], the next first
        move                {words, due_ms}, see ``next_move``; due_ms is None if the Task stays where it is
        partial             a sentence, only if there are more Workers than were tried
    """
    sid = question.get("task")
    task = source.state.tasks.get(sid) if isinstance(sid, str) else None
    if task is None:
        return {"status": "gone", "kind": "gone", **say(_GONE), "changes": [], "route": [], "timers": []}
    short = why_in_short(source.state, task.sid, source.now)
    copy, ahead = source.copy(task=task), source.state.backlog.ahead(task.sid)
    past = source.past(task.sid) if task.assignment_status == "canceled" else ()
    kept = {name: short[name] for name in short if name != "words"}
    return lambda: _answer(copy, task.sid, kept, past, ahead)


def _answer(copy: Copy, task_sid: str, short: Mapping[str, Any], past: Sequence[str], ahead: int) -> dict[str, Any]:
    facts = copy.facts(task_sid)
    state, task, now = facts.state, facts.task, facts.replica.now
    answer: dict[str, Any] = {"status": task.assignment_status, **short}
    if task.assignment_status == "pending":
        answer |= _waiting(facts, ahead)
    else:
        answer |= say(*_not_waiting(facts, past)) | {"changes": [], "title": ""}
        if task.assignment_status == "canceled" and could_have_been_reserved(task.reason):
            answer |= _for_the_next(facts)
    answer["route"] = list(route_so_far(state, task, now, copy.members))
    timers = running_timers(state, task, is_lost=facts.is_lost_unanswered())
    answer["timers"] = [{"due_ms": due, "name": name, "words": words, "sid": sid} for due, name, words, sid in timers]
    if (move := next_move(state, task)) is not None:
        answer["move"] = {"words": move.words, "due_ms": move.due}
    return answer | copy.partial


def _waiting(facts: TaskFacts, ahead: int) -> dict[str, Any]:
    state, task = facts.state, facts.task
    found = find_barriers(state, task, facts.replica.now)
    subject = WaitingTask(task.sid)
    fixes = smallest_fixes(facts.replica, subject)
    helped = fixes[0].workers if fixes else ()
    # Of several nearest Workers the sentence names the one that the button is about.
    told = sorted(found, key=lambda each: each.worker.friendly_name not in helped)
    return {
        **say(*_reason(facts, told, ahead)),
        "title": subject.title,
        "changes": describe_changes(state, fixes),
        "matrix": find_matrix(state, task, found, facts.replica.now),
    }


def _for_the_next(facts: TaskFacts) -> dict[str, Any]:
    channel = facts.state.task_channels[facts.task.task_channel_sid]
    subject = NextTask(facts.task, channel.unique_name)
    fixes = smallest_fixes(facts.replica, subject)
    return {"title": subject.title, "changes": describe_changes(facts.state, fixes)}


# -- the sentence ------------------------------------------------------------------------------


def _reason(facts: TaskFacts, found: Sequence[Barrier], ahead: int) -> list[str | Piece]:
    outdated = _of_earlier_workflow(facts)
    if outdated:
        return [outdated]
    closest = nearest(list(found))
    if closest is None:
        return ["There are no Workers in this Workspace. Without one, every Task waits."]
    verb = "is" if ahead == 1 else "are"
    others = [f" {pluralize(ahead, 'Task')} {verb} ahead in this queue."] if ahead else []
    return [*_against(facts, closest, alone=len(found) == 1), *others]


def _of_earlier_workflow(facts: TaskFacts) -> str:
    match standing(facts.state, facts.task, facts.replica.now):
        case Standing.ELSEWHERE:
            return "The Workflow would lead this Task to a different place now than when it entered."
        case Standing.PASSED_OVER:
            return "This Task seems to follow an earlier version of its Workflow, which has been updated since."
    return ""


def _against(facts: TaskFacts, closest: Barrier, *, alone: bool) -> list[str | Piece]:
    """Return why the nearest Worker doesn't get the Task."""
    state, task, worker = facts.state, facts.task, closest.worker
    name = strong(worker.friendly_name)
    lead: list[str | Piece] = [name, " "] if alone else [name, " is the closest match, but "]
    match closest.rule:
        case None:
            return [name, " is available: TaskRouter is about to reserve ", name, "."]
        case Rule.ACTIVITY:
            activity = strong(state.activities[worker.activity_sid].friendly_name)
            return [*lead, "has Activity ", activity, ", which isn't available."]
        case Rule.CAPACITY:
            channel = state.channels_of(worker.sid)[task.task_channel_sid]
            used = f"{state.used_capacity(channel)} of {channel.configured_capacity}"
            where = code(state.task_channels[task.task_channel_sid].unique_name)
            how = f" ({held})" if (held := held_words(state.held(channel))) else ""
            return [*lead, f"is at capacity: {used} used on ", where, f"{how}."]
        case Rule.QUEUE:
            text = (state.task_queues[task.task_queue_sid or ""].target_workers or "").strip()
            if not text:
                return ["The expression of this TaskQueue is empty, which matches nobody."]
            return ["No Worker matches ", code(text), "."]
        case Rule.EXPRESSION:
            target = state.target(task)
            if target is not None and target.expression is not None and is_parking(target):
                return ["The target expression ", code(target.expression.text), " matches nobody, possibly on purpose."]
    return [*lead, finish(closest.words)]


def _not_waiting(facts: TaskFacts, past: Sequence[str]) -> list[str | Piece]:
    task = facts.task
    match task.assignment_status:
        case "reserved":
            return _offers(facts)
        case "canceled":
            return [_end(task, past)]
        case "completed":
            return [*_holder(facts, ("completed",)), " has completed it."]
        case "wrapping":
            return [*_holder(facts, ("wrapping",)), " is wrapping up. This uses capacity until the Task is completed."]
    return [*_holder(facts, ACCEPTED_RESERVATIONS), " has accepted it and is working on it."]


def _offers(facts: TaskFacts) -> list[str | Piece]:
    state, now = facts.state, facts.replica.now
    said: list[str | Piece] = []
    for each in state.reservations_of_task(facts.task.sid):
        worker = state.workers.get(each.worker_sid)
        if each.reservation_status == "pending" and worker is not None:
            left = time_left(each.expires or now, now)
            said += [" " if said else "", strong(worker.friendly_name), f" has an offer; {left} left to accept."]
    return said or ["Its offer has just ended."]


def _holder(facts: TaskFacts, statuses: Sequence[str]) -> list[Piece]:
    held = (each for each in facts.state.reservations_of_task(facts.task.sid) if each.reservation_status in statuses)
    workers = [facts.state.workers.get(each.worker_sid) for each in held]
    return [next((strong(each.friendly_name) for each in workers if each is not None), Piece("A Worker"))]


def _end(task: Task, past: Sequence[str]) -> str:
    if not task.reason:
        return "Canceled without a reason."
    if WORKFLOW_TIMEOUT not in task.reason:
        return f"Canceled: {finish(safe(task.reason))}"
    if past:
        return _ENDS[workflow_end(past)]
    return f"Canceled: {finish(safe(task.reason))}" if task.task_queue_sid else _ENDS[WorkflowEnd.TAKEN_BY_NONE]
