"""Counters of open Tasks, and the events of a morning on which a check tries them (exercise 11.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import call, read_function, spell
from helpers.lessons.checks.subjects.own_calls import refuse_other_cells
from helpers.lessons.checks.subjects.own_shop import EventParameters, OwnShop, disturb, events_of
from helpers.lessons.checks.verdict import NotYet

__all__ = ["counts_open_tasks"]


class _TaskMorning(NamedTuple):
    """Events of a morning, and the Tasks in it that a counter is tried on."""

    events: list[EventParameters]
    tasks: dict[str, str]
    """SIDs by the words for what happened to the Task."""

    def of(self, task: str) -> list[EventParameters]:
        """Return the events of one Task."""
        return events_of(self.events, self.tasks[task])


class _Trial(NamedTuple):
    """Some events of the morning, the number of open Tasks in them, and what a wrong count says."""

    words: str
    """Words for the events, as the beginning of a sentence."""
    choose: Callable[[_TaskMorning], list[EventParameters]]
    open_tasks: int
    reason: str
    """Sentence on an answer that counts something else."""
    pointer: str = ""


_TWICE = "An event that comes twice was counted twice: its `Sid` says that it's the same one."

_TRIALS = (
    _Trial(
        "one Task that waits",
        lambda day: day.of("waits"),
        1,
        "It's one Task, however many events it has, and nobody has ended it.",
    ),
    _Trial(
        "no events",
        lambda day: [],
        0,
        "It remembers events of an earlier call: make its variables inside the function.",
    ),
    _Trial("one Task that was completed", lambda day: day.of("completed"), 0, "The Task isn't open any more."),
    _Trial("one Task that was canceled", lambda day: day.of("canceled"), 0, "`task.canceled` ends a Task, too."),
    _Trial(
        "one Task that was deleted",
        lambda day: day.of("deleted"),
        0,
        "`task.deleted` ends a Task, too, and its `TaskAssignmentStatus` is the one from before.",
        "Print `EventType` and `TaskAssignmentStatus` of each event. For `task.deleted`, look at the type.",
    ),
    _Trial("one Task that is wrapping", lambda day: day.of("wrapping"), 1, "It's open until somebody completes it."),
    _Trial(
        "two events of Alice alone",
        lambda day: [event for event in day.events if "TaskSid" not in event],
        0,
        "They have no Task, so they don't count.",
    ),
    _Trial("one Task that waits, each event twice", lambda day: day.of("waits") * 2, 1, _TWICE),
    _Trial("one Task that was completed, each event twice", lambda day: day.of("completed") * 2, 0, _TWICE),
    _Trial(
        "one Task that was completed, its events backwards",
        lambda day: day.of("completed")[::-1],
        0,
        "The order of arrival means nothing, and `TaskAge` is the same for all of them. Use `TimestampMs`.",
    ),
    _Trial(
        "one Task that was accepted and completed in the same second, its events backwards",
        lambda day: day.of("in one second")[::-1],
        0,
        "`Timestamp` has whole seconds, so the two tie. Use `TimestampMs`.",
    ),
    _Trial(
        "one Task that was accepted and completed in the same millisecond, its events backwards",
        lambda day: day.of("in one millisecond")[::-1],
        0,
        "The two have the same `TimestampMs`. `TaskVersion` breaks the tie.",
    ),
    _Trial(
        "one Task that was accepted at version 9 and completed at version 10, its events backwards",
        lambda day: day.of("of many versions")[::-1],
        0,
        "As text, '9' comes after '10'. Compare numbers: `int(...)`.",
    ),
    _Trial(
        "one Task that was deleted, its events backwards",
        lambda day: day.of("deleted")[::-1],
        0,
        "Its `reservation.canceled` has the same time and version as `task.deleted`. Whichever comes first, a "
        "deleted Task stays closed.",
        "First collect the SIDs of Tasks that were deleted. No later event opens one of them again.",
    ),
)
"""Events in which a counter can go wrong, from the plainest to the rarest."""


@cache
def _play_morning() -> _TaskMorning:
    """Return a morning of which two Tasks stay open: one waits, and one is wrapping."""
    shop = OwnShop()
    shop.wait(0.6)
    tasks = {"completed": _serve(shop, 1301, 0.3, 0.4)}  # in the next second, and the Task is still 0 s old
    shop.wait(0.7)
    tasks |= {"in one second": _serve(shop, 1302, 1.1, 0.6), "in one millisecond": _serve(shop, 1303, 0, 0)}
    tasks["of many versions"] = shop.write(1304)
    for _ in range(7):
        shop.touch(tasks["of many versions"])  # accepted at version 9, completed at version 10
    shop.answer(tasks["of many versions"], "accepted")
    shop.end(tasks["of many versions"], "completed")
    last = {name: shop.write(order) for order, name in enumerate(("canceled", "deleted", "wrapping", "waits"), 1305)}
    shop.wait(1)
    shop.end(last["canceled"], "canceled")
    shop.delete(last["deleted"])
    shop.answer(last["wrapping"], "accepted")
    shop.end(last["wrapping"], "wrapping")
    events = shop.list_events()
    begins = next(place for place, event in enumerate(events) if event["EventType"] == "worker.capacity.update")
    return _TaskMorning(events[begins:], tasks | last)


def _serve(shop: OwnShop, order: int, wait: float, work: float) -> str:
    """Let a customer write, accept after ``wait`` seconds, complete after ``work`` more; return the Task's SID."""
    task = shop.write(order)
    shop.wait(wait)
    shop.answer(task, "accepted")
    shop.wait(work)
    shop.end(task, "completed")
    return task


_ORDERS = 20
_OPEN = 2
"""Tasks that are open after all events: one wrapping, one waiting."""


def counts_open_tasks(count_open: object) -> str:
    """11.2: a counter of open Tasks, tried on small cases, then on all events in many orders with duplicates."""
    function = read_function("count_open", count_open, "events")
    refuse_other_cells("count_open", function, given="other events")
    morning = _play_morning()
    for trial in _TRIALS:
        counted = _count(function, trial.choose(morning), f"for {trial.words}, ")
        if counted != trial.open_tasks:
            raise NotYet(
                f"for {trial.words}, `count_open` returned {counted}, not {trial.open_tasks}.",
                _explain_negative(counted) or trial.reason,
                pointer=trial.pointer,
            )
    events = morning.events
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
