"""An idle page is idle: no timer fires and nothing is drawn while nothing happens."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.portal.opened_portal import OpenedPortal

IDLE_MS = 2000  # ages tick every second, if they tick
BUSY = {"TimerFire", "FireAnimationFrame", "FunctionCall", "UpdateLayoutTree", "Layout", "Paint"}


@pytest.mark.parametrize("path", ["board", "/clock"])
def test_page_does_nothing_while_nothing_happens(portal: OpenedPortal, browser: Browser, path: str):
    """With Tasks that wait, timers that run and a clock that stands still, the browser has nothing to do."""
    portal.task()
    portal.workspace.workers(portal.story.bob_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    portal.task('{"selected_language": "en"}')
    portal.open(path)
    expect(portal.page.get_by_text("Connected")).to_be_visible()
    portal.page.wait_for_timeout(1000)  # what follows from loading, such as answers of the engine, is over

    assert busy_events(browser, portal) == set()


def test_running_clock_ticks_once_a_second(portal: OpenedPortal, browser: Browser):
    """The measurement sees work where there is some: one timer for everything that shows time."""
    portal.task()
    portal.running.run()
    try:
        portal.open("board")
        portal.page.wait_for_timeout(1000)

        assert {"TimerFire", "Paint"} <= busy_events(browser, portal)
    finally:
        portal.running.pause()


def busy_events(browser: Browser, portal: OpenedPortal) -> set[str]:
    """What the page does in two seconds, by the names of Chromium's traces."""
    browser.start_tracing(page=portal.page, categories=["devtools.timeline"])
    portal.page.wait_for_timeout(IDLE_MS)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    first = min((event["ts"] for event in events if event["ts"]), default=0)  # the trace itself draws a frame
    return {event["name"] for event in events if event["ts"] > first + 500_000} & BUSY
