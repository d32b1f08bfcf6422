"""The link to the portal in a cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.errors.view_problems import NotShowable

SAYS = "The portal is a web page of this emulator: Tasks, Workers, Workflows, requests and the clock."


def test_words_name_no_machine(connection):
    """The same on every run: its address is made in the browser, which has a name of its own for this machine."""
    shown = connection.portal()
    bundle = shown._repr_mimebundle_()

    assert str(shown) == bundle["text/plain"] == SAYS
    assert bundle["text/html"] == f"<p>{SAYS}</p>"
    assert repr(shown) == "Portal()"
    assert shown._feed.widget.place == {
        "workspace": None,
        "path": "/",
        "portal": {"port": int(connection.base_url.rpartition(":")[2])},
    }


def test_link_leads_to_a_task(connection, world, workspace):
    """Where it says why the Task waits."""
    task = workspace.tasks.list()[0]

    shown = connection.portal(task)
    shown._repr_mimebundle_()

    assert "It opens at Task WT6870…: why it waits or what happened" in str(shown)
    assert shown._feed.widget.place["path"] == f"/workspaces/{world.workspace_sid}/tasks/{task.sid}"


def test_something_else_is_refused(connection, workspace):
    """The error says how to get a Task."""
    with pytest.raises(NotShowable, match="This view shows a Task"):
        connection.portal(workspace.fetch())


def test_live_mode_leads_to_twilios_console(connection):
    """Which has no documented link to one Workspace."""
    bundle = replace(connection, mode="live", emulator=None).portal()._repr_mimebundle_()

    assert 'Choose the Workspace "TaskRouter Notebooks" in its list.' in bundle["text/plain"]
    assert 'href="https://console.twilio.com/us1/develop/taskrouter/workspaces"' in bundle["text/html"]
    assert set(bundle) == {"text/plain", "text/html"}


def test_emulator_elsewhere_has_a_portal_of_its_own(connection, world, workspace):
    """The link leads there; words have no port."""
    elsewhere = replace(connection, emulator=None, base_url="http://127.0.0.1:8700")

    shown = elsewhere.portal(workspace.tasks.list()[0])
    bundle = shown._repr_mimebundle_()

    assert "8700" not in bundle["text/plain"] + bundle["text/html"]
    assert shown._feed.widget.place["portal"] == {"url": "http://127.0.0.1:8700"}
