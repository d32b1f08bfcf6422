"""Counters of open Tasks, and the small cases and long lists on which a check tries them (exercise 11.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import call, read_function, spell
from helpers.lessons.checks.subjects.own_calls import refuse_other_cells
from helpers.lessons.checks.subjects.own_shop import EventParameters, OwnShop, disturb, events_of
from helpers.lessons.checks.verdict import NotYet

__all__ = ["counts_open_tasks"]


class _Trial(NamedTuple):
    """Events of which an answer has to count the open Tasks, and what a wrong count says."""

    words: str
    """Words for the events, as the beginning of a sentence."""
    events: list[EventParameters]
    open_tasks: int
    reason: str
    """Sentence on an answer that counts something else."""
    pointer: str = ""


@cache
def _counted() -> tuple[list[EventParameters], list[_Trial]]:
    """Return all events of a morning, of which two Tasks stay open, and the cases in which a counter goes wrong."""
    shop, order = OwnShop(), count(1301)
    shop.wait(0.6)
    served = shop.write(next(order))
    shop.wait(0.3)
    shop.answer(served, "accepted")
    shop.wait(0.4)  # the next second, and the Task is still 0 s old
    shop.end(served, "completed")
    shop.wait(0.7)
    same_second = shop.write(next(order))
    shop.wait(1.1)
    shop.answer(same_second, "accepted")
    shop.wait(0.6)
    shop.end(same_second, "completed")
    same_moment, many_versions = shop.write(next(order)), shop.write(next(order))
    for _ in range(7):
        shop.touch(many_versions)  # accepted at version 9, completed at version 10
    for each in (same_moment, many_versions):
        shop.answer(each, "accepted")
        shop.end(each, "completed")
    canceled, deleted, wrapping, waiting = (shop.write(next(order)) for _ in range(4))
    shop.wait(1)
    shop.end(canceled, "canceled")
    shop.delete(deleted)
    shop.answer(wrapping, "accepted")
    shop.end(wrapping, "wrapping")
    everything = shop.list_events()
    begins = next(place for place, event in enumerate(everything) if event["EventType"] == "worker.capacity.update")
    events = everything[begins:]

    def of(task_sid: str) -> list[EventParameters]:
        return events_of(events, task_sid)

    workers = [event for event in events if "TaskSid" not in event]
    return events, [
        _Trial("one Task that waits", of(waiting), 1, "That Task is open, because nobody has ended it."),
        _Trial("no events", [], 0, "It remembers events of an earlier call: make its variables inside the function."),
        _Trial("one Task that was completed", of(served), 0, "The Task isn't open any more."),
        _Trial("one Task that was canceled", of(canceled), 0, "`task.canceled` ends a Task, too."),
        _Trial(
            "one Task that was deleted",
            of(deleted),
            0,
            "`task.deleted` ends a Task, too, and its `TaskAssignmentStatus` is the one from before.",
            "Print `EventType` and `TaskAssignmentStatus` of each event. For `task.deleted`, look at the type.",
        ),
        _Trial("one Task that is wrapping", of(wrapping), 1, "It's open until somebody completes it."),
        _Trial("two events of Alice alone", workers, 0, "They have no Task, so they don't count."),
        _Trial(
            "one Task that waits, each event twice",
            [*of(waiting), *of(waiting)],
            1,
            "An event that comes twice was counted twice: its `Sid` says that it's the same one.",
        ),
        _Trial(
            "one Task that was completed, each event twice",
            [*of(served), *of(served)],
            0,
            "An event that comes twice was counted twice: its `Sid` says that it's the same one.",
        ),
        _Trial(
            "one Task that was completed, its events backwards",
            of(served)[::-1],
            0,
            "The order of arrival means nothing, and `TaskAge` is the same for all of them. Use `TimestampMs`.",
        ),
        _Trial(
            "one Task that was accepted and completed in the same second, its events backwards",
            of(same_second)[::-1],
            0,
            "`Timestamp` has whole seconds, so the two tie. Use `TimestampMs`.",
        ),
        _Trial(
            "one Task that was accepted and completed in the same millisecond, its events backwards",
            of(same_moment)[::-1],
            0,
            "The two have the same `TimestampMs`. `TaskVersion` breaks the tie.",
        ),
        _Trial(
            "one Task that was accepted at version 9 and completed at version 10, its events backwards",
            of(many_versions)[::-1],
            0,
            "As text, '9' comes after '10'. Compare numbers: `int(...)`.",
        ),
        _Trial(
            "one Task that was deleted, its events backwards",
            of(deleted)[::-1],
            0,
            "Its `reservation.canceled` has the same time and version as `task.deleted`. Whichever comes first, a "
            "deleted Task stays closed.",
            "First collect the SIDs of Tasks that were deleted. No later event opens one of them again.",
        ),
    ]


_ORDERS = 20
_OPEN = 2
"""Tasks that are open after all events: one wrapping, one waiting."""


def counts_open_tasks(count_open: object) -> str:
    """11.2: a counter of open Tasks, tried on small cases, then on all events in many orders with duplicates."""
    function = read_function("count_open", count_open, "events")
    refuse_other_cells("count_open", function, given="other events")
    events, cases = _counted()
    for case in cases:
        counted = _count(function, case.events, f"for {case.words}, ")
        if counted != case.open_tasks:
            raise NotYet(
                f"for {case.words}, `count_open` returned {counted}, not {case.open_tasks}.",
                _explain_negative(counted) or case.reason,
                pointer=case.pointer,
            )
    for number in range(1, _ORDERS + 1):
        counted = _count(function, disturb(events, number), f"in order {number}, ")
        if counted != _OPEN:
            wrong = f"in order {number} of all {len(events)} events, `count_open` returned {counted}, not {_OPEN}."
            raise NotYet(wrong, "It still depends on the order of arrival, or on how often an event comes.")
    return (
        f"{len(events)} events in {_ORDERS} orders, with duplicates: each time, your function counts "
        f"{_OPEN} open Tasks, the one that waits and the one that is wrapping."
    )


def _count(function: Callable[..., Any], events: Sequence[EventParameters], case: str) -> int:
    """Return what the function counts; it gets copies, because it can change them."""
    counted = call("count_open", function, [dict(event) for event in events], case=case, needs_result=True)
    if isinstance(counted, dict | list | set | tuple | frozenset):
        raise NotYet(f"{case}`count_open` returned {kind(counted)}.", "Return how many there are: `len(...)`.")
    if isinstance(counted, bool) or not isinstance(counted, int):
        raise NotYet(
            f"{case}`count_open` returned {spell(counted)}.", "Return a whole number: how many Tasks are open."
        )
    return counted


def _explain_negative(counted: int) -> str:
    if counted >= 0:
        return ""
    return "More than one event tells of the same end: count Tasks by `TaskSid`, not events."
