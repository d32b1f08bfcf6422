"""The console in JupyterLab: what a learner clicks is an SDK call, and what happens is on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.harness import (
    Lab,
    evaluate,
    load,
    open_notebook,
    run_all,
    screenshot,
    serious_violations,
    use_theme,
)

SET_UP = """
import json
from helpers import catch_up, connect, show_console, show_requests
connection = connect()
client = connection.client
story = catch_up(4)
workspace = client.taskrouter.v1.workspaces(story.workspace_sid)
listener = connection.listen()
task = workspace.tasks.list()[0]
workspace.task_queues.create(friendly_name='<b id="injected">"شكرا" 😀</b>', target_workers='languages HAS "ar"')
connection.wire.clear()

def wire():
    return [(each.method, dict(each.parameters)) for each in connection.wire if each.method != "GET"]
"""
WAIT = "listener.inbox.wait(path='/nowhere', refused=True)"
"""A cell that runs until somebody knocks at the listener."""


@pytest.fixture(scope="module")
def open_page(page: Page, lab: Lab) -> Page:
    """The page with a console, for all tests here."""
    open_notebook(page, lab.write_notebook("notebooks/console.ipynb", SET_UP, "show_console(workspace)"))
    return page


@pytest.fixture
def console(open_page: Page) -> Locator:
    """The console as lesson 4 starts: a Spanish Task waits, and Alice is Offline."""
    assert not [cell.error for cell in run_all(open_page) if cell.failed]
    console = open_page.locator(".jp-Notebook .tr-console")
    expect(console.get_by_role("button", name="Activity of Alice: Offline")).to_be_visible()
    return console


def set_activity(console: Locator, worker: str, activity: str) -> None:
    """Choose an Activity from a Worker's menu."""
    console.get_by_role("button", name=f"Activity of {worker}").click()
    console.page.locator(".jp-Notebook").get_by_role("menuitemradio", name=activity).click()


def test_menu_sets_an_activity_and_button_accepts(console, open_page):
    """Alice becomes Idle, is reserved, accepts and completes: three SDK calls, each with its code."""
    set_activity(console, "Alice", "Idle")
    console.get_by_role("button", name="Accept").click()
    expect(console.locator(".tr-stage[data-state=now]")).to_have_text("●Task assigned to Workernow")
    console.get_by_role("button", name="Complete").click()
    expect(console.locator(".tr-code code")).to_contain_text('.update(reservation_status="completed")')

    assert [parameters for _, parameters in evaluate(open_page, "wire()")] == [
        {"ActivitySid": evaluate(open_page, "story.activity_sids['Idle']")},
        {"ReservationStatus": "accepted"},
        {"ReservationStatus": "completed"},
    ]
    assert evaluate(open_page, "workspace.tasks(task.sid).fetch().assignment_status") == "completed"


def test_keyboard_rejects_with_an_activity(console, open_page):
    """Every control can be reached and used without a mouse."""
    evaluate(open_page, "workspace.workers(story.alice_sid).update(activity_sid=story.activity_sids['Idle']).sid")
    console.get_by_role("button", name="Reject").press("Enter")
    open_page.keyboard.press("End")
    open_page.keyboard.press("ArrowUp")
    open_page.keyboard.press("Enter")

    expect(console.get_by_role("button", name="Activity of Alice: Busy, not available")).to_be_visible()
    assert evaluate(open_page, "wire()[-1][1]['ReservationStatus']") == "rejected"


def test_focus_stays_where_the_keyboard_was(console, open_page):
    """A button that is gone leaves the focus to its Reservation, and at last to what came of the click."""
    focused = "(document.activeElement.dataset.key ?? document.activeElement.className)"

    def focus_comes_to(key: str) -> None:
        open_page.wait_for_function(f"{focused} === {key!r}")  # board and sentence come one after the other

    set_activity(console, "Alice", "Idle")
    console.get_by_role("button", name="Accept").press("Enter")
    console.get_by_role("button", name="Complete").wait_for()
    sid = evaluate(open_page, "workspace.tasks(task.sid).reservations.list()[0].sid")
    focus_comes_to(f"of {sid}")
    open_page.keyboard.press("Tab")
    focus_comes_to(f"complete {sid}")
    open_page.keyboard.press("Enter")
    expect(console.locator(".tr-twin")).to_contain_text("is completed now.")
    focus_comes_to("tr-twin")


def test_reject_names_the_activity_that_is_kept(console, open_page):
    """Nobody is offered to become what they are; each choice says whether Tasks arrive then."""
    set_activity(console, "Alice", "Idle")
    console.get_by_role("button", name="Reject").click()
    choices = open_page.locator(".jp-Notebook").get_by_role("menuitem").all_inner_texts()

    assert choices[:2] == ["Reject, and stay Idle\navailable", "Reject, and become Offline\nnot available"]
    assert not [each for each in choices if "become Idle" in each]


