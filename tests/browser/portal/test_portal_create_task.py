"""Create task: the route before the Task is there, limits before anything is sent, and nothing typed is lost."""

from __future__ import annotations

import json
from urllib.parse import quote

from playwright.sync_api import Locator, expect
from twilio.rest import Client

from helpers.emulator.sdk import EmulatorHttpClient
from helpers.emulator.server import start
from helpers.lessons import story
from tests.browser.portal.opened_portal import SPANISH, OpenedPortal

LINK = f"tasks/new?attributes={quote(SPANISH)}"


def editor(portal: OpenedPortal) -> Locator:
    """The editor of the attributes."""
    return portal.page.get_by_label("Attributes", exact=True)


def preview(portal: OpenedPortal) -> Locator:
    """The route that the Task would take."""
    return portal.page.get_by_role("region", name="Route preview")


def test_link_fills_the_dialog_and_one_key_creates(portal: OpenedPortal):
    """A link with attributes, a look at the route, Ctrl Enter from the editor; the toast leads to the Task."""
    portal.open(LINK)
    expect(editor(portal)).to_be_focused()
    expect(preview(portal)).to_contain_text("Filter 1 “Spanish” matches")
    expect(preview(portal)).to_contain_text("It will wait")
    assert portal.workspace.tasks.list() == []

    portal.page.keyboard.press("Control+Enter")

    portal.page.get_by_role("status").get_by_role("button", name="Show").click()
    task = portal.workspace.tasks.list()[0]
    portal.page.wait_for_url(f"**/tasks/{task.sid}")
    assert json.loads(task.attributes) == {"selected_language": "es"}


def test_key_opens_it_and_the_workflows_own_words_fill_it(portal: OpenedPortal):
    """C opens the dialog; the names and values that the Workflow reads are buttons."""
    portal.open("tasks")
    portal.page.keyboard.press("c")

    portal.page.get_by_role("button", name='"en"').click()
    expect(preview(portal)).to_contain_text("Filter 2 “English” matches")
    portal.page.get_by_label("Priority").fill("5")
    portal.page.get_by_label("Priority").press("Enter")

    expect(portal.page.get_by_text("Task created.")).to_be_visible()
    task = portal.workspace.tasks.list()[0]
    assert (json.loads(task.attributes), task.priority) == ({"selected_language": "en"}, 5)


def test_what_would_be_refused_is_said_at_its_field_and_not_sent(portal: OpenedPortal):
    """Broken JSON, too many characters, a negative priority, no timeout: each is told, none is sent."""
    portal.open(LINK)
    sent = []
    portal.page.on("request", lambda request: "/v1/" in request.url and sent.append(request))
    create = portal.page.get_by_role("button", name="Create task").last

    for text, words in (
        ('{"selected_language": es}', "Line 1: this isn't valid JSON."),
        ("[1]", "This must be an object: start with {."),
        (json.dumps({"long": "x" * 4100}), "4,096 characters"),
    ):
        editor(portal).fill(text)
        create.click()
        expect(portal.page.get_by_role("dialog")).to_contain_text(words)
        expect(editor(portal)).to_be_focused()
    editor(portal).fill(SPANISH)
    for name, typed in (("Priority", "-1"), ("Timeout", "")):
        field = portal.page.get_by_label(name)
        before = field.input_value()
        field.fill(typed)
        create.click()
        expect(portal.page.get_by_role("dialog")).to_contain_text("Write a whole number from")
        expect(field).to_be_focused()
        field.fill(before)

    assert sent == []


def test_draft_survives_a_mistake(portal: OpenedPortal):
    """Escape, a reload and another page keep what was typed; one button begins again, and creating ends the draft."""
    portal.open("tasks/new")
    editor(portal).fill('{"order": "17"}')

    portal.page.keyboard.press("Escape")
    expect(portal.page.get_by_role("dialog")).to_have_count(0)
    portal.open("tasks/new")
    expect(editor(portal)).to_have_value('{"order": "17"}')
    portal.page.reload()
    expect(editor(portal)).to_have_value('{"order": "17"}')

    portal.page.get_by_role("button", name="Begin again").click()
    expect(editor(portal)).to_have_value("{}")
    editor(portal).fill(SPANISH)
    portal.page.keyboard.press("Control+Enter")
    expect(portal.page.get_by_text("Task created.")).to_be_visible()

    portal.open("tasks/new")
    expect(editor(portal)).to_have_value("{}")


