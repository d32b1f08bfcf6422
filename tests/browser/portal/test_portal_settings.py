"""Settings of a Workspace in the portal: saved as one call, with the events that are sent as boxes and as a list."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.portal.opened_portal import OpenedPortal

ODD = "task.created,reservation.accept"


def field(portal: OpenedPortal, name: str) -> Locator:
    """The field with this label."""
    return portal.page.get_by_role("main").get_by_label(name, exact=True)


def save(portal: OpenedPortal) -> None:
    """Click Save."""
    portal.page.get_by_role("button", name="Save").click()


def test_all_settings_are_saved_as_one_call(portal: OpenedPortal):
    """Only what differs is in the code and in the request, and the Workspace has it."""
    idle = portal.story.activity_sids["Idle"]
    portal.open("settings")
    save_button = portal.page.get_by_role("button", name="Save")
    expect(save_button).to_be_disabled()
    field(portal, "Name").fill("Night <b>shift</b>")
    field(portal, "Timeout Activity").select_option(idle)
    portal.page.get_by_role("button", name="LIFO").click()
    field(portal, "Event callback URL").fill("http://127.0.0.1:8765/events")

    expect(portal.page.get_by_text("Idle is available, so TaskRouter can offer the same Task")).to_be_visible()
    code = portal.page.locator(".tr-call pre")
    expect(code).to_contain_text('friendly_name="Night <b>shift</b>"')
    expect(code).to_contain_text("prioritize_queue_order=")
    expect(code).not_to_contain_text("default_activity_sid")
    save(portal)

    expect(portal.page.get_by_role("button", name="Workspace: Night <b>shift</b>")).to_be_visible()
    seen = portal.workspace.fetch()
    assert (seen.timeout_activity_sid, seen.prioritize_queue_order) == (idle, "LIFO")
    assert seen.event_callback_url == "http://127.0.0.1:8765/events"
    expect(save_button).to_be_disabled()


def test_new_worker_gets_the_default_activity(portal: OpenedPortal):
    """The field changes what its name says."""
    portal.open("settings")
    field(portal, "Default Activity").select_option(portal.story.activity_sids["Idle"])
    save(portal)
    expect(portal.page.get_by_text("is saved.")).to_be_visible()

    assert portal.workspace.workers.create(friendly_name="Third").activity_name == "Idle"


def test_events_are_chosen_by_boxes_and_by_the_list(portal: OpenedPortal):
    """The box of a kind stands for all of its events, and boxes and list always say the same."""
    portal.open("settings")
    portal.page.get_by_role("button", name="Chosen events").click()
    listed, kind = field(portal, "Events filter"), portal.page.get_by_role("checkbox", name="activity", exact=True)
    kind.check()
    expect(listed).to_have_value("activity.created,activity.updated,activity.deleted")
    portal.page.get_by_role("checkbox", name="updated (activity)").uncheck()
    expect(listed).to_have_value("activity.created,activity.deleted")
    assert kind.evaluate("each => [each.checked, each.indeterminate]") == [False, True]
    listed.fill("task.created, activity.created")
    expect(portal.page.get_by_role("checkbox", name="created (task)", exact=True)).to_be_checked()
    expect(portal.page.get_by_role("checkbox", name="deleted (activity)")).not_to_be_checked()
    save(portal)

    expect(portal.page.get_by_text("is saved.")).to_be_visible()
    assert portal.workspace.fetch().events_filter == "task.created, activity.created"
    portal.page.get_by_role("button", name="All events").click()
    with portal.page.expect_response("**/v1/**"):  # the button is disabled before that, too, and the note still there
        save(portal)
    expect(portal.page.get_by_role("button", name="Save")).to_be_disabled()
    assert portal.workspace.fetch().events_filter == ""


def test_type_that_no_event_has_is_told_before_and_after(portal: OpenedPortal):
    """TaskRouter accepts it; the page says that it doesn't exist, and after it is saved also on Board and Events."""
    portal.open("settings")
    portal.page.get_by_role("button", name="Chosen events").click()
    field(portal, "Events filter").fill(ODD)
    expect(portal.page.get_by_text("No event has this type: reservation.accept.")).to_be_visible()
    save(portal)

    told = portal.page.get_by_text("The nearest type is reservation.accepted.")
    expect(told).to_be_visible()
    for page in ("board", "events"):
        portal.open(page)
        expect(told).to_be_visible()
    expect(portal.page.get_by_text("No event callback URL, so none is sent")).to_be_visible()
    portal.page.get_by_role("main").get_by_role("link", name="Settings").click()
    expect(portal.page.get_by_role("heading", level=1)).to_have_text("Settings")


def test_what_cannot_be_saved_is_said_at_its_field(portal: OpenedPortal):
    """Neither a Workspace without a name nor an empty choice of events, which would mean all; nothing is sent."""
    portal.open("settings")
    name = field(portal, "Name")
    name.fill(" ")
    portal.page.get_by_role("button", name="Chosen events").click()
    save(portal)
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description("at most 64 characters Give the Workspace a name.")
    expect(portal.page.get_by_text("An empty filter would send all of them.")).to_be_visible()
    name.fill("n" * 65)
    expect(portal.page.get_by_text("The name has 65 of 64 characters.")).to_be_visible()
    name.fill("Night")
    save(portal)
    expect(field(portal, "Events filter")).to_be_focused()
    portal.page.get_by_role("button", name="Undo").click()

    expect(name).to_have_value("TaskRouter Notebooks")
    assert portal.workspace.fetch().friendly_name == "TaskRouter Notebooks"


def test_refused_settings_say_so(portal: OpenedPortal):
    """TaskRouter's words are shown, and what was typed stays, after a reload, too."""
    portal.open("settings")
    field(portal, "Event callback URL").fill("events")
    portal.page.keyboard.press("Control+Enter")

    expect(portal.page.get_by_role("alert")).to_contain_text("EventCallbackUrl")
    portal.page.reload()
    expect(field(portal, "Event callback URL")).to_have_value("events")
    portal.complaints.clear()  # the browser notes each request that is refused


def test_settings_are_reached_by_keys(portal: OpenedPortal):
    """G and S lead there, and the choice of events is one stop of the Tab key."""
    portal.open()
    portal.page.keyboard.press("g")
    portal.page.keyboard.press("s")
    portal.page.wait_for_url("**/settings")
    field(portal, "Event callback URL").focus()
    portal.page.keyboard.press("Tab")
    portal.page.keyboard.press("ArrowRight")
    portal.page.keyboard.press("Enter")
    expect(field(portal, "Events filter")).to_be_visible()


def test_single_tasking_workspace_can_become_multitasking(portal: OpenedPortal):
    """The box is there only as long as it can be checked."""
    old = portal.client.taskrouter.v1.workspaces.create(friendly_name="Old desk", multi_task_enabled=False)
    portal.open(f"/workspaces/{old.sid}/settings")
    portal.page.get_by_role("checkbox", name="Multitasking").check()
    save(portal)

    expect(portal.page.get_by_text("Multitasking is on, and can't be turned off.")).to_be_visible()
    assert old.fetch().multi_task_enabled is True
