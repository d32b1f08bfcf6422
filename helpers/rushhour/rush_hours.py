"""Rush hours: days that were simulated, with their figures, their table and their pictures."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache
from typing import Any

from helpers.emulator.engine.model.defaults import RESERVATION_TIMEOUT
from helpers.errors.rush_hour_problems import BadDay, NotADay
from helpers.output.display import Display
from helpers.rushhour.customers import draw_customers
from helpers.rushhour.desk import Desk
from helpers.rushhour.figures import Figures, figures_of
from helpers.rushhour.rush_views import days_view, queue_view, waits_view
from helpers.rushhour.simulation import ANSWER_SECONDS, Served, simulate
from helpers.rushhour.staff import read_staff

__all__ = ["RushHour", "rush_hour", "show_rush_hours"]

_SPANISH = 0.3
"""Chance that a customer of the lesson's Saturday speaks Spanish."""
_MOST_CUSTOMERS = 2000
"""Number of customers that take less than half a minute."""


class RushHour:
    """Result of a simulated day; as the last line of a cell it is shown as a table.

    Args:
        name: words for what is special about it.
        hours: its length.
        served: its customers.
        timeouts: number of offers that nobody answered.
        workspace: Workspace of the SDK as it was at the end, to read statistics from.
    """

    def __init__(self, name: str, hours: float, served: list[Served], timeouts: int, workspace: Any) -> None:
        self.name = name
        self.hours = hours
        self.served = served
        self.timeouts = timeouts
        self.workspace = workspace

    def waits(self, language: str = "") -> list[int]:
        """Return each customer's wait in seconds, in the order of their arrival; ``""`` is for all languages."""
        served = sorted(self.served, key=lambda each: each.customer)
        return [each.waited for each in served if language in ("", each.customer.language)]

    @cached_property
    def figures(self) -> dict[str, Figures]:
        """Figures by language."""
        return {language: figures_of(self.waits(language)) for language in ("es", "en")}

    @cached_property
    def by_worker(self) -> dict[str, int]:
        """Number of customers by the name of the Worker who served them."""
        return dict(sorted(Counter(each.worker for each in self.served).items()))

    def show_queue(self) -> Display:
        """Draw how many Tasks wait, over the day."""
        return Display(queue_view(self.name, self.hours, self.served))

    def show_waits(self) -> Display:
        """Draw each customer's wait, by the time of arrival."""
        return Display(waits_view(self.name, self.hours, self.served))

    def __str__(self) -> str:
        return str(show_rush_hours(self))

    def __repr__(self) -> str:
        return f"<RushHour: {self.name}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return show_rush_hours(self)._repr_mimebundle_(include, exclude)


def rush_hour(
    *staff: str,
    customers: int = 500,
    hours: float = 8,
    spanish: float = _SPANISH,
    seed: str = "rush",
    evenly: bool = False,
    ignore_every: int = 0,
    timeout: int = RESERVATION_TIMEOUT,
    back_after: int = 0,
) -> RushHour:
    """Simulate a Saturday on an emulator of its own: ``rush_hour()``, ``rush_hour("temp English")``.

    The customers depend on ``customers``, ``hours``, ``spanish``, ``seed`` and ``evenly`` only. Two days with the same
    ones have the same customers with the same work, whoever serves them. A day that was simulated is returned again,
    as it would be the same.

    Args:
        staff: what is added to Alice and Bob: ``"temp English"``, ``"temp both"``, ``"course"`` (Bob learns Spanish).
        customers: number of customers, each a Task.
        hours: length of the day.
        spanish: chance that a customer speaks Spanish, from 0 to 1.
        seed: another one gives another day.
        evenly: spread the arrivals, instead of a peak in the middle.
        ignore_every: 10 lets every tenth offer be ignored; 0 lets none.
        timeout: seconds that a Worker has to answer; then TaskRouter sets the Worker Offline.
        back_after: seconds until somebody notices, and sets the Worker Idle again.

    Raises:
        NoSuchStaff: ``staff`` has something else.
        BadDay: nobody could work so.
    """
    _check(customers=customers, ignore_every=ignore_every, timeout=timeout, back_after=back_after)
    _check_ranges(customers, hours, spanish, ignore_every, timeout)
    read_staff(staff)
    return _simulated_day(staff, customers, hours, spanish, seed, evenly, ignore_every, timeout, back_after)


@lru_cache(maxsize=32)
def _simulated_day(
    staff: tuple[str, ...],
    customers: int,
    hours: float,
    spanish: float,
    seed: str,
    evenly: bool,
    ignore_every: int,
    timeout: int,
    back_after: int,
) -> RushHour:
    added = read_staff(staff)
    drawn = draw_customers(customers, hours=hours, spanish=spanish, seed=seed, evenly=evenly)
    desk = Desk(added.temps, bob=added.bob, timeout=timeout)
    served, timeouts = simulate(desk, drawn, ignore_every=ignore_every, back_after=back_after, timeout=timeout)
    special = [
        f"{100 * spanish:.0f} % Spanish" if spanish != _SPANISH else "",
        "spread evenly" if evenly else "",
        f"timeout {timeout} s, back after {back_after} s" if ignore_every else "",
    ]
    name = ", ".join(filter(None, [*staff, *special])) or "today"
    return RushHour(name, hours, served, timeouts, desk.workspace)


def show_rush_hours(*days: RushHour) -> Display:
    """Show the figures of several days in one table.

    Raises:
        NotADay: one of ``days`` is something else.
    """
    for day in days:
        if not isinstance(day, RushHour):
            raise NotADay(day)
    return Display(days_view(days))


def _check(**whole: int) -> None:
    """Raise ``BadDay`` for a setting that isn't a whole number."""
    for name, value in whole.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BadDay(name, value, "It has to be a whole number, 0 or more.")


def _check_ranges(customers: int, hours: float, spanish: float, ignore_every: int, timeout: int) -> None:
    """Raise ``BadDay`` for a setting with which there is no day, or one that never ends."""
    if not 1 <= customers <= _MOST_CUSTOMERS:
        raise BadDay("customers", customers, f"A day has between 1 and {_MOST_CUSTOMERS} of them.")
    if not 0 < hours <= 24:
        raise BadDay("hours", hours, "A day has more than 0 and at most 24.")
    if not 0 <= spanish <= 1:
        raise BadDay("spanish", spanish, "It's the chance that a customer speaks Spanish, from 0 to 1, such as 0.3.")
    if ignore_every == 1:
        raise BadDay("ignore_every", ignore_every, "If each offer is ignored, nobody is ever served.")
    if timeout <= ANSWER_SECONDS:
        raise BadDay("timeout", timeout, f"Answering takes {ANSWER_SECONDS} s, so nobody could accept an offer.")