def test_clock_moves_and_goes_to_the_next_timer(console, open_page):
    """The clock says what the next timer will do, and lets it happen."""
    set_activity(console, "Alice", "Idle")
    expect(console.locator(".tr-top")).to_contain_text("of Alice times out, and Alice becomes Offline")
    due = evaluate(open_page, "connection.clock(story.workspace_sid)['next']['due_ms']")
    console.get_by_label("Seconds to advance").fill("30")
    console.get_by_label("Seconds to advance").press("Enter")
    expect(console.locator(".tr-code code")).to_contain_text("connection.advance(30)")
    console.get_by_role("button", name="To the next timer").click()

    expect(console.get_by_role("button", name="Activity of Alice: Offline")).to_be_visible()
    assert evaluate(open_page, "connection.clock(story.workspace_sid)['now_ms']") == due


def test_callback_is_replayed_as_it_was_and_with_a_change(console, open_page):
    """The request arrives again; the code names it by its place in the inbox."""
    set_activity(console, "Alice", "Idle")
    console.get_by_role("tab", name="Requests").click()
    console.get_by_role("button", name="Replay", exact=True).click()
    expect(console.locator(".tr-code code")).to_contain_text("listener.replay(listener.inbox[0])")
    console.get_by_role("button", name="Replay with changes").click()
    console.get_by_role("textbox", name="TaskPriority", exact=True).fill("7")
    console.get_by_role("button", name="Send").click()

    expect(console.locator(".tr-code code")).to_contain_text("{'TaskPriority': '7'}")
    assert evaluate(open_page, "[each.parameters['TaskPriority'] for each in listener.inbox]") == ["0", "0", "7"]
    assert evaluate(open_page, "listener.inbox.last.signature") == "valid"


def test_form_keeps_what_is_typed_while_a_request_arrives(console, open_page):
    """Focus, text and what was taken away stay, and the form stays with its request."""
    set_activity(console, "Alice", "Idle")
    console.get_by_role("tab", name="Requests (1)").click()
    console.get_by_role("button", name="Replay with changes").click()
    console.get_by_role("button", name="Take TaskAge away").click()
    priority = console.get_by_role("textbox", name="TaskPriority", exact=True)
    priority.fill("7")
    evaluate(open_page, "listener.replay(listener.inbox[0]).status")
    console.get_by_role("tab", name="Requests (2)").wait_for()

    expect(priority).to_have_value("7")
    expect(priority).to_be_focused()
    expect(console.get_by_role("textbox", name="TaskAge", exact=True)).to_be_disabled()
    console.get_by_role("button", name="Send").click()
    expect(console.locator(".tr-code code")).to_contain_text("{'TaskAge': None, 'TaskPriority': '7'}")


def test_click_while_a_cell_runs_waits_and_changes_still_show(console, open_page):
    """What the running cell does is seen at once; a click is shown as waiting, and done when the cell has ended."""
    idle = "workspace.workers(story.alice_sid).update(activity_sid=story.activity_sids['Idle'])"
    listener_url = evaluate(open_page, "listener.url")
    run_in_background(open_page, f"{idle}; {WAIT}")
    expect(console.get_by_role("button", name="Activity of Alice: Idle")).to_be_visible()
    set_activity(console, "Bob", "Idle")
    expect(console.locator(".tr-workers li", has_text="Bob")).to_contain_text("waiting")
    expect(console.locator(".tr-twin")).to_contain_text("The kernel answers as soon as no cell is running.")
    open_page.request.get(f"{listener_url}/nowhere")

    expect(console.get_by_role("button", name="Activity of Bob: Idle")).to_be_visible()
    expect(console.locator(".tr-workers li", has_text="Bob")).not_to_contain_text("waiting")


def run_in_background(page: Page, code: str) -> None:
    """Let the kernel run code without waiting for its end."""
    page.evaluate(
        """code => { jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code}) }""", code
    )


def test_refusal_is_shown_in_words(console, open_page):
    """A Reservation that somebody else has answered meanwhile: TaskRouter's refusal, and what to do."""
    set_activity(console, "Alice", "Idle")
    accept = console.get_by_role("button", name="Accept")
    accept.wait_for()
    open_page.evaluate("button => { button.click(); button.click(); }", accept.element_handle())

    expect(console.locator(".tr-twin")).to_contain_text("TaskRouter refused this request: 400")
    expect(console.locator(".tr-twin")).to_contain_text("What to do: this Reservation has been answered")


