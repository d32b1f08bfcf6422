"""Reservations, Events and Clock: what stands there, leads where it says, and does what it says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from helpers.emulator.server import start
from tests.browser.portal.opened_portal import OpenedPortal


@pytest.fixture
def offered(portal) -> OpenedPortal:
    """Alice has an offer, which nobody has answered."""
    portal.task()
    idle = next(each for each in portal.workspace.activities.list() if each.friendly_name == "Idle")
    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=idle.sid)
    return portal


def button(portal, name: str):
    return portal.page.get_by_role("main").get_by_role("button", name=name, exact=True)


def test_nothing_hinders_anybody(offered):
    """Neither axe nor the window's edge, with a Reservation or an Event open, in each width and theme."""
    [reservation] = offered.workspace.tasks.list()[0].reservations.list()
    event = offered.workspace.events.list(minutes=43_200)[-1]
    for path in (f"reservations/{reservation.sid}", f"events/{event.sid}"):
        offered.open(path)

        assert offered.hindrances(offered.page.get_by_role("main").get_by_text("Alice")) == [], path


def test_empty_pages_teach(portal):
    """Each says what would be there, and what to do."""
    portal.open("reservations")
    expect(portal.page.get_by_text("TaskRouter creates one when an eligible Worker")).to_be_visible()
    portal.open("/clock")
    expect(portal.page.get_by_text("A timer starts when TaskRouter reserves a Worker")).to_be_visible()
    portal.open("events?type=task.created")
    button(portal, "Clear filter").click()
    expect(portal.page.get_by_role("row").nth(1)).to_be_visible()


def test_reservation_is_answered(offered):
    """Accepted, wrapped up, completed: each as its status allows, and the list follows."""
    offered.open("reservations")
    offered.page.get_by_role("row", name="Alice").click()
    for name, status in (("Accept", "accepted"), ("Wrap up", "wrapping"), ("Complete", "completed")):
        button(offered, name).click()
        expect(offered.page.locator("tr .tr-pill", has_text=status)).to_be_visible()
    expect(button(offered, "Complete")).to_have_count(0)

    [reservation] = offered.workspace.tasks.list()[0].reservations.list()
    assert reservation.reservation_status == "completed"


def test_rejected_with_an_activity(offered):
    """The menu says which Activity the Worker gets with it."""
    [reservation] = offered.workspace.tasks.list()[0].reservations.list()
    offered.open(f"reservations/{reservation.sid}")
    offered.page.get_by_role("button", name="Reject the Reservation").click()
    offered.page.get_by_role("menuitem", name="become Offline").click()
    expect(offered.page.locator(".tr-drawer .tr-pill", has_text="rejected")).to_be_visible()

    assert offered.workspace.workers(offered.story.alice_sid).fetch().activity_name == "Offline"


def test_events_are_filtered_and_lead_to_their_cause(offered):
    """By type, by Worker and by text; the address has it, so that it survives a reload."""
    offered.open("events")
    offered.page.get_by_role("button", name="Type: All types").click()
    offered.page.get_by_role("menuitemradio", name="reservation.created").click()
    rows = offered.page.get_by_role("row")
    expect(rows).to_have_count(2)
    offered.page.reload()
    expect(rows).to_have_count(2)
    caused_by = next(each for each in offered.running.portal.requests() if each["means"] == "Alice: Activity → Idle")
    rows.nth(1).get_by_role("link", name=f"request {caused_by['number']}").click()

    assert offered.page.url == f"{offered.running.url}/requests/{caused_by['number']}"


def test_events_filter_with_a_typo(portal):
    """The API accepts it, and no event callback comes; the page says why, as soon as it is so and no longer."""
    portal.open("events")
    note = portal.page.get_by_text("No event has the type 'task.create'. The nearest type is task.created.")
    expect(note).to_have_count(0)
    portal.workspace.update(events_filter="task.create,reservation.accepted")
    expect(note).to_be_visible()
    portal.workspace.update(events_filter="task.created,reservation.accepted")
    expect(note).to_have_count(0)


