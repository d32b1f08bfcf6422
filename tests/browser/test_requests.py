"""Requests of the listener in JupyterLab: one of many is shown, and sent again as it was or with changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.harness import (
    Lab,
    evaluate,
    open_notebook,
    outputs,
    run_all,
    screenshot,
    serious_violations,
    use_theme,
)

SET_UP = """
from helpers import catch_up, connect, show_requests
connection = connect()
story = catch_up(4)
listener = connection.listen()
workspace = connection.client.taskrouter.v1.workspaces(story.workspace_sid)
workspace.workers(story.alice_sid).update(activity_sid=story.activity_sids["Idle"])
listener.inbox.wait(path="/assignment_callback")
"""


@pytest.fixture(scope="module")
def opened(lab: Lab, page: Page) -> Page:
    """The page with the notebook, and one kernel for both tests."""
    show = "show_requests(listener.inbox, replay=listener.replay)"
    open_notebook(page, lab.write_notebook("notebooks/requests.ipynb", SET_UP, show))
    return page


@pytest.fixture
def requests(opened: Page) -> Locator:
    """The requests: an assignment callback has arrived."""
    assert not [cell.error for cell in run_all(opened) if cell.failed]
    return outputs(opened).locator(".tr-view")


def test_callback_is_replayed_as_it_was_and_with_a_change(requests, page):
    """The request arrives again; the code names it by its place in the inbox."""
    for theme in ("dark", "light"):
        use_theme(page, theme)
        screenshot(page, f"requests-{theme}")
        assert serious_violations(page) == []
    requests.get_by_role("button", name="Replay", exact=True).click()
    expect(requests).to_contain_text("listener.replay(listener.inbox[0])")
    requests.get_by_role("button", name="Replay with changes").click()
    requests.get_by_role("textbox", name="TaskPriority", exact=True).fill("7")
    requests.get_by_role("button", name="Send").click()

    expect(requests).to_contain_text("{'TaskPriority': '7'}")
    assert evaluate(page, "[each.parameters['TaskPriority'] for each in listener.inbox]") == ["0", "0", "7"]
    assert evaluate(page, "listener.inbox.last.signature") == "valid"


def test_form_keeps_what_is_typed_while_a_request_arrives(requests, page):
    """Focus, text and what was taken away stay, and the form stays with its request."""
    requests.get_by_role("button", name="Replay with changes").click()
    requests.get_by_role("button", name="Take TaskAge away").click()
    priority = requests.get_by_role("textbox", name="TaskPriority", exact=True)
    priority.fill("7")
    evaluate(page, "listener.replay(listener.inbox[0]).status")
    requests.get_by_role("heading", name="Requests (2)").wait_for()

    expect(priority).to_have_value("7")
    expect(priority).to_be_focused()
    expect(requests.get_by_role("textbox", name="TaskAge", exact=True)).to_be_disabled()
    requests.get_by_role("button", name="Send").click()
    expect(requests).to_contain_text("{'TaskAge': None, 'TaskPriority': '7'}")
