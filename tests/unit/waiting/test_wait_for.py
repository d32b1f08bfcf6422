"""wait_for: at once where time stands still, politely where routing takes its time, and in plain words in vain."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.response import Response

from helpers import connection as connections
from helpers import wait_for
from helpers.callbacks import progress
from helpers.errors.waiting_problems import NotAwaitable, WaitedInVain
from helpers.lessons import story
from helpers.lessons.lessons import catch_up

SPANISH = json.dumps({"selected_language": "es"})


def workspace_of(world):
    """The Workspace, through the kernel's own client."""
    return story.workspace_of(connections.connect().client, world)


def create_task(world, attributes=SPANISH):
    """A Task that only Alice can get."""
    return workspace_of(world).tasks.create(attributes=attributes, workflow_sid=world.workflow_sid)


def set_idle(world, worker_sid):
    """Make a Worker available."""
    workspace_of(world).workers(worker_sid).update(activity_sid=world.activity_sids["Idle"])


@pytest.fixture
def lesson(connection):
    """The world of lesson 5, and its Task: Alice's Reservation is pending, her callback is here."""
    world = catch_up(5)
    return world, workspace_of(world).tasks.list()[0]


def test_lesson_waits_without_a_trace(connection, lesson):
    """In a lesson everything has happened: nothing is on the wire, and the clock stands where it stood."""
    world, task = lesson
    before = len(connection.wire), connection.clock(world.workspace_sid)

    wait_for("Reservation offered", task)
    callback = wait_for("callback here", workspace_of(world).tasks(task.sid))

    assert (len(connection.wire), connection.clock(world.workspace_sid)) == before
    assert (callback.signature, callback.built_here, callback.parameters["TaskSid"]) == ("valid", False, task.sid)


def test_lesson_says_at_once_what_is_missing(lesson):
    """What has not happened while the clock stands still won't happen by waiting: the next step is told at once."""
    _, task = lesson

    with pytest.raises(WaitedInVain, match=r"Didn't wait for Task WT.* stands still.*Accept its Reservation") as vain:
        wait_for("Task assigned", task)

    assert vain.value.seconds is None
    assert "is reserved, and has Reservations: pending (Alice)." in str(vain.value)


def test_pending_task_is_explained(connection):
    """A wait for a Reservation that nobody can get says why, as `explain` does."""
    world = catch_up(4)

    with pytest.raises(WaitedInVain, match=r'"Alice" is the closest match, but is in Activity "Offline"'):
        wait_for("Reservation offered", workspace_of(world).tasks.list()[0])


def test_reason_is_a_sentence(connection, monkeypatch):
    """What `explain` says after a colon elsewhere begins in upper case here."""
    short = "no rule excludes Alice. TaskRouter may be reserving right now. Run `explain` again."
    world = catch_up(4)
    monkeypatch.setattr("helpers.emulator.explanations.explain", lambda task: SimpleNamespace(short=short))

    with pytest.raises(WaitedInVain, match=r"\. No rule excludes Alice\. TaskRouter may"):
        wait_for("Reservation offered", workspace_of(world).tasks.list()[0])


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "The Workflow has no assignment_callback_url"),
        ("https://example.com/callback", "isn't `listener.assignment_url`"),
        (None, "assignment_callback_url is the listener's"),
    ],
)
def test_missing_callback_is_traced(connection, lesson, url, reason):
    """A callback that never came: the Workflow leads nowhere, elsewhere, or here and the inbox was cleared."""
    world, task = lesson
    connection.listen().inbox.clear()
    if url is not None:
        workspace_of(world).workflows(world.workflow_sid).update(assignment_callback_url=url)

    with pytest.raises(WaitedInVain) as vain:
        wait_for("callback here", task)

    assert reason in str(vain.value)
    assert "The inbox has: nothing." in str(vain.value)


