"""Where a Task goes, and who is asked: steps of a Workflow, offers, and what happens at their end.

The evaluation is that of reference 4.2. At rest nobody ready could be given any waiting Task;
after each command only the Tasks that began to wait and the Workers that were freed need a look.
"""

from __future__ import annotations

from typing import Any

from helpers.emulator.engine import assignment_callback
from helpers.emulator.engine.attributes import parsed
from helpers.emulator.engine.document import Plan
from helpers.emulator.engine.lifecycle import TTL_EXCEEDED, cancel_task, emit_reservation, emit_task, set_activity
from helpers.emulator.engine.matching import known_worker_is, task_names
from helpers.emulator.engine.resources import Reservation, Task, Worker
from helpers.emulator.engine.selection import next_task, workers_for
from helpers.emulator.engine.state import waits_for_worker
from helpers.emulator.engine.turn import Turn
from helpers.emulator.expressions import Expression

__all__ = ["MAX_ASSIGNMENTS", "WORKFLOW_TIMEOUT", "enter_workflow", "re_enter", "settle", "step_timeout"]

MAX_ASSIGNMENTS = 1000
"""How often a Task may go from pending to reserved (reference 2.3)."""

WORKFLOW_TIMEOUT = "Task canceled on Workflow timeout"
_TOO_OFTEN = f"{TTL_EXCEEDED} or Max assignment count exceeded"
_RESERVATION_TIMEOUT = 120


# -- steps -------------------------------------------------------------------------------------


def enter_workflow(turn: Turn, task: Task) -> bool:
    """Lead a fresh Task to its first step; False if no filter takes it and there is no default."""
    plan = turn.state.plan(task)
    return plan is not None and (_enter_filter(turn, task, plan, 0) or _enter_default(turn, task, plan))


def re_enter(turn: Turn, task: Task, *, by_update: bool) -> None:
    """Ask the filters again for a pending Task, whose attributes or Workflow changed.

    ``by_update``: only the Task's attributes changed. If the same filter still takes it, it
    stays in its step (reference 4.4: unclear, our choice).
    """
    plan = turn.state.plan(task)
    if plan is None or task.assignment_status != "pending":
        return
    if by_update and _matching_filter(turn, task, plan, 0) == task.filter_index:
        turn.waits(task, entered_step=False)
        return
    previous = task.task_queue_sid
    if not (_enter_filter(turn, task, plan, 0) or _enter_default(turn, task, plan)):
        _leave_workflow(turn, task, "workflow.timeout")
        return
    _emit_step(turn, task, previous)


def step_timeout(turn: Turn, task: Task) -> None:
    """The current target gave up: next target, else a later filter that matches, else the end.

    The default filter is no safety net here (reference 4.2).
    """
    emit_task(turn, task, "task-queue.timeout", f"Task {task.sid} timed out of TaskQueue {_queue_name(turn, task)}")
    plan = turn.state.plan(task)
    assert plan is not None
    assert task.filter_index is not None
    previous = task.task_queue_sid
    if not (_next_target(turn, task, plan) or _enter_filter(turn, task, plan, task.filter_index + 1)):
        _leave_workflow(turn, task, "workflow.timeout")
        return
    _emit_step(turn, task, previous)


def _skip(turn: Turn, task: Task) -> bool:
    """Leave the step at once; False if there was nowhere to go and the Task is canceled."""
    plan = turn.state.plan(task)
    assert plan is not None
    assert task.filter_index is not None
    previous = task.task_queue_sid
    if not (
        _next_target(turn, task, plan)
        or _enter_filter(turn, task, plan, task.filter_index + 1)
        or _enter_default(turn, task, plan)
    ):
        _leave_workflow(turn, task, "workflow.skipped")
        return False
    _emit_step(turn, task, previous)
    return True


def _matching_filter(turn: Turn, task: Task, plan: Plan, first: int) -> int | None:
    names = task_names(parsed(task.attributes), turn.now)
    for index in range(first, len(plan.filters)):
        if plan.filters[index].expression.matches(names):
            return index
    return None


def _enter_filter(turn: Turn, task: Task, plan: Plan, first: int) -> bool:
    index = _matching_filter(turn, task, plan, first)
    if index is None:
        return False
    task.filter_index = index
    task.filter_entered = turn.now
    _enter_target(turn, task, plan, 0)
    return True


