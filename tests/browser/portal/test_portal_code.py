"""The code beside a control, and the editor of JSON, as a reader uses them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.portal.opened_portal import OpenedPortal

COPIED = "navigator.clipboard.readText()"


def open_alice(portal: OpenedPortal) -> Locator:
    """Open Alice's attributes and return their field."""
    portal.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    portal.open(f"workers/{portal.story.alice_sid}/attributes")
    field = portal.page.get_by_role("textbox", name="Attributes")
    expect(field).to_have_value('{\n  "languages": ["en", "es"]\n}')
    return field


def test_code_is_copied_whole(portal: OpenedPortal):
    """SIDs are short on the screen and whole on the clipboard; no secret is in either."""
    open_alice(portal).fill('{"languages": ["en"]}')
    code = portal.page.get_by_label("Code in Python")
    expect(code).to_contain_text(f'.workers("{portal.story.alice_sid[:6]}…{portal.story.alice_sid[-4:]}")  # Alice')

    portal.page.get_by_role("button", name="Copy", exact=True).click()

    copied = portal.page.evaluate(COPIED)
    compile(copied, "copied", "eval")
    assert f'.workers("{portal.story.alice_sid}")' in copied
    portal.page.get_by_role("button", name="Set-up").click()
    portal.page.get_by_role("button", name="Copy", exact=True).click()
    with_set_up = portal.page.evaluate(COPIED)
    compile(with_set_up, "copied", "exec")
    assert with_set_up.endswith(f"\n\n{copied}")
    assert portal.running.auth_token not in portal.page.content() + with_set_up


def test_language_is_chosen_once(portal: OpenedPortal):
    """Node, chosen with an arrow, is there after a reload and beside another control."""
    open_alice(portal).fill('{"languages": ["en"]}')
    portal.page.get_by_role("tab", name="Python").press("ArrowRight")
    expect(portal.page.get_by_label("Code in Node")).to_contain_text("await client.taskrouter.v1")

    portal.open("workers/new")

    expect(portal.page.get_by_label("Code in Node")).to_contain_text(".workers.create")


def test_keys_of_the_editor_are_the_browsers(portal: OpenedPortal):
    """Enter goes in a step after a bracket, Undo takes all of it back, Tab leaves."""
    field = open_alice(portal)
    field.press("Control+a")
    portal.page.keyboard.insert_text("{}")
    portal.page.keyboard.press("ArrowLeft")
    portal.page.keyboard.press("Enter")
    portal.page.keyboard.insert_text('"vip": true')
    expect(field).to_have_value('{\n  "vip": true\n}')

    for _ in range(4):
        portal.page.keyboard.press("Control+z")
    expect(field).to_have_value('{\n  "languages": ["en", "es"]\n}')
    portal.page.keyboard.press("Tab")
    expect(field).not_to_be_focused()


def test_colours_lie_under_the_text(portal: OpenedPortal):
    """Long lines, another direction of writing and emoji: both layers wrap alike, so the cursor is where it seems."""
    field = open_alice(portal)
    field.fill('{\n  "عربي": "مرحبا 😀 بالعالم",\n  "long": "' + "wörter 👩‍💻 und mehr " * 40 + '"\n}')

    heights = portal.page.evaluate(
        "['.tr-json-lines', '.tr-json-frame textarea'].map(each => document.querySelector(each).scrollHeight)"
    )
    assert heights[0] == heights[1] > 200


@pytest.mark.own_page
def test_message_waits_until_somebody_stops_typing(portal: OpenedPortal):
    """Half-typed JSON is no error yet; what stays broken is one, and says in which line."""
    field = open_alice(portal)
    portal.page.clock.install(time=0)
    portal.page.clock.pause_at(1000)
    field.fill('{\n  "languages": [\n}')
    portal.page.clock.run_for(300)
    message = portal.page.get_by_text("Line 3: this isn't valid JSON.")
    expect(message).to_have_count(0)

    portal.page.clock.run_for(200)

    expect(message).to_be_visible()
    expect(portal.page.locator(".tr-json-lines [data-bad]")).to_have_text("}")


def test_link_can_propose_attributes(portal: OpenedPortal):
    """What a link proposes stands in the field as if it had been typed; nothing is saved, and Undo takes it away."""
    portal.open(f'workers/{portal.story.bob_sid}/attributes?attributes={{"languages":["en","es"]}}')

    field = portal.page.get_by_role("textbox", name="Attributes")
    expect(field).to_have_value('{\n  "languages": ["en", "es"]\n}')
    expect(portal.page.get_by_text("edited")).to_be_visible()
    assert portal.path == f"workers/{portal.story.bob_sid}/attributes"
    portal.page.get_by_role("button", name="Undo").click()
    expect(field).to_have_value('{\n  "languages": ["en"]\n}')


def test_letter_opens_the_menu_of_the_focused_worker(portal: OpenedPortal):
    """A opens the Activity menu of the row with the focus; a letter in it finds an Activity."""
    portal.open("workers")
    portal.page.get_by_role("row", name="Alice").focus()
    portal.page.keyboard.press("ArrowDown")
    portal.page.keyboard.press("a")
    portal.page.keyboard.press("i")
    portal.page.keyboard.press("Enter")

    expect(portal.page.get_by_role("button", name="Activity of Bob: Idle available")).to_be_focused()
