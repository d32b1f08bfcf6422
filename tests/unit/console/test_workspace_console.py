"""The console over the kernel's own emulator."""

from __future__ import annotations

import sys

import pytest

from helpers import connection as connections
from helpers.console import reader
from helpers.console.reader import Reader
from helpers.errors.view_problems import NotShowable
from helpers.lessons import story
from helpers.show import show_console


def test_words_tell_the_whole_story(workspace):
    """Clock, next timer, lifecycle, board and events, the same on every run."""
    text = str(show_console(workspace))

    for part in (
        "Lesson time: Mon 2 Mar 2026, 09:00:11.",
        "of Alice times out, and Alice becomes Offline.",
        "[Worker reserved]",
        "Open Reservations (1)",
        "Alice   Idle      available      default 1 of 1",
        "09:00:11  worker.activity.update   Alice changed from Offline",
    ):
        assert part in text


def test_worker_who_was_moved_away(connection, world, workspace):
    """Who didn't answer in time is Offline, and the console says since when and why, until somebody changes it."""
    connection.advance(1200)
    assert "TaskRouter set Alice to Offline at 09:20:11: nobody answered Reservation WR63c2… in time." in str(
        show_console(workspace)
    )

    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Busy"])
    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Offline"])
    assert "TaskRouter set Alice" not in str(show_console(workspace))


def test_endless_offers_are_told_of(connection, world, workspace):
    """Where the timeout Activity is available, who lets offers time out is offered the same again and again."""
    idle = world.activity_sids["Idle"]
    connection.client.taskrouter.v1.workspaces(world.workspace_sid).update(timeout_activity_sid=idle)
    connection.advance(1200)
    assert "let 2 offers" not in str(show_console(workspace))
    connection.advance(1200)

    told = str(show_console(workspace))
    assert "Alice let 2 offers of Task WT" in told
    assert "The timeout Activity Idle is available, so TaskRouter can offer Alice the Task again." in told


def test_events_filter_with_a_typo_is_told(workspace):
    """The words say which type doesn't exist, and which one is nearest."""
    workspace.update(events_filter="task.created,reservation.accept")

    assert (
        "The events filter of this Workspace has a type that doesn't exist. No event has the type "
        "'reservation.accept'. The nearest type is reservation.accepted."
    ) in " ".join(str(show_console(workspace)).split())


@pytest.mark.parametrize("form", ["context", "instance", "sid"])
def test_workspace_comes_in_any_form(world, workspace, form):
    """As the SDK gives it, fetched or not, or by its SID: it is one console."""
    given = {"context": workspace, "instance": workspace.fetch(), "sid": world.workspace_sid}[form]

    assert show_console(given) is show_console(workspace)


@pytest.mark.parametrize("given", [None, 3, "Care Desk", object()], ids=["none", "number", "name", "object"])
def test_something_else_is_refused(connection, given):
    """The error says how to get a Workspace."""
    with pytest.raises(
        NotShowable, match=r"This view shows a Workspace, but you passed .*workspaces\(story.workspace_sid\)"
    ):
        show_console(given)


def test_looking_leaves_no_trace(connection, workspace):
    """Reading is neither on the learner's wire nor does it take lesson time."""
    connection.wire.clear()

    first, second = str(show_console(workspace)), str(show_console(workspace))

    assert first == second
    assert len(connection.wire) == 0


def test_workspace_that_is_gone_is_told(connection, workspace):
    """The board is empty then, and a sentence says what to do; a new one of the same SID is shown again."""
    console = show_console(workspace)
    connection.reset()
    gone = str(console)
    story.build(connection.client)

    assert gone.startswith("This Workspace no longer exists.")
    assert "Workers (2)" in str(console)


def test_timer_goes_with_its_workspace(world, workspace):
    """What would have happened next in a Workspace that is gone is no longer announced."""
    workspace.tasks.create(attributes="{}", workflow_sid=world.workflow_sid, routing_target=world.alice_sid, timeout=60)
    console = show_console(workspace)
    before = str(console)
    workspace.delete()

    assert "Next timer" in before
    assert "Next timer" not in str(console)


def test_more_than_is_read_is_said(world, workspace, monkeypatch):
    """Of very many the first are read, and the words say so instead of counting wrongly."""
    monkeypatch.setattr(reader, "LISTED", 2)

    assert "the first 1000 Workers" in str(show_console(workspace))


def test_another_life_of_the_emulator_is_read_anew(connection, world, workspace):
    """After a reset SIDs come again: what was known of them counts no more."""
    reading = Reader(story.workspace_of(connection.make_onlooker(), world), show_console(workspace)._clock)
    reading.read()
    connection.reset()
    again = story.build(connection.client)
    for number in range(9):
        workspace.workers.create(friendly_name=f"Worker {number}")

    snapshot = reading.read()

    assert again == world
    assert len(snapshot.workers) == 11
    assert not snapshot.tasks


def test_reading_again_takes_few_requests(connection, world, workspace, monkeypatch):
    """After one change the clock, the events, the Worker and the Worker's channels are read, whatever else there is."""
    onlooker = connection.make_onlooker()
    reading = Reader(story.workspace_of(onlooker, world), show_console(workspace)._clock)
    reading.read()
    asked: list[str] = []
    monkeypatch.setattr(onlooker.http_client, "request", recording(onlooker.http_client.request, asked))

    reading.read()
    unchanged = len(asked)
    workspace.workers(world.bob_sid).update(activity_sid=world.activity_sids["Busy"])
    reading.read()

    assert unchanged == 1
    assert [path.rpartition("/")[2].partition("?")[0] for path in asked[1:]] == ["Events", world.bob_sid, "Channels"]


def recording(request, asked):
    """`request`, noting what is asked for."""

    def noted(method, uri, *given, **named):
        asked.append(uri)
        return request(method, uri, *given, **named)

    return noted


def test_words_need_no_widgets(workspace, monkeypatch):
    """Where neither can be imported, words and static table are there."""
    for name in ("anywidget", "ipywidgets"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "helpers.console.portal_widget", raising=False)

    bundle = show_console(workspace)._repr_mimebundle_()

    assert set(bundle) == {"text/plain", "text/html"}


def test_console_of_a_connection_that_was_replaced_ends(connection, workspace):
    """Its feed and the thread of that end when the next connection's console is shown."""
    old = show_console(workspace)
    old._repr_mimebundle_()
    connections.disconnect()

    connection = connections.connect()
    show_console(connection.client.taskrouter.v1.workspaces.create(friendly_name="Next"))
    thread = old._feed._attendant._thread
    thread.join(timeout=5)

    assert not thread.is_alive()
