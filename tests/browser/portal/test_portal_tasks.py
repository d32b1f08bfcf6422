"""The page of Tasks: the list says why each waits, and a Task beside it has everything about it."""

from __future__ import annotations

import json

from playwright.sync_api import Route, expect

from tests.browser.portal.opened_portal import OpenedPortal

ENGLISH = '{"selected_language": "en"}'
HOSTILE = {
    "selected_language": "es",
    "markup": "</script><b>bold</b><img src=x onerror=alert(1)>",
    "emoji": "\U0001f469\u200d\U0001f467 \U0001f642",
    "direction": "\u0645\u0631\u062d\u0628\u0627",
}


def test_each_row_says_why(portal: OpenedPortal):
    """What waits stands on top, with the reason in its row; nobody has asked."""
    idle = portal.story.activity_sids["Idle"]
    portal.workspace.workers(portal.story.bob_sid).update(activity_sid=idle)
    portal.task(ENGLISH)
    portal.task()
    portal.task('{"type": "support"}')

    portal.open("tasks")

    rows = portal.page.get_by_role("row").filter(has=portal.page.get_by_role("cell"))
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("Spanish · Alice is Offline")
    expect(rows.nth(1)).to_contain_text("English · Offered to Bob, 19:")
    expect(rows.nth(2)).to_contain_text("no TaskQueue · Matches no filter")


def test_sentence_runs_from_left_to_right_whoever_is_its_subject(portal: OpenedPortal):
    """A name in Arabic begins the sentence and turns nothing round, nor does one in the attributes."""
    portal.workspace.workers(portal.story.alice_sid).update(friendly_name=HOSTILE["direction"])
    portal.task(json.dumps({"selected_language": "es", "name": "\u202eturned"}))
    portal.open("tasks")
    why = portal.page.get_by_role("row").last.get_by_text("is Offline")
    expect(why).to_have_css("direction", "ltr")
    expect(portal.page.get_by_role("row").last.get_by_text("turned").last).to_have_css("unicode-bidi", "isolate")


def test_row_follows_the_workspace(portal: OpenedPortal):
    """The reason in the row changes as soon as somebody else changes the Worker."""
    portal.task()
    portal.open("tasks")
    row = portal.page.get_by_role("row").last
    expect(row).to_contain_text("Alice is Offline")

    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=portal.story.activity_sids["Busy"])
    expect(row).to_contain_text("Alice is Busy")

    portal.workspace.workers(portal.story.alice_sid).update(attributes="{}")
    expect(row).to_contain_text("No Worker matches")


def test_list_is_narrowed_by_status_and_words(portal: OpenedPortal):
    """Segments count, the filter finds, both stand in the address, and nothing found has a way back."""
    portal.task()
    portal.task('{"selected_language": "es", "order": "A-17"}')
    portal.task('{"type": "support"}')
    portal.open("tasks")
    rows = portal.page.get_by_role("row").filter(has=portal.page.get_by_role("cell"))

    portal.page.get_by_role("button", name="pending 2").click()
    expect(rows).to_have_count(2)

    portal.page.keyboard.press("/")
    portal.page.keyboard.type("a-17")
    expect(rows).to_have_count(1)
    assert portal.path == "tasks?status=pending&q=a-17"

    portal.page.keyboard.type("x")
    portal.page.get_by_role("button", name="Clear filter").click()
    expect(rows).to_have_count(3)


def test_task_opens_and_is_walked_by_keyboard_alone(portal: OpenedPortal):
    """Arrows, Enter, tabs by arrows, and Escape back to the row: each lands where one expects."""
    first, second = portal.task(), portal.task()
    portal.open("tasks")
    row = portal.page.get_by_role("row").nth(1)
    row.focus()

    portal.page.keyboard.press("ArrowDown")
    portal.page.keyboard.press("Enter")
    portal.page.wait_for_url(f"**/tasks/{second.sid}")
    expect(portal.page.get_by_role("heading", name='{"selected_language":"es"}')).to_be_focused()

    portal.page.get_by_role("tab", name="Why is it waiting?").focus()
    portal.page.keyboard.press("ArrowRight")
    portal.page.wait_for_url(f"**/tasks/{second.sid}/timeline")
    expect(portal.page.get_by_role("tabpanel")).to_contain_text("task-queue.entered")
    portal.page.keyboard.press("ArrowRight")
    expect(portal.page.get_by_role("tabpanel")).to_contain_text("No Reservations yet")
    portal.page.keyboard.press("ArrowRight")
    expect(portal.page.get_by_label("JSON of the Task")).to_contain_text('"assignment_status": "pending"')

    portal.page.keyboard.press("Escape")
    expect(portal.page.get_by_role("row").nth(2)).to_be_focused()
    assert first.sid != second.sid


