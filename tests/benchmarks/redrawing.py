"""How soon the portal shows a change, how soon it draws at all, and how smoothly ten thousand Tasks scroll."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page
from twilio.rest import Client

from tests.benchmarks.crowd import seed
from tests.benchmarks.figures import Figure, Size
from tests.benchmarks.processes import emulator
from tests.browser.chromium import started_browser

__all__ = ["measure"]

_CROWDS = (((200, 50), 100), ((10_000, 50), 300))
"""Tasks and Workers, and the milliseconds after which a change must be on the page."""

_WHEN_SHOWN = """text => {
    const list = document.querySelector('main');
    window.shown = new Promise(seen => {
        const drawn = () => requestAnimationFrame(() => seen(performance.timeOrigin + performance.now()));
        const look = () => list.textContent.includes(text) && (observer.disconnect(), drawn());
        const observer = new MutationObserver(look);
        observer.observe(list, {subtree: true, childList: true, characterData: true});
    });
}"""
_SCROLL = """frames => new Promise(done => {
    const [list, took] = [document.querySelector('.tr-table'), []];
    let last;
    const step = now => {
        if (last !== undefined) took.push(now - last);
        last = now;
        list.scrollTop += 900;
        if (took.length < frames) requestAnimationFrame(step); else done(took);
    };
    requestAnimationFrame(step);
})"""
_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def measure(size: Size, folder: Path) -> list[Figure]:
    """Milliseconds in a browser on this machine."""
    figures = []
    with started_browser() as browser:
        for (tasks, workers), limit in _CROWDS:
            with _opened(browser, folder, min(tasks, size.large[0]), workers) as (page, client):
                crowd = f"{tasks:,} Tasks and {workers} Workers"
                painted = page.evaluate(_FIRST_PAINT)
                took = median(_redraws(page, client, min(tasks, size.large[0]), size.rounds))
                frame = median(page.evaluate(_SCROLL, size.sdk_calls))
                figures += [
                    Figure(f"{crowd}: first paint", painted, "ms", 1000),
                    Figure(f"{crowd}: from the return of the SDK's call to the redraw", took, "ms", limit),
                    Figure(f"{crowd}: a frame while 900 px a frame are scrolled", frame, "ms"),
                ]
    return figures


@contextmanager
def _opened(browser: Browser, folder: Path, tasks: int, workers: int) -> Iterator[tuple[Page, Client]]:
    """The portal's list of Tasks, which are as many as that, all waiting."""
    world = folder / "portal.json"
    world.write_bytes(seed(tasks, workers))
    with emulator(None, "--load", str(world)) as server:
        client = server.client()
        (workspace,) = client.taskrouter.v1.workspaces.list()
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{server.url}/workspaces/{workspace.sid}/tasks")
        page.get_by_text(f"{tasks:,} Tasks").wait_for()
        yield page, client
        page.close()


def _redraws(page: Page, client: Client, tasks: int, times: int) -> list[float]:
    """Create a Task again and again; milliseconds until each is in the list and in its number."""
    (workspace,) = client.taskrouter.v1.workspaces.list()
    (workflow,) = workspace.workflows.list()
    return [_redraw(page, workspace, workflow.sid, tasks + number + 1) for number in range(times)]


def _redraw(page: Page, workspace: Any, workflow_sid: str, number: int) -> float:
    page.evaluate(_WHEN_SHOWN, f"{number:,} Tasks")
    workspace.tasks.create(workflow_sid=workflow_sid, attributes='{"language": "language 1"}')
    returned = time.time() * 1000
    return float(page.evaluate("shown")) - returned
