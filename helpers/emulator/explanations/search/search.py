"""The smallest change that would produce a Reservation: ways are tried on copies, the smallest first."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from ...engine.model.refusals import Refused
from ...engine.model.resources import Reservation, Task, Worker, Workflow
from ...engine.state import WorkspaceState
from ..reading.eligibility import first_rule_against
from ..reading.replica import Replica
from ..reading.sandbox import Sandbox
from ..spelling import Spelling
from .outdated import Standing, follows_earlier, re_evaluation, standing, workflow_of
from .possible_changes import TaskToMove, Way
from .remedies import overtaking, remedies
from .rerouting import reroutes
from .sdk_calls import SdkCall

__all__ = ["Fix", "by_itself", "smallest_fixes"]

_MOST_TRIALS, _FEWEST_TRIALS = 30, 6
_COPIED = 60_000
"""Records copied in one search: in a large workspace fewer ways are tried, so that an answer comes soon."""
_MOST_BEYOND = 6
"""Trials for alternatives, once the smallest way is known."""
_MOST_WORKERS = 4
"""Workers tried on after a change that did not suffice alone, the nearest first."""
_MOST_FIXES = 3
_MOST_OF_A_KIND = 3
"""Ways of one kind that are tried: what did not help with three Workers will hardly help with a fourth."""
_UNRESERVED = ("pending", "canceled")
"""Statuses of a Task for which nobody is reserved: one whose last target is skipped is canceled at once."""
_MUCH_MORE = 35
"""An alternative that costs this much more than the smallest is not worth telling."""


@dataclass(frozen=True)
class Fix:
    """Calls after which the Task was reserved on a copy; ``workers`` are the names of those reserved."""

    calls: tuple[SdkCall, ...]
    workers: tuple[str, ...]
    cost: int
    task_sid: str
    by_earlier_workflow: bool = False
    """True if the Task follows a version of its Workflow that can't be read any more; the present one was tried."""

    @property
    def sentence(self) -> str:
        """Its calls in words."""
        return " ".join(call.sentence for call in self.calls)

    def code(self, spelling: Spelling) -> str:
        """Return the same as SDK code, one line for each request."""
        return "\n".join(call.code(spelling) for call in self.calls)

    def through_sdk(self, workspace: Any) -> Any:
        """Do it; return the Task that it creates, or None if it creates none.

        Raises:
            TwilioException: a request was refused; the ones before it were made.
        """
        results = [(call, call.through_sdk(workspace)) for call in self.calls]
        return next((made for call, made in results if call.makes_task), None)

    def repeats(self, other: Fix) -> bool:
        """Return True if it is of the same kind, with another Worker, say, or does all that and more."""
        kinds = [_kind(call) for call in self.calls]
        return all(_kind(call) in kinds for call in other.calls)


def smallest_fixes(replica: Replica, subject: TaskToMove, only: str | None = None) -> list[Fix]:
    """At most three, the smallest first, each of another kind and each proved on a copy of its own.

    ``only`` is the SID of the one Worker who is to be reserved, if it must be one.
    """
    return _Search(replica, subject, only).fixes()


def by_itself(replica: Replica, task: Task) -> tuple[int, tuple[str, ...]] | None:
    """Return when somebody is reserved for a waiting Task if nothing is changed, and who; None if never."""
    sandbox = replica.closely_read().sandbox()
    expires = task.date_created + task.timeout * 1000
    if sandbox.wait_for(lambda: sandbox.reservation_for(task.sid), expires) is None:
        return None
    return sandbox.now, _names(sandbox.state, sandbox.pending(task.sid))


