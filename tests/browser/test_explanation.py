"""A learner is stuck, reads why, presses the button that makes the smallest change, and sees what came of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import open_notebook, outputs, run_all, screenshot, serious_violations, use_theme

STUCK = """
from helpers import catch_up, connect, explain
connection = connect()
world = catch_up(3)
workspace = connection.client.taskrouter.v1.workspaces(world.workspace_sid)
workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Offline"])
task = workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=world.workflow_sid)
"""


@pytest.fixture(scope="module")
def opened(lab, page):
    """The page with the notebook, and one kernel for both tests."""
    open_notebook(page, lab.write_notebook("stuck.ipynb", STUCK, "explanation = explain(task)\nexplanation"))
    return page


@pytest.fixture
def stuck(opened):
    """The explanation of a Task that waits for Alice, drawn by the widget."""
    failed = [cell for cell in run_all(opened) if cell.failed]

    assert failed == []
    return outputs(opened).locator(".tr").last


def test_facts_stand_one_below_the_other(stuck, page):
    """None is wider than the cell: with the board beside the notebook, too, each can be read to its end."""
    page.set_viewport_size({"width": 900, "height": 800})
    sides = stuck.locator("section:has(table)").evaluate_all(
        "each => each.map(fact => fact.getBoundingClientRect()).map(({left, right}) => [left, right])"
    )
    page.set_viewport_size({"width": 1400, "height": 1000})

    assert len(sides) > 2
    assert len({left for left, _ in sides}) == 1
    assert stuck.evaluate("whole => whole.scrollWidth <= whole.clientWidth")


def test_button_makes_the_smallest_change(stuck, page):
    """The verdict, the way out and the facts are drawn, for everybody to read; one click, and Alice is reserved."""
    for theme in ("light", "dark"):
        use_theme(page, theme)
        stuck.get_by_role("button", name="Apply this change").scroll_into_view_if_needed()
        screenshot(page, f"explanation-{theme}")
        assert serious_violations(page) == []
    expect(stuck).to_contain_text('In short: "Alice" is the closest match')
    expect(stuck.get_by_role("rowheader", name="Bob")).to_be_visible()
    stuck.get_by_role("button", name="Apply this change").click()

    expect(stuck.locator(".tr-verdict")).to_contain_text("is reserved")
    expect(stuck).to_contain_text("# the same in code: explain(task).apply()")
