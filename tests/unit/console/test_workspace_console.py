"""The console over the kernel's own emulator."""

from __future__ import annotations

import queue
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from helpers import connection as connections
from helpers.connection import clients
from helpers.console import reader
from helpers.console.reader import Reader
from helpers.console.workspace_console import WorkspaceConsole
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.errors.view_problems import NotShowable
from helpers.lessons import story
from helpers.output.display import LOCK
from helpers.show import show_console


@pytest.fixture
def world(connection):
    """The tutorial's workspace, Alice Idle, a Spanish Task offered to her."""
    built = story.build(connection.client)
    workspace = story.workspace_of(connection.client, built)
    workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=built.workflow_sid)
    workspace.workers(built.alice_sid).update(activity_sid=built.activity_sids["Idle"])
    return built


@pytest.fixture
def workspace(connection, world):
    return story.workspace_of(connection.client, world)


def click(console, **asked):
    """Use a control as the page does, and return what came of it."""
    console._repr_mimebundle_()
    console._widget._handle_custom_msg({"id": "click-1", **asked}, [])
    return console._widget.answer


def activities(view):
    """The Activity of each Worker, as the page is to show it."""
    return [worker["activity_name"] for worker in view.state["workers"]]


def test_words_tell_the_whole_story(workspace):
    """Clock, next timer, lifecycle, board and events, the same on every run."""
    text = str(show_console(workspace))

    for part in (
        "Lesson time: Mon 2 Mar 2026, 09:00:11.",
        "of Alice times out, and Alice becomes Offline.",
        "[Worker reserved]",
        "Open Reservations (1)",
        "Alice   Idle      available      default 1 of 1",
        "worker.activity.update   Alice is Idle now, and was Offline.",
    ):
        assert part in text


def test_endless_offers_are_told_of(connection, world, workspace):
    """Where the timeout Activity is available, who lets offers time out is offered the same again and again."""
    idle = world.activity_sids["Idle"]
    connection.client.taskrouter.v1.workspaces(world.workspace_sid).update(timeout_activity_sid=idle)
    connection.advance(1200)
    assert show_console(workspace)._view.state["trouble"] == ""
    connection.advance(1200)

    show_console(workspace).refresh()
    told = show_console(workspace)._view.state["trouble"]
    assert told.startswith("Alice let 2 offers of Task WT")
    assert told.endswith("The timeout Activity Idle is available, so TaskRouter can offer Alice the Task again.")


@pytest.mark.parametrize("form", ["context", "instance", "sid"])
def test_workspace_comes_in_any_form(world, workspace, form):
    """As the SDK gives it, fetched or not, or by its SID: it is one console."""
    given = {"context": workspace, "instance": workspace.fetch(), "sid": world.workspace_sid}[form]

    assert show_console(given) is show_console(workspace)


@pytest.mark.parametrize("given", [None, 3, "Care Desk", object()], ids=["none", "number", "name", "object"])
def test_something_else_is_refused(connection, given):
    """The error says how to get a Workspace."""
    with pytest.raises(NotShowable, match=r"This shows a Workspace, and got .*workspaces\(story.workspace_sid\)"):
        show_console(given)


def test_looking_leaves_no_trace(connection, workspace):
    """Reading is neither on the learner's wire nor does it take lesson time."""
    connection.wire.clear()

    first, second = str(show_console(workspace)), str(show_console(workspace))

    assert first == second
    assert len(connection.wire) == 0


def test_control_is_a_call_of_the_learners_client(connection, world, workspace):
    """It is on the wire like any other, and its twin is what one would have typed."""
    bob, idle = world.bob_sid, world.activity_sids["Idle"]
    connection.wire.clear()

    answer = click(show_console(workspace), action="activity", worker=bob, activity=idle)

    assert [(each.method, dict(each.parameters)) for each in connection.wire] == [("POST", {"ActivitySid": idle})]
    place = f'client.taskrouter.v1.workspaces("{world.workspace_sid}").workers("{bob}")'
    assert answer["code"] == f'{place}.update(activity_sid="{idle}")'
    assert answer["text"] == "Bob is Idle now."


def test_refusal_is_told_in_words(workspace):
    """A Reservation can be accepted once: the second answer is TaskRouter's refusal, with what to do."""
    task = workspace.tasks.list()[0]
    asked = {"action": "accept", "task": task.sid, "reservation": workspace.tasks(task.sid).reservations.list()[0].sid}
    console = show_console(workspace)

    first, second = click(console, **asked), click(console, **asked)

    assert (first["done"], second["done"]) == (True, False)
    assert "TaskRouter refused this request: 400" in second["text"]
    assert "What to do:" in second["text"]


def test_clock_goes_to_the_next_timer(connection, workspace):
    """The Reservation times out, and Alice is Offline as the clock had said."""
    answer = click(show_console(workspace), action="next timer")

    assert answer["code"] == "connection.advance(1200)"
    assert "Alice is Offline now, and was Idle." in str(show_console(workspace))


