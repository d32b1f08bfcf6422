"""Lesson 8: endings of an offer, stepping away, the lines after a timeout, and who has to be woken."""

from __future__ import annotations

import pytest

from helpers.lessons.checks import check
from helpers.lessons.checks.subjects.own_world import OwnWorld

AFTERWARDS = {"a": "Idle", "b": "Offline", "c": "Idle", "d": "Busy", "e": "Idle"}


def ending(**changed):
    """The right answer to 8.1 with some letters changed."""
    return {**AFTERWARDS, **changed}


ENDINGS = [
    (..., "`afterwards` is still `...`"),
    (
        ending(a="Offline"),
        "After ending a, Alice isn't Offline: only an offer that nobody answers moves her there. Rej",
    ),
    (ending(a="Busy"), "After ending a, Alice isn't Busy: the request names no Activity, so Alice stays"),
    (ending(a="Reserved"), "After ending a, Alice isn't Reserved: the request names no Activity"),
    (ending(b="Idle"), "After ending b, Alice isn't Idle: TaskRouter doesn't leave her there after two"),
    (ending(b="Busy"), "After ending b, Alice isn't Busy: she does leave Idle"),
    (ending(b="Unavailable"), "After ending b, Alice isn't Unavailable: the timeout Activity of this Workspace"),
    (ending(b="Available"), "After ending b, Alice isn't Available: nobody answered, so TaskRouter moves her"),
    (ending(c="Offline"), "After ending c, Alice isn't Offline: only an offer that nobody answers moves her there. Th"),
    (ending(c="Busy"), "After ending c, Alice isn't Busy: the canceled Task takes the offer away"),
    (ending(d="Idle"), "After ending d, Alice isn't Idle: the request names an Activity, so she doesn't stay"),
    (ending(d="Offline"), "After ending d, Alice isn't Offline: she answered in time, and her request names another"),
    (ending(d="Reserved"), "After ending d, Alice isn't Reserved: the request that rejects the offer also names"),
    (ending(e="Busy"), "After ending e, Alice isn't Busy: neither accepting nor completing changes her"),
    (ending(e="Offline"), "After ending e, Alice isn't Offline: she answered in time, so nothing moves her there"),
    (
        dict.fromkeys("abcde", "Idle"),
        "Endings a, c and e are right, but after b and d Alice isn't Idle. In one of them",
    ),
    (ending(a="rejected"), "`afterwards[\"a\"]` is 'rejected', a status. Write the name of Alice's Activity"),
    (ending(b="asleep"), "`afterwards[\"b\"]` is 'asleep', which isn't an Activity of this Workspace"),
    (ending(b=None), '`afterwards["b"]` is nothing (`None`). Write the name of an Activity'),
    ({"a": "Idle", "b": "Offline"}, "The letters c, d and e are missing"),
    (ending(f="Idle"), "There is no ending 'f' in this exercise"),
    ("Idle", "`afterwards` is text. Write a dictionary with the letters a to e"),
]


@pytest.mark.parametrize(("answer", "words"), ENDINGS)
def test_activity_that_she_does_not_have(kernel, answer, words):
    """8.1: what moves Alice in this ending, or doesn't."""
    verdict = check("8.1", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("answer", [AFTERWARDS, ending(a=" idle", d="BUSY"), list(AFTERWARDS.values())])
def test_activities_after_the_endings(kernel, answer):
    """8.1: in any case, and as a list."""
    assert check("8.1", answer).passed


def test_activities_by_sid(desk):
    """8.1: `story.activity_sids["Idle"]` names Idle, too."""
    sids = desk.begin(8).story.activity_sids

    assert check("8.1", {letter: sids[name] for letter, name in AFTERWARDS.items()}).passed
    assert "After ending b, Alice isn't Idle" in str(check("8.1", ending(a=sids["Idle"], b=sids["Idle"])))


def test_endings_are_as_the_check_says(kernel):
    """8.1: tried one after another, each leaves Alice in the Activity of the right answer."""
    own = OwnWorld.build()
    own.workspace.workflows(own.sids.workflow_sid).update(task_reservation_timeout=120)
    activities = own.sids.activity_sids

    def after(end):
        own.set_activity(own.sids.alice_sid, "Idle")
        task = own.workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=own.sids.workflow_sid)
        end(task, own.workspace.tasks(task.sid).reservations.list()[0])
        name = own.workspace.workers(own.sids.alice_sid).fetch().activity_name
        own.workspace.tasks(task.sid).delete()
        return name

    def accept_and_complete(task, offer):
        offer.update(reservation_status="accepted")
        task.update(assignment_status="completed")

    ends = {
        "a": lambda task, offer: offer.update(reservation_status="rejected"),
        "b": lambda task, offer: own.advance(120),
        "c": lambda task, offer: task.update(assignment_status="canceled"),
        "d": lambda task, offer: offer.update(reservation_status="rejected", worker_activity_sid=activities["Busy"]),
        "e": accept_and_complete,
    }
    assert {letter: after(end) for letter, end in ends.items()} == AFTERWARDS


