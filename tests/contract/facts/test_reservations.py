"""Facts about routing and Reservations; what routing brings about is waited for, as it takes a moment at Twilio."""

from __future__ import annotations


def statuses(task):
    """Status of each Reservation of a Task."""
    return [each.reservation_status for each in task.reservations.list()]


def test_task_waits_in_its_queue(desk, create_task, story, eventually):
    """The Workflow's filter leads the Spanish Task to its TaskQueue, where nobody is available."""
    task = create_task()

    queue_sid = story.spanish_queue_sid
    assert eventually(lambda: desk.tasks(task.sid).fetch().task_queue_sid, queue_sid) == queue_sid
    assert desk.tasks(task.sid).fetch().assignment_status == "pending"
    assert statuses(task) == []


def test_task_that_no_filter_matches(desk, create_task, eventually):
    """Without a default filter such a Task is canceled."""
    task = create_task(attributes='{"selected_language": "fr"}')

    assert eventually(lambda: desk.tasks(task.sid).fetch().assignment_status, "canceled") == "canceled"


def test_available_worker_is_reserved(desk, create_task, make_idle, story, eventually):
    """The Task is reserved, its Reservation pending, with the Worker's name and SID in it."""
    task = create_task()
    make_idle(story.alice_sid)

    assert eventually(lambda: statuses(task), ["pending"]) == ["pending"]
    [offer] = task.reservations.list()
    assert (offer.worker_sid, offer.worker_name, offer.task_sid) == (story.alice_sid, "Alice", task.sid)
    assert desk.tasks(task.sid).fetch().assignment_status == "reserved"


def test_worker_who_does_not_match(desk, create_task, make_idle, story, eventually):
    """Bob is available and speaks no Spanish; an English Task, created later, shows that routing came by."""
    spanish = create_task()
    make_idle(story.bob_sid)
    english = create_task(attributes='{"selected_language": "en"}')

    assert eventually(lambda: statuses(english), ["pending"]) == ["pending"]
    assert statuses(spanish) == []


def test_accepted_and_completed(desk, create_task, make_idle, story, eventually):
    """Accepting assigns the Task and takes the Worker's capacity; completing gives it back."""
    task = create_task()
    make_idle(story.alice_sid)
    eventually(lambda: statuses(task), ["pending"])
    [offer] = task.reservations.list()
    channel = desk.workers(story.alice_sid).worker_channels("default")

    accepted = desk.tasks(task.sid).reservations(offer.sid).update(reservation_status="accepted")

    assert accepted.reservation_status == "accepted"
    assert eventually(lambda: desk.tasks(task.sid).fetch().assignment_status, "assigned") == "assigned"
    assert eventually(lambda: channel.fetch().assigned_tasks, 1) == 1
    desk.tasks(task.sid).update(assignment_status="completed", reason="done")
    done = desk.tasks(task.sid).fetch()
    assert (done.assignment_status, done.reason) == ("completed", "done")
    assert eventually(lambda: channel.fetch().assigned_tasks, 0) == 0


def test_rejected(desk, create_task, make_idle, story, eventually):
    """A rejected Reservation stays rejected; a Worker can go offline with it."""
    task = create_task()
    make_idle(story.alice_sid)
    eventually(lambda: statuses(task), ["pending"])
    [offer] = task.reservations.list()

    desk.tasks(task.sid).reservations(offer.sid).update(
        reservation_status="rejected", worker_activity_sid=story.activity_sids["Offline"]
    )

    assert eventually(lambda: desk.tasks(task.sid).fetch().assignment_status, "pending") == "pending"
    assert statuses(task) == ["rejected"]
    assert desk.workers(story.alice_sid).fetch().activity_name == "Offline"


def test_higher_priority_first(desk, create_task, make_idle, story, eventually):
    """Of two waiting Tasks the one with the higher priority is offered, though it is younger."""
    first, urgent = create_task(), create_task(priority=5)

    make_idle(story.alice_sid)

    assert eventually(lambda: statuses(urgent), ["pending"]) == ["pending"]
    assert statuses(first) == []


def test_worker_has_room_for_one(desk, create_task, make_idle, story, eventually):
    """A second Task waits while a Worker with a capacity of one is reserved."""
    first, second = create_task(), create_task()

    make_idle(story.alice_sid)

    assert eventually(lambda: statuses(first), ["pending"]) == ["pending"]
    assert statuses(second) == []


def test_canceled(desk, create_task):
    """A pending Task can be canceled, with a reason, and stays so."""
    task = create_task()

    canceled = desk.tasks(task.sid).update(assignment_status="canceled", reason="changed my mind")

    assert (canceled.assignment_status, canceled.reason) == ("canceled", "changed my mind")


def test_reservations_by_status(desk, create_task, make_idle, story, eventually):
    """A Worker's Reservations can be listed by their status."""
    task = create_task()
    make_idle(story.alice_sid)
    reservations = desk.workers(story.alice_sid).reservations

    assert eventually(lambda: len(reservations.list(reservation_status="pending")), 1) == 1
    [offer] = reservations.list(reservation_status="pending")
    assert offer.task_sid == task.sid


def test_events_of_a_task(desk, create_task, eventually):
    """Its creation is an event of its own, and can be found by the Task's SID."""
    task = create_task()

    def types():
        return "task.created" in {each.event_type for each in desk.events.list(task_sid=task.sid)}

    assert eventually(types, True)
