"""The states of a Task, read from its events."""

from __future__ import annotations

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
