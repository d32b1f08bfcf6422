"""The Board: what changed last and why it waits, what waits, who works, and what was requested."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.portal.opened_portal import OpenedPortal

ALICE_IS_OFFLINE = "Alice is the closest match, but has Activity Offline, which isn't available."


def test_smallest_change_is_a_button_and_the_sentence_takes_the_focus(portal: OpenedPortal):
    """A Task waits for Alice: one press of the filled button reserves Alice, and what replaced it has the focus."""
    task = portal.task()
    portal.open()
    card = portal.page.get_by_role("region", name="Task changed last")
    expect(card.get_by_text(ALICE_IS_OFFLINE)).to_be_visible()

    card.get_by_role("button", name="Set Alice to Idle").press("Enter")

    expect(card.get_by_text("Offered to Alice")).to_be_visible()
    expect(card.locator(".tr-why-sentence")).to_be_focused()
    assert portal.workspace.tasks(task.sid).fetch().assignment_status == "reserved"


def test_card_is_about_the_task_of_the_latest_event(portal: OpenedPortal):
    """Another Task is created, then the first one is canceled: the card follows."""
    first = portal.task()
    portal.open()
    card = portal.page.get_by_role("region", name="Task changed last")
    expect(card).to_contain_text(first.sid[:6])

    second = portal.task('{"selected_language": "en"}')
    expect(card).to_contain_text(second.sid[:6])

    portal.workspace.tasks(first.sid).update(assignment_status="canceled")
    expect(card).to_contain_text(first.sid[:6])
    expect(card.get_by_text("canceled", exact=True)).to_be_visible()


def test_button_with_a_long_name_stays_in_its_card(portal: OpenedPortal):
    """A name of many words is read to its end in a narrow window."""
    portal.workspace.workers(portal.story.alice_sid).update(friendly_name=("Alice " * 11).strip()[:64])
    portal.task()
    portal.open(width=400)
    card = portal.page.get_by_role("region", name="Task changed last")
    button = card.get_by_role("button", name="to Idle").first.bounding_box()
    around = card.bounding_box()
    assert button is not None
    assert around is not None
    assert button["x"] + button["width"] <= around["x"] + around["width"]


def test_two_clicks_accept_once(portal: OpenedPortal):
    """A double click on Accept makes one call, and is not answered with a refusal."""
    task = portal.task()
    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    portal.open()
    sent = []
    portal.page.on(
        "request", lambda request: request.method == "POST" and "/v1/" in request.url and sent.append(request)
    )

    portal.page.get_by_role("button", name="Accept").dblclick()

    expect(portal.page.get_by_role("region", name="Task changed last")).to_contain_text("Alice has accepted it")
    expect(portal.page.get_by_role("alert")).to_have_count(0)
    assert len(sent) == 1
    assert portal.workspace.tasks(task.sid).fetch().assignment_status == "assigned"


def test_worker_whom_an_unanswered_offer_moved(portal: OpenedPortal):
    """Below the name of a Worker who didn't answer stands since when, and why; a new Activity takes it away."""
    portal.task()
    alice = portal.workspace.workers(portal.story.alice_sid)
    alice.update(activity_sid=portal.story.activity_sids["Idle"])
    portal.running.advance(1200)
    portal.open()
    row = portal.page.get_by_role("region", name="Workers").get_by_role("listitem").filter(has_text="Alice")
    expect(row.get_by_text(re.compile(r"moved here at \d\d:\d\d:\d\d: an offer wasn't answered"))).to_be_visible()

    alice.update(activity_sid=portal.story.activity_sids["Busy"])

    expect(row.get_by_text("an offer wasn't answered")).to_have_count(0)


def test_activity_is_two_clicks_away(portal: OpenedPortal):
    """The official page's step: open the menu of Alice's Activity, choose Idle."""
    portal.open()

    portal.page.get_by_role("button", name="Activity of Alice").click()
    portal.page.get_by_role("menuitemradio", name="Idle").click()

    expect(portal.page.get_by_role("button", name="Activity of Alice")).to_contain_text("Idle available")
    assert portal.workspace.workers(portal.story.alice_sid).fetch().activity_name == "Idle"


def test_board_stays_where_the_engine_gives_no_answer(portal: OpenedPortal):
    """A question that is refused as a request says so in its place; the rest of the page is as it was."""
    portal.task()
    portal.page.route("**/portal/try", lambda route: route.fulfill(status=401, json={"message": "Authenticate"}))
    portal.open()

    expect(portal.page.get_by_text("Authenticate", exact=True)).to_be_visible()
    expect(portal.page.get_by_role("button", name="Activity of Alice")).to_be_visible()
    assert portal.complaints.pop()  # the browser's own line about the status
    portal.complaints.clear()


def test_board_without_tasks_teaches(portal: OpenedPortal):
    """Nothing is there yet: what a Task is, and the button that creates one and leads back."""
    portal.open()
    expect(portal.page.get_by_text("A Task is one piece of work")).to_be_visible()

    portal.page.get_by_role("button", name="Create task").click()
    portal.page.keyboard.press("Escape")

    expect(portal.page.get_by_role("button", name="Create task")).to_be_visible()
    assert portal.path == "board"


def test_board_fits_and_is_accessible(portal: OpenedPortal):
    """At each width nothing is scrolled sideways or stands out, and axe finds nothing."""
    portal.task()
    portal.task('{"type": "support"}')
    portal.open()
    waits = portal.page.get_by_text(ALICE_IS_OFFLINE).or_(portal.page.get_by_text("Canceled at once"))

    assert portal.hindrances(waits) == []
    wider = "each => each.getBoundingClientRect().right > innerWidth + 1"
    elements = "[...document.querySelectorAll('.tr-board :not(.tr-spoken)')]"
    for width in portal.widths(450):
        assert portal.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert portal.page.evaluate(f"{elements}.filter({wider}).map(each => each.className)") == [], width
