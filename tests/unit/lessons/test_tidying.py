"""Tidying up: the tunnel first, then what is this kernel's, whether others are there or not."""

from __future__ import annotations

import pytest

from helpers import connection as connections
from helpers.callbacks.listener import current_listener, stop_listening
from helpers.emulator.server import start
from helpers.errors.listener_errors import ListenerStopped
from helpers.lessons import story
from helpers.lessons.lessons import catch_up
from helpers.lessons.tidying import tidy_up

ACCOUNT, TOKEN = "AC" + "2" * 32, "t" * 32


@pytest.fixture
def shared(no_dotenv, monkeypatch, tmp_path):
    """An emulator that others use, too, at TASKROUTER_URL."""
    with start(account_sid=ACCOUNT, auth_token=TOKEN) as running:
        monkeypatch.setenv("TASKROUTER_URL", running.url)
        monkeypatch.setenv("TASKROUTER_ACCOUNT_SID", ACCOUNT)
        monkeypatch.setenv("TASKROUTER_AUTH_TOKEN", TOKEN)
        monkeypatch.setenv("TASKROUTER_LIVE_LEDGER", str(tmp_path / "live"))
        yield running
        connections.disconnect()


def names_in(running):
    """Names of all Workspaces there."""
    return [each["friendly_name"] for each in running.snapshot()["records"].get("workspace", [])]


def test_it_says_what_it_removed(connection, capsys):
    """The clean-up names the workspace it removed, and a second one finds nothing."""
    world = catch_up(2)
    capsys.readouterr()

    tidy_up()
    tidy_up()

    removed, nothing = capsys.readouterr().out.splitlines()
    assert removed == f"Removed: TaskRouter Notebooks ({world.workspace_sid}), with everything in it."
    assert nothing == "Nothing to remove."


def test_tunnel_is_closed_first(connection, monkeypatch, capsys):
    """It is open to everyone, so it is closed before anything is asked of TaskRouter; a failure there stops nothing."""
    catch_up(2)
    connection.listen()
    capsys.readouterr()
    seen = []

    def hide(listener):
        seen.extend(connection.client.taskrouter.v1.workspaces.list())
        raise ListenerStopped("A tunnel")

    monkeypatch.setattr("helpers.callbacks.Listener.hide", hide)
    tidy_up()
    monkeypatch.undo()

    assert [each.friendly_name for each in seen] == [story.WORKSPACE]
    told = capsys.readouterr().out
    assert told.startswith("A tunnel may still be open: A tunnel needs")
    assert "Removed: TaskRouter Notebooks" in told


def test_other_workspaces_of_a_server_stay(shared, capsys):
    """On an emulator that others use only this kernel's own Workspace is removed and built, under a name of its own."""
    connection = connections.connect()
    others = ["production", story.WORKSPACE, f"{story.WORKSPACE} 0a1b2c3d"]
    for name in others:
        connection.client.taskrouter.v1.workspaces.create(friendly_name=name)

    catch_up(4)
    world = catch_up(2)

    assert names_in(shared) == [*others, connection.workspace_name]
    assert f"- the Workspace “{connection.workspace_name}” has Alice and Bob" in capsys.readouterr().out
    assert story.find(connection.client, connection.workspace_name) == world
    tidy_up()
    assert names_in(shared) == others


def test_next_kernel_removes_what_the_last_one_left(shared, capsys):
    """A Workspace left on such an emulator is told by the next connection, and goes with its clean-up."""
    catch_up(2)
    left = connections.connect().workspace_name
    connections.disconnect()
    capsys.readouterr()

    connections.connect()
    told = capsys.readouterr().out.splitlines()
    tidy_up()

    assert [left in told[0], told[1:]] == [True, ["`tidy_up()` deletes what earlier runs left."]]
    assert names_in(shared) == []
    assert capsys.readouterr().out.startswith(f"Removed: {left} (WS")


@pytest.mark.usefixtures("connection")
def test_no_listener_is_started():
    """Where there is none, there is nothing to close."""
    stop_listening()
    tidy_up()

    assert current_listener() is None


def test_it_says_that_the_tunnel_is_closed(connection, capsys):
    """A public URL that was open is named, once."""
    url = connection.listen().expose()
    capsys.readouterr()

    tidy_up()
    tidy_up()

    assert capsys.readouterr().out.splitlines() == [f"{url} no longer leads to this listener.", "Nothing to remove."]
