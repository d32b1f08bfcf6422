"""Requests: each with its verdicts, cause and effect, in full, and to be sent again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect
from twilio.base.exceptions import TwilioException

from tests.browser.portal.opened_portal import OpenedPortal

MARKUP = "<img src=x onerror=alert(1)></script>"


class Receiver(ThreadingHTTPServer):
    """Application that is called back: it answers as ``replies`` says by path, ``{}`` unless told otherwise."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.replies: dict[str, bytes] = {}
        self.bodies: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        reply = self.server.replies.get(self.path, b"{}")
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *given: object) -> None:
        """Print nothing."""


@pytest.fixture
def application() -> Iterator[Receiver]:
    receiver = Receiver()
    Thread(target=receiver.serve_forever, args=[0.01], daemon=True).start()
    yield receiver
    receiver.shutdown()
    receiver.server_close()


@pytest.fixture
def called(portal, application) -> OpenedPortal:
    """Alice is offered a Task, of which the application was told."""
    workflow = portal.workspace.workflows(portal.story.workflow_sid)
    workflow.update(assignment_callback_url=f"{application.url}/assignment_callback")
    portal.task()
    idle = next(each for each in portal.workspace.activities.list() if each.friendly_name == "Idle")
    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=idle.sid)
    portal.running.settle()
    return portal


def callback(portal: OpenedPortal) -> int:
    return next(each["number"] for each in portal.running.portal.requests() if each["kind"] == "callback")


def drawer(portal: OpenedPortal):
    return portal.page.locator(".tr-drawer")


def test_nothing_hinders_anybody(called):
    """Neither axe nor the window's edge, with each part open, in each width and theme."""
    number = callback(called)
    for path in ("/requests", f"/requests/{number}", f"/requests/{number}/headers", f"/requests/{number}/attempts"):
        called.open(path)

        assert called.hindrances(called.page.get_by_text("assignment_callback")) == [], path


def test_callback_has_verdict_cause_and_effect(called):
    """The signature is checked, the cause is a link to the request, names stand beside SIDs."""
    called.open(f"/requests/{callback(called)}")
    shown = drawer(called)

    expect(shown.get_by_text("Signature valid.")).to_be_visible()
    expect(shown.get_by_text("Reservation stays pending, because the reply has no instruction.")).to_be_visible()
    expect(shown.get_by_role("link", name="Customer Care Requests - Spanish")).to_be_visible()
    shown.get_by_role("link", name="Alice: Activity → Idle").click()
    expect(shown.get_by_role("heading", name="API request")).to_be_visible()
    expect(shown.get_by_role("link", name="for Alice")).to_be_visible()  # and back to the callback that it caused


def test_doubled_and_late_callbacks_say_so_in_their_rows(portal, application):
    """What a fault did to a callback stands in the list, where one looks, and in its verdicts."""
    portal.workspace.update(event_callback_url=f"{application.url}/events", events_filter="task.created,task.canceled")
    portal.running.add_fault("duplicate", event_type="task.canceled")
    portal.running.add_fault("reorder", event_type="task.created", until="task.canceled")
    portal.workspace.tasks(portal.task().sid).update(assignment_status="canceled", reason="hangup")
    portal.running.settle()
    portal.open("/requests")

    callbacks = portal.page.get_by_role("row", name="Event callback")
    late = callbacks.filter(has_text="task.created")
    expect(callbacks.filter(has_text="task.canceled")).to_contain_text("sent twice")
    expect(late).to_contain_text("late: a later one was sent first")
    late.click()
    expect(drawer(portal).get_by_text("Sent late.")).to_be_visible()


def test_refusal_stands_in_twilios_words(portal):
    """Status, code and message as they were sent, ours beside them."""
    with suppress(TwilioException):
        portal.workspace.tasks.create(attributes="{", workflow_sid=portal.story.workflow_sid)
    [refused] = [each for each in portal.running.portal.requests() if each["status"] == 400]
    portal.open(f"/requests/{refused['number']}")
    message = json.loads(portal.running.portal.request(refused["number"])["reply"]["text"])["message"]

    expect(drawer(portal).get_by_role("alert")).to_contain_text(f"400 · 20001 {message}")


def test_replayed_and_edited_callbacks_say_who_sent_them(called, application):
    """R sends it again; the dialog changes, adds and removes parameters, and the application gets just those."""
    number = callback(called)
    called.open(f"/requests/{number}")
    expect(drawer(called).get_by_text("Signature valid.")).to_be_visible()
    called.page.keyboard.press("r")
    expect(drawer(called).get_by_text("Somebody sent this, not TaskRouter.")).to_be_visible()
    assert application.bodies[0] == application.bodies[1]

    drawer(called).get_by_role("button", name="Edit and replay").click()
    dialog = called.page.get_by_role("dialog")
    dialog.get_by_label("Value of TaskAge").fill("77")
    dialog.get_by_role("button", name="Remove AccountSid").click()
    dialog.get_by_label("Value of TaskAttributes").fill('{"selected_language"')
    expect(dialog.get_by_text("Line 1: this isn't valid JSON.")).to_be_visible()
    dialog.get_by_role("button", name="Send again").click()

    expect(drawer(called).get_by_text("TaskAge changed, ")).to_be_visible()
    expect(drawer(called).get_by_text("AccountSid removed")).to_be_visible()
    expect(drawer(called).get_by_text("Signature valid.")).to_be_visible()
    assert "TaskAge=77" in application.bodies[2]
    assert "AccountSid" not in application.bodies[2]


