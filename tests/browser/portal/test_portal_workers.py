"""Workers in the portal: each change says before what would follow, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from helpers.emulator.server import start
from tests.browser.portal.opened_portal import OpenedPortal

BOTH = '{"languages": ["en", "es"]}'
ODD_NAMES = ["<b>not markup</b> & co", "👩‍💻 Emoji 😀", "عربي يمين", "W" * 64, "constructor", "`x` $HOME \"q\" 'p'"]


def editor(portal: OpenedPortal) -> Locator:
    """The field of the attributes."""
    return portal.page.get_by_role("textbox", name="Attributes")


def type_attributes(portal: OpenedPortal, text: str) -> None:
    """Replace what is in the field, key by key where the editor has something to do."""
    editor(portal).press("Control+a")
    portal.page.keyboard.insert_text(text)


def bob(portal: OpenedPortal) -> Any:
    """Bob, as the SDK has him in its hands."""
    return portal.workspace.workers(portal.story.bob_sid)


def open_bob(portal: OpenedPortal, tab: str = "attributes", **how: Any) -> None:
    """Open Bob beside the list."""
    portal.open(f"workers/{portal.story.bob_sid}/{tab}", **how)


def test_activity_is_set_in_the_row_in_two_clicks(portal: OpenedPortal):
    """The menu stands in the row, says what each Activity means, and Undo sets it back."""
    portal.task()
    portal.open("workers")

    portal.page.get_by_role("button", name="Activity of Alice: Offline not available").click()
    portal.page.get_by_role("menuitemradio", name="Idle available").click()

    expect(portal.page.get_by_role("button", name="Activity of Alice: Idle available")).to_be_focused()
    expect(portal.page.get_by_role("row", name="Alice").get_by_text("default 1 of 1")).to_be_visible()
    portal.page.get_by_role("button", name="Undo").click()
    expect(portal.page.get_by_role("button", name="Activity of Alice: Offline not available")).to_be_visible()
    assert portal.workspace.workers(portal.story.alice_sid).fetch().activity_name == "Offline"


@pytest.mark.parametrize("width", [1280, 400])
def test_good_news_covers_no_buttons(portal: OpenedPortal, width: int):
    """What was saved is said above the buttons of the drawer, and the clock of a narrow page, so that one can go on."""
    open_bob(portal, width=width)
    type_attributes(portal, "{}")
    portal.page.get_by_role("button", name="Save").click()

    news = portal.page.locator(".tr-toast")
    expect(news).to_be_visible()
    bottom = news.evaluate("each => each.getBoundingClientRect().bottom")
    assert bottom <= portal.page.locator(".tr-drawer-foot").evaluate("each => each.getBoundingClientRect().top")


def test_menu_follows_its_button_and_lets_the_focus_go(portal: OpenedPortal):
    """Scrolling takes the menu along until its button is out of sight; a click into a field closes it and counts."""
    sid = portal.crowd(0, workers=60)
    portal.open(f"/workspaces/{sid}/workers")
    button, menu = portal.page.get_by_role("button", name="Activity of Worker 3:"), portal.page.get_by_role("menu")
    gap = "menu => menu.getBoundingClientRect().top - document.getElementById(menu.id).previousElementSibling"
    gap += ".getBoundingClientRect().bottom"
    button.click()
    before = menu.evaluate(gap)

    scroll = "(list, by) => list.scrollBy(0, by)"
    portal.page.locator(".tr-table").evaluate(scroll, 60)
    portal.page.wait_for_timeout(100)
    assert menu.evaluate(gap) == pytest.approx(before, abs=1)

    portal.page.locator(".tr-table").evaluate(scroll, 1500)
    expect(menu).to_be_hidden()
    portal.page.locator(".tr-table").evaluate(scroll, -2000)
    button.click()
    field = portal.page.get_by_role("searchbox", name="Filter Workers")
    field.click()
    expect(menu).to_be_hidden()
    expect(field).to_be_focused()


@pytest.mark.parametrize("tab", ["attributes", "json"])
def test_what_is_read_to_be_shown_is_no_request_of_somebody(portal: OpenedPortal, tab: str):
    """The list of Requests is about what programs did: looking at Bob leaves nothing there."""
    numbers = [each["number"] for each in portal.running.portal.requests()]
    open_bob(portal, tab)
    expect(portal.page.locator("pre").get_by_text("languages").first).to_be_visible()

    assert [each["number"] for each in portal.running.portal.requests()] == numbers


def test_list_is_filtered_by_activity_and_by_text(portal: OpenedPortal):
    """Segments and field stand in the address; where nothing is left, one button clears both."""
    portal.open("workers")
    portal.page.get_by_role("button", name="Offline 2").click()
    portal.page.get_by_role("searchbox", name="Filter Workers").fill('"es"')

    expect(portal.page.get_by_role("row")).to_have_count(2)  # with the heading's
    assert portal.path == "workers?activity=Offline&q=%22es%22"

    portal.page.get_by_role("searchbox", name="Filter Workers").fill("fr")
    expect(portal.page.get_by_text('No Worker matches "fr" and is Offline.')).to_be_visible()
    portal.page.get_by_role("button", name="Clear filter").click()
    expect(portal.page.get_by_role("row")).to_have_count(3)


def test_what_would_follow_is_said_before_it_is_saved(portal: OpenedPortal):
    """Bob gets Spanish by keyboard alone: the queue he will match, the Task he will have, the code; then it is so."""
    task = portal.task()
    bob(portal).update(activity_sid=portal.story.activity_sids["Idle"])
    portal.open("workers")
    portal.page.get_by_role("row", name="Alice").focus()
    portal.page.keyboard.press("ArrowDown")
    portal.page.keyboard.press("Enter")
    assert portal.focused == "h2 Bob"
    editor(portal).focus()
    type_attributes(portal, BOTH)

    effects = portal.page.locator(".tr-effects")
    expect(effects.get_by_text("Bob matches Customer Care Requests - Spanish.")).to_be_visible()
    expect(effects.get_by_text(f"Bob is reserved for {task.sid[:6]}…{task.sid[-4:]} at once.")).to_be_visible()
    expect(portal.page.get_by_text('attributes=\'{"languages":["en","es"]}\'')).to_be_visible()
    assert bob(portal).fetch().attributes == '{"languages":["en"]}'

    portal.page.keyboard.press("Control+Enter")

    expect(portal.page.get_by_text("Bob is saved.")).to_be_visible()
    assert bob(portal).fetch().attributes == '{"languages":["en","es"]}'
    assert [each.reservation_status for each in bob(portal).reservations.list()] == ["pending"]
    expect(editor(portal)).to_be_focused()


def test_broken_json_is_kept_and_explained(portal: OpenedPortal):
    """Save says what is wrong and sends nothing; the message goes as soon as it is mended."""
    open_bob(portal)
    type_attributes(portal, "{languages: 1}")
    portal.page.get_by_role("button", name="Save").click()

    wrong = portal.page.get_by_text("Line 1: this isn't valid JSON. Names and texts need double quotes.")
    expect(wrong).to_be_visible()
    expect(editor(portal)).to_have_attribute("aria-invalid", "true")
    type_attributes(portal, '{"languages": 1}')
    expect(wrong).to_be_hidden()
    assert bob(portal).fetch().attributes == '{"languages":["en"]}'


def test_attributes_that_are_too_long_are_refused_before_they_are_sent(portal: OpenedPortal):
    """The counter appears near the limit; over it nothing is sent; a megabyte isn't even pasted."""
    open_bob(portal)
    type_attributes(portal, '{"a": "' + "é" * 4090 + '"}')

    expect(portal.page.get_by_text("4,098 of 4,096 characters")).to_be_visible()
    expect(portal.page.get_by_text("TaskRouter takes 4,096 characters. Take 2 away.")).to_be_visible()
    portal.page.get_by_role("button", name="Save").click()
    assert bob(portal).fetch().attributes == '{"languages":["en"]}'

    paste = "(field, text) => { const clipboardData = new DataTransfer(); clipboardData.setData('text', text);"
    paste += "field.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true})); }"
    editor(portal).evaluate(f"field => ({paste})(field, 'x'.repeat(2 ** 20))")
    expect(portal.page.get_by_text("Nothing was pasted: 1,048,576 characters are too many.")).to_be_visible()


