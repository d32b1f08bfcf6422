"""Question ``route``: the way of a Task that doesn't exist yet, as its Workflow would lead it now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...clock import Millis
from ...display.durations import span
from ...display.safe_text import pluralize
from ...engine.commands import tasks, workers
from ...engine.model import defaults
from ...engine.model.attributes import decode
from ...engine.model.refusals import Invalid, NotFound
from ...engine.model.resources import Task, Worker, Workflow
from ...engine.model.workflow_configuration import RoutingPlan, read_plan
from ...engine.routing.matching import first_filter, task_names
from ...engine.state import WorkspaceState, bypasses_workflow
from ...explanations.reading.eligibility import Rule
from ...explanations.reading.sandbox import Sandbox
from ...explanations.search.remedies import available_activity
from ...explanations.sentences.next_move import next_move
from ...explanations.sentences.phrases import expression, join, safe, task_name, why_false
from ...masking import mask
from ..answers.given_text import read_attributes
from ..answers.member_counts import MemberCounts
from ..answers.source import Copy, Source
from .whys import time_left, why_in_short

__all__ = ["answer_route", "find_reads", "route_so_far", "step", "workflow_of_question"]

Step = dict[str, Any]

_SHOWN = 30
"""Number of filters that get a step of their own."""


def answer_route(source: Source, question: Mapping[str, Any]) -> Any:
    """Return the way of a Task with these attributes: at once what a copy of the Workspace would do.

    ::

        {question: "route", workflow: SID, attributes: JSON text or object, priority?, channel?, timeout?}
        {steps: [{kind, ok, title, detail, sid?, due_ms?}], reads: [{name, values}], status, partial?}

    ``kind`` is filter, queue, waits, reserved, then or canceled; ``ok`` is False for a filter that doesn't match, and
    for canceled. ``reads`` are the attributes that the Workflow reads, with the values that it compares them with.
    ``status`` is the Task's: pending, reserved or canceled.
    """
    workflow = workflow_of_question(source.state, question)
    given = _parameters(question)
    attributes = read_attributes(question.get("attributes"))
    queue_sid = _first_queue(source, workflow, attributes)
    copy = source.copy(queue_sid=queue_sid, channel=given.get("task_channel", defaults.TASK_CHANNEL))
    return lambda: _answer(copy, workflow.sid, attributes, given)


def workflow_of_question(state: WorkspaceState, question: Mapping[str, Any]) -> Workflow:
    """Return the Workflow that a question names.

    Raises:
        NotFound: there is none.
    """
    sid = question.get("workflow")
    found = state.workflows.get(sid) if isinstance(sid, str) else None
    if found is None:
        raise NotFound("Workflow", "Choose a Workflow of this Workspace.")
    return found


def find_reads(plan: RoutingPlan) -> list[dict[str, Any]]:
    """Return the attributes of Tasks that a Workflow reads, ``{name, values}``, in the order of its filters."""
    found: dict[str, list[Any]] = {}
    for each in plan.filters:
        compared = [(path, values) for path, values in each.expression.compared().items() if path[0] != "taskrouter"]
        for target in each.targets:
            inner = {} if target.expression is None else target.expression.compared()
            compared += [(path[1:], values) for path, values in inner.items() if path[0] == "task" and path[1:]]
            compared += [] if target.known_worker is None else [(target.known_worker[1], [])]
        for path, values in compared:
            known = found.setdefault(".".join(path), [])
            known += [value for value in values if value not in known]
    return [{"name": name, "values": values} for name, values in found.items()]


def _parameters(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return the other parameters of the Task.

    Raises:
        Invalid: one isn't what it should be.
    """
    given: dict[str, Any] = {}
    for name, least in (("priority", 0), ("timeout", 1)):
        value = question.get(name)
        if value is None or value == "":
            continue
        is_number = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20
        number = int(value) if is_number else value
        if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= 2**31 - 1:
            raise Invalid(f"{name.capitalize()} must be a whole number from {least}.")
        given[name] = number
    channel = question.get("channel")
    return given | ({"task_channel": channel} if isinstance(channel, str) and channel else {})


