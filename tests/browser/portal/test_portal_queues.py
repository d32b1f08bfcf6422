"""TaskQueues, Workflows and Activities in the portal: tried before they are saved, and saved as one call."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from tests.browser.portal.opened_portal import SPANISH, OpenedPortal

CARE = 'languages HAS "es" AND team == "care"'


def open_queue(portal: OpenedPortal, name: str = "Spanish") -> None:
    """Open the list, and the queue whose name ends so."""
    portal.open("queues")
    portal.page.get_by_role("row").filter(has_text=re.compile(f"{name}")).click()
    expect(portal.page.get_by_role("textbox", name="Expression")).to_be_visible()


def open_workflow(portal: OpenedPortal, tab: str = "tree", **at: object) -> None:
    """Open the Workflow of the tutorial."""
    portal.open(f"workflows/{portal.story.workflow_sid}/{tab}", **at)


def test_expression_is_tried_before_it_is_saved(portal: OpenedPortal):
    """The truth table has a column for each clause, the whole and what was before; the address keeps the expression."""
    open_queue(portal)
    portal.page.get_by_role("textbox", name="Expression").fill(CARE)

    expect(portal.page.get_by_text("Matches nobody. Until now it matched Alice.")).to_be_visible()
    headings = portal.page.locator(".tr-truth thead th").all_inner_texts()
    assert headings == ["Worker", 'languages HAS "es"', 'team == "care"', "AND", "Before"]
    expect(portal.page.locator(".tr-truth td[data-stops]").first).to_contain_text("missing")
    portal.page.reload()
    expect(portal.page.get_by_role("textbox", name="Expression")).to_have_value(CARE)


def test_saved_expression_is_the_queues(portal: OpenedPortal):
    """Save sends what is shown as code, and the queue has it."""
    open_queue(portal)
    portal.page.get_by_role("textbox", name="Expression").fill("1==1")
    expect(portal.page.get_by_text("Matches everybody (2 Workers).")).to_be_visible()
    portal.page.get_by_role("button", name="Save").click()

    expect(portal.page.get_by_text("is saved.")).to_be_visible()
    (queue,) = portal.workspace.task_queues.list(friendly_name="Customer Care Requests - Spanish")
    assert queue.target_workers == "1==1"
    assert "try=" not in portal.path


def test_mistake_in_an_expression_is_shown_and_not_sent(portal: OpenedPortal):
    """Twilio's words, ours, and the way to the place; Save leads there instead of sending it."""
    open_queue(portal)
    field = portal.page.get_by_role("textbox", name="Expression")
    field.fill('languages HASS "es"')
    expect(portal.page.get_by_text("mismatched input 'HASS' expecting OPERATOR")).to_be_visible()
    portal.page.get_by_role("button", name="Save").click()
    expect(field).to_be_focused()
    portal.page.get_by_role("button", name="Go to column 11").click()

    assert field.evaluate("each => each.selectionStart") == 10
    assert portal.workspace.task_queues.list()[0].target_workers != 'languages HASS "es"'


def test_names_and_operators_are_written_by_buttons(portal: OpenedPortal):
    """An expression can be made with buttons alone."""
    open_queue(portal)
    field = portal.page.get_by_role("textbox", name="Expression")
    field.fill("")
    for word in ("languages", "HAS", '"en"'):
        portal.page.get_by_role("button", name=word, exact=True).click()

    expect(field).to_have_value('languages HAS "en"')
    expect(portal.page.get_by_text("Until now it matched Alice.")).to_be_visible()


def test_queue_is_created(portal: OpenedPortal):
    """A name is asked for; then the new queue is open."""
    portal.open("queues/new")
    create = portal.page.get_by_role("dialog").get_by_role("button", name="Create queue")
    create.click()
    expect(portal.page.get_by_text("Give the TaskQueue a name.")).to_be_visible()
    portal.page.get_by_role("textbox", name="Name").fill("<b>Night</b>")
    create.click()

    expect(portal.page.get_by_role("heading", name="<b>Night</b>")).to_be_visible()
    assert len(portal.workspace.task_queues.list(friendly_name="<b>Night</b>")) == 1


