"""Summary of an explanation in one sentence: the obstacle that the smallest change removes."""

from __future__ import annotations

from collections.abc import Mapping

from ...engine.model.attributes import decode
from ...engine.model.resources import Task
from ...engine.model.workflow_configuration import RoutingPlan
from ...engine.routing.matching import first_filter, task_names
from ...engine.state import WorkspaceState
from ..reading.eligibility import Rule, first_rule_against
from ..search.outdated import Standing, standing, was_updated, workflow_of
from ..search.sdk_calls import SdkCall
from ..search.search import Fix
from ..sentences.ineligibility import Barrier, channels_read, is_parking, nearest
from ..sentences.phrases import IN_SHORT, expression, finish, join, quote, task_name, why_false
from ..sentences.workflow_route import filter_name
from .facts import TaskFacts

__all__ = ["summarize"]


def summarize(facts: TaskFacts, found: list[Barrier], notes: Mapping[str, str], fix: Fix | None) -> str | None:
    """Return the obstacle that ``fix`` removes, or the rule against the nearest Worker; None if it takes more to say.

    Args:
        found: barriers of the Workers; empty for a Task that has ended.
        notes: sentences on earlier Reservations of the Task, by Worker SID.
    """
    text = _find_outdated(facts) or _about_to(found) or _nobody(facts) or _parked(facts, found)
    text = text or _at_other_work(facts, found, notes)
    if text is None and fix is None and (closest := nearest(found)) is not None:
        text = _of_worker(found, notes, closest.worker.sid)
    elif text is None and fix is not None and fix.calls:
        text = _explain_fix(facts, found, notes, fix)
        text = text and text + _others_first(facts, found, fix)
    return None if text is None else f"{IN_SHORT} {text}"


def _explain_fix(facts: TaskFacts, found: list[Barrier], notes: Mapping[str, str], fix: Fix) -> str | None:
    call = next((each for each in fix.calls if not _goes_before(each)), fix.calls[0])
    kind, sid = call.place[0]
    given = dict(call.parameters)
    match kind, call.verb:
        case "workers", "update":
            return _of_worker(found, notes, sid or "")
        case "task_queues", _:
            return _of_queue(facts.state, facts.task)
        case "workflows", _:
            return _of_workflow(facts)
        case "tasks", _ if "attributes" in given and facts.plan is not None:
            now = facts.replica.now
            return _of_filter(facts.task, facts.plan, str(given["attributes"]), now) or _of_reserved(found, notes, fix)
    return _of_reserved(found, notes, fix)


def _find_outdated(facts: TaskFacts) -> str | None:
    """Return a sentence on a Task that follows an earlier state of its Workflow, or None."""
    workflow = workflow_of(facts.state, facts.task)
    if workflow is None or facts.task.ended_at is not None:
        return None
    match standing(facts.state, facts.task, facts.replica.now):
        case Standing.ELSEWHERE if was_updated(workflow, facts.task):
            return "the Workflow was updated after the Task entered it, and would lead it to a different place now."
        case Standing.ELSEWHERE:
            return "the Workflow would lead the Task to a different place now than when it entered."
        case Standing.PASSED_OVER:
            return "the Task seems to follow an earlier version of its Workflow, which has been updated since."
    return None


def _nobody(facts: TaskFacts) -> str | None:
    is_waiting = facts.task.ended_at is None and facts.task.task_queue_sid is not None
    return "there are no Workers in this Workspace." if is_waiting and not facts.state.workers else None


def _parked(facts: TaskFacts, found: list[Barrier]) -> str | None:
    """Return a sentence on a target that is a parking place, if nothing but that keeps the nearest Worker away."""
    target, closest = facts.state.target(facts.task), nearest(found)
    if target is None or closest is None or closest.rule is not Rule.EXPRESSION or not is_parking(target):
        return None
    assert target.expression is not None
    text = expression(target.expression.text)
    return f"the target expression {text} matches nobody, possibly on purpose, to park the Task."


def _at_other_work(facts: TaskFacts, found: list[Barrier], notes: Mapping[str, str]) -> str | None:
    """Return the rule against the nearest Worker, if it's a target that asks what the Worker has on other channels."""
    target, closest = facts.state.target(facts.task), nearest(found)
    if target is None or closest is None or closest.rule is not Rule.EXPRESSION:
        return None
    channels = (each for each in facts.state.task_channels.values() if each.unique_name in channels_read(target))
    is_busy = any(facts.state.open_reservations(closest.worker.sid, each.sid) for each in channels)
    return _of_worker(found, notes, closest.worker.sid) if is_busy else None