def test_older_events_are_loaded_on_demand(portal):
    """Ten thousand events: the newest come by themselves, the others a page at a time, without filling the log."""
    busy = portal.crowd(2500)
    numbers = [each["number"] for each in portal.running.portal.requests()]
    portal.open(f"/workspaces/{busy}/events")
    status = portal.page.get_by_role("main").get_by_role("status")
    expect(status).to_have_text("200 events")
    button(portal, "Load older events").click()
    expect(status).to_have_text("700 events")
    button(portal, "Load older events").click()
    expect(status).to_have_text("1,200 events")

    shown = portal.page.locator("tbody tr").count()
    assert 0 < shown < 60  # windowed
    assert [each["number"] for each in portal.running.portal.requests()] == numbers


def test_late_answer_about_other_filters_is_dropped(portal):
    """Older events that come after the filter was changed don't stand in the new list, which can load its own."""
    busy = portal.crowd(300)
    portal.open(f"/workspaces/{busy}/events")
    status = portal.page.get_by_role("main").get_by_role("status")
    expect(status).to_have_text("200 events")
    held: list[Route] = []
    portal.page.route("**/Events?*", lambda route: held.append(route))
    button(portal, "Load older events").click()
    with portal.page.expect_request("**/Events?*"):
        portal.page.get_by_role("button", name="Type: All types").click()
        portal.page.get_by_role("menuitemradio", name="task.created").click()
        button(portal, "Load older events").click()
    late, now = held
    now.continue_()
    expect(status).to_have_text("300 events")
    with portal.page.expect_response(late.request.url):
        late.continue_()
    portal.page.wait_for_timeout(100)

    expect(status).to_have_text("300 events")


def test_clock_is_moved(offered):
    """By a minute, by what is typed, to the next timer; the timers follow."""
    offered.open("/clock")
    now = offered.page.get_by_role("region", name="Now")
    before = offered.running.emulator.clock.now()
    button(offered, "+1 min").click()
    expect(now.get_by_text("09:01:")).to_be_visible()
    offered.page.get_by_label("Advance by").fill("1.5")
    button(offered, "Advance").click()
    expect(now.get_by_text("09:02:")).to_be_visible()
    assert offered.running.emulator.clock.now() == before + 150_000

    button(offered, "Go to next timer").click()
    expect(offered.page.get_by_role("row", name="Alice's Reservation times out")).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Type a number"), ("-1", "Time can't go back"), ("soon", "Type a number"), ("9999999", "at most ten years")],
)
def test_senseless_advance_is_refused_before_it_is_sent(portal, text, words):
    """What is wrong stands below the field, and nothing is sent."""
    portal.open("/clock")
    portal.page.get_by_label("Advance by").fill(text)
    expect(portal.page.get_by_text(words)).to_be_visible()
    numbers = [each["number"] for each in portal.running.portal.requests()]
    button(portal, "Advance").click()

    assert [each["number"] for each in portal.running.portal.requests()] == numbers


def test_go_to_a_timer(offered):
    """The button of a timer moves the clock to its moment, by keyboard too."""
    offered.open("/clock")
    row = offered.page.get_by_role("row", name="Alice's Reservation times out")
    row.get_by_role("button").focus()
    offered.page.keyboard.press("Enter")
    expect(row).to_have_count(0)

    assert offered.focused


def test_running_clock_can_be_paused(browser):
    """While it runs the page says so; paused, its time stands still."""
    with start(clock="real", seed="running") as running:
        page = browser.new_page()
        page.goto(f"{running.url}/clock")
        page.get_by_role("main").get_by_role("button", name="Pause the clock").click()
        expect(page.get_by_role("main").get_by_text("Time stands still")).to_be_visible()
        page.get_by_role("main").get_by_role("button", name="Run the clock").click()
        expect(page.get_by_role("main").get_by_text("The clock runs")).to_be_visible()
        page.close()