def test_who_saves_second_is_asked(portal: OpenedPortal):
    """Somebody else changed the same attributes: both are shown, and mine can be saved all the same."""
    open_bob(portal)
    expect(editor(portal)).to_have_value('{\n  "languages": ["en"]\n}')
    type_attributes(portal, BOTH)
    bob(portal).update(attributes='{"languages": ["en", "fr"]}')
    portal.page.keyboard.press("Control+Enter")

    expect(portal.page.get_by_text("Someone else saved Bob first.")).to_be_visible()
    portal.complaints.clear()  # the browser notes each answer of 412
    expect(editor(portal)).to_have_value(BOTH)
    portal.page.get_by_role("button", name="Compare").click()
    expect(portal.page.get_by_role("dialog").locator("td[data-differs]")).to_have_count(2)
    assert portal.violations() == []
    portal.page.keyboard.press("Escape")
    expect(portal.page.get_by_role("button", name="Compare")).to_be_focused()

    portal.page.get_by_role("button", name="Save mine anyway").click()

    expect(portal.page.get_by_text("Someone else saved Bob first.")).to_be_hidden()
    assert bob(portal).fetch().attributes == '{"languages":["en","es"]}'
    assert portal.focused != ""


def test_theirs_can_be_taken(portal: OpenedPortal):
    """The other choice: what they saved is in the field, and nothing is edited any more."""
    open_bob(portal)
    type_attributes(portal, BOTH)
    bob(portal).update(attributes='{"languages": ["fr"]}')
    portal.page.get_by_role("button", name="Save").click()
    portal.page.get_by_role("button", name="Use theirs").click()

    expect(editor(portal)).to_have_value('{\n  "languages": ["fr"]\n}')
    expect(portal.page.get_by_text("edited")).to_be_hidden()
    portal.complaints.clear()