def test_why_shows_change_code_and_proof(portal: OpenedPortal):
    """The Task's first tab: sentence, smallest and other change, matrix with its first crosses, route and timers."""
    portal.workspace.workers(portal.story.bob_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    task = portal.task()

    portal.open(f"tasks/{task.sid}")

    panel = portal.page.get_by_role("tabpanel", name="Why is it waiting?")
    expect(panel).to_contain_text("Set Alice to Idle. Then Alice is reserved.")
    expect(panel).to_contain_text(".update(activity_sid=")
    expect(panel.locator("tr").filter(has_text="Alice").locator("[data-stops=true]")).to_have_text("no: Offline")
    expect(panel.locator("tr").filter(has_text="Bob").locator("[data-stops=true]")).to_have_text('no: no "es"')
    expect(panel).to_contain_text("Filter 1 “Spanish” matches")

    panel.get_by_role("button", name="Edit Bob").click()
    expect(portal.page.get_by_role("textbox", name="Attributes")).to_have_value('{\n  "languages": ["en", "es"]\n}')


def test_reservation_is_rejected_with_another_activity(portal: OpenedPortal):
    """Reject asks which Activity the Worker gets; the one the Worker has is not offered as a change."""
    task = portal.task()
    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    portal.open(f"tasks/{task.sid}/reservations")

    portal.page.get_by_role("tabpanel").get_by_role("button", name="Reject").click()
    expect(portal.page.get_by_role("menuitem", name="Reject, and stay Idle")).to_be_visible()
    expect(portal.page.get_by_role("menuitem", name="Reject, and become Idle")).to_have_count(0)
    portal.page.get_by_role("menuitem", name="Reject, and become Offline").click()

    expect(portal.page.get_by_role("tabpanel")).to_contain_text("rejected")
    assert portal.workspace.workers(portal.story.alice_sid).fetch().activity_name == "Offline"


def test_task_that_is_offered_again_says_after_what(portal: OpenedPortal):
    """Timeline, Reservations and the Reservation itself name the offer, and the channel of its Task."""
    task = portal.task(task_channel="chat")
    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    portal.workspace.tasks(task.sid).reservations.list()[0].update(reservation_status="rejected")
    again = portal.workspace.tasks(task.sid).reservations.list()[1]

    portal.open(f"tasks/{task.sid}/timeline")
    entries = portal.page.get_by_role("tabpanel").get_by_role("listitem")
    expect(entries.nth(0)).to_contain_text("Offer 2, after Alice rejected it.")
    expect(entries.nth(0)).to_contain_text("reservation.created · chat")
    expect(entries.nth(1)).to_contain_text("The Task waits again.")
    expect(entries.nth(2)).not_to_contain_text("Offer")

    portal.page.get_by_role("tab", name="Reservations").click()
    cards = portal.page.get_by_role("tabpanel").get_by_role("listitem")
    expect(cards.nth(0)).to_contain_text("on chat")
    expect(cards.nth(0)).to_contain_text("Offer 2, after Alice rejected it.")
    portal.open("reservations")
    expect(portal.page.get_by_role("row", name="pending").get_by_role("cell", name="chat", exact=True)).to_be_visible()
    portal.open(f"reservations/{again.sid}")
    expect(portal.page.locator(".tr-drawer")).to_contain_text("Offer 2, after Alice rejected it.")
    expect(portal.page.locator(".tr-drawer").get_by_role("definition").filter(has_text="chat").first).to_have_text(
        "chat"
    )


def test_timeline_says_what_a_task_waits_for(portal: OpenedPortal):
    """A target that names a known Worker, and its timeout, which no event tells of; nothing once somebody accepted."""
    target = {"queue": portal.story.english_queue_sid, "known_worker_sid": "task.agent", "timeout": 30}
    after = {"queue": portal.story.english_queue_sid}
    portal.workspace.workflows(portal.story.workflow_sid).update(
        configuration=json.dumps({"task_routing": {"filters": [{"expression": "1==1", "targets": [target, after]}]}})
    )
    portal.workspace.workers(portal.story.bob_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    task = portal.task(json.dumps({"agent": portal.story.alice_sid}))
    portal.open(f"tasks/{task.sid}/timeline")
    now = portal.page.get_by_role("region", name="Now")

    expect(now).to_contain_text("Alice")
    expect(now).to_contain_text("Next move in 0:30: the Task moves to target 2")
    portal.running.advance(30)
    expect(now).to_contain_text("Offered to Bob")
    portal.workspace.tasks(task.sid).reservations.list()[0].update(reservation_status="accepted")
    expect(now).to_be_hidden()


def test_task_is_accepted_wrapped_up_and_completed(portal: OpenedPortal):
    """A Task's whole life by its buttons; the tab is then called What happened."""
    task = portal.task()
    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    portal.open(f"tasks/{task.sid}/reservations")

    portal.page.get_by_role("button", name="Accept").click()
    portal.page.locator(".tr-drawer-foot").get_by_role("button", name="Wrap up").click()
    expect(portal.page.locator(".tr-drawer-head")).to_contain_text("wrapping")
    portal.page.locator(".tr-drawer-foot").get_by_role("button", name="Complete").click()
    expect(portal.page.locator(".tr-drawer-head")).to_contain_text("completed")

    portal.page.get_by_role("tab", name="What happened").click()
    expect(portal.page.get_by_role("tabpanel")).to_contain_text("Alice has completed it.")


def test_refusal_is_shown_in_twilios_words_with_ours_beside(portal: OpenedPortal):
    """Somebody is faster: the click is refused letter by letter, our sentence stands below, and the page goes on."""
    task = portal.task()
    portal.open(f"tasks/{task.sid}")

    def be_slower(route: Route) -> None:
        portal.workspace.tasks(task.sid).update(assignment_status="canceled")
        route.continue_()

    portal.page.route(f"**/Tasks/{task.sid}", be_slower)
    with portal.page.expect_response("**/v1/**") as answered:
        portal.page.get_by_role("button", name="Cancel task").click()

    expect(portal.page.locator(".tr-drawer-head")).to_contain_text("canceled")
    expect(portal.page.get_by_role("alert")).to_contain_text(answered.value.json()["message"])
    portal.complaints.clear()  # the browser's own line about status 400


def test_task_that_goes_stays_readable_in_its_drawer(portal: OpenedPortal):
    """A Task is deleted while somebody reads it: the list drops it, the drawer says so and keeps its last state."""
    task = portal.task()
    portal.open(f"tasks/{task.sid}")
    expect(portal.page.get_by_role("tab", name="Why is it waiting?")).to_be_visible()

    portal.workspace.tasks(task.sid).delete()

    expect(portal.page.get_by_text("This Task no longer exists.").first).to_be_visible()
    expect(portal.page.locator(".tr-drawer-head")).to_contain_text("selected_language")
    expect(portal.page.get_by_role("button", name="Cancel task")).to_have_count(0)
    expect(portal.page.get_by_text("No Tasks yet")).to_be_visible()


def test_link_to_a_task_that_never_was(portal: OpenedPortal):
    """An old link says that the Task is gone, not nothing."""
    portal.open(f"tasks/WT{'0' * 32}")

    expect(portal.page.get_by_text("This Task no longer exists.")).to_be_visible()


def test_any_text_is_text_and_fits(portal: OpenedPortal):
    """Markup, emoji, right-to-left text and 4,096 characters stay text in list and drawer; axe finds nothing."""
    long = json.dumps({"selected_language": "es", "long": "x" * 4060}, separators=(",", ":"))
    assert len(long) == 4096
    portal.task(long)
    task = portal.task(json.dumps(HOSTILE))
    portal.workspace.workers.create(
        friendly_name="<i>\u0645\u0631\u062d\u0628\u0627</i>", attributes='{"languages": ["es"]}'
    )

    portal.open(f"tasks/{task.sid}")

    heading = portal.page.get_by_role("heading").filter(has_text="</script><b>bold</b><img")
    expect(heading).to_be_visible()
    expect(portal.page.locator("main img, main b, main i").filter(has_text="bold")).to_have_count(0)
    expect(portal.page.get_by_role("tabpanel").first).to_contain_text("<i>\u0645\u0631\u062d\u0628\u0627</i>")
    assert portal.hindrances(heading) == []


def test_edit_keeps_what_was_typed_when_somebody_saves_first(portal: OpenedPortal):
    """Two change the attributes: the second is asked, nothing typed is lost, and a change elsewhere asks nothing."""
    task = portal.task()
    portal.open(f"tasks/{task.sid}/json")
    portal.page.get_by_role("button", name="Edit attributes and priority").click()
    editor = portal.page.get_by_label("Attributes", exact=True)
    editor.fill('{"selected_language": "en"}')

    portal.workspace.tasks(task.sid).update(priority=7)
    portal.workspace.tasks(task.sid).update(attributes='{"selected_language": "fr"}')

    expect(portal.page.get_by_text("Someone else saved this Task first.")).to_be_visible()
    expect(editor).to_have_value('{"selected_language": "en"}')
    portal.page.get_by_role("button", name="Keep mine").click()
    portal.page.get_by_role("button", name="Save").click()

    expect(portal.page.get_by_label("JSON of the Task")).to_contain_text("en")
    saved = portal.workspace.tasks(task.sid).fetch()
    assert (json.loads(saved.attributes), saved.priority) == ({"selected_language": "en"}, 7)


def test_ten_thousand_tasks_scroll(portal: OpenedPortal):
    """Only rows in sight are drawn and asked about; the last one is one key away, and the clicked one opens."""
    crowd = portal.crowd(10_000)
    asked: list[int] = []

    def note(route: Route) -> None:
        asked.append(len(json.loads(route.request.post_data or "{}").get("tasks", ())))
        route.continue_()

    portal.page.route("**/portal/try", note)
    portal.page.goto(f"{portal.running.url}/workspaces/{crowd}/tasks")
    expect(portal.page.get_by_role("button", name="All 10,000")).to_be_visible(timeout=60_000)
    rows = portal.page.get_by_role("row")
    rows.nth(1).focus()
    portal.page.keyboard.press("End")

    expect(portal.page.locator("tr[aria-rowindex='10001']")).to_be_focused()
    expect(portal.page.locator("tr[aria-rowindex='10001']")).to_contain_text("Worker 0 and Worker 1 are Offline")
    assert rows.count() < 80
    assert max(asked) < 80


def test_next_move_counts_down(portal: OpenedPortal):
    """The Task's page, the Board and the row say when the Task moves on and for where, by the emulator's clock."""
    steps = [{"queue": portal.story.spanish_queue_sid, "timeout": 30}, {"queue": portal.story.english_queue_sid}]
    routing = {"filters": [{"expression": "1==1", "targets": steps}]}
    workflow = portal.workspace.workflows.create(
        friendly_name="Steps", configuration=json.dumps({"task_routing": routing})
    )
    task = portal.workspace.tasks.create(workflow_sid=workflow.sid)
    portal.open(f"tasks/{task.sid}")
    page = portal.page
    expect(page.get_by_text("Next move in 0:30: the Task moves to target 2, TaskQueue")).to_be_visible()
    expect(page.get_by_role("row").get_by_text("target 1 of 2, moves on")).to_be_visible()
    portal.running.advance(20)
    expect(page.get_by_text("Next move in 0:10")).to_be_visible()
    portal.running.advance(10)
    expect(page.get_by_text("Next move: none, because target 2 of 2 has no timeout")).to_be_visible()
    portal.open("board")

    expect(page.get_by_text("Next move: none, because target 2 of 2 has no timeout")).to_be_visible()
    expect(page.get_by_text("target 2 of 2, no timeout")).to_be_visible()