def _first_queue(source: Source, workflow: Workflow, attributes: str) -> str | None:
    """Return the SID of the TaskQueue that the Task would enter first, whose Workers matter most."""
    plan = read_plan(workflow.configuration)
    index = first_filter(plan, attributes, source.now)
    target = plan.default if index is None else plan.filters[index].targets[0]
    return None if target is None else target.queue_sid


def _answer(copy: Copy, workflow_sid: str, attributes: str, given: Mapping[str, Any]) -> dict[str, Any]:
    sandbox = copy.replica.sandbox()
    task = sandbox.run(tasks.create, workflow_sid=workflow_sid, attributes=attributes, **given)
    state, now = sandbox.state, sandbox.now
    workflow = state.workflows[workflow_sid]
    steps = [
        *route_so_far(state, task, now, copy.members),
        *_outcome(copy, sandbox, task, given),
        *_timers(state, task, now),
    ]
    answer = {
        "steps": steps,
        "reads": find_reads(read_plan(workflow.configuration)),
        "status": task.assignment_status,
    }
    return answer | copy.partial


def step(kind: str, title: str, detail: str = "", *, ok: bool = True, **more: Any) -> Step:
    """Return one step of a route."""
    return {"kind": kind, "ok": ok, "title": title, "detail": detail, **more}


# -- the filters and the queue -----------------------------------------------------------------


def route_so_far(state: WorkspaceState, task: Task, now: Millis, counts: MemberCounts) -> Iterator[Step]:
    """Yield the steps of a Task to where it is: filters up to the one that has it, and its TaskQueue."""
    plan = state.plan(task)
    if bypasses_workflow(task):
        yield step("filter", "No filter is evaluated", "The Task was created with a RoutingTarget.")
    elif plan is not None:
        yield from _filters(task, plan, now)
    queue = state.task_queues.get(task.task_queue_sid or "")
    if queue is not None:
        names = [safe(state.workers[sid].friendly_name) for sid in state.members(queue.sid)]
        yield step("queue", safe(queue.friendly_name), f"matches {counts.words(queue.sid, names)}", sid=queue.sid)


def _filters(task: Task, plan: RoutingPlan, now: Millis) -> Iterator[Step]:
    names = task_names(decode(task.attributes), now)
    is_in_none = task.filter_index is None
    last = len(plan.filters) if task.filter_index is None else task.filter_index + 1
    for index, each in enumerate(plan.filters[: min(last, _SHOWN)]):
        title, trace = _title(each.name, index), each.expression.trace(names)
        if index == task.filter_index:
            yield step("filter", f"{title} matches" if trace.result else title, expression(each.expression.text))
        elif trace.result and each.can_be_left:
            yield step("filter", f"{title} matches, and is skipped", expression(each.expression.text), ok=False)
        elif trace.result:
            yield step("filter", f"{title} matches now", "This Task didn't go through it.", ok=False)
        else:
            yield step("filter", f"{title} doesn't match", why_false(trace), ok=False)
    if last > _SHOWN:
        yield step("filter", f"{pluralize(last - _SHOWN, 'more filter')}", "not shown here", ok=False)
    if is_in_none and task.task_queue_sid is not None and plan.default is not None:
        yield step("filter", "Default filter", "No filter matches.")


def _title(name: str, index: int) -> str:
    return f"Filter {index + 1} “{safe(name)}”" if name else f"Filter {index + 1}"


# -- what becomes of it ------------------------------------------------------------------------


