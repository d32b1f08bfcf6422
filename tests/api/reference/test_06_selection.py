"""Reference 6: which Worker is asked first, and which Task they get."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpers.emulator.clock import LESSON_START
from tests.worlds.desk import Desk, filter_

NOW = datetime.fromtimestamp(LESSON_START / 1000, UTC)


def asked(desk: Desk, task: Any) -> list[str]:
    """Names of the Workers a Task was offered to, in order."""
    return [name for name, _ in desk.offers(task)]


def served(desk: Desk, tasks: dict[str, Any]) -> str:
    """The order in which one Worker gets several Tasks."""
    order = ""
    while left := {name: task for name, task in tasks.items() if task.fetch().assignment_status == "reserved"}:
        ((name, task),) = left.items()
        order += name
        desk.answer(task, "accepted")
        task.update(assignment_status="completed")
    return order


# -- which Worker ------------------------------------------------------------------------------


@pytest.mark.reference("6.1a", "14.11")
def test_longest_idle_is_asked_first(desk: Desk) -> None:
    """Idle since they became available, or since their last Reservation began or ended; ties by creation."""
    desk.workflow(default=desk.queue())
    for name in ("Alice", "Bob", "Carol"):
        desk.worker(name)
    order = []
    for _ in range(4):
        desk.advance(1)
        task = desk.task()
        order += asked(desk, task)
        desk.advance(1)
        desk.answer(task, "accepted")
        task.update(assignment_status="completed")

    assert order == ["Alice", "Bob", "Carol", "Alice"]


@pytest.mark.reference("6.1a", "14.11")
@pytest.mark.parametrize("what", ["return", "rejected"])
def test_idle_time_starts_anew(desk: Desk, what: str) -> None:
    """With coming back from an unavailable Activity, and with a Reservation that ended."""
    desk.workflow(default=desk.queue())
    alice = desk.worker("Alice")
    if what == "return":
        desk.move(alice, "Offline")
    else:
        task = desk.task()
        task.update(assignment_status="canceled")
    desk.advance(1)
    desk.worker("Bob")
    desk.advance(1)
    if what == "return":
        desk.move(alice, "Available")
    else:
        alice.update(friendly_name="Alice B.")

    assert asked(desk, desk.task()) == (["Bob"] if what == "return" else ["Alice B."])


@pytest.mark.reference("6.1b", "6.1c")
@pytest.mark.parametrize(
    ("order_by", "bob", "first"),
    [
        ("worker.finance ASC, worker.support ASC", {"finance": 10, "support": 5}, "Bob"),
        ("worker.finance ASC, worker.support ASC", {"finance": 10}, "Alice"),
        ("worker.finance ASC, worker.support DESC", {"finance": 10}, "Alice"),
        ("worker.finance DESC", {"finance": 11, "support": 1}, "Bob"),
        ("worker.finance DESC", {"finance": 10}, "Alice"),
        ("worker.skills.sales DESC", {"skills": {"sales": 1}}, "Bob"),
    ],
)
def test_order_by_comes_before_idleness(desk: Desk, order_by: str, bob: dict[str, Any], first: str) -> None:
    """Clause by clause; who lacks the attribute is last both ways; ties go to the longest idle."""
    desk.workflow(filter_("1==1", {"queue": desk.queue(), "order_by": order_by}))
    desk.worker("Alice", {"finance": 10, "support": 8})
    desk.worker("Bob", bob)

    assert asked(desk, desk.task()) == [first]


@pytest.mark.reference("6.1e")
@pytest.mark.parametrize(("optimized", "first"), [(False, "Bob"), (True, "Alice")])
def test_channels_may_count_idleness_for_themselves(desk: Desk, optimized: bool, first: str) -> None:
    """Alice has just been given a call: for chats that counts only where routing is not optimized by channel."""
    desk.workspace.task_channels("chat").update(channel_optimized_routing=optimized)
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    desk.worker("Bob")
    desk.advance(1)
    assert asked(desk, desk.task(task_channel="voice")) == ["Alice"]
    desk.advance(1)

    assert asked(desk, desk.task(task_channel="chat")) == [first]


# -- which Task --------------------------------------------------------------------------------


@pytest.mark.reference("6.2a", "6.2f")
def test_fifo_takes_priority_then_virtual_start(desk: Desk) -> None:
    """The example of the documentation: B(75), then D and A (50) by their start, then C(20)."""
    desk.workflow(default=desk.queue())
    tasks = {}
    for name, priority, start in (("A", 50, 60), ("B", 75, 61), ("C", 20, 62), ("D", 50, 0)):
        desk.advance(1)
        tasks[name] = desk.task(
            priority=priority, virtual_start_time=NOW - timedelta(hours=2) + timedelta(minutes=start)
        )
    desk.worker("Alice")

    assert served(desk, tasks) == "BDAC"


@pytest.mark.reference("6.2b")
def test_lifo_takes_the_newest_whatever_its_priority(desk: Desk) -> None:
    """Priority is ignored."""
    desk.workflow(default=desk.queue(task_order="LIFO"))
    tasks = {}
    for name, priority in (("A", 9), ("B", 0), ("C", 5)):
        tasks[name] = desk.task(priority=priority)
        desk.advance(1)
    desk.worker("Alice")

    assert served(desk, tasks) == "CBA"


@pytest.mark.reference("6.2c")
@pytest.mark.parametrize(("first", "order"), [("FIFO", "abdc"), ("LIFO", "dcab")])
def test_workspace_says_which_kind_of_queue_comes_first(desk: Desk, first: str, order: str) -> None:
    """All Tasks of the one kind, then those of the other."""
    desk.workspace.update(prioritize_queue_order=first)
    fifo, lifo = desk.queue("Fifo"), desk.queue("Lifo", task_order="LIFO")
    tasks = {}
    for name, queue in (("a", fifo), ("c", lifo), ("b", fifo), ("d", lifo)):
        tasks[name] = desk.task(routing_target=queue)
        desk.advance(1)
    desk.worker("Alice")

    assert served(desk, tasks) == order


@pytest.mark.reference("6.2d")
def test_queues_compete_by_priority_then_age(desk: Desk) -> None:
    """A Worker in several takes the best of all."""
    care, sales = desk.queue("Care"), desk.queue("Sales")
    tasks = {}
    for name, queue, priority in (("a", care, 0), ("b", sales, 0), ("c", sales, 5), ("d", care, 0)):
        tasks[name] = desk.task(routing_target=queue, priority=priority)
        desk.advance(1)
    desk.worker("Alice")

    assert served(desk, tasks) == "cabd"


@pytest.mark.reference("6.2e")
def test_task_nobody_can_take_blocks_no_other(desk: Desk) -> None:
    """Another language and another channel ahead of it do not matter."""
    desk.workflow(filter_("1==1", {"queue": desk.queue(), "expression": "task.lang IN worker.langs"}))
    desk.task({"lang": "fr"}, priority=9)
    desk.task({"lang": "en"}, priority=8, task_channel="voice")
    task = desk.task({"lang": "en"})
    worker = desk.worker("Alice", {"langs": ["en"]}, activity="Offline")
    worker.worker_channels("voice").update(capacity=0)
    desk.move(worker, "Available")

    assert asked(desk, task) == ["Alice"]


# -- several at once ---------------------------------------------------------------------------


@pytest.mark.reference("6.3a", "6.3c", "11f", "8.3b")
def test_several_workers_are_reserved_together(desk: Desk) -> None:
    """As many as there are, up to ``MaxReservedWorkers``; each has a Reservation and an event."""
    queue = desk.queue(max_reserved_workers=2)
    desk.workflow(default=queue)
    for name in ("Alice", "Bob", "Carol"):
        desk.worker(name)
    two, one = desk.task(), desk.task()

    assert asked(desk, two) == ["Alice", "Bob"]
    assert asked(desk, one) == ["Carol"]
    assert desk.happened(two).count("reservation.created") == 2


@pytest.mark.reference("6.3a", "11f")
@pytest.mark.parametrize(("number", "fits"), [(1, True), (50, True), (0, False), (51, False)])
def test_reserved_workers_are_one_to_fifty(desk: Desk, number: int, fits: bool) -> None:
    """Anything else is refused."""
    if fits:
        assert desk.queue(max_reserved_workers=number)
    else:
        with pytest.raises(Exception, match="MaxReservedWorkers must be an integer from 1 to 50"):
            desk.queue(max_reserved_workers=number)
