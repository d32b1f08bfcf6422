"""Explanation of a waiting Task: the rule against each Worker, Tasks that go first, and the smallest change."""

from __future__ import annotations

from ...display.blocks import Block, Sentence
from ...display.durations import span, utc_time
from ...display.safe_text import pluralize
from ...engine.model import defaults
from ...engine.state import waits_for_worker
from ..search.possible_changes import WaitingTask
from ..sentences.ineligibility import find_barriers, list_workers
from ..sentences.phrases import join, quote, safe, task_name
from .ending import Ending, answer
from .facts import TaskFacts

__all__ = ["explain_waiting"]

_ENDINGS = {
    "rejected": "This Worker rejected the Task at {when}. That alone excludes nobody: TaskRouter can offer it again.",
    "timeout": "A Reservation of this Task timed out at {when}, and the Worker got the timeout Activity.",
    "canceled": "This Worker's Reservation of the Task was canceled at {when}.",
    "rescinded": "This Worker's Reservation of the Task was rescinded at {when}: another Worker accepted first.",
}


def explain_waiting(facts: TaskFacts) -> tuple[list[Block], Ending]:
    """Return all sections, and the ending that they contain."""
    found, notes = find_barriers(facts.state, facts.task, facts.replica.now), _unreadable(facts) | _notes(facts)
    end = answer(facts, WaitingTask(facts.task.sid), found, notes)
    title = "Workers, each with the first rule that excludes them"
    blocks: list[Block] = [Sentence(_waits(facts)), *end.short, *facts.doubts(), *facts.routing(), *facts.queue()]
    blocks += [list_workers(found, notes, title=title), *_ahead(facts), *facts.clocks(), *facts.unread()]
    return [*blocks, *end.blocks], end


def _waits(facts: TaskFacts) -> str:
    state, task = facts.state, facts.task
    age = (facts.replica.now - task.date_created) / 1000
    since = f"it has waited for {span(age)}" if age else "it has just been created"
    head = f"{task_name(task.sid)} is pending: {since}, and no Worker is reserved for it."
    head += f" Its attributes are {safe(task.attributes)}{_channel(facts)}."
    if waits_for_worker(task):
        worker = state.workers.get(task.routing_target or "")
        name = quote(worker.friendly_name) if worker else "a Worker who isn't in this Workspace"
        return f"{head} It's for {name} only (routing_target)."
    queue = state.task_queues.get(task.task_queue_sid or "")
    return (
        f"{head} It waits in TaskQueue {quote(queue.friendly_name)}." if queue else (f"{head} It isn't in a TaskQueue.")
    )


def _channel(facts: TaskFacts) -> str:
    channel = facts.state.task_channels.get(facts.task.task_channel_sid)
    is_usual = channel is None or channel.unique_name == defaults.TASK_CHANNEL
    return "" if channel is None or is_usual else f", its TaskChannel is {quote(channel.unique_name)}"


def _unreadable(facts: TaskFacts) -> dict[str, str]:
    """Return a sentence on unreadable attributes, by Worker SID."""
    broken = [sid for sid in facts.replica.broken if sid in facts.state.workers]
    return {sid: f"The Worker's attributes aren't a JSON object: {safe(facts.replica.broken[sid])}." for sid in broken}


def _notes(facts: TaskFacts) -> dict[str, str]:
    """Return a sentence on the end of the latest Reservation of this Task, by Worker SID."""
    ended = [each for each in facts.state.reservations_of_task(facts.task.sid) if each.reservation_status in _ENDINGS]
    return {
        each.worker_sid: _ENDINGS[each.reservation_status].format(when=utc_time(each.date_updated, facts.replica.now))
        for each in ended
    }


def _ahead(facts: TaskFacts) -> list[Block]:
    """Return a sentence on the Tasks of the same queue and channel that go first."""
    ahead, tasks = facts.ahead(), facts.state.tasks
    if not ahead:
        return []
    names = join([f"{task_name(sid)} (priority {tasks[sid].priority})" for sid in ahead])
    verb = "goes" if len(ahead) == 1 else "go"
    return [
        Sentence(
            f"{pluralize(len(ahead), 'Task')} in this queue {verb} first, if a Worker is eligible for both: {names}."
        )
    ]
