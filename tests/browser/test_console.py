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
from helpers import catch_up, connect, show_console
connection = connect()
client = connection.client
story = catch_up(4)
workspace = client.taskrouter.v1.workspaces(story.workspace_sid)
listener = connection.listen()
task = workspace.tasks.list()[0]
connection.wire.clear()

def wire():
    return [(each.method, dict(each.parameters)) for each in connection.wire if each.method != "GET"]
"""
WAIT = "listener.inbox.wait(path='/nowhere', refused=True)"
"""A cell that runs until somebody knocks at the listener."""
ONE_BY_ONE = "jupyterapp.shell.currentWidget.sessionContext.session.kernel.commsOverSubshells = 'disabled'"
"""As in older kernels, which handle no message while a cell runs."""


@pytest.fixture(scope="module")
def open_page(page: Page, lab: Lab) -> Page:
    """The page with a console, for all tests here."""
    open_notebook(page, lab.write_notebook("notebooks/console.ipynb", SET_UP, "show_console(workspace)"))
    return page


@pytest.fixture
def console(open_page: Page) -> Locator:
    """The console as lesson 4 starts: a Spanish Task waits, and Alice is Offline."""
    assert not [cell.error for cell in run_all(open_page) if cell.failed]
    console = open_page.locator(".jp-Notebook .tr-cell")
    expect(console.get_by_role("button", name="Activity of Alice: Offline")).to_be_visible()
    return console


def set_activity(console: Locator, worker: str, activity: str) -> None:
    """Choose an Activity from a Worker's menu."""
    button = console.get_by_role("button", name=f"Activity of {worker}")
    button.scroll_into_view_if_needed()
    button.page.evaluate("new Promise(still => requestAnimationFrame(() => requestAnimationFrame(still)))")
    button.click()  # not while the page scrolls: that closes menus
    console.get_by_role("menuitemradio", name=activity).click()


def test_menu_sets_an_activity_and_button_accepts(console, open_page):
    """Alice becomes Idle, is reserved, accepts and completes: three SDK calls, each with its code."""
    set_activity(console, "Alice", "Idle")
    console.get_by_role("button", name="Accept").click()
    code = console.locator(".tr-did")
    expect(code).to_contain_text('reservation_status="accepted"')
    console.get_by_role("button", name="Complete").click()
    expect(code).to_contain_text('reservation_status="completed"')

    assert [parameters for _, parameters in evaluate(open_page, "wire()")] == [
        {"ActivitySid": evaluate(open_page, "story.activity_sids['Idle']")},
        {"ReservationStatus": "accepted"},
        {"ReservationStatus": "completed"},
    ]
    assert evaluate(open_page, "workspace.tasks(task.sid).fetch().assignment_status") == "completed"


def test_code_has_the_names_of_the_cells(console):
    """What a control did can be typed into the next cell as it stands."""
    set_activity(console, "Bob", "Idle")
    code = console.locator(".tr-did pre")

    expect(code).to_contain_text(".workers(story.bob_sid)")
    expect(code).to_contain_text('activity_sid=story.activity_sids["Idle"]')


def test_task_is_created_with_the_route_in_view(console, open_page):
    """The dialog knows what the Workflow reads, says where the Task would go, and makes one SDK call."""
    console.get_by_role("button", name="Create task").click()
    dialog = open_page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Attributes").fill('{"selected_language": "es"}')
    expect(dialog).to_contain_text("Customer Care Requests - Spanish")
    dialog.get_by_role("button", name="Create task").click()

    expect(dialog).to_have_count(0)
    expect(console).to_contain_text("Tasks 2")
    assert evaluate(open_page, "wire()[-1][1]['Attributes']").replace(" ", "") == '{"selected_language":"es"}'


def test_keyboard_sets_an_activity(console, open_page):
    """JupyterLab leaves the arrow keys and Enter to the menu; the focus comes back to its button."""
    button = console.get_by_role("button", name="Activity of Alice")
    button.focus()
    open_page.keyboard.press("ArrowDown")
    expect(console.get_by_role("menu")).to_be_visible()
    open_page.keyboard.press("End")
    chosen = open_page.evaluate("document.activeElement.textContent")
    open_page.keyboard.press("Enter")

    expect(button).to_be_focused()
    expect(button).to_contain_text(chosen.strip().split("not")[0].removesuffix("available"))


