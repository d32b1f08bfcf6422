"""Shares of customers who were served in time, and the mistakes that lead to others (exercise 11.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from numbers import Real
from typing import Any, NamedTuple

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import call, read_function, spell
from helpers.lessons.checks.subjects.own_calls import refuse_other_cells
from helpers.lessons.checks.subjects.own_shop import EventParameters, OwnShop, disturb
from helpers.lessons.checks.verdict import NotYet

__all__ = ["play_morning", "tells_the_share"]

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
def play_morning() -> _Morning:
    """Return the events of a morning of 13 customers, with TaskRouter's own shares."""
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
    refuse_other_cells("share_within", function, given="other events")
    morning = play_morning()
    right = morning.shares[_LIMITS[0]]
    told = _ask_share(function, morning.events, _LIMITS[0], "for a morning of 13 customers, ")
    if not _is_same(told, right):
        wrong, step, pointer = _explain_share(told)
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
        again = _ask_share(function, disturb(morning.events, seed), _LIMITS[0], swapped)
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


_ENDED = len(_QUICK) + len(_SLOW) + len(_GAVE_UP) + 2
"""Customers whose wait ended; two of them were served after a second or a late offer."""
_SERVED, _ACCEPTED = len(_QUICK), _ENDED - len(_GAVE_UP)
_LEFT_EARLY = sum(each <= _LIMITS[0] for each in _GAVE_UP)

_NEVER_ACCEPTED = ("Their Tasks were never accepted.", "Only `reservation.accepted` means that somebody was served.")
_BEGIN = "Look at “Work out the waits by hand”: which event begins a wait?"

_MISTAKES = {
    _SERVED / _ACCEPTED: (
        "customers who gave up are left out.",
        "Five Tasks were canceled. They count as not served.",
        "Two kinds of event end a wait. Count the Tasks of `task.canceled`, too.",
    ),
    (_SERVED + _LEFT_EARLY) / _ENDED: ("customers who gave up within 30 s count as served.", *_NEVER_ACCEPTED),
    (_SERVED + len(_GAVE_UP)) / _ENDED: ("customers who gave up count as served.", *_NEVER_ACCEPTED),
    _SERVED / (_ENDED + 1): (
        "the customer who still waits is counted.",
        "That Task has no outcome yet, so leave it out.",
        "Divide by the number of Tasks that were accepted or canceled, not by all that were created.",
    ),
    (_SERVED + 2) / _ENDED: (
        "a wait starts too late, with the last `reservation.created`.",
        "A customer waits from `task.created` on.",
        _BEGIN,
    ),
    (_SERVED + 1) / _ENDED: (
        "a wait starts too late, with the first `reservation.created`.",
        "A customer waits from `task.created` on, also while nobody is available.",
        _BEGIN,
    ),
    (_SERVED - 1) / _ENDED: (
        "the customer who waited exactly 30 s isn't counted.",
        "Exactly 30 s is within 30 s: use `<=`.",
        "Look at the comparison with `seconds`.",
    ),
    _ACCEPTED / _ENDED: (
        "everybody who was served is counted, however long it took.",
        "Compare each wait with `seconds`.",
        "A wait in milliseconds has to be divided by 1000 before you compare it with seconds.",
    ),
    1 - _SERVED / _ENDED: ("this is the share of those who weren't served in time.", "Return the others.", ""),
    0.0: (
        "nobody is within 30 s.",
        "`TimestampMs` counts milliseconds: divide the difference by 1000.",
        "Look at “Work out the waits by hand”: what does `// 1000` do?",
    ),
    float(_SERVED): ("this is a number of customers, not a share.", "Divide it by all whose wait ended.", ""),
}
"""Wrong shares by the mistake that leads to them: what is wrong, the next step, and where to look."""


def _explain_share(told: float) -> tuple[str, str, str]:
    """Return what is wrong with a share, the next step, and where to look."""
    before = f"for a morning of 13 customers, `share_within` returned {_spell(told)}, and TaskRouter says 0.25"
    for value, (wrong, step, pointer) in _MISTAKES.items():
        if _is_same(told, value) if 0 < value < 1 else abs(told - value) < 0.005:
            return f"{before}: {wrong}", step, pointer
    if told > 1:
        return f"{before}.", "A share is at most 1. It isn't the average wait.", ""
    return (
        f"{before}.",
        "For each Task, find the time of `task.created` and how its wait ended.",
        "Print the wait of each Task first, and check it against the events.",
    )