def test_two_clicks_create_one_task(portal: OpenedPortal):
    """A double click, or a key held down, makes one Task."""
    portal.open(LINK)
    expect(preview(portal)).to_contain_text("It will wait")

    portal.page.get_by_role("button", name="Create task").last.dblclick()

    expect(portal.page.get_by_text("Task created.")).to_be_visible()
    assert len(portal.workspace.tasks.list()) == 1


def test_back_does_not_open_it_again(portal: OpenedPortal):
    """The dialog's address isn't among those that Back leads to, once it is closed."""
    portal.open("workers")
    portal.page.get_by_role("link", name="Tasks").first.click()
    portal.page.get_by_role("button", name="Create task").first.click()
    portal.page.get_by_role("button", name="Cancel").click()

    for page in ("Tasks", "Workers"):
        portal.page.go_back()
        expect(portal.page.get_by_role("heading", level=1)).to_contain_text(page)
        expect(portal.page.get_by_role("dialog")).to_be_hidden()


def test_refusal_stands_at_its_field(portal: OpenedPortal):
    """A channel that went meanwhile: Twilio's words letter by letter, where the channel is chosen."""
    channel = portal.workspace.task_channels.create(friendly_name="Mail", unique_name="mail")
    portal.open(LINK)
    portal.page.get_by_label("Channel").select_option("mail")

    def go_first(route):
        portal.workspace.task_channels(channel.sid).delete()
        route.continue_()

    portal.page.route("**/v1/**", go_first)
    with portal.page.expect_response("**/v1/**") as answered:
        portal.page.get_by_role("button", name="Create task").last.click()

    alert = portal.page.locator(".tr-labelled").filter(has_text="Channel").get_by_role("alert")
    expect(alert).to_contain_text(answered.value.json()["message"])
    portal.complaints.clear()  # the browser's own line about status 400


def test_workspace_that_goes_leaves_the_text(portal: OpenedPortal):
    """The Workspace is deleted while somebody types: the text stays, and the button says why it does nothing."""
    portal.open(LINK)
    expect(preview(portal)).to_contain_text("It will wait")

    portal.workspace.delete()

    expect(portal.page.get_by_text("This Workspace no longer exists. Your text is kept here.").first).to_be_visible()
    expect(editor(portal)).to_have_value('{\n  "selected_language": "es"\n}')
    portal.page.get_by_role("button", name="Create task").last.click(
        force=True
    )  # it is named as off, and can be pressed
    expect(portal.page.get_by_role("dialog")).to_be_visible()


def test_server_that_stops_and_comes_back(browser):
    """The emulator stops while the dialog is open and starts again: the text is there, and Create works."""
    running = start(clock="lesson", seed="stops")
    page = browser.new_page()
    try:
        workspace_sid = _build(running)
        page.goto(f"{running.url}/workspaces/{workspace_sid}/{LINK}")
        page.get_by_label("Attributes", exact=True).fill('{"selected_language": "en", "order": "17"}')
        port = int(running.url.rsplit(":", 1)[1])
        running.stop()

        expect(page.get_by_role("dialog").get_by_text("The emulator doesn't answer right now.").first).to_be_visible()
        expect(page.get_by_label("Attributes", exact=True)).to_have_value('{"selected_language": "en", "order": "17"}')

        running = start(clock="lesson", seed="stops", port=port)
        assert _build(running) == workspace_sid
        expect(page.get_by_text("Connected")).to_be_visible(timeout=15_000)
        page.get_by_role("button", name="Create task").last.click()
        expect(page.get_by_text("Task created.")).to_be_visible()
    finally:
        page.close()
        running.stop()


def _build(running) -> str:
    client = Client(running.account_sid, running.auth_token, http_client=EmulatorHttpClient(running.url))
    return story.build(client).workspace_sid


def test_dialog_fits_and_is_accessible(portal: OpenedPortal):
    """At each width the dialog needs no scrolling sideways, and axe finds nothing."""
    portal.open(LINK)
    expect(preview(portal)).to_contain_text("It will wait")

    assert portal.hindrances(preview(portal)) == []
    for width in portal.widths():
        fits = portal.page.evaluate("(d => d.scrollWidth <= d.clientWidth)(document.querySelector('dialog'))")
        assert fits, width
