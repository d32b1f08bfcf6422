"""Sections of an explanation of a Task: its filters, its queue, its timers, and what couldn't be read."""

from __future__ import annotations

import msgspec

from ...display.blocks import Block, Preformatted, Sentence
from ...engine.model.resources import Task
from ...engine.model.workflow_configuration import RoutingPlan, read_plan
from ...engine.routing.matching import first_filter
from ...engine.state import WorkspaceState, bypasses_workflow, waits_for_worker
from ..reading.ignored_keys import IgnoredKey, find_ignored_keys
from ..reading.replica import Replica
from ..search.outdated import Standing, standing, was_updated, workflow_of
from ..sentences.phrases import quote, safe
from ..sentences.running_timers import list_timers
from ..sentences.workflow_route import describe_queue, describe_route, filter_name
from ..spelling import Spelling

__all__ = ["TaskFacts"]

_UNTIL = 'until the Workflow is updated with re_evaluate_tasks="true"'
_ENTERED_BEFORE = f"{{now}} This Task entered {{then}}, and stays in the step that matched it then {_UNTIL}."
_PASSED_OVER = (
    "The Workflow was updated after this Task entered it. By the current version a Worker could be reserved, but "
    f"none is. So the Task seems to follow the earlier version, which can't be read any more, {_UNTIL}."
)
_AS_LED = (
    "The Workflow was updated after this Task entered it, and still leads it to the same place. If the conditions "
    f"there have changed, the Task keeps the earlier ones {_UNTIL}. This explanation uses the current ones."
)

_MOST_KEYS = 3
"""Most ignored keys that are named."""


class TaskFacts(msgspec.Struct, frozen=True):
    """Task in a copy of its workspace, and sections about it."""

    replica: Replica
    state: WorkspaceState
    task: Task
    spelling: Spelling

    @property
    def plan(self) -> RoutingPlan | None:
        """Current configuration of its Workflow."""
        workflow = self.state.workflows.get(self.task.workflow_sid or "")
        return None if workflow is None else read_plan(workflow.configuration)

    def anew(self) -> TaskFacts:
        """Return the same facts for a Task like it that isn't routed yet."""
        fresh = msgspec.structs.replace(self.task, filter_index=None, target_index=None, task_queue_sid=None)
        return TaskFacts(self.replica, self.state, fresh, self.spelling)

    def routing(self, *, exists: bool = True) -> list[Block]:
        """Return the section on the Workflow's filters; ``exists`` is False for a Task that was never created."""
        plan, workflow = self.plan, self.state.workflows.get(self.task.workflow_sid or "")
        if bypasses_workflow(self.task):
            return [Sentence("No filter is evaluated: the Task was created with a routing_target.")]
        if plan is None or workflow is None:
            return []
        title = f"Filters of Workflow {quote(workflow.friendly_name)}, from top to bottom. The first match wins"
        route = describe_route(self.state, self.task, plan, self.replica.now, title=title, exists=exists)
        ignored = find_ignored_keys(workflow.configuration)[:_MOST_KEYS]
        return [route, *(Sentence(_name_ignored(key)) for key in ignored), *self._explain_update(plan)]

    def _explain_update(self, plan: RoutingPlan) -> list[Block]:
        workflow = workflow_of(self.state, self.task)
        if workflow is None:
            return []
        updated = was_updated(workflow, self.task)
        match standing(self.state, self.task, self.replica.now):
            case Standing.ELSEWHERE | Standing.TAKEN_BY_NONE:
                then = "before the Workflow was updated" if updated else "earlier"
                return [Sentence(_ENTERED_BEFORE.format(now=self._if_it_came_now(plan), then=then))]
            case Standing.PASSED_OVER:
                return [Sentence(_PASSED_OVER)]
        return [Sentence(_AS_LED)] if updated else []

    def _if_it_came_now(self, plan: RoutingPlan) -> str:
        winner = first_filter(plan, self.task.attributes, self.replica.now)
        if winner is not None:
            return f"A Task that is created now would match {filter_name(plan.filters[winner], winner)}."
        default = "canceled at once" if plan.default is None else "matched by the default filter"
        return f"A Task that is created now would be {default}, because no filter matches."

    def queue(self) -> list[Block]:
        """Return the section on its TaskQueue."""
        if self.task.task_queue_sid not in self.state.task_queues or waits_for_worker(self.task):
            return []
        return [describe_queue(self.state, self.task)]

    def ahead(self) -> list[str]:
        """Return the SIDs of the Tasks of the same queue and channel that go first; a new Task would be the last."""
        backlog, tasks, task = self.state.backlog, self.state.tasks, self.task
        own, queue = backlog.place(task.sid), self.state.task_queues.get(task.task_queue_sid or "")
        if queue is None or (own is None and queue.task_order == "LIFO"):
            return []
        alike = [sid for sid in backlog.in_queue(queue.sid) if tasks[sid].task_channel_sid == task.task_channel_sid]
        places = sorted((place, sid) for sid in alike if (place := backlog.place(sid)) is not None)
        if own is None:
            return [sid for _, sid in places if tasks[sid].priority >= task.priority]
        return [sid for place, sid in places if place < own]

    def clocks(self) -> list[Block]:
        """Return the section on its timers."""
        running = list_timers(self.state, self.task, self.replica.now, is_lost=self.is_lost_unanswered())
        return [running] if running.pairs else []

    def is_lost_unanswered(self) -> bool:
        """Return True if the Task is canceled when its pending Reservations time out, as tried on a copy."""
        held = self.state.reservations_of_task(self.task.sid)
        expires = [each.expires for each in held if each.reservation_status == "pending" and each.expires is not None]
        if not expires:
            return False
        sandbox = self.replica.sandbox()
        sandbox.wait_for(lambda: None, max(expires))
        task = sandbox.task(self.task.sid)
        return task is None or task.assignment_status == "canceled"

    def doubts(self) -> list[Block]:
        """Return the parts of the Task, its Workflow or its queue that can't be read as JSON or as an expression."""
        blocks: list[Block] = []
        broken, task = self.replica.broken, self.task
        if task.sid in broken:
            seen = safe(broken[task.sid])
            text = f"Its attributes aren't a JSON object, so no expression can read them: {seen}."
            blocks.append(Sentence(f"{text} Was json.dumps() called twice, or not at all?"))
        for sid, what in ((task.workflow_sid, "The Workflow's configuration"), (task.task_queue_sid, "target_workers")):
            if sid in broken:
                blocks.append(Preformatted(f"{what} can't be read, and counts as empty here", broken[sid or ""]))
        return blocks

    def unread(self) -> list[Block]:
        """Return the sentences about records that weren't read, in a large Workspace."""
        return [Sentence(each) for each in self.replica.unread]


def _name_ignored(key: IgnoredKey) -> str:
    meant = f". Is {quote(key.meant)} meant?" if key.meant else ", because it has no meaning there."
    return f"TaskRouter ignores {quote(key.name)} in {key.place}{meant}"