def test_refused_queue_says_so(portal: OpenedPortal):
    """What TaskRouter refuses is shown in its words, and what was typed stays."""
    portal.open("queues/new")
    portal.page.get_by_role("textbox", name="Name").fill("Customer Care Requests - Spanish")
    portal.page.get_by_role("dialog").get_by_role("button", name="Create queue").click()

    expect(portal.page.get_by_role("alert")).to_contain_text("already exists")
    expect(portal.page.get_by_role("textbox", name="Name")).to_have_value("Customer Care Requests - Spanish")
    portal.complaints.clear()  # the browser notes each request that is refused


def test_way_of_attributes_through_the_tree(portal: OpenedPortal):
    """A sample shows its way: the filter that matches, those after it, and what becomes of the Task."""
    open_workflow(portal)
    portal.page.get_by_role("button", name="Spanish", exact=True).click()

    expect(
        portal.page.get_by_text("This Task waits in Customer Care Requests - Spanish. Alice is Offline.")
    ).to_be_visible()
    verdicts = portal.page.locator(".tr-tree-verdict").all_inner_texts()
    assert [each.strip() for each in verdicts] == ["matches", "not evaluated"]
    expect(portal.page.locator(".tr-tree > ol > li[data-way] h2")).to_have_text("Spanish")
    assert portal.workspace.tasks.list() == []
    portal.page.reload()
    expect(portal.page.locator(".tr-tree > ol > li[data-way] h2")).to_have_text("Spanish")


def test_attributes_of_a_task_can_be_tried(portal: OpenedPortal):
    """The menu has the Workflow's own Tasks."""
    portal.task(SPANISH)
    open_workflow(portal)
    portal.page.get_by_role("button", name="From a Task…").click()
    portal.page.get_by_role("menuitem").first.click()

    expect(portal.page.get_by_role("textbox", name="Try attributes")).to_have_value('{\n  "selected_language": "es"\n}')


def test_mistakes_in_a_configuration_stand_at_their_places(portal: OpenedPortal):
    """Each filter's mistake has its line; Save leads to the first instead of sending it."""
    open_workflow(portal, "config")
    field = portal.page.get_by_role("textbox", name="Configuration")
    expect(portal.page.get_by_text("TaskRouter accepts this.")).to_be_visible()
    text = field.input_value()
    field.fill(text.replace('\\"es\\"', '\\"es\\" ANND', 1))
    expect(portal.page.get_by_text("filters[0].expression")).to_be_visible()
    portal.page.get_by_role("button", name="Save").click()

    expect(field).to_be_focused()
    start = field.evaluate("each => each.selectionStart")
    assert field.input_value()[start:].startswith("ANND")


def test_configuration_is_saved_and_tasks_follow_it(portal: OpenedPortal):
    """Tasks that wait are led through the new configuration, unless that is switched off."""
    task = portal.task('{"selected_language": "fr"}')
    assert task.fetch().assignment_status == "canceled"
    waiting = portal.task()
    open_workflow(portal, "config")
    field = portal.page.get_by_role("textbox", name="Configuration")
    document = json.loads(field.input_value())
    english = document["task_routing"]["filters"][1]["targets"][0]["queue"]
    document["task_routing"]["filters"][0]["targets"][0]["queue"] = english
    field.fill(json.dumps(document, indent=2))
    portal.page.get_by_role("button", name="Save").click()

    expect(portal.page.get_by_text("Customer Care Requests is saved.")).to_be_visible()
    assert waiting.fetch().task_queue_sid == english


def test_callback_and_timeout_are_saved(portal: OpenedPortal):
    """What TaskRouter calls, and how long a Worker has, can be changed here."""
    open_workflow(portal, "settings")
    portal.page.get_by_role("textbox", name="Assignment callback URL").fill("http://127.0.0.1:9/assignment")
    portal.page.get_by_role("spinbutton", name="Reservation timeout").fill("60")
    portal.page.get_by_role("button", name="Save").click()

    expect(portal.page.get_by_text("is saved.")).to_be_visible()
    workflow = portal.workspace.workflows(portal.story.workflow_sid).fetch()
    assert (workflow.assignment_callback_url, workflow.task_reservation_timeout) == (
        "http://127.0.0.1:9/assignment",
        60,
    )


def test_workflow_is_created(portal: OpenedPortal):
    """A new Workflow opens where its filters are written."""
    portal.open("workflows/new")
    portal.page.get_by_role("textbox", name="Name").fill("Night requests")
    portal.page.get_by_role("dialog").get_by_role("button", name="Create workflow").click()

    expect(portal.page.get_by_role("heading", name="Night requests")).to_be_visible()
    assert portal.path.endswith("/config")


