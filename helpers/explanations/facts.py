"""What every explanation of a Task tells: its filters, its queue, its clocks, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from helpers.console.blocks import Block, Listing, Sentence
from helpers.emulator.engine.document import Plan, read_plan
from helpers.emulator.engine.resources import Task
from helpers.emulator.engine.state import WorkspaceState, bypasses_workflow, waits_for_worker
from helpers.explanations.phrases import quoted, safe
from helpers.explanations.replica import Replica
from helpers.explanations.rerouting import changed_since
from helpers.explanations.routes import can_be_left, filter_name, first_match, queue_facts, route
from helpers.explanations.timers import timers

__all__ = ["TaskFacts"]

_IS_OLD = (
    "This one entered before the Workflow was changed, and follows the old one until the Workflow is updated with "
    're_evaluate_tasks="true".'
)
_MAY_BE_OLD = (
    "The Workflow was updated after this Task had entered it. Unless that was done with "
    're_evaluate_tasks="true", the Task still follows the earlier one, which cannot be read any more: what is said '
    "here goes by the present one."
)


@dataclass(frozen=True)
class TaskFacts:
    """A Task in a copy of its workspace, and sections about it."""

    replica: Replica
    state: WorkspaceState
    task: Task

    @property
    def plan(self) -> Plan | None:
        """The configuration of its Workflow as it is now."""
        workflow = self.state.workflows.get(self.task.workflow_sid or "")
        return None if workflow is None else read_plan(workflow.configuration)

    def anew(self) -> TaskFacts:
        """The same for a Task like it that is yet to be routed."""
        fresh = msgspec.structs.replace(self.task, filter_index=None, target_index=None, task_queue_sid=None)
        return TaskFacts(self.replica, self.state, fresh)

    def routing(self) -> list[Block]:
        """Filter by filter, clause by clause."""
        plan, workflow = self.plan, self.state.workflows.get(self.task.workflow_sid or "")
        if bypasses_workflow(self.task):
            return [Sentence("No filter is asked: it was created with a routing_target.")]
        if plan is None or workflow is None:
            return []
        title = f"Filters of Workflow {quoted(workflow.friendly_name)}, from top to bottom: the first that is true wins"
        return [route(self.state, self.task, plan, self.replica.now, title=title), *self._changed_meanwhile(plan)]

    def _changed_meanwhile(self, plan: Plan) -> list[Block]:
        if changed_since(self.state, self.task, self.replica.now) is None:
            return []
        winner = first_match(plan, self.task.attributes, self.replica.now)
        text = _MAY_BE_OLD
        if winner is not None and self.task.filter_index is None and not can_be_left(plan.filters[winner]):
            text = f"A Task that came in now would be taken by {filter_name(plan.filters[winner], winner)}. {_IS_OLD}"
        return [Sentence(text)]

    def queue(self) -> list[Block]:
        """The TaskQueue it waits in."""
        if self.task.task_queue_sid not in self.state.task_queues or waits_for_worker(self.task):
            return []
        return [queue_facts(self.state, self.task)]

    def clocks(self) -> list[Block]:
        """The clocks that run for it."""
        running = timers(self.state, self.task, self.replica.now)
        return [running] if running.pairs else []

    def doubts(self) -> list[Block]:
        """What of it, its Workflow or its queue is no JSON or no expression."""
        blocks: list[Block] = []
        broken, task = self.replica.broken, self.task
        if task.sid in broken:
            seen = safe(broken[task.sid])
            text = f"Its attributes are no JSON object, so that no expression can read them: {seen}."
            blocks.append(Sentence(f"{text} Was json.dumps() called twice, or not at all?"))
        for sid, what in ((task.workflow_sid, "The Workflow's configuration"), (task.task_queue_sid, "target_workers")):
            if sid in broken:
                blocks.append(Listing(f"{what} cannot be read, and counts as empty here", broken[sid or ""]))
        return blocks

    def unread(self) -> list[Block]:
        """What was left out, in a workspace of many."""
        return [Sentence(each) for each in self.replica.unread]