def test_events_are_filtered_by_task(console):
    """The timeline shows everything, or what concerns one Task."""
    console.get_by_role("tab", name="Events").click()
    expect(console.locator(".tr-events")).to_contain_text("Worker Alice was created.")
    console.get_by_label("Show").select_option(index=1)

    expect(console.locator(".tr-events")).not_to_contain_text("Worker Alice")
    expect(console.locator(".tr-events")).to_contain_text("entered TaskQueue Customer Care Requests - Spanish")


def test_names_bring_no_markup(console, open_page):
    """HTML in a name is text on the page, in the words and in the table."""
    expect(console.get_by_text('<b id="injected">')).to_be_visible()

    assert open_page.locator("#injected").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_violation_of_accessibility(console, open_page, theme):
    """axe-core finds nothing serious in any part of the console; the pictures are for people to look at."""
    use_theme(open_page, theme)
    set_activity(console, "Alice", "Idle")
    console.get_by_role("button", name="Accept").wait_for()
    found = []
    for tab in ("Events", "Requests", "Board"):
        console.get_by_role("tab", name=tab).click()
        found += serious_violations(open_page)
    console.scroll_into_view_if_needed()
    screenshot(open_page, f"console-{theme}")
    console.get_by_role("button", name="Activity of Alice").click()

    assert found + serious_violations(open_page) == []


def test_console_opens_beside_and_both_views_agree(console, open_page):
    """ "Open beside" puts it to the right of the notebook; a click in one view is seen in the other."""
    console.get_by_role("button", name="Open beside").click()
    beside = open_page.locator(".jp-LinkedOutputView .tr-console")
    beside.wait_for()
    beside.get_by_role("button", name="Activity of Alice").click()
    open_page.locator(".jp-LinkedOutputView").get_by_role("menuitemradio", name="Idle").click()

    for view in (console, beside):
        expect(view.get_by_role("button", name="Activity of Alice: Idle")).to_be_visible()
        expect(view.locator(".tr-twin")).to_contain_text("Alice is Idle now.")
    assert beside.bounding_box()["x"] > console.bounding_box()["x"] + console.bounding_box()["width"]
    screenshot(open_page, "console-beside")
    open_page.evaluate("for (const each of jupyterapp.shell.widgets('main')) if (!each.context) each.dispose()")


def test_console_survives_a_reload(console, open_page, lab):
    """With the kernel alive it is drawn again as it is, and its controls work."""
    set_activity(console, "Alice", "Idle")
    console.get_by_role("button", name="Accept").wait_for()
    open_page.evaluate("jupyterapp.shell.currentWidget.context.save().then(() => null)")
    load(open_page, lab, "notebooks/console.ipynb")
    console.get_by_role("button", name="Accept").click()

    expect(console.get_by_role("button", name="Complete")).to_be_visible()


def test_console_stays_as_it_was_when_the_kernel_restarts(console, open_page, lab):
    """It says that it is old, here and beside, and its controls are off; a page that is loaded again has the table."""
    set_activity(console, "Alice", "Idle")
    console.get_by_role("button", name="Accept").wait_for()
    console.get_by_role("button", name="Open beside").click()
    beside = open_page.locator(".jp-LinkedOutputView .tr-console")
    beside.wait_for()
    open_page.evaluate("jupyterapp.shell.widgets('main').next().value.sessionContext.restartKernel().then(() => null)")

    old = "The kernel has ended: this is how it was"
    for place in (".jp-Notebook", ".jp-LinkedOutputView"):
        expect(open_page.locator(f"{place} .tr-trouble").first).to_contain_text(f"{old} then.")
        expect(open_page.locator(f"{place} .tr-console").get_by_text("no Tasks wait").first).to_be_visible()
        expect(open_page.locator(f"{place} .tr-console").get_by_role("button", disabled=False)).to_have_count(0)
    off = "element => getComputedStyle(element).backgroundColor"
    accept, advance = (beside.get_by_role("button", name=name).evaluate(off) for name in ("Accept", "Advance"))
    assert accept == advance  # no longer the one that invites
    screenshot(open_page, "console-old")
    open_page.evaluate("for (const each of jupyterapp.shell.widgets('main')) if (!each.context) each.dispose()")
    open_page.evaluate("jupyterapp.shell.currentWidget.context.save().then(() => null)")
    load(open_page, lab, "notebooks/console.ipynb")
    expect(
        open_page.locator(".jp-Notebook .jp-OutputArea-output", has_text=f"{old} when the cell ran.")
    ).to_be_visible()
    run_all(open_page)

    expect(console.get_by_role("button", name="Activity of Alice: Offline")).to_be_visible()
    expect(open_page.locator(".jp-Notebook", has_text=old)).to_have_count(0)