def test_replayed_write_is_a_new_request(portal):
    """The page says that it creates once more, and it does."""
    portal.task()
    portal.open(f"/requests/{portal.running.portal.requests()[-1]['number']}")
    expect(drawer(portal).get_by_text("If it creates a resource, it creates another one")).to_be_visible()
    drawer(portal).get_by_role("button", name="Replay", exact=True).click()
    expect(drawer(portal).get_by_text("Sent again.")).to_be_visible()

    assert len(portal.workspace.tasks.list()) == 2


def test_list_is_filtered_paused_and_cleared(called):
    """By kind and by words; new ones wait while it is paused, and what was cleared can be shown again."""
    called.open("/requests")
    page, rows = called.page, called.page.locator("tbody tr")
    page.get_by_role("button", name="Callbacks 1").click()
    expect(rows).to_have_count(1)
    page.get_by_role("group", name="Kind").get_by_role("button", name=re.compile("^All")).click()
    page.get_by_role("searchbox").fill("post 201 tasks")
    expect(rows).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Pause").click()
    before = rows.count()
    called.workspace.fetch()
    page.get_by_role("button", name="Go on (1 new)").click()
    page.get_by_role("heading", level=1).hover()
    expect(rows).to_have_count(before + 1)
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Nothing sent yet.")).to_be_visible()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(before + 1)


def test_new_requests_dont_move_what_is_read(portal):
    """While the focus is in the list, new ones wait behind a button; the page's own reads are none of them."""
    portal.open("/requests")
    first = portal.page.locator("tbody tr").first
    first.focus()
    words = first.inner_text()
    portal.workspace.fetch()
    portal.workspace.fetch()
    expect(portal.page.get_by_role("button", name="2 new requests")).to_be_visible()
    assert first.inner_text() == words
    portal.page.get_by_role("button", name="2 new requests").click()

    expect(first).to_contain_text("fetch Workspace")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (b"\x89PNG" + bytes(200), "This isn't text. Its 204 bytes begin so:"),
        (json.dumps({"note": MARKUP}).encode(), MARKUP),
        (json.dumps({"long": "x" * 50_000}).encode(), "Show all 50,012 bytes"),
        (b"", "Empty."),
    ],
    ids=["binary", "markup", "long", "empty"],
)
def test_reply_is_shown_whatever_it_is(portal, application, reply, words):
    """A dump of what is no text, markup as text, a long one from its beginning."""
    application.replies["/reply"] = reply
    workflow = portal.workspace.workflows(portal.story.workflow_sid)
    workflow.update(assignment_callback_url=f"{application.url}/reply")
    portal.task()
    idle = next(each for each in portal.workspace.activities.list() if each.friendly_name == "Idle")
    portal.workspace.workers(portal.story.alice_sid).update(activity_sid=idle.sid)
    portal.running.settle()
    portal.open(f"/requests/{callback(portal)}/reply")

    expect(drawer(portal).get_by_text(words).first).to_be_visible()
    assert portal.page.locator("img").count() == 0


def test_request_that_is_gone_says_so(portal):
    """A link to a request from before a reset leads to a sentence, not to an empty page."""
    portal.open("/requests/99999")

    expect(drawer(portal).get_by_text("This request is no longer stored.")).to_be_visible()
    portal.complaints.clear()  # Chromium tells of the 404, too


def test_empty_list_teaches(portal):
    """A line to try stands where nothing was sent yet."""
    portal.running.reset()
    portal.open("/requests")

    expect(portal.page.get_by_text("Each API request and each callback appears here.")).to_be_visible()


def test_curl_line_is_copied(called):
    """A callback's line has the signature as it was sent, an API request's line no secret."""
    called.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    read = "navigator.clipboard.readText()"
    called.open(f"/requests/{callback(called)}")
    drawer(called).get_by_role("button", name="Copy as curl").click()
    expect(called.page.get_by_text("Copied")).to_be_visible()
    assert "X-Twilio-Signature: " in called.page.evaluate(read)

    drawer(called).get_by_role("link", name="Alice: Activity → Idle").click()
    expect(drawer(called).get_by_role("heading", name="API request")).to_be_visible()
    drawer(called).get_by_role("button", name="Copy as curl").click()
    called.page.wait_for_function(f"async () => (await {read}).includes('ActivitySid')")
    assert "$TWILIO_AUTH_TOKEN" in called.page.evaluate(read)


def test_list_has_nothing_that_the_page_reads_to_draw_itself(portal: OpenedPortal):
    """Who looks at a Worker finds in the list what the program sent, and what was clicked."""
    portal.open(f"workers/{portal.story.alice_sid}/json")
    expect(portal.page.get_by_text('"friendly_name"').first).to_be_visible()
    portal.open("/requests")
    expect(portal.page.get_by_role("row").nth(1)).to_be_visible()
    expect(portal.page.get_by_role("row").filter(has_text="portal")).to_have_count(0)
