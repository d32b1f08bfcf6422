"""The official tutorial's page "Create a Task using the REST API", in four ways that end in the same state.

Alice is made Offline, a Spanish Task is created and seen to wait, Alice is made Idle, and TaskRouter asks the
application of lesson 6, which accepts.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.harness import screenshot
from tests.browser.portal.opened_portal import SPANISH, OpenedPortal
from tests.worlds.solved_app import solved_app

SPANISH_QUEUE = "Customer Care Requests - Spanish"
END = {
    "workers": {"Alice": "Idle", "Bob": "Offline"},
    "tasks": [({"selected_language": "es"}, "assigned", SPANISH_QUEUE, [("Alice", "accepted")])],
    "callbacks": [
        {
            *("AccountSid", "WorkspaceSid", "WorkflowSid", "TaskQueueSid", "TaskSid", "TaskAttributes", "TaskAge"),
            *("TaskPriority", "WorkerSid", "WorkerAttributes", "ReservationSid"),
        }
    ],
}


@pytest.fixture
def app(portal: OpenedPortal, tmp_path: Path) -> Iterator[str]:
    """The learner's own application, called by the Workflow; its address."""
    (tmp_path / "app.py").write_text(solved_app(), encoding="utf-8")
    settings = {
        "TWILIO_ACCOUNT_SID": portal.running.account_sid,
        "TWILIO_AUTH_TOKEN": portal.running.auth_token,
        "WORKSPACE_SID": portal.story.workspace_sid,
        "WORKFLOW_SID": portal.story.workflow_sid,
        "TASKROUTER_URL": portal.running.url,
    }
    command = [sys.executable, "-u", "-m", "flask", "run", "--port", "0"]
    told = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=tmp_path, env=os.environ | settings, stdout=told, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as program:
        url = next(found[1] for line in program.stdout or () if (found := re.search(r"Running on (\S+)", line)))
        workflow = portal.workspace.workflows(portal.story.workflow_sid)
        workflow.update(assignment_callback_url=f"{url}/assignment_callback")
        yield url
        program.terminate()


def end_of(portal: OpenedPortal) -> dict[str, object]:
    """The state after the page: Workers, the Tasks with their Reservations, and the callbacks' parameters."""
    portal.running.settle()
    tasks = [
        (
            json.loads(task.attributes),
            task.assignment_status,
            task.task_queue_friendly_name,
            [
                (each.worker_name, each.reservation_status)
                for each in portal.workspace.tasks(task.sid).reservations.list()
            ],
        )
        for task in portal.workspace.tasks.list()
    ]
    return {
        "workers": {each.friendly_name: each.activity_name for each in portal.workspace.workers.list()},
        "tasks": tasks,
        "callbacks": [set(each.callback.parameters) for each in portal.running.deliveries()],
    }


@pytest.mark.parametrize(
    ("width", "theme"), [(1280, "light"), (1280, "dark"), (900, "light"), (400, "dark")], ids=lambda value: str(value)
)
def test_in_the_portal(portal: OpenedPortal, app: str, width: int, theme: str):
    """With the mouse, from the first line to the last, in a broad window and in a narrow one."""
    page = portal.page
    portal.open("workers", width=width, theme=theme)

    def seen(step: str) -> None:
        screenshot(page, f"official-{step}-{width}-{theme}")

    choose_activity(page, "Alice", "Offline")
    seen("1-offline")

    go_to(page, "Tasks")
    page.get_by_role("button", name="Create task").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Attributes", exact=True).fill(SPANISH)
    expect(dialog.get_by_text("Alice is Offline")).to_be_visible()
    seen("2-create")
    dialog.get_by_role("button", name="Create task").click()
    expect(dialog).to_be_hidden()

    row = page.get_by_role("row").filter(has_text="selected_language")
    expect(row).to_contain_text("pending")
    expect(row).to_contain_text("Alice is Offline")
    seen("3-pending")
    row.click()
    expect(page.get_by_role("heading", level=2).or_(page.get_by_role("heading", level=1)).first).to_be_visible()
    expect(page.get_by_text(SPANISH_QUEUE).first).to_be_visible()
    seen("4-why")

    go_to(page, "Workers")
    choose_activity(page, "Alice", "Idle")
    seen("5-idle")
    go_to(page, "Requests")
    page.get_by_role("row").filter(has_text="/assignment_callback").first.click()
    for name in END["callbacks"][0]:
        expect(page.get_by_text(name, exact=True).first).to_be_visible()
    seen("6-callback")

    assert end_of(portal) == END


def test_with_the_sdk(portal: OpenedPortal, app: str):
    """With the page's lines of Python."""
    alice = portal.workspace.workers(portal.story.alice_sid)
    alice.update(activity_sid=portal.story.activity_sids["Offline"])
    task = portal.task()
    assert task.fetch().assignment_status == "pending"
    alice.update(activity_sid=portal.story.activity_sids["Idle"])

    assert end_of(portal) == END


def test_with_curl(portal: OpenedPortal, app: str):
    """With the page's curl line, in a terminal."""
    story, running = portal.story, portal.running
    workspace = f"{running.url}/v1/Workspaces/{story.workspace_sid}"
    user = f"{running.account_sid}:{running.auth_token}"

    def post(place: str, *pairs: str) -> None:
        data = [part for pair in pairs for part in ("--data-urlencode", pair)]
        subprocess.run(["curl", "-fsS", f"{workspace}/{place}", "-u", user, *data], check=True, capture_output=True)

    post(f"Workers/{story.alice_sid}", f"ActivitySid={story.activity_sids['Offline']}")
    post("Tasks", f"Attributes={SPANISH}", f"WorkflowSid={story.workflow_sid}")
    post(f"Workers/{story.alice_sid}", f"ActivitySid={story.activity_sids['Idle']}")

    assert end_of(portal) == END


def test_through_the_learners_app(portal: OpenedPortal, app: str):
    """The customer uses the shop's form; Alice is set in the portal."""
    page = portal.page
    portal.open("workers")
    choose_activity(page, "Alice", "Offline")
    shop = page.context.new_page()
    shop.goto(app)
    screenshot(shop, "official-form")
    shop.get_by_label("Español").check()
    shop.get_by_role("button", name="Ask for help").click()
    expect(shop.get_by_text("task_sid")).to_be_visible()
    choose_activity(page, "Alice", "Idle")

    assert end_of(portal) == END


def choose_activity(page: Page, worker: str, activity: str) -> None:
    """Set a Worker's Activity in their row: two clicks."""
    menu = activity_menu(page, worker)
    menu.click()
    page.get_by_role("menuitemradio", name=re.compile(f"^{activity}")).click()
    expect(menu).to_contain_text(activity)


def activity_menu(page: Page, worker: str) -> Locator:
    """The button in a Worker's row that shows the Activity."""
    return page.get_by_role("button", name=re.compile(f"Activity of {worker}"))


def go_to(page: Page, name: str) -> None:
    """Open a page from the navigation, in a narrow window perhaps from its menu."""
    link = page.get_by_role("navigation").get_by_role("link", name=re.compile(f"^{name}"))
    if not link.first.is_visible():
        page.get_by_role("button", name="More").click()
        link = page.get_by_role("menuitemradio", name=re.compile(f"^{name}"))
    link.first.click()
