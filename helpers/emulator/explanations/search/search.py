"""Search for the smallest change that leads to a Reservation: ways are tried on copies, the smallest first."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

import msgspec

from ...engine.model.refusals import Refused
from ...engine.model.resources import Reservation, Task, Worker, Workflow
from ...engine.state import WorkspaceState
from ..reading.eligibility import first_rule_against
from ..reading.replica import Replica
from ..reading.sandbox import Sandbox
from ..spelling import Spelling
from .outdated import Standing, follows_earlier, re_evaluate, standing, workflow_of
from .possible_changes import TaskToMove, Way
from .remedies import find_remedies, priority_above_all
from .rerouting import find_reroutes
from .sdk_calls import SdkCall

__all__ = ["Fix", "by_itself", "smallest_fixes"]

_MOST_TRIALS, _FEWEST_TRIALS = 30, 6
_COPIED = 60_000
"""Number of records copied in one search: in a large workspace fewer ways are tried, so that it ends soon."""
_MOST_BEYOND = 6
"""Number of trials for alternatives, once the smallest way is known."""
_MOST_WORKERS = 4
"""Number of ways that continue one that wasn't enough, the smallest first."""
_MOST_FIXES = 3
_MOST_OF_A_KIND = 3
"""Number of ways of one kind that are tried: a change that failed for three Workers will hardly help a fourth."""
_UNRESERVED = ("pending", "canceled")
"""Statuses of a Task without a reserved Worker; a Task whose last target is skipped is canceled at once."""
_MUCH_MORE = 35
"""Cost above that of the smallest way at which an alternative isn't worth showing."""


class Fix(msgspec.Struct, frozen=True):
    """Calls after which the Task was reserved in a copy; ``workers`` are the names of the reserved Workers."""

    calls: tuple[SdkCall, ...]
    workers: tuple[str, ...]
    cost: int
    task_sid: str
    by_earlier_workflow: bool = False
    """Mark of a Task that follows a version of its Workflow that can't be read any more; the current one was tried."""

    @property
    def sentence(self) -> str:
        """The calls in words."""
        return " ".join(call.sentence for call in self.calls)

    def code(self, spelling: Spelling) -> str:
        """Return the calls as SDK code, one line for each request."""
        return "\n".join(call.code(spelling) for call in self.calls)

    def through_sdk(self, workspace: Any) -> Any:
        """Make the calls; return the Task that they create, or None.

        Raises:
            TwilioException: a request was refused; the ones before it were made.
        """
        results = [(call, call.through_sdk(workspace)) for call in self.calls]
        return next((made for call, made in results if call.makes_task), None)

    def repeats(self, other: Fix) -> bool:
        """Return True if it has the same kinds of calls as ``other``, perhaps for another Worker, or more."""
        kinds = [_kind(call) for call in self.calls]
        return all(_kind(call) in kinds for call in other.calls)


def smallest_fixes(replica: Replica, subject: TaskToMove, only: str | None = None) -> list[Fix]:
    """Return at most three fixes of different kinds, the smallest first, each tried on a copy of its own.

    With ``only``, the SID of a Worker, only fixes that reserve this Worker count.
    """
    return _Search(replica, subject, only).fixes()


def by_itself(replica: Replica, task: Task) -> tuple[int, tuple[str, ...]] | None:
    """Return the time at which a waiting Task is reserved without a change, and the Workers' names; None if never."""
    sandbox = replica.closely_read().sandbox()
    expires = task.date_created + task.timeout * 1000
    if sandbox.wait_for(lambda: sandbox.reservation_for(task.sid), expires) is None:
        return None
    return sandbox.now, _names(sandbox.state, sandbox.pending(task.sid))


