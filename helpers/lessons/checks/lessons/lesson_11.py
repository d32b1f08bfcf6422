"""Lesson 11: what can't happen, a counter that survives any order of arrival, and the owner's share."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import count
from numbers import Real
from typing import Any, NamedTuple

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import (
    call,
    find_unread,
    normalize,
    read_function,
    read_globals,
    read_text,
    spell,
)
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.subjects.own_shop import EventParameters, OwnShop, events_of
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.story import Story

__all__ = ["CHECKS", "HINTS"]

_POSSIBLE = {
    "a": "those two have the same millisecond, so their order means nothing.",
    "b": "an event can arrive twice. Its `Sid` says that it's the same one.",
    "d": "Alice rejected without a new Activity, so TaskRouter asks the same Worker again at once.",
}
"""Things that do happen, by letter, each with the reason."""


def knows_what_cannot_happen(impossible: object) -> str:
    """11.1: the one of four statements about event callbacks that is never true."""
    answer = normalize(read_text("impossible", impossible, '"a"'))
    named = sorted(set(answer.replace(",", " ").replace("and", " ").split()))
    if answer in ("none", "nothing", "nobody"):
        raise NotYet(
            "One of them can't happen: arrival can be swapped, but the times at TaskRouter can't.",
            "Which statement compares two times, and not two arrivals?",
        )
    if answer == "all":
        raise NotYet("Three of them do happen, and this lesson shows them.", "Set one letter.")
    for letter in named:
        if letter in _POSSIBLE:
            others = " You named more than one letter, and only one is right." if len(named) > 1 else ""
            raise NotYet(f"{letter} can happen: {_POSSIBLE[letter]}{others}", pointer=_LOOK_AT[letter])
    if named != ["c"]:
        raise NotYet(f"{spell(impossible)} isn't one of the four letters.", "Write one of the letters a to d.")
    return "Nobody accepts an offer before it's made. The network changes the arrival, and never `TimestampMs`."


_LOOK_AT = {
    "a": "Look at the five events under “In which order did they arrive?”. Compare their times.",
    "b": "Look under “Swap, double and lose events on purpose”. One `Sid` is there twice.",
    "d": "A rejected Task goes back to its queue, and the Worker who rejected it is still available.",
}


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
    _refuse_other_cells("count_open", function)
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
        counted = _count(function, _disturb(events, number), f"in order {number}, ")
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


def _disturb(events: Iterable[EventParameters], seed: int) -> list[EventParameters]:
    """Return the events in an order that the seed decides, every third of them twice."""
    disturbed = list(events)
    disturbed += disturbed[seed % 3 :: 3]
    random.Random(seed).shuffle(disturbed)
    return disturbed


def _refuse_other_cells(name: str, function: Callable[..., Any]) -> None:
    """Raise ``NotYet`` if the function leaves an argument out, or asks the learner's own Workspace."""
    if unread := find_unread(function):
        raise NotYet(
            f"`{name}` never uses its argument `{unread}`.",
            "The check gives it other events than yours: use the arguments, not variables of other cells.",
        )
    for variable, value in read_globals(function).items():
        if isinstance(value, Story) or type(value).__module__.startswith(("twilio.", "helpers.callbacks")):
            raise NotYet(
                f"`{name}` uses `{variable}`, a variable of another cell.",
                "A Workspace and an inbox hold other events than the check's, and a list of events is empty after "
                "15 minutes: use the argument.",
            )


_QUICK = (5, 12, 30)
_SLOW = (31, 40)
_GAVE_UP = (3, 8, 20, 50, 65)
_LIMITS = (30, 60)


class _Morning(NamedTuple):
    """Morning of which an answer has to tell the share of quickly served customers."""

    events: list[EventParameters]
    shares: dict[int, float]
    """Share by limit in seconds, from TaskRouter's own statistics."""