@pytest.mark.parametrize("lag", [0, 1, 4])
def test_live_waits_until_routing_is_seen(lagging, world, lag):
    """However late TaskRouter shows the Reservation, the next line finds it; nothing of the wait is on the wire."""
    task = create_task(world)
    set_idle(world, world.alice_sid)
    lagging.unseen = lag
    before = len(connections.connect().wire)

    wait_for("Reservation offered", task)

    assert len(connections.connect().wire) == before
    assert task.fetch().assignment_status == "reserved"
    assert [each.worker_name for each in workspace_of(world).tasks(task.sid).reservations.list()] == ["Alice"]


def test_live_waits_until_assigned(lagging, world):
    """Accepting and being assigned are two things; one that is completed was assigned before."""
    set_idle(world, world.alice_sid)
    task = create_task(world)
    workspace_of(world).tasks(task.sid).reservations.list()[0].update(reservation_status="accepted")
    lagging.unseen = 3

    wait_for("Task assigned", task)
    assert task.fetch().assignment_status == "assigned"

    task.update(assignment_status="completed")
    wait_for("Task assigned", task)
    wait_for("Reservation offered", task)


def test_limit_ends_a_live_wait(lagging, world):
    """Nobody becomes available: the limit ends the wait with how long, what is there instead, and why."""
    task = create_task(world)

    with pytest.raises(
        WaitedInVain, match=r"^Waited 0 s for a Reservation of Task WT.*, but it didn't happen. Task .* is pending"
    ):
        wait_for("Reservation offered", task, timeout=0.2)


def test_last_look_is_at_the_limit(lagging, world, monkeypatch):
    """What came during the last pause counts, too."""
    from helpers.waiting import task_watch

    monkeypatch.setattr(task_watch, "FIRST_PAUSE_SECONDS", 100.0)
    task = create_task(world)
    set_idle(world, world.alice_sid)
    lagging.unseen = 1

    wait_for("Reservation offered", task, timeout=0.05)


def test_reservation_that_has_ended(lagging, world):
    """A Reservation that was made and rejected counts as made; for one that is open the wait goes on."""
    set_idle(world, world.alice_sid)
    task = create_task(world)
    reservations = workspace_of(world).tasks(task.sid).reservations
    workspace_of(world).workers(world.alice_sid).update(activity_sid=world.activity_sids["Offline"])
    reservations.list()[0].update(reservation_status="rejected")

    wait_for("Reservation made", task)
    with pytest.raises(WaitedInVain, match=r"is pending, and has Reservations: rejected \(Alice\)\."):
        wait_for("Reservation offered", task, timeout=0.2)


@pytest.mark.parametrize(
    ("end", "seen"),
    [
        (lambda task: task.update(assignment_status="canceled", reason="hung up"), r"is canceled \(hung up\)"),
        (lambda task: task.delete(), "doesn't exist. It was deleted"),
    ],
)
def test_wait_ends_with_its_task(lagging, world, end, seen):
    """A Task that is canceled or deleted gets nobody: the wait ends at once, long before its limit."""
    task = create_task(world)
    end(task)

    with pytest.raises(WaitedInVain, match=rf"^Waited 0 s.*{seen}.*Create another Task"):
        wait_for("Reservation offered", task, timeout=300)


@pytest.mark.parametrize(
    "refusal",
    [
        Response(429, '{"code": 20429, "message": "Too Many Requests", "status": 429}', {"Retry-After": "1"}),
        Response(503, "<html>down</html>", {}),
        Response(200, "<html>Sign in to the hotel's network</html>", {}),
        requests.ReadTimeout("no answer"),
        requests.ConnectionError("reset"),
        requests.exceptions.ChunkedEncodingError("cut off"),
    ],
    ids=["429", "503", "web page", "timeout", "reset", "cut off"],
)
def test_passing_trouble_does_not_end_a_wait(lagging, world, refusal):
    """A look that fails for a passing reason is followed by another; if all do, the last reason is told."""
    set_idle(world, world.alice_sid)
    task = create_task(world)

    lagging.refusals = [refusal]
    wait_for("Reservation offered", task)

    lagging.refusals = [refusal] * 1000
    with pytest.raises(
        WaitedInVain,
        match=r"couldn't be read. (The|This|No|\S+ didn't) ",
    ):
        wait_for("Reservation offered", task, timeout=0.2)


