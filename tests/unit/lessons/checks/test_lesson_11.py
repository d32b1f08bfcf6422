"""Lesson 11: what can't happen, counters of open Tasks, and shares of customers who were served in time."""

from __future__ import annotations

import json

import pytest

from helpers.lessons.checks import check
from helpers.lessons.checks.subjects.own_shop import read_event
from helpers.lessons.checks.trials.served_share import play_morning

IMPOSSIBLE = [
    (..., "`impossible` is still `...`"),
    ("a", "Statement a can happen: those two have the same millisecond"),
    ("b", "Statement b can happen: an event can arrive twice"),
    ("D", "Statement d can happen: Alice rejected without a new Activity"),
    (
        "a and c",
        "those two have the same millisecond, so their order means nothing. You named more than one letter",
    ),
    (
        "b, c",
        "can happen: an event can arrive twice. Its `Sid` says that it's the same one. You named more than one",
    ),
    ("ac", "those two have the same millisecond, so their order means nothing. You named more than one letter"),
    ("c d", "so TaskRouter asks the same Worker again at once. You named more than one letter"),
    ("none", "One of them can't happen: arrival can be swapped"),
    ("all", "Three of them do happen"),
    ("e", "'e' isn't one of the four letters"),
    ("it depends on the network", "'it depends on the network' isn't one of the four letters"),
    ("task.created", "'task.created' isn't one of the four letters"),
    ("", "`impossible` is an empty text"),
    (3, "`impossible` is a number"),
    (None, "`impossible` is nothing (`None`)"),
    (["a", "c"], "`impossible` is a list"),
]


