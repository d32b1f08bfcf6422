"""The portal's frame: header, navigation and keys lead everywhere, and the focus is never lost."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.portal.opened_portal import OpenedPortal


def test_address_without_a_workspace_leads_to_the_only_one(portal: OpenedPortal):
    """Whoever opens the emulator's address is at the Board of the Workspace, which has its name on top."""
    portal.open("/")

    portal.page.wait_for_url("**/board")
    expect(portal.page.get_by_role("button", name="Workspace: TaskRouter Notebooks")).to_be_visible()
    expect(portal.page.get_by_text("Connected")).to_be_visible()


def test_each_page_has_its_title_and_its_entry(portal: OpenedPortal):
    """Each entry of the navigation leads to its page, which says so in heading, entry and title."""
    portal.open()
    for link in portal.page.get_by_role("navigation").get_by_role("link").all():
        name = link.locator("span").first.inner_text()

        link.click()

        expect(portal.page.get_by_role("heading", level=1)).to_have_text(name)
        expect(link).to_have_attribute("aria-current", "page")
        expect(portal.page).to_have_title(f"{name} · TaskRouter Notebooks · TaskRouter emulator")


def test_back_and_reload_keep_the_place(portal: OpenedPortal):
    """Back returns to the page before, a reload stays."""
    portal.open("tasks")
    portal.page.keyboard.press("g")
    portal.page.keyboard.press("w")
    portal.page.wait_for_url("**/workers")
    portal.page.reload()
    expect(portal.page.get_by_role("heading", level=1)).to_have_text("Workers")

    portal.page.go_back()

    expect(portal.page.get_by_role("heading", level=1)).to_have_text("Tasks")


def test_go_to_finds_names_and_sids(portal: OpenedPortal):
    """Ctrl K, a few letters and Enter lead to a Worker by name, and to a Task by SID."""
    task = portal.task()
    portal.open()
    for words, path in (("ali", f"workers/{portal.story.alice_sid}"), (task.sid[:8], f"tasks/{task.sid}")):
        portal.page.keyboard.press("Control+k")
        expect(portal.page.get_by_role("combobox")).to_be_focused()
        portal.page.keyboard.type(words)
        expect(portal.page.get_by_role("option").first).to_be_visible()
        portal.page.keyboard.press("Enter")

        portal.page.wait_for_url(f"**/{path}")


def test_single_keys_can_be_turned_off(portal: OpenedPortal):
    """A letter does nothing in a field, nor after the reader turned single keys off; Ctrl K still does."""
    field, dialog = portal.page.get_by_role("combobox"), portal.page.locator("dialog")
    portal.open()
    portal.page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    portal.page.keyboard.type("gt")
    assert portal.path == "board"
    portal.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)  # before, the focus is still in its field

    portal.page.keyboard.press("?")
    portal.page.get_by_label("Single keys do something").uncheck()
    portal.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    portal.page.keyboard.type("gt")

    assert portal.path == "board"
    portal.page.keyboard.press("Control+k")
    expect(field).to_be_focused()


def test_dialogs_and_menus_give_the_focus_back(portal: OpenedPortal):
    """Escape closes what was opened, and what opened it has the focus again."""
    portal.open()
    for name in ("Keyboard and looks", "Go to…", "Workspace: TaskRouter Notebooks"):
        opener = portal.page.get_by_role("button", name=name)
        opener.press("Enter")
        expect(opener).not_to_be_focused()

        portal.page.keyboard.press("Escape")

        expect(opener).to_be_focused()


def test_chosen_theme_stays(portal: OpenedPortal):
    """A theme that was chosen is there after a reload, whatever the system says."""
    portal.open(theme="light")
    portal.page.keyboard.press("?")
    portal.page.get_by_role("button", name="Dark").click()

    portal.page.reload()

    assert portal.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert portal.page.evaluate("getComputedStyle(document.getElementById('portal')).colorScheme") == "dark"


def test_workspace_that_is_gone_is_told(portal: OpenedPortal):
    """A link to a Workspace that isn't there says so and offers those that are."""
    portal.open("/workspaces/WS00000000000000000000000000000000/tasks")

    expect(portal.page.get_by_text("This Workspace no longer exists.")).to_be_visible()
    portal.page.get_by_role("main").get_by_role("link", name="TaskRouter Notebooks").click()

    portal.page.wait_for_url(f"**/{portal.story.workspace_sid}/board")


def test_tutorials_workspace_is_made_by_a_click(portal: OpenedPortal):
    """In an empty emulator one button makes what lesson 1 makes, SIDs and all, and leads to its Board."""
    wanted = portal.running.snapshot()["records"]
    portal.running.reset()
    portal.open("/")
    expect(portal.page.get_by_role("navigation").get_by_role("link")).to_have_text(["Requests", "Clock"])

    portal.page.get_by_role("button", name="Create the tutorial's Workspace").click()

    portal.page.wait_for_url(f"**/{portal.story.workspace_sid}/board")
    expect(portal.page.get_by_role("link", name="Workflows 1")).to_be_visible()
    assert without_spaces(portal.running.snapshot()["records"]) == without_spaces(wanted)


def without_spaces(value: object) -> str:
    """JSON in which JSON texts have no spaces either."""
    return re.sub(r"\s", "", json.dumps(value))


@pytest.mark.own_page
def test_page_that_cannot_be_drawn_leaves_the_others(portal):
    """A sentence stands in its place, with the error; the navigation works, and so does another try."""
    portal.page.route_web_socket("**/portal/live", spoil)
    portal.task()
    portal.open("tasks")
    expect(portal.page.get_by_role("alert")).to_contain_text("This page can't be shown. This is an error in the portal")
    portal.page.get_by_role("link", name="Workers").click()

    expect(portal.page.get_by_role("heading", level=1)).to_have_text("Workers")
    assert portal.complaints
    portal.complaints.clear()


def spoil(socket):
    """Let the page believe that Tasks have no attributes."""
    server = socket.connect_to_server()
    server.on_message(lambda text: socket.send(text.replace('"attributes":"{', '"attributes_":"{')))
