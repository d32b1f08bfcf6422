"""What a widget is told, by whom, and when."""

from __future__ import annotations

import queue
import threading
from dataclasses import replace

import pytest

from helpers.connection import clients
from helpers.console.messages import merge
from helpers.console.widget_feed import open_feed
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.lessons import story
from helpers.show import show_console


def states(message):
    """The Activity of each Worker that a message has."""
    return [each["activity_name"] for each in message.get("records", {}).get("workers", {}).values()]


def test_change_appears_by_itself(world, workspace, page_of, monkeypatch):
    """Somebody else's call, also while a cell runs: the page is told without asking."""
    page = page_of(show_console(workspace))
    told: queue.Queue[dict] = queue.Queue()
    monkeypatch.setattr(page.widget, "send", told.put)

    workspace.workers(world.bob_sid).update(activity_sid=world.activity_sids["Idle"])

    assert ["Idle"] in iter(lambda: states(told.get(timeout=5)), None)


@pytest.mark.usefixtures("idle_attendant")
def test_state_stays_whole(world, workspace, page_of, look):
    """A page that is loaded later gets what all the changes lead to."""
    console = show_console(workspace)
    page = page_of(console)
    before = dict(page.widget.state)
    workspace.workers(world.bob_sid).update(activity_sid=world.activity_sids["Idle"])
    look(console)

    merged: dict = {}
    merge(merged, before)
    for message in page.heard:
        merge(merged, message)
    assert merged == page.widget.state
    assert page.widget.state["records"]["workers"][world.bob_sid]["activity_name"] == "Idle"
    assert [each["seq"] for each in page.heard] == list(range(1, len(page.heard) + 1))


@pytest.mark.usefixtures("idle_attendant")
def test_page_that_missed_something_gets_the_whole(world, workspace, page_of, look):
    """It asks to watch, and hears the state."""
    console = show_console(workspace)
    page = page_of(console)
    page.widget._handle_custom_msg({"verb": "watch", "workspace": world.workspace_sid}, [])
    look(console)

    assert [each["type"] for each in page.heard] == ["state"]
    assert page.heard[0]["names"] == page.widget.state["names"]


@pytest.mark.usefixtures("idle_attendant")
def test_page_that_asks_to_watch_waits_for_a_look(world, workspace, page_of, look, monkeypatch):
    """Messages of the earlier Workspace aren't taken while it is left."""
    console = show_console(workspace)
    page = page_of(console)
    source, reading, done = console._feed._source, threading.Event(), threading.Event()
    order: list[str] = []

    def take() -> list[dict]:
        reading.set()
        done.wait(0.2)  # a watch that doesn't wait comes first
        order.append("taken")
        return []

    def watch(workspace_sid: str | None) -> None:
        order.append("watched")
        done.set()

    monkeypatch.setattr(source, "take", take)
    monkeypatch.setattr(source, "watch", watch)
    looking = threading.Thread(target=console._feed.look)
    looking.start()
    reading.wait(5)
    page.widget._handle_custom_msg({"verb": "watch", "workspace": world.workspace_sid}, [])
    looking.join(5)

    assert order == ["taken", "watched"]


@pytest.mark.usefixtures("idle_attendant")
def test_names_of_cells_are_told(world, workspace, page_of, cells, look):
    """When a cell has given one; code is shown with it from then on."""
    console = show_console(workspace)
    page = page_of(console)
    cells.update(desk=workspace, story=world)
    look(console)
    look(console)

    (told,) = page.heard
    assert told["names"][world.workspace_sid] == "desk"
    assert told["names"][world.alice_sid] == "story.alice_sid"


@pytest.mark.usefixtures("idle_attendant")
def test_whatever_goes_wrong_is_told(workspace, page_of, look, monkeypatch):
    """The attendant's thread neither dies nor prints: the page says what is wrong, and the next look may be right."""
    console = show_console(workspace)
    page = page_of(console)
    with monkeypatch.context() as patch:
        patch.setattr(console._feed._source, "take", lambda: {}["surprise"])
        look(console)
    look(console)

    assert [each["notes"] for each in page.heard] == [["The console can't be shown: 'surprise'"], []]


@pytest.mark.usefixtures("idle_attendant")
def test_workspace_that_is_gone_is_told_and_its_successor_shown(connection, world, workspace, page_of, look):
    """After a reset SIDs come again."""
    console = show_console(workspace)
    page = page_of(console)
    connection.reset()
    look(console)
    gone = dict(page.widget.state["records"]["workspace"])
    story.build(connection.client)
    look(console)

    assert gone == {}
    assert list(page.widget.state["records"]["workspace"]) == [world.workspace_sid]


@pytest.mark.usefixtures("idle_attendant")
def test_live_workspace_is_read_in_the_same_form(connection, world, workspace, monkeypatch):
    """The same records as the emulator's own, but for what the API doesn't tell, and requests of wire and inbox."""
    own = open_feed(connection, world.workspace_sid, "console", "/", "Console()")
    monkeypatch.setattr(clients, "make_transport", lambda mode, url, is_home=True, **more: EmulatorHttpClient(url))
    live = replace(connection, mode="live", emulator=None)
    read = open_feed(live, world.workspace_sid, "console", "/", "Console()")
    told, found = own.widget.state, read.widget.state

    assert found["mode"] == "live"
    assert {kind: set(each) for kind, each in found["records"].items()} == {
        kind: set(each) for kind, each in told["records"].items()
    }
    for kind, records in told["records"].items():
        for sid, record in records.items():
            common = record.keys() & found["records"][kind][sid].keys()
            assert {name: found["records"][kind][sid][name] for name in common} == {
                name: record[name] for name in common
            }
            assert record.keys() - common <= {"version"}
    told_of = ("sentence", "about", "event_type", "task_sid")
    assert sorted(str([each[name] for name in told_of]) for each in found["events"]) == sorted(
        str([each[name] for name in told_of]) for each in told["events"]
    )
    assert {each["kind"] for each in found["requests"]} == {"api"}
    workspace.workers(world.bob_sid).update(activity_sid=world.activity_sids["Idle"])
    read.look()
    assert found["records"]["workers"][world.bob_sid]["activity_name"] == "Idle"
    own.close()
    read.close()