class _Search:
    """Best-first search by cost; a way that isn't enough is continued from its own copy."""

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
        """SIDs of the Workers and Reservations that exist, without those that a trial creates."""

    def fixes(self) -> list[Fix]:
        """Return the result of ``smallest_fixes``."""
        found: list[Fix] = []
        self._begin()
        for way in self._worth_trying(found):
            if found and way.cost >= found[0].cost + _MUCH_MORE:
                break
            fix = self._try(way)
            if fix is not None and not any(fix.repeats(each) for each in found):
                found.append(fix)
            if len(found) == _MOST_FIXES:
                break
        return found

    def _worth_trying(self, found: list[Fix]) -> Iterator[Way]:
        """Yield the ways to try, the smallest first, including those that ``_try`` adds."""
        left = max(_FEWEST_TRIALS, min(_MOST_TRIALS, _COPIED // len(self._replica.records)))
        while self._waiting and left > 0:
            way = heapq.heappop(self._waiting)[2]
            if self._may_try(way):
                yield way
                left = min(left - 1, _MOST_BEYOND) if found else left - 1

    def _begin(self) -> None:
        """Collect the ways with one change, judged on one copy."""
        sandbox = self._replica.sandbox()
        self._known = frozenset((*sandbox.state.workers, *sandbox.state.reservations))
        task = self._subject.found(sandbox, None)
        workflow = None if task is None else _find_outdated(sandbox.state, task, sandbox.now)
        if workflow is not None:
            self._start = Way().plus(re_evaluate(workflow))
        self._put([self._start] if task is None or workflow is not None else self._first_steps(sandbox, task))

    def _first_steps(self, sandbox: Sandbox, task: Task) -> Iterator[Way]:
        for worker in self._workers(sandbox.state):
            yield from self._lift(sandbox, worker, task, self._start)
        for way in find_reroutes(sandbox.state, task, sandbox.now, is_new=self._subject.is_new):
            yield self._start.then(way)

    def _try(self, way: Way) -> Fix | None:
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
        """Add ways that continue ``way``, judged on the copy where it wasn't enough."""
        if way == self._start:
            self._put(self._first_steps(sandbox, task))
        elif task.assignment_status in _UNRESERVED:
            further = [
                each for worker in self._workers(sandbox.state) for each in self._lift(sandbox, worker, task, way)
            ]
            self._put(heapq.nsmallest(_MOST_WORKERS, further, key=lambda each: each.cost))
            priority = priority_above_all(sandbox.state, task) if way.priority is None else None
            if priority is not None:
                self._put([way.overtaking(priority)])

    def _workers(self, state: WorkspaceState) -> Iterable[Worker]:
        if self._only is not None:
            return [state.workers[self._only]]
        return [each for sid, each in state.workers.items() if sid in self._known]

    def _lift(self, sandbox: Sandbox, worker: Worker, task: Task, way: Way) -> Iterator[Way]:
        if task.assignment_status not in _UNRESERVED:
            return
        rule = first_rule_against(sandbox.state, worker, task, sandbox.now)
        if rule is not None:
            remedies = find_remedies(sandbox.state, worker, task, rule, sandbox.now, way)
            yield from (each for each in remedies if self._can_be_named(each))

    def _can_be_named(self, way: Way) -> bool:
        """Return False if a call answers a Reservation that only a trial created: nobody knows its SID yet."""
        places = (place for call in way.calls for place in call.place)
        return all(name != "reservations" or sid in self._known for name, sid in places)

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


def _find_outdated(state: WorkspaceState, task: Task, now: int) -> Workflow | None:
    """Return the Task's Workflow if it should be evaluated again before anything else is tried, else None."""
    helps = standing(state, task, now) in (Standing.ELSEWHERE, Standing.PASSED_OVER)
    return workflow_of(state, task) if helps else None


def _kind(call: SdkCall) -> tuple[object, ...]:
    return tuple(name for name, _ in call.place), tuple(name for name, _ in call.parameters)


def _names(state: WorkspaceState, reservations: Iterable[Reservation]) -> tuple[str, ...]:
    return tuple(state.workers[each.worker_sid].friendly_name for each in reservations)