@cache
def _morning() -> _Morning:
    shop, order = OwnShop(), count(1401)
    for seconds in (*_QUICK, *_SLOW):
        served = shop.write(next(order))
        shop.wait(seconds)
        shop.answer(served, "accepted")
        shop.end(served, "completed")
    for seconds in _GAVE_UP:
        left = shop.write(next(order))
        shop.wait(seconds)
        shop.end(left, "canceled")
    rejected = shop.write(next(order))
    shop.wait(20)
    shop.reject(rejected)
    shop.wait(10)
    shop.set_alice("Idle")  # and a second offer
    shop.wait(5)
    shop.answer(rejected, "accepted")
    shop.set_alice("Offline")
    offered_late = shop.write(next(order))
    shop.wait(35)
    shop.set_alice("Idle")
    shop.wait(2)
    shop.answer(offered_late, "accepted")
    shop.write(next(order))  # and still waits
    split = shop.split_waits(*_LIMITS)
    return _Morning(shop.list_events(), {limit: _share(split[str(limit)]) for limit in _LIMITS})


def _share(split: dict[str, dict[str, int]]) -> float:
    ended = sum(figure for side in split.values() for figure in side.values())
    return split["below"]["reservations_accepted"] / ended


def tells_the_share(share_within: object) -> str:
    """11.3: the share of customers who were served in time, compared with TaskRouter's own statistics."""
    function = read_function("share_within", share_within, "events", "seconds")
    _refuse_other_cells("share_within", function)
    morning = _morning()
    right = morning.shares[_LIMITS[0]]
    told = _ask_share(function, morning.events, _LIMITS[0], "for a morning of 13 customers, ")
    if not _is_same(told, right):
        wrong, step, pointer = _explain_share(told, morning.events)
        raise NotYet(wrong, step, pointer=pointer)
    later = _ask_share(function, morning.events, _LIMITS[1], f"within {_LIMITS[1]} s, ")
    if not _is_same(later, morning.shares[_LIMITS[1]]):
        raise NotYet(
            f"within 30 s it's right, but within {_LIMITS[1]} s your function returned {_spell(later)}, and TaskRouter "
            f"says {_spell(morning.shares[_LIMITS[1]])}.",
            "Compare each wait with `seconds`, the function's argument.",
        )
    swapped = "with the same events swapped and doubled, "
    for seed in range(1, 6):
        again = _ask_share(
            function, _disturb(morning.events, seed), _LIMITS[0], "with the same events swapped and doubled, "
        )
        if not _is_same(again, right):
            raise NotYet(
                f"{swapped}your function returned {_spell(again)}, not {_spell(right)}.",
                "Keep one entry for each `TaskSid`, and compare only after you have read all the events.",
            )
    return (
        f"within 30 s, 3 of 12 customers were served: {_spell(right)}. TaskRouter's `split_by_wait_time` counts the "
        "same. The 13th still waits."
    )


def _ask_share(function: Callable[..., Any], events: Sequence[EventParameters], limit: int, case: str) -> float:
    told = call("share_within", function, [dict(event) for event in events], limit, case=case, needs_result=True)
    if isinstance(told, dict | list | set | tuple):
        raise NotYet(f"{case}`share_within` returned {kind(told)}.", "Return one number, such as 0.5.")
    if isinstance(told, bool) or not isinstance(told, Real):
        raise NotYet(f"{case}`share_within` returned {spell(told)}.", "Return a number, such as 0.5.")
    return float(told)


def _is_same(told: float, right: float) -> bool:
    """Return True for the share, as such or in percent."""
    return abs(told - right) < 0.005 or abs(told - 100 * right) < 0.5


def _spell(share: float) -> str:
    return f"{share:.3g}"


