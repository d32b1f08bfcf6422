"""The loop of a day: customers are served in the order that TaskRouter decides, and ignored offers cost time."""

from __future__ import annotations

from helpers.rushhour.customers import Customer
from helpers.rushhour.desk import Desk
from helpers.rushhour.simulation import simulate

CUSTOMERS = [
    Customer(0, 1001, "en", 70),
    Customer(10, 1002, "en", 70),
    Customer(15, 1003, "es", 70),
    Customer(20, 1004, "en", 70),
]


def short(served):
    """Order, Worker and wait of each."""
    return [(each.customer.order, each.worker, each.waited) for each in served]


def test_spanish_customer_waits_for_alice():
    """The four customers of the lesson: Alice takes an English one, and the Spanish one waits until she is done."""
    served, timeouts = simulate(Desk(), CUSTOMERS)

    assert short(served) == [(1001, "Alice", 5), (1002, "Bob", 5), (1003, "Alice", 65), (1004, "Bob", 70)]
    assert timeouts == 0


def test_figures_are_those_of_taskrouter():
    """The mean wait is what TaskRouter's own statistics say."""
    desk = Desk()
    served, _ = simulate(desk, CUSTOMERS)
    statistics = desk.workspace.cumulative_statistics().fetch(minutes=60)

    assert statistics.avg_task_acceptance_time == round(sum(each.waited for each in served) / 4)
    assert statistics.tasks_completed == 4


def test_ignored_offer_goes_to_somebody_else():
    """The second offer times out after 20 s; Bob is Offline for 60 s, and Alice takes the Task when she is done."""
    served, timeouts = simulate(Desk(timeout=20), CUSTOMERS[:2], ignore_every=2, back_after=60, timeout=20)

    assert short(served) == [(1001, "Alice", 5), (1002, "Alice", 70)]
    assert timeouts == 1


def test_worker_who_is_back_gets_the_next_offer():
    """With nobody else free, the customer waits until the Worker is Idle again."""
    customers = [Customer(0, 1001, "es", 300), Customer(10, 1002, "es", 70), Customer(20, 1003, "es", 70)]
    served, timeouts = simulate(Desk(timeout=20), customers, ignore_every=2, back_after=60, timeout=20)

    assert short(served) == [(1001, "Alice", 5), (1002, "Alice", 380), (1003, "Alice", 525)]
    assert timeouts == 2