@pytest.mark.parametrize(("answer", "words"), IMPOSSIBLE)
def test_statement_that_is_possible(answer, words):
    """11.1: each statement has its reason."""
    verdict = check("11.1", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("answer", ["c", " C.", ["c"]])
def test_statement_that_is_impossible(answer):
    """11.1: in any case."""
    assert check("11.1", answer).passed


ENDS = ("task.completed", "task.canceled", "task.deleted")


def sids(events, *types):
    """SIDs of the Tasks in events of these types."""
    return {event["TaskSid"] for event in events if event["EventType"] in types}


def count_by_sets(events):
    """Tasks that were created and haven't ended."""
    return len(sids(events, "task.created") - sids(events, *ENDS))


def add_up(events, ends=ENDS, once=False):
    """Add and subtract one for each event, or for each Sid once."""
    chosen = {event["Sid"]: event for event in events}.values() if once else events
    types = [event["EventType"] for event in chosen]
    return types.count("task.created") - sum(types.count(each) for each in ends)


def count_latest(events, key=None, deleted=True, closed=("completed", "canceled")):
    """Tasks whose latest event says that they are open; without ``key`` the last to arrive is the latest."""
    once = {event["Sid"]: event for event in events if "TaskSid" in event}.values()
    latest = {event["TaskSid"]: event for event in (sorted(once, key=key) if key else once)}
    is_closed = [
        event["TaskAssignmentStatus"] in closed or (deleted and event["EventType"] == "task.deleted")
        for event in latest.values()
    ]
    return is_closed.count(False)


def count_latest_or_deleted(events, key):
    """Tasks whose latest event says that they are open, and that weren't deleted."""
    gone = sids(events, "task.deleted")
    return count_latest([event for event in events if event.get("TaskSid") not in gone], key)


def by_time(event):
    """Time and version as numbers."""
    return int(event["TimestampMs"]), int(event["TaskVersion"])


remembered = {}


def remember(events):
    """Keep the status of each Task from call to call."""
    remembered.update({event["Sid"]: event for event in events})
    return count_by_sets(remembered.values())


def raise_on_unknown(events):
    """Look each type up in a dictionary that doesn't have them all."""
    return sum({"task.created": 1, "task.completed": -1}[event["EventType"]] for event in events)


COUNTERS = [
    (..., "`count_open` is still `...`"),
    (2, "`count_open` is a number, not a function"),
    (None, "`count_open` is nothing (`None`), not a function"),
    (lambda: 2, "`count_open` can't be called with one argument"),
    (lambda events: 2, "`count_open` never uses its argument `events`"),
    (lambda events: print(events and "open"), "`count_open` returned nothing. Add a `return`"),
    (lambda events: sids(events, "task.created"), "`count_open` returned a set. Return how many there are"),
    (lambda events: str(add_up(events)), "For one Task that waits, `count_open` returned '1'. Return a whole number"),
    (lambda events: bool(events), "For one Task that waits, `count_open` returned True. Return a whole number"),
    (lambda events: len(events), "For one Task that waits, `count_open` returned 5, not 1."),
    (remember, "For no events, `count_open` returned 1, not 0. It remembers events of an earlier call"),
    (lambda events: len(sids(events, "task.created")), "For one Task that was completed, `count_open` returned 1"),
    (
        lambda events: add_up(events, ("task.completed", "reservation.completed")),
        "`count_open` returned -1, not 0. More than one event tells of the same end",
    ),
    (lambda events: add_up(events, ("task.completed",)), "`task.canceled` ends a Task, too"),
    (lambda events: add_up(events, ("task.completed", "task.canceled")), "`task.deleted` ends a Task, too"),
    (lambda events: count_latest(events, by_time, deleted=False), "`TaskAssignmentStatus` is the one from before"),
    (
        lambda events: add_up(events, (*ENDS, "task.wrapup")),
        "For one Task that is wrapping, `count_open` returned 0, not 1. It's open until somebody completes it",
    ),
    (raise_on_unknown, "For one Task that waits, `count_open` stops with KeyError: 'workflow.target-matched'"),
    (
        lambda events: len({e["TaskSid"] for e in events} - sids(events, *ENDS)),
        "For two events of Alice alone, `count_open` stops with KeyError: 'TaskSid'",
    ),
    (
        lambda events: len({e.get("TaskSid") for e in events} - sids(events, *ENDS)),
        "For two events of Alice alone, `count_open` returned 1, not 0. They have no Task",
    ),
    (add_up, "For one Task that waits, each event twice, `count_open` returned 2, not 1. An event that comes twice"),
    (
        count_latest,
        "its events backwards, `count_open` returned 1, not 0. The order of arrival means nothing",
    ),
    (
        lambda events: count_latest(events, lambda event: int(event["TaskAge"])),
        "and `TaskAge` is the same for all of them",
    ),
    (
        lambda events: count_latest(events, lambda event: int(event["Timestamp"])),
        "in the same second, its events backwards, `count_open` returned 1, not 0. `Timestamp` has whole seconds",
    ),
    (
        lambda events: count_latest(events, lambda event: int(event["TimestampMs"])),
        "in the same millisecond, its events backwards, `count_open` returned 1, not 0. The two have the same",
    ),
    (
        lambda events: count_latest(events, lambda event: (event["TimestampMs"], event["TaskVersion"])),
        "As text, '9' comes after '10'. Compare numbers",
    ),
    (
        lambda events: count_latest(events, by_time),
        "one Task that was deleted, its events backwards, `count_open` returned 1, not 0. Its `reservation.canceled`",
    ),
]


@pytest.mark.parametrize(("answer", "words"), COUNTERS)
def test_counter_that_is_wrong(kernel, answer, words):
    """11.2: the first case in which the counter goes wrong, and why."""
    remembered.clear()
    verdict = check("11.2", answer)

    assert not verdict.passed
    assert words in str(verdict)


def test_counter_that_only_many_orders_refute(kernel):
    """11.2: one that is right in each small case, and wrong in a long list."""

    def count_open(events):
        return count_by_sets(events) + (len(events) > 50 and events[0]["EventType"] != "worker.capacity.update")

    assert "In order 1 of all 72 events, `count_open` returned 3, not 2." in str(check("11.2", count_open))


@pytest.mark.parametrize(
    "answer",
    [
        count_by_sets,
        lambda events: add_up(events, once=True),
        lambda events: count_latest_or_deleted(events, by_time),
        lambda events: count_latest_or_deleted(events, lambda event: int(event["TaskVersion"])),
    ],
)
def test_counter_that_survives(kernel, answer):
    """11.2: sets of Tasks, sums over Sids, the latest status."""
    assert str(check("11.2", answer)).startswith("✓ 72 events in 20 orders, with duplicates")


def test_check_gives_copies(kernel):
    """11.2: a counter that empties its list leaves the check's events as they are."""

    def count_open(events):
        counted = count_by_sets(events)
        events.clear()
        return counted

    assert check("11.2", count_open).passed
    assert check("11.2", count_open).passed


def times(events, event_type, first=False):
    """Moments of such events by Task; the last one to arrive counts, or the first."""
    chosen = [event for event in events if event["EventType"] == event_type]
    return {event["TaskSid"]: int(event["TimestampMs"]) for event in (chosen[::-1] if first else chosen)}


def share(events, seconds, begin="task.created", first=False):
    """The right share, if a wait begins with ``task.created``."""
    begins, accepted, canceled = (
        times(events, begin, first),
        times(events, "reservation.accepted"),
        times(events, ENDS[1]),
    )
    in_time = [sid for sid in accepted if (accepted[sid] - begins[sid]) / 1000 <= seconds]
    return len(in_time) / (len(accepted) + len(canceled))


def numbers(events, seconds):
    """Customers in time, accepted, canceled, and canceled in time."""
    created, accepted, canceled = (times(events, each) for each in ("task.created", "reservation.accepted", ENDS[1]))
    quick = sum((accepted[sid] - created[sid]) / 1000 <= seconds for sid in accepted)
    early = sum((canceled[sid] - created[sid]) / 1000 <= seconds for sid in canceled)
    return quick, len(accepted), len(canceled), early


def average(events, seconds):
    """The average wait of those who were served."""
    created, accepted = times(events, "task.created"), times(events, "reservation.accepted")
    return sum(accepted[sid] - created[sid] for sid in accepted) / 1000 / len(accepted) + 0 * seconds


def in_one_pass(events, seconds):
    """A share that needs ``task.created`` to arrive first."""
    created, quick, ended = {}, 0, set()
    for event in events:
        sid, kind = event.get("TaskSid"), event["EventType"]
        if kind == "task.created":
            created[sid] = int(event["TimestampMs"])
        if kind in ("reservation.accepted", "task.canceled"):
            ended.add(sid)
        if kind == "reservation.accepted":
            quick += (int(event["TimestampMs"]) - created.get(sid, 0)) / 1000 <= seconds
    return quick / len(ended)


def made_of(function):
    """An answer of both arguments, from a function of the four numbers."""
    return lambda events, seconds: function(*numbers(events, seconds))


SHARES = [
    (..., "`share_within` is still `...`"),
    (0.25, "`share_within` is a number, not a function"),
    (lambda events: 0.25, "`share_within` can't be called with 2 arguments"),
    (lambda events, seconds: len(events) / 488, "`share_within` never uses its argument `seconds`"),
    (lambda events, seconds: print(events, seconds), "`share_within` returned nothing. Add a `return`"),
    (lambda events, seconds: {"share": share(events, seconds)}, "`share_within` returned a dictionary. Return one"),
    (lambda events, seconds: f"{share(events, seconds):.0%}", "`share_within` returned '25%'. Return a number"),
    (made_of(lambda quick, served, left, early: quick / served), "customers who gave up are left out. Five Tasks"),
    (
        made_of(lambda quick, served, left, early: (quick + early) / (served + left)),
        "customers who gave up within 30 s count as served",
    ),
    (
        made_of(lambda quick, served, left, early: (quick + left) / (served + left)),
        "customers who gave up count as served. Their Tasks were never accepted",
    ),
    (
        made_of(lambda quick, served, left, early: quick / (served + left + 1)),
        "the customer who still waits is counted. That Task has no outcome yet",
    ),
    (lambda events, seconds: share(events, seconds, "reservation.created"), "with the last `reservation.created`"),
    (
        lambda events, seconds: share(events, seconds, "reservation.created", True),
        "with the first `reservation.created`",
    ),
    (lambda events, seconds: share(events, seconds - 1), "the customer who waited exactly 30 s isn't counted"),
    (lambda events, seconds: share(events, seconds * 1000), "everybody who was served is counted, however long"),
    (lambda events, seconds: share(events, seconds / 1000), "nobody is within 30 s. `TimestampMs` counts milliseconds"),
    (lambda events, seconds: 1 - share(events, seconds), "this is the share of those who weren't served in time"),
    (made_of(lambda quick, *_: quick), "this is a number of customers, not a share"),
    (average, "A share is at most 1. It isn't the average wait"),
    (lambda events, seconds: share(events, seconds) + 0.6, "For each Task, find the time of `task.created`"),
    (lambda events, seconds: share(events, 30 + 0 * seconds), "Within 30 s it's right, but within 60 s your function"),
    (in_one_pass, "With the same events swapped and doubled, your function returned"),
    (lambda events, seconds: events[seconds]["TaskSid"] and 1 / 0, "`share_within` stops with"),
    (lambda events, seconds: share(events, seconds, "task.create"), "`share_within` stops with KeyError"),
]


@pytest.mark.parametrize(("answer", "words"), SHARES)
def test_share_that_is_wrong(kernel, answer, words):
    """11.3: which customers are counted wrongly, by the number that comes out."""
    verdict = check("11.3", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("answer", [share, lambda events, seconds: 100 * share(events, seconds)])
def test_share_that_is_right(kernel, answer):
    """11.3: as a share, or in percent."""
    assert str(check("11.3", answer)) == (
        "✓ Within 30 s, 3 of 12 customers were served: 0.25. TaskRouter's `split_by_wait_time` counts the same. The "
        "13th still waits."
    )


@pytest.mark.parametrize("exercise", ["11.2", "11.3"])
def test_answer_that_uses_another_cell(desk, exercise):
    """11.2, 11.3: the lesson's own Workspace holds other events than the check's."""
    desk.begin(11)
    cells = {"workspace": desk.workspace}
    listing = "len(workspace.events.list()) + len(events)"
    arguments = "events" if exercise == "11.2" else "events, seconds"
    answer = eval(f"lambda {arguments}: {listing} + len({arguments.split()[-1]})", cells)

    assert (
        "uses `workspace`, a variable of another cell. The check gives it other events than yours: start with"
        in str(check(exercise, answer))
    )


def test_events_are_those_of_callbacks(desk):
    """The events that a check builds from the list have the parameters that the listener receives."""
    desk.begin(11)
    listener = desk.connection.listen()
    desk.workspace.update(event_callback_url=listener.events_url)
    desk.workspace.workers(desk.story.alice_sid).update(activity_sid=desk.story.activity_sids["Idle"])
    spanish = json.dumps({"selected_language": "es"})
    desk.workspace.tasks.create(attributes=spanish, workflow_sid=desk.story.workflow_sid)
    received = listener.inbox.wait(path="/events", EventType="reservation.created").parameters
    listed = {event.sid: event for event in desk.workspace.events.list()}[received["Sid"]]

    assert read_event(listed) == received


def test_mistakes_lead_to_different_shares():
    """11.3: no two mistakes give the same number, or a verdict would name the wrong one."""
    events = play_morning().events
    wrong = [answer(events, 30) for answer, words in SHARES[7:20]]

    assert len({round(each, 3) for each in wrong}) == len(wrong)
