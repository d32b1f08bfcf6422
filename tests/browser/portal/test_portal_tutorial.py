"""The official page's steps in the portal, from its address on: by keyboard alone, then by mouse."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests.browser.portal.opened_portal import OpenedPortal

MOST_TABS = 40


def test_tutorial_by_keyboard_alone(portal: OpenedPortal):
    """Alice becomes Offline, a Spanish Task waits in the list, Alice becomes Idle and accepts: no mouse anywhere."""
    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    portal.open("/")
    keys = portal.page.keyboard

    _tab_to(portal, "Activity of Alice: Idle available")
    keys.press("Enter")
    keys.type("o")
    keys.press("Enter")
    expect(portal.page.get_by_role("button", name="Activity of Alice")).to_contain_text("Offline")

    keys.press("c")
    expect(portal.page.get_by_label("Attributes", exact=True)).to_be_focused()
    keys.press("Control+a")
    keys.type('{"selected_language": "es"}')
    expect(portal.page.get_by_role("region", name="Route preview")).to_contain_text("It will wait")
    keys.press("Control+Enter")
    expect(portal.page.get_by_role("dialog")).to_have_count(0)

    keys.press("g")
    keys.press("t")
    expect(portal.page.get_by_role("row").last).to_contain_text("Spanish · Alice is Offline")
    _tab_to(portal, "pending")
    keys.press("Enter")
    expect(portal.page.get_by_role("heading", name='{"selected_language":"es"}')).to_be_focused()
    expect(portal.page.get_by_role("button", name="Set Alice to Idle")).to_be_visible()
    keys.press("Control+Enter")
    expect(portal.page.locator(".tr-why-sentence")).to_contain_text("Offered to Alice")
    expect(portal.page.get_by_role("heading", name='{"selected_language":"es"}')).to_be_focused()

    _tab_to(portal, "Accept")
    keys.press("Enter")
    expect(portal.page.locator(".tr-drawer-head")).to_contain_text("assigned")
    assert portal.focused

    task = portal.workspace.tasks.list()[0]
    assert (task.assignment_status, json.loads(task.attributes)) == ("assigned", {"selected_language": "es"})


def test_tutorial_by_mouse(portal: OpenedPortal):
    """The same with at most four clicks a step."""
    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    page = portal.page
    portal.open("/")

    page.get_by_role("button", name="Activity of Alice").click()
    page.get_by_role("menuitemradio", name="Offline").click()
    page.get_by_role("button", name="Create task").first.click()
    page.get_by_role("button", name='"es"').click()
    expect(page.get_by_role("region", name="Route preview")).to_contain_text("It will wait")
    page.get_by_role("button", name="Create task").last.click()
    expect(page.get_by_role("region", name="Task changed last")).to_contain_text("Alice is the closest match")
    page.get_by_role("link", name="Tasks").first.click()
    expect(page.get_by_role("row").last).to_contain_text("Spanish · Alice is Offline")
    page.get_by_role("row").last.click()
    page.get_by_role("button", name="Set Alice to Idle").click()
    page.get_by_role("button", name="Accept").click()

    expect(page.locator(".tr-drawer-head")).to_contain_text("assigned")
    assert [task.assignment_status for task in portal.workspace.tasks.list()] == ["assigned"]


def _tab_to(portal: OpenedPortal, words: str) -> None:
    """Press Tab until something with these words has the focus."""
    for _ in range(MOST_TABS):
        portal.page.keyboard.press("Tab")
        if words in " ".join(portal.focused.split()):
            return
    raise AssertionError(f"{words} isn't reached with {MOST_TABS} tabs; the focus is on {portal.focused}")
