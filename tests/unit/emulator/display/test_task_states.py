"""The states of a Task, read from its events."""

from __future__ import annotations

from dataclasses import replace

from helpers.emulator.display.events.task_states import TaskEvent, follow, reason_in

RESERVATIONS = {"Alice": "WR" + "1" * 32, "Bob": "WR" + "2" * 32}


def story(*events):
    """Each (type, texts) a second after the one before; a Worker's name stands for their Reservation."""
    told = []
    for number, (event_type, texts) in enumerate(events):
        sid = RESERVATIONS.get(texts.get("worker_name"))
        data = {"task_sid": "WT" + "3" * 32, "task_queue_name": "Everybody"} | texts
        told.append(TaskEvent(event_type, number * 1000, data | ({"reservation_sid": sid} if sid else {})))
    return told


CREATED = ("task.created", {})
OFFERED = [("reservation.created", {"worker_name": name}) for name in RESERVATIONS]


def test_first_who_accepts_has_the_task():
    """Two are reserved together; what is rescinded then begins no state."""
    accepted = ("reservation.accepted", {"worker_name": "Bob"})
    rescinded = ("reservation.rescinded", {"worker_name": "Alice"})

    states = follow(story(CREATED, *OFFERED, accepted, rescinded))

    assert [(each.state, each.workers) for each in states] == [
        ("pending", ()),
        ("reserved", ("Alice", "Bob")),
        ("assigned", ("Bob",)),
    ]


def test_task_waits_again_when_the_last_offer_ends():
    """One of two who reject leaves the other reserved; the second makes the Task wait, and is why."""
    rejected = [("reservation.rejected", {"worker_name": name}) for name in RESERVATIONS]

    states = follow(story(CREATED, *OFFERED, *rejected))

    assert [(each.state, each.since_ms) for each in states] == [("pending", 0), ("reserved", 1000), ("pending", 4000)]
    assert states[-1].why == "Bob rejected Reservation WR2222…"


def test_reason_belongs_to_the_end_that_it_was_given_for():
    """A Task that is deleted after it was canceled still has the reason, which is none for deleting it."""
    about = {"reason": "no longer needed"}

    canceled, deleted = follow(story(CREATED, ("task.canceled", about), ("task.deleted", about)))[1:]

    assert (canceled.why, canceled.reason) == ("canceled: no longer needed", "no longer needed")
    assert (deleted.why, deleted.reason) == ("deleted", "")


def test_completed_task_tells_its_reason_too():
    """TaskRouter names it by the end it was given for."""
    assert reason_in({"task_completed_reason": "solved"}) == "solved"
    assert reason_in({}) is None


def test_each_further_offer_says_after_what():
    """Its number counts the Reservations; the first ones need no number, whoever gets them together."""
    ends = [("reservation.rejected", {"worker_name": "Alice"}), ("reservation.timeout", {"worker_name": "Bob"})]
    again = ("reservation.created", {"worker_name": "Alice"})
    canceled = ("reservation.canceled", {"worker_name": "Alice"})

    states = follow(story(CREATED, *OFFERED, *ends, again, canceled, again))

    assert [each.why for each in states if each.state == "reserved"] == [
        "Reservation WR1111… offers the Task to Alice; Reservation WR2222… offers the Task to Bob",
        "Reservation WR1111… offers the Task to Alice (offer 3, after Bob didn't answer)",
        "Reservation WR1111… offers the Task to Alice (offer 4, after the one to Alice was canceled)",
    ]


def test_number_of_an_offer_needs_the_beginning():
    """Where the first events are missing, a further offer has no number."""
    timeout, again = ("reservation.timeout", {"worker_name": "Alice"}), ("reservation.created", {"worker_name": "Bob"})

    assert follow(story(timeout, again))[-1].why.endswith("offers the Task to Bob (again, after Alice didn't answer)")


def test_known_worker_is_told():
    """A Reservation in a target that names one Worker says so."""
    offered = ("reservation.created", {"worker_name": "Alice", "known_worker_sid": "WK1"})

    assert follow(story(CREATED, offered))[-1].why.endswith("offers the Task to Alice, the known Worker")


def test_way_through_the_targets():
    """A target's timeout, one that was skipped at once, and other rules are told apart, with another priority."""
    spanish, english = ({"task_queue_name": name, "task_priority": "0"} for name in ("Spanish", "English"))
    urgent = english | {"task_priority": "5"}
    moved = urgent | {"previous_task_queue_name": "English", "previous_task_priority": "0"}
    steps = [
        *(("task.created", spanish), ("workflow.target-matched", spanish), ("task-queue.entered", spanish)),
        *(("task-queue.moved", english), ("workflow.target-matched", english), ("task-queue.entered", english)),
        *(("task-queue.timeout", english), ("task-queue.moved", moved), ("workflow.target-matched", urgent)),
        *(("task.updated", urgent), ("workflow.target-matched", urgent)),
    ]
    moments = (0, 0, 0, 0, 0, 0, 9, 9, 9, 12, 12)
    events = [replace(event, at_ms=at) for event, at in zip(story(*steps), moments, strict=True)]

    assert [(each.queue, each.why) for each in follow(events)] == [
        ("Spanish", "Task created"),
        ("English", "moved on at once (skip_if): next target"),
        ("English", "the target's timeout passed: next target, priority 5"),
        ("English", "routed again"),
    ]
