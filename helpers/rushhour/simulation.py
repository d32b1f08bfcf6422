"""Simulation of a day: the loop of lesson 13, with offers that nobody answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from itertools import count
from typing import Any, NamedTuple

from helpers.emulator.engine.model.defaults import RESERVATION_TIMEOUT
from helpers.rushhour.customers import Customer
from helpers.rushhour.desk import Desk

__all__ = ["ANSWER_SECONDS", "Served", "simulate"]

ANSWER_SECONDS = 5
"""Time that a Worker takes to accept an offer."""


class Served(NamedTuple):
    """Customer who was served: by whom, and after how many seconds."""

    customer: Customer
    worker: str
    waited: int


def simulate(
    desk: Desk,
    customers: Iterable[Customer],
    *,
    ignore_every: int = 0,
    back_after: int = 0,
    timeout: int = RESERVATION_TIMEOUT,
) -> tuple[list[Served], int]:
    """Let the customers come, and return who was served, in the order of the offers, and how many offers timed out.

    Args:
        desk: a desk that has just opened.
        customers: those of the day.
        ignore_every: 10 lets every tenth offer be ignored; 0 lets none.
        back_after: seconds after which a Worker who ignored an offer is Idle again.
        timeout: the desk's own, in seconds: the loop stops there, because something happens.
    """
    day = _Day(desk)
    for customer in customers:
        day.plan(customer.arrives, day.arrive, customer)
    offers = 0
    for second in day:
        for offer in desk.offers():
            offers += 1
            if ignore_every and offers % ignore_every == 0:
                day.plan(second + timeout, _wait, None)
            else:
                day.plan(second + ANSWER_SECONDS, day.answer, offer)
        for event in desk.timeouts():
            day.timeouts += 1
            day.plan(second + back_after, desk.set_idle, event["WorkerSid"])
    return day.served, day.timeouts


class _Day:
    """Day at a desk: what happens next, and what has happened."""

    def __init__(self, desk: Desk) -> None:
        self.served: list[Served] = []
        self.timeouts = 0
        self._desk = desk
        self._tasks = desk.workspace.tasks
        self._customers: dict[str, Customer] = {}
        self._plan: list[tuple[int, int, Callable[[Any], None], Any]] = []
        self._numbers = count()

    def plan(self, second: int, act: Callable[[Any], None], about: object) -> None:
        """Plan a step; steps of the same second come in the order in which they were planned."""
        heappush(self._plan, (second, next(self._numbers), act, about))

    def __iter__(self) -> _Day:
        return self

    def __next__(self) -> int:
        """Advance to the next step, do it, and return its second."""
        if not self._plan:
            raise StopIteration
        second, _, act, about = heappop(self._plan)
        self._desk.advance_to(second)
        act(about)
        return second

    def arrive(self, customer: Customer) -> None:
        """Create the customer's Task."""
        attributes = json.dumps({"selected_language": customer.language, "order": customer.order})
        task = self._tasks.create(attributes=attributes, workflow_sid=self._desk.workflow_sid)
        self._customers[task.sid] = customer

    def answer(self, offer: dict[str, str]) -> None:
        """Accept the Reservation, and plan the end of the work."""
        customer, task = self._customers[offer["TaskSid"]], self._tasks(offer["TaskSid"])
        task.reservations(offer["ReservationSid"]).update(reservation_status="accepted")
        second = self._desk.second
        self.served.append(Served(customer, self._desk.names[offer["WorkerSid"]], second - customer.arrives))
        self.plan(second + customer.work, self.complete, task)

    def complete(self, task: Any) -> None:
        """Complete the Task: the Worker is free for the next one."""
        task.update(assignment_status="completed")


def _wait(_: None) -> None:
    """Do nothing: an offer times out, and TaskRouter does the rest."""