def _outcome(copy: Copy, sandbox: Sandbox, task: Task, given: Mapping[str, Any]) -> Iterator[Step]:
    state = sandbox.state
    if task.ended_at is not None:
        skipped = "Every target was skipped (skip_if), no later filter matches, and there is no default filter."
        why = "No filter matches, and there is no default filter." if task.task_queue_sid is None else skipped
        yield step("canceled", "Canceled at once", why, ok=False)
        return
    workflow = state.workflows[task.workflow_sid or ""]
    pending = sandbox.pending(task.sid)
    if not pending:
        short = why_in_short(state, task.sid, sandbox.now)
        yield step("waits", "It will wait", _why_it_waits(short["words"], short["kind"]))
        if short["kind"] == Rule.ACTIVITY:
            yield from _when_available(copy, task, workflow, state.workers[short["worker_sid"]], given)
        return
    names = join([safe(state.workers[each.worker_sid].friendly_name) for each in pending])
    verb = "is" if len(pending) == 1 else "are"
    sid = pending[0].worker_sid
    yield step("reserved", f"{names} {verb} reserved", "at once, tried on a copy", sid=sid)
    left = time_left(pending[0].expires or sandbox.now, sandbox.now)
    called = _called(workflow)
    calls = f"TaskRouter {called}. " if called else ""
    yield step("then", "Then", f"{calls}{names} {'has' if len(pending) == 1 else 'have'} {left} to accept.")


def _why_it_waits(words: str, kind: str) -> str:
    return f"{words}, so nobody is available" if kind == Rule.ACTIVITY else words


def _when_available(
    copy: Copy, task: Task, workflow: Workflow, worker: Worker, given: Mapping[str, Any]
) -> Iterator[Step]:
    """Yield what happens when the nearest Worker becomes available, as tried on another copy."""
    sandbox = copy.replica.sandbox()
    same = sandbox.run(tasks.create, workflow_sid=workflow.sid, attributes=task.attributes, **given)
    activity = available_activity(sandbox.state)
    if activity is None:
        yield step("then", "Then", "No Activity of this Workspace is available.")
        return
    sandbox.run(workers.update, worker.sid, {"activity_sid": activity.sid})
    name = safe(worker.friendly_name)
    first = [each for each in sandbox.state.reservations_of_worker(worker.sid) if each.reservation_status == "pending"]
    if any(each.task_sid == same.sid for each in first):
        called = _called(workflow)
        calls = f" and {called}" if called else ""
        yield step("then", "Then", f"When {name} becomes available, TaskRouter reserves {name}{calls}.")
    elif first:
        sid = first[0].task_sid
        yield step("then", "Then", f"When {name} becomes available, {task_name(sid)} goes first.", sid=sid)


def _called(workflow: Workflow) -> str:
    """Return that the URL of the assignment callback is called, without its password; empty if there is none."""
    url = safe(mask(workflow.assignment_callback_url or ""))
    # A URL fills its line, so a full stop right after it would stand alone in the next one.
    return f"calls {url} for an instruction" if url else ""


def _timers(state: WorkspaceState, task: Task, now: Millis) -> Iterator[Step]:
    """Yield when the Task leaves its place if nobody accepts it, or why it stays there."""
    plan, move = state.plan(task), next_move(state, task)
    if task.ended_at is not None or plan is None:
        return
    if move is not None and move.due is None:
        yield step("then", "Next move", f"{move.words[0].upper()}{move.words[1:]}.")
    if task.step_ends is not None and task.filter_index is not None and task.target_index is not None:
        following = plan.filters[task.filter_index].targets[task.target_index + 1 :]
        queue = state.task_queues.get(following[0].queue_sid) if following else None
        later = "to a later filter that matches; without one the Task is canceled"
        where = later if queue is None else f"to {safe(queue.friendly_name)}"
        yield step("then", f"After {span((task.step_ends - now) / 1000)}", f"On {where}.", due_ms=task.step_ends)
    expires = task.date_created + task.timeout * 1000
    yield step("then", f"After {span((expires - now) / 1000)}", "Canceled, if nobody has accepted.", due_ms=expires)