def test_click_while_a_cell_runs_waits_and_changes_still_show(console, open_page):
    """What the running cell does is seen at once; a click is shown as waiting, and done when the cell has ended."""
    idle = "workspace.workers(story.alice_sid).update(activity_sid=story.activity_sids['Idle'])"
    listener_url = evaluate(open_page, "listener.url")
    open_page.evaluate(ONE_BY_ONE)
    run_in_background(open_page, f"{idle}; {WAIT}")
    expect(console.get_by_role("button", name="Accept")).to_be_visible()
    set_activity(console, "Bob", "Idle")
    expect(console).to_contain_text("A running cell has to finish first.")
    open_page.request.get(f"{listener_url}/nowhere")

    expect(console.get_by_role("button", name="Activity of Bob: Idle")).to_be_visible()
    expect(console).not_to_contain_text("A running cell has to finish first.")


def test_clock_moves_and_goes_to_the_next_timer(console, open_page):
    """The clock says what the next timer will do, and lets it happen."""
    set_activity(console, "Alice", "Idle")
    console.get_by_role("tab", name="Clock", exact=True).click()
    expect(console).to_contain_text("Alice's Reservation times out")
    due = evaluate(open_page, "connection.clock(story.workspace_sid)['next']['due_ms']")
    console.get_by_role("button", name="Go to next timer").click()
    console.get_by_role("tab", name="Board", exact=True).click()

    expect(console.get_by_role("button", name="Activity of Alice: Offline")).to_be_visible()
    assert evaluate(open_page, "connection.clock(story.workspace_sid)['now_ms']") == due
    assert evaluate(open_page, "len(connection.wire.pauses)") == 1


def test_callback_is_replayed(console, open_page):
    """The emulator's log has it, with the verdict on its signature; sent again, it arrives at the listener again."""
    set_activity(console, "Alice", "Idle")
    console.get_by_role("tab", name="Requests", exact=True).click()
    console.get_by_role("row", name="Callback POST").click()
    expect(console).to_contain_text("Signature valid.")
    name = console.get_by_text("WorkspaceSid", exact=True).bounding_box()
    assert name is not None
    assert name["height"] < 30  # in one line, although JupyterLab has styles of its own for such names
    console.get_by_role("button", name="Replay", exact=True).click()

    assert evaluate(open_page, "listener.inbox.wait(2, path='/assignment_callback').signature") == "valid"


def test_endless_offers_are_told_of(console, open_page):
    """Where the timeout Activity is available, who lets offers time out is offered the same again and again."""
    endless = "workspace.update(timeout_activity_sid=story.activity_sids['Idle']).sid"
    evaluate(open_page, endless)
    set_activity(console, "Alice", "Idle")
    evaluate(open_page, "connection.advance(2400)")

    expect(console).to_contain_text("Alice let 2 offers of Task")
    expect(console).to_contain_text("is available, so TaskRouter can offer Alice the Task again.")


def test_events_filter_with_a_typo_leads_to_the_settings(console, open_page):
    """The Board says which type doesn't exist, and from the Events it's one click to the boxes."""
    evaluate(open_page, 'workspace.update(events_filter="task.created,reservation.accept").sid')
    expect(console.get_by_text("The nearest type is reservation.accepted.")).to_be_visible()
    console.get_by_role("tab", name="Events", exact=True).click()
    console.get_by_role("link", name="Settings").click()

    settings = open_page.frame_locator("iframe[title='TaskRouter portal']")
    expect(settings.get_by_role("checkbox", name="created (task)", exact=True)).to_be_checked()
    console.get_by_role("tab", name="Board", exact=True).click()


def test_events_are_told_in_sentences(console):
    """What happened, the newest above."""
    console.get_by_role("tab", name="Events", exact=True).click()

    expect(console).to_contain_text("entered TaskQueue Customer Care Requests - Spanish")


def run_in_background(page: Page, code: str) -> None:
    """Let the kernel run code without waiting for its end."""
    page.evaluate(
        """code => { jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code}) }""", code
    )