def test_activity_is_renamed_and_created(portal: OpenedPortal):
    """A name can change; whether it is available is chosen once."""
    portal.open("activities")
    portal.page.get_by_role("row").filter(has_text="Offline").click()
    expect(portal.page.get_by_role("link", name="Alice")).to_be_visible()
    portal.page.get_by_role("textbox", name="Name").fill("Away")
    portal.page.get_by_role("button", name="Save").click()
    expect(portal.page.get_by_text("Away is saved.")).to_be_visible()
    portal.open("activities/new")
    portal.page.get_by_role("textbox", name="Name").fill("At lunch")
    portal.page.get_by_role("button", name="not available").click()
    portal.page.get_by_role("dialog").get_by_role("button", name="Create activity").click()
    expect(portal.page.get_by_text("At lunch is created.")).to_be_visible()

    (lunch,) = portal.workspace.activities.list(friendly_name="At lunch")
    assert lunch.available is False
    assert portal.workspace.activities.list(friendly_name="Away")


def test_what_is_open_hinders_nobody(portal: OpenedPortal):
    """A queue with a truth table, a tree with a way, a configuration, and each dialog."""
    portal.task()
    queue = f"queues/{portal.workspace.task_queues.list()[0].sid}"
    workflow = f"workflows/{portal.story.workflow_sid}"
    for path, sign in (
        (f"{queue}?try=a==1 AND b==2", ".tr-truth tbody tr"),
        (f"{workflow}/tree?try={{}}", ".tr-tree-verdict"),
        (f"{workflow}/config", ".tr-configuration-good"),
        (f"{workflow}/settings", ".tr-workflow-settings"),
        ("queues/new", "dialog"),
        ("workflows/new", "dialog"),
        ("activities/new", "dialog"),
    ):
        portal.open(path)

        assert portal.hindrances(portal.page.locator(sign)) == [], path


def test_nothing_there_teaches(portal: OpenedPortal):
    """An empty Workspace says what is missing, and what it is for."""
    sid = portal.client.taskrouter.v1.workspaces.create(friendly_name="Empty").sid
    portal.open(f"/workspaces/{sid}/workflows")
    expect(portal.page.get_by_text("A Workflow decides which queue a Task goes to.")).to_be_visible()
    portal.open(f"/workspaces/{sid}/queues/WQ{'0' * 32}")
    expect(portal.page.get_by_text("This TaskQueue isn't here.")).to_be_visible()


def test_configuration_that_was_typed_is_kept(portal: OpenedPortal):
    """A reload keeps the text; somebody else's save is told, and theirs can be used."""
    open_workflow(portal, "config")
    field = portal.page.get_by_role("textbox", name="Configuration")
    mine = field.input_value().replace("Spanish", "Español", 1)
    field.fill(mine)
    portal.page.reload()
    expect(field).to_have_value(mine)
    portal.workspace.workflows(portal.story.workflow_sid).update(configuration='{"task_routing":{"filters":[]}}')
    expect(portal.page.get_by_text("Someone else saved this Workflow first.")).to_be_visible()
    expect(field).to_have_value(mine)
    portal.page.get_by_role("button", name="Use theirs").click()

    expect(field).to_have_value('{\n  "task_routing": {\n    "filters": []\n  }\n}')


def test_workflow_is_saved_by_keyboard(portal: OpenedPortal):
    """Ctrl Enter in the editor is the page's main button."""
    open_workflow(portal, "config")
    field = portal.page.get_by_role("textbox", name="Configuration")
    field.fill('{"task_routing": {"filters": []}}')
    expect(portal.page.get_by_text("TaskRouter accepts this.")).to_be_visible()
    field.press("Control+Enter")

    expect(portal.page.get_by_text("Customer Care Requests is saved.")).to_be_visible()


def test_nothing_is_tried_before_something_is_typed(portal: OpenedPortal):
    """The tree begins without verdicts and without a complaint about empty text."""
    open_workflow(portal)
    expect(portal.page.get_by_text("No default filter")).to_be_visible()
    portal.page.wait_for_timeout(700)

    assert portal.page.locator(".tr-tree-verdict").count() == 0
    assert portal.page.locator(".tr-routing-try [aria-invalid=true]").count() == 0