# -- 8.2 -------------------------------------------------------------------------------------------


def offers(workspace, worker):
    """The Worker's pending Reservations."""
    return workspace.workers(worker).reservations.list(reservation_status="pending")


def reject_each(workspace, worker, **more):
    """Reject the offers that are pending at the start."""
    for offer in offers(workspace, worker):
        offer.update(reservation_status="rejected", **more)


def end_each(workspace, worker, status):
    """Change the Tasks that are offered."""
    for offer in offers(workspace, worker):
        workspace.tasks(offer.task_sid).update(assignment_status=status)


def set_activity(workspace, worker, activity, **more):
    """Update the Worker."""
    workspace.workers(worker).update(activity_sid=activity, **more)


def named(workspace, name):
    """The SID of the Activity with this name."""
    return workspace.activities.list(friendly_name=name)[0].sid


AWAY = [
    (..., "`step_away` is still `...`"),
    (None, "`step_away` is nothing (`None`), not a function"),
    (lambda workspace, worker: set_activity(workspace, worker, "WA"), "can't be called with 3 arguments"),
    (lambda workspace, worker, busy: reject_each(workspace, worker), "`step_away` never uses its argument `busy`"),
    (lambda w, worker, busy: str(worker) + busy + str(w), "Alice is still Idle, so TaskRouter goes on offering her"),
    (set_activity, "Alice is Busy, but her 2 offers are still pending: they time out, and then TaskRouter sets her"),
    (
        lambda w, worker, busy: offers(w, worker)[0].update(reservation_status="rejected", worker_activity_sid=busy),
        "You gave back one offer, and the other one is still pending: Alice had one on each of two TaskChannels",
    ),
    (
        lambda w, worker, busy: (
            reject_each(w, worker) or set_activity(w, worker, busy, reject_pending_reservations=True)
        ),
        "Between your requests TaskRouter offered a customer to Alice again, because she was still available",
    ),
    (
        lambda w, worker, busy: reject_each(w, worker, worker_activity_sid=busy),
        "You sent 2 requests, and one is enough. One update of the Worker can name the Activity",
    ),
    (
        lambda w, worker, busy: (
            set_activity(w, worker, busy) or set_activity(w, worker, busy, reject_pending_reservations=True)
        ),
        "You sent 2 requests, and one is enough",
    ),
    (
        lambda w, worker, busy: busy and set_activity(w, worker, named(w, "Idle"), reject_pending_reservations=True),
        "Unable to reject pending reservations when updating to an Available activity state.",
    ),
    (
        lambda w, worker, busy: busy and set_activity(w, worker, named(w, "Offline"), reject_pending_reservations=True),
        "Alice is Offline, but she should be Busy. Use `busy_sid`",
    ),
    (
        lambda w, worker, busy: busy and set_activity(w, worker, "Busy", reject_pending_reservations=True),
        "expects the SID of an Activity",
    ),
    (
        lambda w, worker, busy: w.workers(worker).update(activity_name=busy),
        "`step_away` stops with TypeError: ",
    ),
    (
        lambda w, worker, busy: w.workers(busy).update(activity_sid=worker),
        "is the SID of a Worker",
    ),
    (
        lambda w, worker, busy: busy and end_each(w, worker, "canceled"),
        "A customer is gone, because you ended the Task",
    ),
    (
        lambda w, worker, busy: [busy and offer.update(reservation_status="accepted") for offer in offers(w, worker)],
        "Alice accepted an offer, so now she has a customer. Reject the offers instead",
    ),
    (
        lambda w, worker, busy: [busy and offer.delete() for offer in offers(w, worker)],
        "`step_away` stops with AttributeError",
    ),
    (lambda w, worker, busy: busy and w.workers(worker).delete(), "Alice is deleted. Update her Activity instead"),
    (
        lambda w, worker, busy: busy and w.workers(worker).worker_channels("default").update(capacity=0),
        "Alice is still Idle, so TaskRouter goes on offering her customers",
    ),
    (
        lambda w, worker, busy: [busy and w.workers(worker).fetch() for _ in range(400)],
        "`step_away` doesn't end: it sent 300 requests, and the check stopped it. One request is enough",
    ),
]