def _next_target(turn: Turn, task: Task, plan: Plan) -> bool:
    assert task.filter_index is not None
    assert task.target_index is not None
    if task.target_index + 1 >= len(plan.filters[task.filter_index].targets):
        return False
    _enter_target(turn, task, plan, task.target_index + 1)
    return True


def _enter_target(turn: Turn, task: Task, plan: Plan, target_index: int) -> None:
    assert task.filter_index is not None
    assert task.filter_entered is not None
    chosen = plan.filters[task.filter_index]
    target = chosen.targets[target_index]
    task.target_index = target_index
    deadline = chosen.deadline(target_index)
    task.step_ends = None if deadline is None else task.filter_entered + deadline * 1000
    _enter_queue(turn, task, target.queue_sid, target.priority)


def _enter_default(turn: Turn, task: Task, plan: Plan) -> bool:
    if plan.default is None:
        return False
    task.filter_index = task.target_index = task.filter_entered = task.step_ends = None
    _enter_queue(turn, task, plan.default.queue_sid, plan.default.priority)
    return True


def _enter_queue(turn: Turn, task: Task, task_queue_sid: str, priority: int | None) -> None:
    if task.task_queue_sid != task_queue_sid:
        task.task_queue_sid = task_queue_sid
        task.task_queue_entered = turn.now
    if priority is not None:
        task.priority = priority
    task.version += 1
    turn.save(task)
    turn.waits(task, entered_step=True)


def _emit_step(turn: Turn, task: Task, previous_queue_sid: str | None) -> None:
    """What is recorded when a waiting Task goes to another step."""
    moved = previous_queue_sid != task.task_queue_sid
    if moved and previous_queue_sid is not None:
        emit_task(turn, task, "task-queue.moved", f"Task {task.sid} moved to TaskQueue {_queue_name(turn, task)}")
    emit_target_matched(turn, task)
    if moved:
        emit_task(turn, task, "task-queue.entered", f"Task {task.sid} entered TaskQueue {_queue_name(turn, task)}")


def emit_target_matched(turn: Turn, task: Task) -> None:
    """Record which filter took a Task; the default filter has no expression."""
    plan = turn.state.plan(task)
    assert plan is not None
    chosen = None if task.filter_index is None else plan.filters[task.filter_index]
    extra = {"workflow_filter_name": plan.default_name if chosen is None else chosen.name}
    if chosen is not None:
        extra["workflow_filter_expression"] = _expression_list(chosen.expression)
    emit_task(turn, task, "workflow.target-matched", f"Task {task.sid} matched a workflow target", extra)


def _expression_list(expression: Expression) -> str:
    return '["' + expression.text.replace("\\", "\\\\").replace('"', '\\"') + '"]'


def _leave_workflow(turn: Turn, task: Task, event_type: str) -> None:
    """Nowhere left to go: the Task is canceled."""
    emit_task(turn, task, event_type, f"Task {task.sid} {event_type.removeprefix('workflow.')} in Workflow")
    cancel_task(turn, task, WORKFLOW_TIMEOUT)


def _queue_name(turn: Turn, task: Task) -> str:
    queue = turn.state.task_queues.get(task.task_queue_sid or "")
    return "" if queue is None else queue.friendly_name


# -- offers ------------------------------------------------------------------------------------


def settle(turn: Turn) -> None:
    """Bring together whom this turn freed and what this turn made wait."""
    state = turn.state
    while turn.freed or turn.arrivals:
        freed = [state.workers[sid] for sid in turn.freed if sid in state.workers]
        arrivals, turn.arrivals, turn.freed = turn.arrivals, {}, {}
        for worker in sorted(freed, key=lambda worker: (worker.idle_since, worker.number)):
            _serve(turn, worker)
        for task_sid, entered_step in arrivals.items():
            if task_sid in state.tasks:
                _look_for_worker(turn, state.tasks[task_sid], entered_step=entered_step)


def _serve(turn: Turn, worker: Worker) -> None:
    """Give a Worker what waits for them, best first, until they are full."""
    for task_sid in list(turn.state.direct.get(worker.sid, {})):
        _offer_directly(turn, turn.state.tasks[task_sid])
    while (task := next_task(turn.state, worker, turn.now)) is not None:
        if not _offer(turn, task):
            return