def test_names_bring_no_markup(console, open_page):
    """HTML in a name is text on the page."""
    evaluate(open_page, """workspace.workers.create(friendly_name='<b id="injected">"شكرا" 😀</b>').sid""")
    expect(console.get_by_role("button", name='Activity of <b id="injected">')).to_be_visible()

    assert open_page.locator("#injected").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_violation_of_accessibility(console, open_page, theme):
    """axe-core finds nothing serious in any part of the console; the pictures are for people to look at."""
    use_theme(open_page, theme)
    set_activity(console, "Alice", "Idle")
    console.get_by_role("button", name="Accept").wait_for()
    found = []
    for tab in ("Task", "Events", "Requests", "Clock", "Board"):
        console.get_by_role("tab", name=tab, exact=True).click()
        found += serious_violations(open_page)
    console.scroll_into_view_if_needed()
    screenshot(open_page, f"console-{theme}")
    console.get_by_role("button", name="Activity of Alice").click()

    assert found + serious_violations(open_page) == []


def test_console_opens_beside_and_both_views_agree(console, open_page):
    """ "Open beside" puts it to the right of the notebook; a click in one view is seen in the other, a tab is not."""
    console.get_by_role("button", name="Open beside").click()
    beside = open_page.locator(".jp-LinkedOutputView .tr-cell")
    beside.wait_for()
    expect(open_page.locator(".lm-TabBar-tab", has_text="Board · TaskRouter Notebooks")).to_be_visible()
    open_page.wait_for_function("document.activeElement.closest('.jp-NotebookPanel')")  # Shift+Enter goes on there
    set_activity(beside, "Alice", "Idle")
    beside.get_by_role("tab", name="Task").click()

    expect(console.get_by_role("button", name="Activity of Alice: Idle")).to_be_visible()
    expect(console.get_by_role("tab", name="Board")).to_have_attribute("aria-selected", "true")
    expect(beside.get_by_role("tab", name="Task")).to_have_attribute("aria-selected", "true")
    assert beside.bounding_box()["x"] > console.bounding_box()["x"] + console.bounding_box()["width"]
    screenshot(open_page, "console-beside")
    open_page.evaluate("for (const each of jupyterapp.shell.widgets('main')) if (!each.context) each.dispose()")


def test_nothing_is_offered_where_the_workspace_is_gone(console, open_page):
    """A sentence says what to do next, and no button could fail; the set-up cells bring the board back."""
    evaluate(open_page, "connection.reset()")

    expect(console).to_contain_text("This Workspace no longer exists.")
    expect(console.locator("main, table").or_(console.get_by_role("button", name="Create task"))).to_have_count(0)


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
    beside = open_page.locator(".jp-LinkedOutputView .tr-cell")
    expect(beside).to_contain_text("Offered to Alice")  # it has asked the kernel for that, as the other view did
    open_page.evaluate("jupyterapp.shell.widgets('main').next().value.sessionContext.restartKernel().then(() => null)")

    for place in (".jp-Notebook", ".jp-LinkedOutputView"):
        view = open_page.locator(f"{place} .tr-cell")
        expect(view).to_contain_text("This is from before the kernel stopped.")
        expect(view).to_contain_text("Offered to Alice")
        expect(view.get_by_role("button", disabled=False)).to_have_count(0)
        expect(view.get_by_role("list", name="Stages of the Task")).to_have_count(0)
    screenshot(open_page, "console-old")
    open_page.evaluate("for (const each of jupyterapp.shell.widgets('main')) if (!each.context) each.dispose()")
    open_page.evaluate("jupyterapp.shell.currentWidget.context.save().then(() => null)")
    load(open_page, lab, "notebooks/console.ipynb")
    old = "The kernel has stopped. You see the state from when the cell ran."
    expect(open_page.locator(".jp-Notebook .jp-OutputArea-output", has_text=old)).to_be_visible()
    run_all(open_page)

    expect(console.get_by_role("button", name="Activity of Alice: Offline")).to_be_visible()
    expect(open_page.locator(".jp-Notebook", has_text=old)).to_have_count(0)
