"""The portal shows what happens as it happens, and says so when it can't."""

from __future__ import annotations

import pytest
from playwright.sync_api import WebSocketRoute, expect

from helpers.emulator.server import start
from tests.browser.portal.opened_portal import HEIGHT, OpenedPortal

COUNT = ".tr-side [href$='/tasks'] .tr-count"
LAYOUT_SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => { for (const {value} of list.getEntries()) sum += value; })
        .observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => setTimeout(() => done(sum)));
})"""


def test_what_the_sdk_does_appears_in_all_tabs(portal: OpenedPortal):
    """Nine tabs, more than a browser's connections to a server, show a new Task without a reload."""
    portal.open("tasks")
    others = [portal.page.context.new_page() for _ in range(8)]
    for page in others:
        page.goto(portal.page.url)
        expect(page.locator(COUNT)).to_have_text("0")

    portal.task()

    for page in (portal.page, *others):
        expect(page.locator(COUNT)).to_have_text("1")


@pytest.mark.own_page
def test_lost_message_is_noticed(portal: OpenedPortal):
    """After a message that never came the page asks for the whole state, and shows what both messages would have."""
    lost: list[str | bytes] = []

    def lose_the_first_change(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if '"type":"change"' in str(message) and not lost:
                lost.append(message)
            else:
                socket.send(message)

        server.on_message(pass_on)

    portal.page.route_web_socket("**/portal/live", lose_the_first_change)
    portal.open("workers")
    expect(portal.page.locator(COUNT)).to_have_text("0")

    portal.task()
    portal.page.wait_for_timeout(100)  # so that the next Task is in a message of its own
    portal.task()

    expect(portal.page.locator(COUNT)).to_have_text("2")
    assert len(lost) == 1


def test_nothing_moves_while_tasks_arrive(portal: OpenedPortal):
    """A burst of Tasks shifts nothing and leaves the focus where it is."""
    portal.open("workers")
    portal.page.get_by_role("link", name="Events").focus()
    for _ in range(40):
        portal.task()
    expect(portal.page.locator(COUNT)).to_have_text("40")

    assert portal.focused == "a Events"
    assert portal.page.evaluate(LAYOUT_SHIFT) < 0.001


@pytest.mark.own_page
def test_stopped_emulator_is_told_and_found_again(portal: OpenedPortal):
    """The page stays, says that the emulator has stopped, and shows the new one's state once it is there."""
    with start(seed="first") as first:
        port = int(first.url.rpartition(":")[2])
        first.seed({"workspaces": [{"friendly_name": "Night Desk"}]})
        portal.page.clock.install()
        portal.page.goto(first.url)
        expect(portal.page.get_by_text("Connected")).to_be_visible()
    portal.page.clock.run_for(1500)
    expect(portal.page.get_by_text("Reconnecting")).to_be_visible()
    portal.page.clock.run_for(10_000)
    expect(portal.page.get_by_text("The emulator has stopped.", exact=True)).to_be_visible()
    expect(portal.page.get_by_role("button", name="+1 min")).to_have_attribute("aria-disabled", "true")

    with start(seed="second", port=port) as second:
        second.seed({"workspaces": [{"friendly_name": "Day Desk"}]})
        portal.page.get_by_role("button", name="Retry").click()

        expect(portal.page.get_by_text("The emulator was restarted. You see its new state.")).to_be_visible()
        expect(portal.page.get_by_text("This Workspace no longer exists.")).to_be_visible()
        portal.page.get_by_role("button", name="All Workspaces").click()
        expect(portal.page.get_by_role("main").get_by_text("Day Desk")).to_be_visible()
    portal.complaints.clear()  # the browser's own lines about a server that isn't there


def test_width_changes_the_navigation(portal: OpenedPortal):
    """Docked beside something, four pages and a menu stand on top; the page scrolls sideways at no width."""
    portal.open(width=400)
    expect(portal.page.get_by_role("navigation").get_by_role("link")).to_have_count(4)
    portal.page.get_by_role("button", name="More").click()
    portal.page.get_by_role("menuitemradio", name="Events").click()
    portal.page.wait_for_url("**/events")
    expect(portal.page.get_by_role("button", name="More: Events")).to_be_in_viewport(ratio=1)
    for width in (400, 450, 900, 1280, 2000):
        portal.page.set_viewport_size({"width": width, "height": HEIGHT})
        assert portal.page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_read_stays_while_rows_come_above_it(portal: OpenedPortal):
    """In a long list that is scrolled, new Tasks above the rows in sight move none of them; Back finds them there."""
    crowded = portal.crowd(240)
    crowd = portal.client.taskrouter.v1.workspaces(crowded)
    (workflow,) = crowd.workflows.list()
    for task in crowd.tasks.list(limit=40):
        task.update(assignment_status="canceled", reason="test")
    portal.open(f"/workspaces/{crowded}/tasks")
    rows = portal.page.locator("tbody tr")
    expect(rows.first).to_be_visible()
    portal.page.locator(".tr-table").evaluate("list => { list.scrollTop = 9000; }")
    row = portal.page.get_by_role("row").filter(has_text="canceled").nth(4)
    row.focus()
    focused = portal.page.locator("tr:focus")
    before, sid = focused.bounding_box(), focused.get_by_role("link").inner_text()

    for _ in range(10):
        crowd.tasks.create(workflow_sid=workflow.sid, attributes="{}")
    expect(portal.page.get_by_text("250 Tasks")).to_be_visible()

    assert focused.get_by_role("link").inner_text() == sid
    assert focused.bounding_box() == before

    portal.page.get_by_role("link", name="Board").click()
    portal.page.go_back()
    expect(portal.page.get_by_role("row").filter(has_text=sid)).to_be_visible()


def test_address_of_no_page_is_no_lost_workspace(portal: OpenedPortal):
    """A mistyped page is said to be one; only a Workspace that isn't there is gone."""
    portal.open("bogus")
    expect(portal.page.get_by_text("This Workspace has no page bogus.")).to_be_visible()
    portal.open("/workspaces/WS00000000000000000000000000000000/tasks")
    expect(portal.page.get_by_text("This Workspace no longer exists.")).to_be_visible()


def test_arrow_down_leads_from_the_filter_to_the_list(portal: OpenedPortal):
    """Filter, arrow, Enter: the Worker is open, without a mouse and without the Tab key."""
    portal.open("workers")
    portal.page.keyboard.press("/")
    portal.page.keyboard.type("bob")
    portal.page.keyboard.press("ArrowDown")
    expect(portal.page.get_by_role("row").last).to_be_focused()
    portal.page.keyboard.press("Enter")
    expect(portal.page.get_by_role("heading", name="Bob")).to_be_focused()