def _look_for_worker(turn: Turn, task: Task, *, entered_step: bool) -> None:
    if task.assignment_status != "pending":
        return
    if waits_for_worker(task):
        _offer_directly(turn, task)
        return
    if task.task_queue_sid is None:
        return
    if task.step_ends is not None and task.step_ends <= turn.now and not entered_step:
        step_timeout(turn, task)
        return
    if _offer(turn, task) or not entered_step:
        return
    _warn_of_known_worker(turn, task)
    if _wants_skip(turn, task):
        turn.arrivals.pop(task.sid, None)
        _skip(turn, task)


def _offer(turn: Turn, task: Task) -> bool:
    """Reserve the best ready Workers for a waiting Task; False if there are none."""
    workers = workers_for(turn.state, task, turn.now)
    if workers:
        _reserve(turn, task, workers)
    return bool(workers)


def _offer_directly(turn: Turn, task: Task) -> None:
    """A Task for one Worker alone goes to them as soon as it may, once (reference 3.4)."""
    state = turn.state
    worker = state.workers.get(task.routing_target or "")
    if worker is None or task.assignments:
        cancel_task(turn, task, f"RoutingTarget not available for Reservation acceptance: {task.routing_target}")
    elif task.ignore_capacity or state.readiness.is_ready(worker.sid, task.task_channel_sid):
        _reserve(turn, task, [worker])


def _wants_skip(turn: Turn, task: Task) -> bool:
    target = turn.state.target(task)
    if target is None or target.skip_if is None:
        return False
    counts = turn.state.activity_counts(target.queue_sid)
    activities = turn.state.activities
    available = sum(count for sid, count in counts.items() if activities[sid].available)
    workers: dict[str, Any] = {**counts, "available": available, "unavailable": sum(counts.values()) - available}
    return target.skip_if.matches({"workers": workers})


def _warn_of_known_worker(turn: Turn, task: Task) -> None:
    """A known Worker who can never be found here shows in the debugger alone (reference 4.7)."""
    state, target = turn.state, turn.state.target(task)
    if target is None or target.known_worker is None:
        return
    attributes = parsed(task.attributes)
    known = [worker for worker in state.workers.values() if known_worker_is(target, attributes, worker)]
    if not known:
        turn.alert(40155, f"Task {task.sid}: its known worker is not in the workspace", task.sid)
    elif known[0].sid not in state.members(target.queue_sid):
        turn.alert(40152, f"Task {task.sid}: its known worker {known[0].sid} is not in the queue", task.sid)


# -- reservations ------------------------------------------------------------------------------


def _reserve(turn: Turn, task: Task, workers: list[Worker]) -> None:
    """Make one Reservation for each Worker; together they count as one assignment."""
    if task.assignments >= MAX_ASSIGNMENTS:
        cancel_task(turn, task, _TOO_OFTEN)
        return
    turn.state.stop_waiting(task)
    task.assignment_status = "reserved"
    task.assignments += 1
    task.version += 1
    turn.save(task)
    for worker in workers:
        _reserve_one(turn, task, worker)


def _reserve_one(turn: Turn, task: Task, worker: Worker) -> None:
    state = turn.state
    workflow = state.workflows.get(task.workflow_sid or "")
    timeout = _RESERVATION_TIMEOUT if workflow is None else workflow.task_reservation_timeout
    target = state.target(task)
    reservation = turn.new(
        Reservation,
        task_sid=task.sid,
        worker_sid=worker.sid,
        task_queue_sid=task.task_queue_sid,
        timeout=timeout,
        expires=turn.now + timeout * 1000,
        known_worker_sid=worker.sid if target is not None and target.known_worker is not None else None,
    )
    turn.save(reservation)
    _occupy(turn, task, worker)
    emit_reservation(turn, reservation, "created")
    assignment_callback.send(turn, reservation)


def _occupy(turn: Turn, task: Task, worker: Worker) -> None:
    """The Worker's idle time starts anew; single-tasking changes their Activity too (reference 3.3)."""
    state = turn.state
    worker.idle_since = turn.now
    worker.version += 1
    channel = state.channels_of(worker.sid)[task.task_channel_sid]
    channel.idle_since = turn.now
    turn.save(worker, quietly=True)
    turn.save(channel, quietly=True)
    queue = state.task_queues.get(task.task_queue_sid or "")
    if state.workspace.multi_task_enabled or queue is None or queue.reservation_activity_sid is None:
        return
    worker.previous_activity_sid = worker.activity_sid
    set_activity(turn, worker, queue.reservation_activity_sid)
