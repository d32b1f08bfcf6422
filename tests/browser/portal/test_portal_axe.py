"""No page hinders anybody, in any width and theme."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.portal.opened_portal import OpenedPortal

WORDS = {
    "board": "Bob",
    "tasks": "support",
    "reservations": "Bob",
    "workers": "Bob",
    "queues": "Spanish",
    "workflows": "Customer Care Requests",
    "activities": "Offline",
    "settings": "transfer-failed",
    "events": "Bob",
    "/requests": "Create task",
    "/clock": "Bob",
}


@pytest.mark.parametrize("path", WORDS)
def test_nothing_hinders_anybody(portal: OpenedPortal, path: str):
    """Neither axe nor the window's edge, on each page with something on it."""
    portal.workspace.workers(portal.story.bob_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    for attributes in ('{"selected_language": "es"}', '{"selected_language": "en"}', '{"type": "support"}'):
        portal.task(attributes)
    portal.workspace.update(events_filter="task.created,reservation.accept")
    portal.open(path)
    expect(portal.page.get_by_text("Connected")).to_be_visible()

    assert portal.hindrances(portal.page.get_by_role("main").get_by_text(WORDS[path])) == []