def test_lasting_refusal_is_told_at_once(lagging, world):
    """Wrong credentials don't mend themselves: Twilio's own error ends the wait."""
    task = create_task(world)
    lagging.refusals = [Response(401, '{"code": 20003, "message": "Authenticate", "status": 401}', {})]

    with pytest.raises(TwilioRestException, match="Authenticate"):
        wait_for("Reservation offered", task)


def test_pauses_grow(lagging, world, monkeypatch):
    """Looks become rarer: in half a minute there are about a dozen."""
    from helpers.waiting import task_watch

    now = [0.0]
    monkeypatch.setattr(task_watch.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(task_watch, "FIRST_PAUSE_SECONDS", 0.3)
    watch = task_watch.TaskWatch(connections.connect(), create_task(world))
    lagging.asked.clear()
    for tick in range(300):
        now[0] = tick / 10
        watch.look()

    assert 10 <= sum(uri.endswith("/Reservations") or "/Reservations?" in uri for _, uri in lagging.asked) <= 14


def test_interrupt_ends_the_wait_alone(lagging, world, monkeypatch):
    """After an interrupt the same wait works."""
    monkeypatch.setattr(progress, "SHOW_AFTER_SECONDS", 0)
    monkeypatch.setattr(progress._Line, "update", interrupt)
    task = create_task(world)

    with pytest.raises(KeyboardInterrupt):
        wait_for("Reservation offered", task)

    set_idle(world, world.alice_sid)
    wait_for("Reservation offered", task)


def interrupt(*_):
    """What the interrupt button does."""
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("Reservation offerd", "Did you mean 'Reservation offered'?"),
        ("", "It can wait for 'Reservation offered', 'Reservation made', 'Task assigned', 'callback here'"),
        (None, "first"),
    ],
)
def test_unknown_words_are_refused(lesson, what, said):
    """Misspelt words are put right, others answered with those there are."""
    with pytest.raises(NotAwaitable, match=said):
        wait_for(what, lesson[1])


def test_words_may_be_spelt_loosely(lesson):
    """Case and spaces don't matter."""
    wait_for(" reservation  OFFERED ", lesson[1])


@pytest.mark.parametrize("given", ["sid", None, [], 3, "a Worker"])
def test_anything_but_a_task_is_refused(lesson, given):
    """A SID, nothing, a list, a number, a Worker: each is named."""
    world, task = lesson
    if given == "a Worker":
        given = workspace_of(world).workers(world.alice_sid).fetch()

    with pytest.raises(NotAwaitable, match=r"Pass the Task itself|Pass the Task, for example `task`"):
        wait_for("Reservation offered", task.sid if given == "sid" else given)


@pytest.mark.parametrize("timeout", [-1, "3", True, float("nan"), float("inf"), None])
def test_limit_is_a_number_of_seconds(lesson, timeout):
    """Everything else is refused."""
    with pytest.raises(NotAwaitable, match="The limit is a number of seconds"):
        wait_for("Reservation offered", lesson[1], timeout=timeout)


def test_decision_can_wait(connection):
    """A decision function that waits for its own Reservation doesn't wait for itself."""
    world = catch_up(4)
    task = workspace_of(world).tasks.list()[0]
    listener = connection.listen()
    listener.decide(lambda callback: wait_for("Reservation offered", task))

    set_idle(world, world.alice_sid)
    callback = wait_for("callback here", task)

    listener.decide(None)
    assert (callback.status, callback.hints) == (200, ())
    assert callback.duration_ms < 4000