def test_change_of_another_field_is_no_conflict(portal: OpenedPortal):
    """Bob became Idle and got another name meanwhile: the attributes are saved without a question."""
    open_bob(portal)
    type_attributes(portal, BOTH)
    bob(portal).update(activity_sid=portal.story.activity_sids["Idle"], friendly_name="Robert")
    expect(portal.page.get_by_role("heading", name="Robert")).to_be_visible()
    expect(editor(portal)).to_have_value(BOTH)

    portal.page.get_by_role("button", name="Save").click()

    expect(portal.page.get_by_text("Robert is saved.")).to_be_visible()
    assert bob(portal).fetch().attributes == '{"languages":["en","es"]}'
    portal.complaints.clear()


def test_others_changes_appear_where_nothing_is_typed(portal: OpenedPortal):
    """The field follows what somebody else saves, as long as it holds nothing of the reader's own."""
    open_bob(portal)
    expect(editor(portal)).to_have_value('{\n  "languages": ["en"]\n}')

    bob(portal).update(attributes='{"languages": ["fr"]}')

    expect(editor(portal)).to_have_value('{\n  "languages": ["fr"]\n}')


def test_what_was_typed_outlives_the_server(browser, tmp_path):
    """The emulator stops while somebody types: the text stays, and Save says why it can't; later it can."""
    page = browser.new_context().new_page()
    field, save = page.get_by_role("textbox", name="Attributes"), page.get_by_role("button", name="Save")
    with start(clock="lesson", seed="first", data=tmp_path) as running:
        sid = running.seed({"workspaces": [{"friendly_name": "Desk", "workers": [{"friendly_name": "Bob"}]}]})[0]
        page.goto(f"{running.url}/workspaces/{sid}/workers")
        page.get_by_text("Bob", exact=True).click()
        field.fill(BOTH)
        port = int(running.url.rpartition(":")[2])
    save.click()
    expect(page.get_by_text("There's no response, so it isn't known if anything changed.")).to_be_visible()
    expect(field).to_have_value(BOTH)

    with start(clock="lesson", seed="second", data=tmp_path, port=port):
        expect(page.get_by_text("The emulator was restarted. You see its new state.")).to_be_visible(timeout=20_000)
        expect(field).to_have_value(BOTH)
        save.click()
        expect(page.get_by_text("Bob is saved.")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(field).to_have_value("{}")
    page.context.close()


def test_worker_that_is_gone_stays_in_sight(portal: OpenedPortal):
    """Somebody deletes Bob: the drawer says so and keeps the last state; a link to nobody says so, too."""
    open_bob(portal)
    expect(editor(portal)).to_be_visible()
    bob(portal).delete()

    expect(portal.page.get_by_text("This Worker no longer exists.")).to_be_visible()
    expect(editor(portal)).to_have_value('{\n  "languages": ["en"]\n}')
    expect(portal.page.get_by_role("row", name="Bob")).to_be_hidden()
    portal.page.reload()
    expect(portal.page.get_by_text("This Worker no longer exists.")).to_be_visible()


def test_capacity_is_changed_by_channel(portal: OpenedPortal):
    """Two channels are changed and saved together; a capacity that isn't a number is refused in a sentence."""
    open_bob(portal, "channels")
    capacity = portal.page.get_by_role("textbox", name="Capacity of default")
    capacity.fill("many")
    expect(
        portal.page.get_by_text("A capacity is a whole number from 0: the number of Tasks at the same time.")
    ).to_be_visible()
    capacity.fill("3")
    expect(portal.page.get_by_text("available=False")).to_be_hidden()
    portal.page.get_by_role("checkbox", name="voice is open").uncheck()
    expect(portal.page.get_by_text("available=False")).to_be_visible()
    portal.page.get_by_role("button", name="Save").click()

    expect(portal.page.get_by_text("Bob's channels are saved.")).to_be_visible()
    saved = {each.task_channel_unique_name: each for each in bob(portal).worker_channels.list()}
    assert (saved["default"].configured_capacity, saved["voice"].available) == (3, False)
    expect(capacity).to_have_value("3")


def test_capacity_tells_accepted_from_pending(portal: OpenedPortal):
    """The list, the Board and the tab say how much of each channel is accepted and how much is only pending."""
    alice = portal.workspace.workers(portal.story.alice_sid)
    alice.worker_channels("chat").update(capacity=3)
    alice.update(activity_sid=portal.story.activity_sids["Idle"])
    tasks = [portal.task(task_channel="chat") for _ in range(2)]
    portal.task(task_channel="voice")
    portal.workspace.tasks(tasks[0].sid).reservations.list()[0].update(reservation_status="accepted")

    for width in (1280, 900):
        portal.open("workers", width=width)
        row = portal.page.get_by_role("row", name="Alice")
        expect(row).to_contain_text("chat 2 of 3: 1 accepted, 1 pending")
        expect(row).to_contain_text("voice 1 of 1 pending")
        assert row.locator(".tr-worker-capacity").evaluate("each => each.scrollHeight <= each.clientHeight")
        head = portal.page.get_by_role("columnheader", name="In use")
        assert head.evaluate("each => each.scrollWidth <= each.clientWidth")
    portal.open("board")
    expect(portal.page.get_by_text("chat 2 of 3: 1 accepted, 1 pending")).to_be_visible()
    portal.open(f"workers/{portal.story.alice_sid}/channels")
    channels = portal.page.locator(".tr-channels")
    chat = channels.get_by_role("row", name="chat")
    expect(chat.get_by_role("cell").first).to_have_text("2 of 3: 1 accepted, 1 pending")
    slots = chat.locator("[data-use]").evaluate_all("all => all.map(each => each.dataset.use)")
    assert slots == ["accepted", "pending", "free"]
    expect(channels.get_by_role("row", name="default").get_by_role("cell").first).to_have_text("0 of 1")


def test_what_could_reach_a_worker_can_be_done(portal: OpenedPortal):
    """Alice's drawer names the queues, the Tasks waiting there, and the smallest change with its button."""
    portal.task()
    portal.open(f"workers/{portal.story.alice_sid}/reach")
    expect(portal.page.get_by_role("heading", name="What could reach Alice")).to_be_visible()
    expect(portal.page.get_by_role("listitem").filter(has_text="Customer Care Requests - Spanish")).to_contain_text(
        "1 waits"
    )

    portal.page.get_by_role("button", name="Set Alice to Idle").click()

    expect(portal.page.get_by_role("tab", name="Reservations 1")).to_be_visible()
    portal.page.get_by_role("tab", name="Reservations 1").click()
    portal.page.get_by_role("tabpanel").get_by_role("button", name="Accept").click()
    expect(portal.page.get_by_role("tabpanel").get_by_text("accepted")).to_be_visible()
    assert portal.focused != ""


def test_worker_is_created_renamed_and_deleted(portal: OpenedPortal):
    """A Worker's whole life by keyboard; a name that is taken is refused in Twilio's words, and the text stays."""
    portal.open("workers")
    portal.page.get_by_role("button", name="Create worker").press("Enter")
    name = portal.page.get_by_role("textbox", name="Name")
    expect(name).to_be_focused()
    portal.page.keyboard.insert_text("Bob")
    portal.page.keyboard.press("Control+Enter")
    expect(portal.page.get_by_role("alert")).to_contain_text("already exists")
    portal.complaints.clear()
    name.fill("Carol")
    portal.page.keyboard.press("Control+Enter")
    expect(portal.page.get_by_role("heading", name="Carol")).to_be_visible()

    portal.page.get_by_role("button", name="Carol: More").click()
    portal.page.get_by_role("menuitem", name="Rename Carol").click()
    portal.page.get_by_role("textbox", name="Name").fill("Caroline")
    portal.page.keyboard.press("Control+Enter")
    expect(portal.page.get_by_role("heading", name="Caroline")).to_be_visible()

    portal.page.get_by_role("button", name="Caroline: More").click()
    portal.page.get_by_role("menuitem", name="Delete Caroline").click()
    portal.page.get_by_role("dialog").get_by_role("button", name="Delete Caroline").click()
    expect(portal.page.get_by_role("row", name="Caroline")).to_be_hidden()
    assert sorted(each.friendly_name for each in portal.workspace.workers.list()) == ["Alice", "Bob"]
    assert portal.focused != ""


def test_names_are_text_whatever_they_hold(portal: OpenedPortal):
    """Markup, emoji, another direction of writing, names of JavaScript: each stands there as it is, and opens."""
    for each in ODD_NAMES:
        portal.workspace.workers.create(friendly_name=each)
    portal.open("workers")
    for each in ODD_NAMES:
        portal.page.locator("bdi").get_by_text(each, exact=True).first.click()

        expect(portal.page.get_by_role("heading", level=2).get_by_text(each, exact=True)).to_be_visible()
        portal.page.keyboard.press("Escape")
    assert portal.page.locator("b > b").count() == 0
    assert portal.violations() == []


def test_ten_thousand_workers_scroll(portal: OpenedPortal):
    """Only what is in sight is in the page; the last one is a key away, and the filter finds any."""
    workspace = portal.crowd(0, workers=10_000)
    portal.page.goto(f"{portal.running.url}/workspaces/{workspace}/workers")
    expect(portal.page.get_by_role("row", name="Worker 0 ")).to_be_visible(timeout=60_000)
    assert portal.page.get_by_role("row").count() < 60

    portal.page.get_by_role("row", name="Worker 0 ").focus()
    portal.page.keyboard.press("End")
    expect(portal.page.get_by_role("row", name="Worker 9999")).to_be_focused()

    portal.page.get_by_role("searchbox", name="Filter Workers").fill("Worker 777")
    expect(portal.page.get_by_role("table")).to_have_attribute("aria-label", "Workers")
    expect(portal.page.get_by_role("row", name="Worker 7777")).to_be_visible()


def test_nothing_hinders_anybody(portal: OpenedPortal):
    """Each tab of a Worker and the dialog, in both themes; no page scrolls sideways."""
    portal.task()
    bob(portal).update(activity_sid=portal.story.activity_sids["Idle"])
    portal.task('{"selected_language": "en"}')
    of_bob = f"workers/{portal.story.bob_sid}"
    for path in (*(f"{of_bob}/{tab}" for tab in TABS), "workers/new"):
        portal.open(path)

        assert portal.hindrances(portal.page.locator(".tr-tabpanel > *, .tr-dialog")) == [], path


TABS = ("attributes", "channels", "reach", "reservations", "json")