def _explain_share(told: float, events: list[EventParameters]) -> tuple[str, str, str]:
    """Return what is wrong with a share, the next step and where to look: by the mistake that leads to this number."""
    served, ended = len(_QUICK), len(_QUICK) + len(_SLOW) + 2 + len(_GAVE_UP)
    accepted, early = ended - len(_GAVE_UP), sum(each <= _LIMITS[0] for each in _GAVE_UP)
    mistakes: dict[float, tuple[str, str, str]] = {
        served / accepted: (
            "customers who gave up are left out.",
            "Five Tasks were canceled. They count as not served.",
            "Two kinds of event end a wait. Count the Tasks of `task.canceled`, too.",
        ),
        (served + early) / ended: (
            "customers who gave up within 30 s count as served.",
            "Their Tasks were never accepted.",
            "Only `reservation.accepted` means that somebody was served.",
        ),
        (served + len(_GAVE_UP)) / ended: (
            "customers who gave up count as served.",
            "Their Tasks were never accepted.",
            "Only `reservation.accepted` means that somebody was served.",
        ),
        served / (ended + 1): (
            "the customer who still waits is counted.",
            "That Task has no outcome yet, so leave it out.",
            "Divide by the number of Tasks that were accepted or canceled, not by all that were created.",
        ),
        (served + 2) / ended: (
            "a wait starts too late, with the last `reservation.created`.",
            "A customer waits from `task.created` on.",
            "Look at “Work out the waits by hand”: which event begins a wait?",
        ),
        (served + 1) / ended: (
            "a wait starts too late, with the first `reservation.created`.",
            "A customer waits from `task.created` on, also while nobody is available.",
            "Look at “Work out the waits by hand”: which event begins a wait?",
        ),
        (served - 1) / ended: (
            "the customer who waited exactly 30 s isn't counted.",
            "Exactly 30 s is within 30 s: use `<=`.",
            "Look at the comparison with `seconds`.",
        ),
        accepted / ended: (
            "everybody who was served is counted, however long it took.",
            "Compare each wait with `seconds`.",
            "A wait in milliseconds has to be divided by 1000 before you compare it with seconds.",
        ),
        1 - served / ended: (
            "this is the share of those who weren't served in time.",
            "Return the others.",
            "",
        ),
        0.0: (
            "nobody is within 30 s.",
            "`TimestampMs` counts milliseconds: divide the difference by 1000.",
            "Look at “Work out the waits by hand”: what does `// 1000` do?",
        ),
        float(served): ("this is a number of customers, not a share.", "Divide it by all whose wait ended.", ""),
    }
    before = f"for a morning of 13 customers, `share_within` returned {_spell(told)}, and TaskRouter says 0.25"
    for value, (wrong, step, pointer) in mistakes.items():
        if _is_same(told, value) if 0 < value < 1 else abs(told - value) < 0.005:
            return f"{before}: {wrong}", step, pointer
    if told > 1:
        return f"{before}.", "A share is at most 1. It isn't the average wait.", ""
    return (
        f"{before}.",
        "For each Task, find the time of `task.created` and how its wait ended.",
        "Print the wait of each Task first, and check it against the events.",
    )


CHECKS = {"11.1": knows_what_cannot_happen, "11.2": counts_open_tasks, "11.3": tells_the_share}

HINTS = {
    "11.1": Hints(
        nudge="What can the network change: the arrival of an event, or the time that it carries?",
        pointer="Statements a, b and d are about arrivals. Compare them with the two lists of events in this lesson.",
        line='impossible = "___"',
    ),
    "11.2": Hints(
        nudge="Is there a way to count in which neither the order nor a second copy makes a difference?",
        pointer="Look at `latest` under “Swap, double and lose events on purpose”. Or collect the SIDs of Tasks in two "
        "sets: those that were created, and those that ended.",
        line='ended = {event["TaskSid"] for event in events if event["EventType"] in ___}',
    ),
    "11.3": Hints(
        nudge="Which event begins a wait, and which two can end it?",
        pointer="Look at `moments` and `waits` under “Work out the waits by hand”. Use `TaskSid`, not the order.",
        line="in_time = [sid for sid in accepted if (accepted[sid] - ___[sid]) / 1000 <= seconds]",
    ),
}
