"""Explanation of a Worker: TaskQueues, Tasks that could be offered, and the smallest change that brings one."""

from __future__ import annotations

from ...display.blocks import Block, Fields, Sentence
from ...display.capacity_words import held_words
from ...display.durations import utc_time
from ...display.safe_text import pluralize, short_sid
from ...engine.model.resources import Reservation, Task, Worker
from ...engine.model.statuses import OPEN_RESERVATIONS
from ...engine.state import WorkspaceState
from ...sdk.sdk_reading import list_or_empty
from ..reading.eligibility import Rule
from ..reading.records import millis
from ..reading.replica import Replica
from ..reading.target import Given
from ..reading.workspace_reader import read_replica
from ..search.repeated_offers import find_repeated_offers
from ..search.worker_fixes import fixes_for_worker, waiting_tasks
from ..sentences.ineligibility import find_barrier
from ..sentences.phrases import ONE_BY_ONE, clauses, finish, join, quote, safe, task_name
from .ending import no_way, propose
from .report import Report

__all__ = ["explain_worker"]

_SHOWN_QUEUES = 20
_NO_TASK = "No Tasks are waiting in this Workspace, so there is nothing to offer."
_NO_WAY = no_way("get this Worker one of the waiting Tasks")


def explain_worker(given: Given) -> Report:
    """Explain which Tasks could be offered to a Worker now.

    Raises:
        TwilioException: a request was refused.
    """
    if given.instance is None:
        where = f"Workspace {given.workspace_sid[:6]}…"
        text = (
            f"There's no Worker {given.sid[:6]}… in {where}. The Worker was deleted, or belongs to a different "
            "Workspace."
        )
        return Report("gone", [Sentence(text)])
    replica = read_replica(given.workspace, worker=given.instance)
    state = replica.sandbox().state
    worker = state.workers[given.sid]
    waiting = waiting_tasks(state, worker, replica.now)
    fixes = fixes_for_worker(replica, worker, waiting)
    blocks = [
        *_head(state, worker, given, replica),
        *find_repeated_offers(replica, _list_offers(state, worker), given.spelling),
        _channels(state, worker),
        _queues(state, worker),
        _tasks(state, worker, waiting, replica.now),
        *(Sentence(each) for each in replica.unread),
        *propose(fixes, given.spelling, title="Smallest change that gets this Worker a Task", names_task=True),
        *([] if fixes else [Sentence(_NO_WAY if waiting else _NO_TASK)]),
    ]
    return Report("worker", blocks, given.typed(), fixes)


def _head(state: WorkspaceState, worker: Worker, given: Given, replica: Replica) -> list[Block]:
    activity = state.activities[worker.activity_sid]
    since = utc_time(worker.date_status_changed, replica.now)
    name = quote(worker.friendly_name)
    verdict = "It's available, so TaskRouter can offer Tasks."
    if not activity.available:
        verdict = "It isn't available, so TaskRouter offers no Tasks."
    blocks: list[Block] = [
        Sentence(f"{name} has been in Activity {quote(activity.friendly_name)} since {since}. {verdict}"),
        *_move(state, worker, given),
    ]
    if worker.sid in replica.broken:
        blocks.append(Sentence("The Worker's attributes aren't a JSON object, so no expression can read them."))
    else:
        blocks.append(Sentence(f"The Worker's attributes are {safe(worker.attributes)}."))
    held = [each for each in state.reservations_of_worker(worker.sid) if each.reservation_status in OPEN_RESERVATIONS]
    if held:
        blocks.append(Sentence(f"The Worker has {join([_holding(each) for each in held])}."))
    return blocks


def _move(state: WorkspaceState, worker: Worker, given: Given) -> list[Sentence]:
    """Return who moved the Worker to the timeout Activity, if it was an offer that nobody answered."""
    if worker.activity_sid != state.workspace.timeout_activity_sid:
        return []
    offers = list_or_empty(given.workspace.workers(worker.sid).reservations, reservation_status="timeout")
    offer = next((each for each in offers if millis(each.date_updated) == worker.date_status_changed), None)
    if offer is None:
        return []
    return [
        Sentence(
            f"TaskRouter made this change: nobody answered Reservation {short_sid(offer.sid)} of "
            f"{task_name(offer.task_sid)} in time, and the Workspace's timeout Activity is "
            f"{quote(state.activities[worker.activity_sid].friendly_name)}."
        )
    ]


def _list_offers(state: WorkspaceState, worker: Worker) -> list[Reservation]:
    return [each for each in state.reservations_of_worker(worker.sid) if each.reservation_status == "pending"]


def _holding(reservation: Reservation) -> str:
    return f"{task_name(reservation.task_sid)} ({reservation.reservation_status})"


def _channels(state: WorkspaceState, worker: Worker) -> Fields:
    """Return the Worker's channels, those with the same words on one line."""
    alike: dict[str, list[str]] = {}
    for sid, channel in state.channels_of(worker.sid).items():
        words = f"capacity {channel.configured_capacity}, {state.used_capacity(channel)} used"
        words += f" ({held})" if (held := held_words(state.held(channel))) else ""
        words += "" if channel.available else "; switched off (available is false)"
        alike.setdefault(words, []).append(state.task_channels[sid].unique_name)
    pairs = tuple((join(names, most=6), words) for words, names in alike.items())
    return Fields("TaskChannels", pairs, empty="none could be read")


def _queues(state: WorkspaceState, worker: Worker) -> Fields:
    pairs = []
    for queue in list(state.task_queues.values())[:_SHOWN_QUEUES]:
        inside = worker.sid in state.members(queue.sid)
        lines = clauses(state.membership.trace(queue.sid, worker))
        pairs.append((quote(queue.friendly_name), "\n".join([f"{'in' if inside else 'out'}  {lines[0]}", *lines[1:]])))
    more = len(state.task_queues) - _SHOWN_QUEUES
    if more > 0:
        pairs.append((f"{pluralize(more, 'TaskQueue')} more", "not shown here"))
    return Fields("TaskQueues, in or out", tuple(pairs), empty="there are no TaskQueues in this Workspace")


# -- Tasks that wait -------------------------------------------------------------------------------


def _tasks(state: WorkspaceState, worker: Worker, waiting: list[tuple[Task, Rule | None]], now: int) -> Fields:
    title = f"Waiting Tasks, each with the first rule that excludes {quote(worker.friendly_name)}"
    if len(waiting) <= ONE_BY_ONE:
        pairs = [(_task(state, task), find_barrier(state, worker, task, now).words) for task, _ in waiting]
        return Fields(title, tuple(pairs), empty="none")
    groups: dict[Rule | None, list[Task]] = {}
    for task, rule in waiting:
        groups.setdefault(rule, []).append(task)
    return Fields(title, tuple(_group(state, worker, tasks, now) for tasks in groups.values()))


def _group(state: WorkspaceState, worker: Worker, tasks: list[Task], now: int) -> tuple[str, str]:
    words = find_barrier(state, worker, tasks[0], now).words
    if len(tasks) == 1:
        return _task(state, tasks[0]), words
    return pluralize(len(tasks), "Task"), f"for example {_task(state, tasks[0])}: {finish(words)}"


def _task(state: WorkspaceState, task: Task) -> str:
    queue = state.task_queues.get(task.task_queue_sid or "")
    return f"{task_name(task.sid)} in {quote(queue.friendly_name)}" if queue else task_name(task.sid)