@pytest.mark.parametrize(("answer", "words"), AWAY)
def test_function_that_leaves_an_offer_or_alice(kernel, answer, words):
    """8.2: what is still pending, where Alice is, or that it took more than one request."""
    verdict = check("8.2", answer)

    assert not verdict.passed
    assert words in str(verdict)


def test_function_that_steps_away(kernel):
    """8.2: one update with both parameters; reading before it does no harm."""

    def step_away(workspace, worker_sid, busy_sid):
        workspace.workers(worker_sid).fetch()
        return workspace.workers(worker_sid).update(activity_sid=busy_sid, reject_pending_reservations=True)

    assert str(check("8.2", step_away)) == (
        "✓ One request made Alice Busy and gave back both of her offers, one on each TaskChannel."
    )


# -- 8.3 -------------------------------------------------------------------------------------------

ORDERS = [
    (..., "`order` is still `...`"),
    ("cebdaf", "TaskRouter refuses line d: an offer that has ended can't be made pending again"),
    ("cebgahf", "TaskRouter refuses line h: TaskRouter assigns the Task itself"),
    ("cebga", "The letter f is missing. Use the lines a, b, c, e, f and g once each"),
    ("cgaf", "The letters b and e are missing"),
    ("cebgaff", "The letter f is there more than once"),
    ("cebgafx", "There is no letter x in this exercise"),
    ("ecbgaf", "Line e comes too early: the clock moves before there is an offer"),
    ("cbegaf", "Line b comes too early: Alice is still Idle then"),
    ("gcebaf", "Line g comes too early: it lists the Reservations of `task`"),
    ("cgebaf", "Line g comes too early: it takes the first offer, and that one times out"),
    ("cegbaf", "Line g comes too early: nobody is available then"),
    ("cebagf", "Line a comes too early: it accepts `reservation`"),
    ("cebgfa", "Line f comes too early: it completes the Task"),
    ("fagbec", "Line e comes too early"),
    ([], "`order` is empty"),
    ("352716", "`order` has digits in it"),
    (3, "`order` is a number"),
    ({"c", "e"}, "`order` is a set, which has no order"),
]


@pytest.mark.parametrize(("order", "words"), ORDERS)
def test_lines_in_another_order(kernel, order, words):
    """8.3: the first line that can't be where it is, and why."""
    verdict = check("8.3", order)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("order", ["cebgaf", "C, E, B, G, A, F", list("cebgaf")])
def test_lines_in_order(kernel, order):
    """8.3: as one text with anything between the letters, or as a list."""
    assert check("8.3", order).passed


@pytest.mark.parametrize(
    ("order", "refused"),
    [("cebgaf", ""), ("cebgda", "pending cannot be set"), ("ceh", "assigned cannot be set"), ("ceg", "index out of")],
)
def test_lines_do_what_the_check_says(kernel, order, refused):
    """8.3: the right order serves the customer, and the refused lines are refused."""
    own = OwnWorld.build()
    own.workspace.workflows(own.sids.workflow_sid).update(task_reservation_timeout=120)
    own.set_activity(own.sids.alice_sid, "Idle")
    lines = {
        "a": 'reservation.update(reservation_status="accepted")',
        "b": 'workspace.workers(story.alice_sid).update(activity_sid=story.activity_sids["Idle"])',
        "c": "task = workspace.tasks.create(attributes=spanish, workflow_sid=story.workflow_sid)",
        "d": 'reservation.update(reservation_status="pending")',
        "e": "connection.advance(120)",
        "f": 'workspace.tasks(task.sid).update(assignment_status="completed")',
        "g": 'reservation = workspace.tasks(task.sid).reservations.list(reservation_status="pending")[0]',
        "h": 'workspace.tasks(task.sid).update(assignment_status="assigned")',
    }
    spanish = '{"selected_language": "es"}'
    names = {"workspace": own.workspace, "story": own.sids, "connection": own, "spanish": spanish}
    run = "\n".join(lines[letter] for letter in order)

    if refused:
        with pytest.raises(Exception, match=refused):
            exec(run, names)
    else:
        exec(run, names)
        assert names["task"].fetch().assignment_status == "completed"


# -- 8.4 -------------------------------------------------------------------------------------------


def of_type(events, kind):
    """The events of this type."""
    return [event for event in events if event.event_type == kind]


def name_of(event):
    """The Worker's name."""
    return event.event_data["worker_name"]


def moves(events):
    """Changes of Activity, the oldest first."""
    return sorted(of_type(events, "worker.activity.update"), key=lambda event: event.event_date_ms)