def test_click_on_replay_lets_a_request_arrive_again(connection, workspace):
    """With a changed parameter it is signed anew, and the answer names the change."""
    listener = connection.listen()
    listener.inbox.clear()
    workspace.update(event_callback_url=listener.events_url)
    workspace.activities.create(friendly_name="Lunch")
    received = listener.inbox.wait(path="/events")

    answer = click(show_console(workspace), action="replay", key=received.number, edit={"EventType": "changed"})

    assert answer["text"] == f"Request {received.number} was sent again with EventType changed."
    assert listener.inbox.last.parameters["EventType"] == "changed"
    assert listener.inbox.last.signature == "valid"


def test_change_appears_by_itself(world, workspace, monkeypatch):
    """Somebody else's call, also while a cell runs: the refresher shows it without being asked."""
    console = show_console(workspace)
    console._repr_mimebundle_()
    shown: queue.Queue[list[str]] = queue.Queue()
    monkeypatch.setattr(console._widget, "redraw", lambda view: shown.put(activities(view)))

    workspace.workers(world.bob_sid).update(activity_sid=world.activity_sids["Idle"])

    assert ["Idle", "Idle"] in iter(lambda: shown.get(timeout=5), None)


def test_reading_never_holds_the_lock_of_the_views(workspace, monkeypatch):
    """The refresher shows while it reads: whoever read while holding that lock would wait for it for ever."""
    console = show_console(workspace)
    free: list[bool] = []
    monkeypatch.setattr(console, "_read", lambda: free.append(in_another_thread(is_lock_free)))

    console._repr_mimebundle_()
    str(console)

    assert free == [True, True]


def is_lock_free():
    """Whether this thread could have the lock."""
    free = LOCK.acquire(blocking=False)
    if free:
        LOCK.release()
    return free


def in_another_thread(function):
    """What `function` returns there."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function).result()


def test_workspace_that_is_gone_is_told(connection, workspace):
    """The board is empty then, and a sentence says what to do; a new one of the same SID is shown again."""
    console = show_console(workspace)
    connection.reset()
    gone = str(console)
    story.build(connection.client)

    assert gone.startswith("There is no such Workspace any more.")
    assert "Workers (2)" in str(console)


def test_timer_goes_with_its_workspace(world, workspace):
    """What would have happened next in a Workspace that is gone is no longer announced."""
    workspace.tasks.create(attributes="{}", workflow_sid=world.workflow_sid, routing_target=world.alice_sid, timeout=60)
    console = show_console(workspace)
    before = console._view.state["clock"]["next"]
    workspace.delete()
    console.refresh()

    assert before.startswith("Next timer")
    assert console._view.state["clock"]["next"] == "No timer runs: nothing will happen by itself."


def test_more_than_is_read_is_said(world, workspace, monkeypatch):
    """Of very many the first are read, and the words say so instead of counting wrongly."""
    monkeypatch.setattr(reader, "LISTED", 2)

    assert "Only the first 1000 Workers were read" in str(show_console(workspace))


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


def test_whatever_goes_wrong_is_told(workspace, monkeypatch):
    """The refresher's thread neither dies nor prints: the page says what is wrong, and the next look may be right."""
    console = show_console(workspace)
    console._repr_mimebundle_()
    read = console._reader.read
    monkeypatch.setattr(console._reader, "read", lambda: {}["surprise"])
    console._look()
    surprised = console._widget.state["trouble"]
    monkeypatch.setattr(console._reader, "read", read)
    console._look()

    assert surprised == "The console cannot be drawn: 'surprise'"
    assert console._widget.state["trouble"] == ""


def test_requests_that_cannot_be_drawn_are_told(workspace, monkeypatch):
    """Not only reading may fail: what fails in drawing is told, too."""
    console = show_console(workspace)
    console._repr_mimebundle_()
    monkeypatch.setattr(console, "_requests_now", lambda: {}["surprise"])
    console._look()

    assert console._widget.state["trouble"] == "The console cannot be drawn: 'surprise'"


def test_live_time_cannot_be_moved(connection, world, monkeypatch):
    """In live mode the clock says that time is Twilio's, and the console looks at intervals."""
    monkeypatch.setattr(clients, "make_transport", lambda mode, url, is_home=True, **more: EmulatorHttpClient(url))
    console = WorkspaceConsole(replace(connection, mode="live", emulator=None), world.workspace_sid)

    answer = click(console, action="advance", seconds=60)

    assert (answer["done"], answer["code"]) == (False, "connection.advance(60)")
    assert answer["text"].startswith("Only the emulator's clock can be moved")
    assert console._widget.state["polled"]
    assert "Time is Twilio's: it passes by itself, and nothing here can move it." in str(console)


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
    monkeypatch.delitem(sys.modules, "helpers.output.widget", raising=False)

    bundle = show_console(workspace)._repr_mimebundle_()

    assert set(bundle) == {"text/plain", "text/html"}


def test_console_of_a_connection_that_was_replaced_ends(connection, workspace):
    """Its thread and its subscription to the inbox end when the next connection's console is shown."""
    earlier = list(connection.listen().inbox._observers)
    old = show_console(workspace)
    old._attendant.start()
    (observer,) = [each for each in connection.listen().inbox._observers if each not in earlier]
    connections.disconnect()

    connection = connections.connect()
    show_console(connection.client.taskrouter.v1.workspaces.create(friendly_name="Next"))
    old._attendant._thread.join(timeout=5)

    assert not old._attendant._thread.is_alive()
    assert observer not in connection.listen().inbox._observers