def _goes_before(call: SdkCall) -> bool:
    """Return True if a call only prepares others: it evaluates the Workflow again, or raises the priority."""
    return [name for name, _ in call.parameters] in (["re_evaluate_tasks"], ["priority"])


def _about_to(found: list[Barrier]) -> str | None:
    """Return a sentence on Workers that no rule excludes, because TaskRouter is about to reserve them; or None."""
    names = [quote(each.worker.friendly_name) for each in found if each.rule is None]
    if not names:
        return None
    return f"no rule excludes {join(names)}. TaskRouter may be reserving right now. Run `explain` again."


def _of_worker(found: list[Barrier], notes: Mapping[str, str], sid: str) -> str | None:
    """Return the rule against one Worker, after the rule against the nearest Worker if that differs."""
    barrier = next((each for each in found if each.worker.sid == sid), None)
    closest = nearest(found)
    if barrier is None or closest is None:
        return None
    if barrier.rule != closest.rule:
        return f"{_against(closest, notes, ' is the closest match, but')} {_against(barrier, notes)}"
    return _against(barrier, notes, "" if len(found) == 1 else " is the closest match, but")


def _against(barrier: Barrier, notes: Mapping[str, str], standing: str = "") -> str:
    note = f" {notes[barrier.worker.sid]}" if barrier.worker.sid in notes else ""
    return f"{quote(barrier.worker.friendly_name)}{standing} {finish(barrier.words)}{note}"


def _of_reserved(found: list[Barrier], notes: Mapping[str, str], fix: Fix) -> str | None:
    barrier = next((each for each in found if each.worker.friendly_name in fix.workers), None)
    return None if barrier is None else _of_worker(found, notes, barrier.worker.sid)


def _others_first(facts: TaskFacts, found: list[Barrier], fix: Fix) -> str:
    """Return a sentence on Tasks that go first because the same rule keeps them from the Worker; or empty text."""
    if not any({"priority", "capacity"} & dict(call.parameters).keys() for call in fix.calls):
        return ""
    barrier = next((each for each in found if each.worker.friendly_name in fix.workers), None)
    if barrier is None:
        return ""
    state, now = facts.state, facts.replica.now
    ahead = ((sid, first_rule_against(state, barrier.worker, state.tasks[sid], now)) for sid in facts.ahead())
    others = [sid for sid, rule in ahead if rule == barrier.rule]
    if not others:
        return ""
    return f" Also, {join([task_name(sid) for sid in others])} {'goes' if len(others) == 1 else 'go'} first."


def _of_filter(task: Task, plan: RoutingPlan, attributes: str, now: int) -> str | None:
    """Return why the filter that matches the new ``attributes`` doesn't match the Task now, or None."""
    index = first_filter(plan, attributes, now)
    if index is None or index == first_filter(plan, task.attributes, now):
        return None
    trace = plan.filters[index].expression.trace(task_names(decode(task.attributes), now))
    if trace.result:
        return None
    return f"{filter_name(plan.filters[index], index)} doesn't match: {finish(why_false(trace))}"


def _of_queue(state: WorkspaceState, task: Task) -> str | None:
    queue = state.task_queues.get(task.task_queue_sid or "")
    if queue is None or state.members(queue.sid):
        return None
    reasons = {why_false(state.membership.trace(queue.sid, each)): None for each in state.workers.values()}
    return f"nobody is in TaskQueue {quote(queue.friendly_name)}: {finish(join(list(reasons), most=1))}"


def _of_workflow(facts: TaskFacts) -> str | None:
    plan, task = facts.plan, facts.task
    if plan is None:
        return None
    names = task_names(decode(task.attributes), facts.replica.now)
    true = [index for index, each in enumerate(plan.filters) if each.expression.matches(names)]
    if not true:
        return None if task.ended_at is not None else "no filter matches."
    first = filter_name(plan.filters[true[0]], true[0])
    if len(true) > 1:
        return f"{first} matches and comes first, so {filter_name(plan.filters[true[1]], true[1])} is never evaluated."
    return f"{first} leads to a TaskQueue where no Worker can get the Task."