def to_wake(events):
    """The worked solution."""
    timeouts = {(name_of(event), event.event_date_ms) for event in of_type(events, "reservation.timeout")}
    latest = {name_of(event): event.event_date_ms for event in moves(events)}
    return [name for name, moved in latest.items() if (name, moved) in timeouts]


def unsorted(events):
    """It trusts the order of the list."""
    timeouts = {(name_of(event), event.event_date_ms) for event in of_type(events, "reservation.timeout")}
    latest = {name_of(event): event.event_date_ms for event in of_type(events, "worker.activity.update")}
    return [name for name, moved in latest.items() if (name, moved) in timeouts]


def offline(events):
    """Everybody whose latest Activity is Offline."""
    latest = {name_of(event): event for event in moves(events)}
    return [name for name, event in latest.items() if event.event_data["worker_activity_name"] == "Offline"]


def offline_from_the_start(events):
    """The same, and a new Worker is Offline, too."""
    latest = {name_of(event): event for event in [*of_type(events, "worker.created"), *moves(events)]}
    return [name for name, event in latest.items() if event.event_data["worker_activity_name"] == "Offline"]


def timed_out(events):
    """Everybody who ever let an offer time out."""
    return {name_of(event) for event in of_type(events, "reservation.timeout")}


def not_back(events):
    """Everybody who let an offer time out, and whose latest Activity is Offline."""
    return timed_out(events) & set(offline(events))


WAKE = [
    (..., "`to_wake` is still `...`"),
    (None, "`to_wake` is nothing (`None`), not a function"),
    (lambda events, minutes: [], "`to_wake` can't be called with one argument"),
    (lambda events: print(len(events), end=""), "`to_wake` returned nothing. Add a `return`"),
    (lambda events: ["Bob"] * bool(events), "When nobody has been offered a customer yet, your function returns 'Bob'"),
    (lambda events: str(events)[:0], "`to_wake` returned text. It should return a list of names"),
    (lambda events: events[:1], "`to_wake` returned a list with an Event in it. Return names"),
    (offline_from_the_start, "and it should return nobody. Bob is Offline because he hasn't started to work"),
    (offline, "When Alice has rejected an offer and gone Offline, your function returns 'Alice'"),
    (lambda events: events[:0], "When Alice has let an offer time out, your function returns nobody, and it should"),
    (timed_out, "When Alice has let an offer time out and is Idle again, your function returns 'Alice'"),
    (
        lambda events: [
            name_of(event) for event in of_type(events, "reservation.timeout") if name_of(event) in offline(events)
        ],
        "'Alice' is in the list more than once. Call each Worker once",
    ),
    (not_back, "When Bob has let an offer time out, come back and gone home, your function returns 'Alice' and 'Bob'"),
    (
        lambda events: to_wake(events)[:1],
        "first Alice and then Temp have let an offer time out, your function returns 'Alice'",
    ),
    (unsorted, "With the same events in another order, your function returns something else. Sort them"),
    (
        lambda events: [event.event_data["worker_sid"] for event in of_type(events, "reservation.timeout")],
        "`to_wake` returned a SID. Return names",
    ),
    (lambda events: [event.event_data["name"] for event in events], "`to_wake` stops with KeyError: 'name'"),
    (lambda events: [event["event_type"] for event in events], "`to_wake` stops with TypeError"),
    (lambda events: [event.type for event in events], "`to_wake` stops with AttributeError"),
    (lambda events: len(events), "`to_wake` returned a number. It should return a list of names"),
    (lambda events: (event for event in events), "`to_wake` returned a generator"),
]


@pytest.mark.parametrize(("answer", "words"), WAKE)
def test_function_that_calls_the_wrong_people(kernel, answer, words):
    """8.4: at which moment it is wrong, and why."""
    verdict = check("8.4", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "answer", [to_wake, lambda events: set(to_wake(events)), lambda events: tuple(to_wake(events))]
)
def test_function_that_finds_who_to_wake(kernel, answer):
    """8.4: in any order, and in any kind of collection."""
    assert check("8.4", answer).passed


OTHER_CELLS = [("workspace", "workspace.events.list() + events"), ("story", "[story.alice_sid for _ in events]")]


@pytest.mark.parametrize(("variable", "body"), OTHER_CELLS)
def test_function_that_uses_another_cell(desk, variable, body):
    """8.4: the check's events are of another Workspace than the learner's."""
    desk.begin(8)
    answer = eval(f"lambda events: {body}", {"workspace": desk.workspace, "story": desk.story})

    assert f"`to_wake` uses `{variable}`, a variable of another cell" in str(check("8.4", answer))
