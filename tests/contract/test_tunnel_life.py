"""Life of a tunnel on the stage: lost by ngrok, and wanted by two notebooks."""

from __future__ import annotations

import time

from helpers.connection import connect
from helpers.ground.machine.tunnel import ngrok_tunnel
from tests.contract.kernel import run_kernel


def test_session_that_ngrok_ends_is_noticed(live, monkeypatch):
    """The agent runs on, so it is its log that tells; `expose` opens the same URL with a new agent."""
    monkeypatch.setattr(ngrok_tunnel, "LOOK_SECONDS", 0)
    listener = connect().listen()
    url = listener.expose()
    live.edge.drop(url.removeprefix("https://"))

    told = wait_for_trouble(listener)

    assert told == f"The ngrok agent has lost its connection and is trying again. Requests to {url} may not arrive."
    assert (listener.expose(), listener.tunnel_trouble()) == (url, None)


def test_second_notebook_is_told_of_the_first(live):
    """An account has a domain once; the first notebook's tunnel stays open."""
    listener = connect().listen()
    listener.expose(domain="desk.ngrok.app")

    told = run_kernel(live, "connect().listen().expose(domain='desk.ngrok.app')")

    assert "The endpoint 'https://desk.ngrok.app' is already online\". Another agent of your account uses it" in told
    assert (live.edge.online, listener.tunnel_trouble()) == (["desk.ngrok.app"], None)


def wait_for_trouble(listener) -> str | None:
    """What the listener tells of its tunnel, as soon as it does."""
    until = time.monotonic() + 5
    while listener.tunnel_trouble() is None and time.monotonic() < until:
        time.sleep(0.02)
    return listener.tunnel_trouble()