class _Search:
    """Best first, by cost; a way that does not suffice is continued where it stopped."""

    def __init__(self, replica: Replica, subject: TaskToMove, only: str | None) -> None:
        self._replica = replica.closely_read()
        self._subject = subject
        self._only = only
        self._numbers = count()
        self._waiting: list[tuple[int, int, Way]] = []
        self._seen: set[tuple[object, ...]] = set()
        self._tries: Counter[tuple[object, ...]] = Counter()
        self._start = Way()
        self._known: frozenset[str] = frozenset()
        """Workers there are; those that a copy created for a trial have SIDs of its own."""

    def fixes(self) -> list[Fix]:
        """See :func:`smallest_fixes`."""
        found: list[Fix] = []
        self._begin()
        for way in self._worth_trying(found):
            if found and way.cost >= found[0].cost + _MUCH_MORE:
                break
            fix = self._tried(way)
            if fix is not None and not any(fix.repeats(each) for each in found):
                found.append(fix)
            if len(found) == _MOST_FIXES:
                break
        return found

    def _worth_trying(self, found: list[Fix]) -> Iterator[Way]:
        """Ways to try, the smallest first; those that :meth:`_tried` adds come in their turn."""
        left = max(_FEWEST_TRIALS, min(_MOST_TRIALS, _COPIED // len(self._replica.records)))
        while self._waiting and left > 0:
            way = heapq.heappop(self._waiting)[2]
            if self._may_try(way):
                yield way
                left = min(left - 1, _MOST_BEYOND) if found else left - 1

    def _begin(self) -> None:
        """Everything one change long, judged on one copy."""
        sandbox = self._replica.sandbox()
        self._known = frozenset(sandbox.state.workers)
        task = self._subject.found(sandbox, None)
        workflow = None if task is None else _followed_no_longer(sandbox.state, task, sandbox.now)
        if workflow is not None:
            self._start = Way().plus(re_evaluation(workflow))
        self._put([self._start] if task is None or workflow is not None else self._first_steps(sandbox, task))

    def _first_steps(self, sandbox: Sandbox, task: Task) -> Iterator[Way]:
        for worker in self._workers(sandbox.state):
            yield from self._lifted(sandbox, worker, task, self._start)
        for way in reroutes(sandbox.state, task, sandbox.now, is_new=self._subject.is_new):
            yield self._start.then(way)

    def _tried(self, way: Way) -> Fix | None:
        sandbox = self._replica.sandbox()
        calls = self._subject.calls(way)
        try:
            results = [(call, call.on_copy(sandbox)) for call in calls]
        except Refused:
            return None
        task = self._subject.found(sandbox, next((made for call, made in results if call.makes_task), None))
        if task is None:
            return None
        reserved = sandbox.pending(task.sid)
        if reserved and self._only in (None, *(each.worker_sid for each in reserved)):
            cost, names = sum(call.cost for call in calls), _names(sandbox.state, reserved)
            return Fix(calls, names, cost, task.sid, by_earlier_workflow=follows_earlier(sandbox.state, task))
        if not reserved:
            self._continue(sandbox, task, way)
        return None

    def _continue(self, sandbox: Sandbox, task: Task, way: Way) -> None:
        """Put further steps beside ``way``, judged on the copy where it did not suffice."""
        if way == self._start:
            self._put(self._first_steps(sandbox, task))
        elif task.assignment_status in _UNRESERVED:
            further = [
                each for worker in self._workers(sandbox.state) for each in self._lifted(sandbox, worker, task, way)
            ]
            self._put(heapq.nsmallest(_MOST_WORKERS, further, key=lambda each: each.cost))
            priority = overtaking(sandbox.state, task) if way.priority is None else None
            if priority is not None:
                self._put([way.overtaking(priority)])

    def _workers(self, state: WorkspaceState) -> Iterable[Worker]:
        if self._only is not None:
            return [state.workers[self._only]]
        return [each for sid, each in state.workers.items() if sid in self._known]

    def _lifted(self, sandbox: Sandbox, worker: Worker, task: Task, way: Way) -> Iterator[Way]:
        if task.assignment_status not in _UNRESERVED:
            return
        rule = first_rule_against(sandbox.state, worker, task, sandbox.now)
        if rule is not None:
            yield from remedies(sandbox.state, worker, task, rule, sandbox.now, way)

    def _put(self, ways: Iterable[Way]) -> None:
        for way in ways:
            key = (frozenset((call.place, call.parameters) for call in way.calls), way.attributes, way.priority)
            if key not in self._seen:
                self._seen.add(key)
                heapq.heappush(self._waiting, (way.cost, next(self._numbers), way))

    def _may_try(self, way: Way) -> bool:
        """Return True if ways of this kind haven't been tried often enough."""
        kind = (*(_kind(call) for call in way.calls), way.attributes is not None, way.priority is not None)
        self._tries[kind] += 1
        return self._tries[kind] <= _MOST_OF_A_KIND


def _followed_no_longer(state: WorkspaceState, task: Task, now: int) -> Workflow | None:
    """The Task's Workflow, if the Task should go through it once more before anything else is tried."""
    helps = standing(state, task, now) in (Standing.ELSEWHERE, Standing.PASSED_OVER)
    return workflow_of(state, task) if helps else None


def _kind(call: SdkCall) -> tuple[object, ...]:
    return tuple(name for name, _ in call.place), tuple(name for name, _ in call.parameters)


def _names(state: WorkspaceState, reservations: Iterable[Reservation]) -> tuple[str, ...]:
    return tuple(state.workers[each.worker_sid].friendly_name for each in reservations)
