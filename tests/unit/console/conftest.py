"""A Workspace to show, and a page that shows it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from helpers.console import widget_feed
from helpers.lessons import story


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
    """The SDK's context of it."""
    return story.workspace_of(connection.client, world)


@pytest.fixture
def idle_attendant(monkeypatch):
    """No attendant looks by itself: a test looks when it wants."""

    def do_nothing() -> None:
        pass

    attendant = SimpleNamespace(start=do_nothing, wake=do_nothing, present=do_nothing, stop=do_nothing)
    ground = SimpleNamespace(attend=lambda look, interval: attendant, has_ports=True)
    monkeypatch.setattr(widget_feed, "current_ground", lambda: ground)


@pytest.fixture
def look(connection):
    """Let a display's widget be told at once what has changed until now."""

    def look(display: Any) -> None:
        connection.emulator.call(lambda emulator: connection.emulator._service.portal.feed.flush())
        display._feed.look()

    return look


class Page:
    """What a page is to a widget: it asks, and hears messages."""

    def __init__(self, widget: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.widget = widget
        self.heard: list[dict[str, Any]] = []
        monkeypatch.setattr(widget, "send", self.heard.append)

    def ask(self, **asked: Any) -> dict[str, Any]:
        """Ask for something, and return the answer."""
        self.widget._handle_custom_msg({"id": "1", **asked}, [])
        return next(each for each in reversed(self.heard) if each["type"] == "answer")

    def call(self, method: str, path: str, **form: Any) -> dict[str, Any]:
        """Ask for a request, and return its answer."""
        return self.ask(verb="call", method=method, path=path, form=form)


@pytest.fixture
def page_of(monkeypatch):
    """A page that shows a display."""

    def show(display: Any) -> Page:
        display._repr_mimebundle_()
        return Page(display._feed.widget, monkeypatch)

    return show
