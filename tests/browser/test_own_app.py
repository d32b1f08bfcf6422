"""A learner's application: its form creates a Task from a browser, and the terminal's lines are on the page alone."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from tests.browser.harness import evaluate, open_notebook, outputs, run_all, screenshot, use_theme
from tests.notebooks.generated import NOTEBOOKS, read, solution_path

LESSON = NOTEBOOKS / "06_write_your_own_web_server.ipynb"
BEGIN = (
    "from helpers import catch_up, connect, run_app, show_tasks, tidy_up\n"
    "connection = connect()\nstory = catch_up(6)\n"
    "workspace = connection.client.taskrouter.v1.workspaces(story.workspace_sid)\n"
    "connection.export(WORKSPACE_SID=story.workspace_sid, WORKFLOW_SID=story.workflow_sid)"
)
RUN = "app = run_app()\nworkspace.workflows(story.workflow_sid).update(assignment_callback_url=app.assignment_url)"
SECTIONS = [cell.source for cell in read(solution_path(LESSON)).cells if cell.source.startswith("%%app ")]


def test_form_creates_a_task(lab, page):
    """The form of the learner's app, used with the keyboard: TaskRouter asks the app, which accepts for Alice."""
    open_notebook(page, lab.write_notebook("notebooks/shop.ipynb", BEGIN, *SECTIONS, RUN))
    assert [cell.error for cell in run_all(page)] == [None] * (len(SECTIONS) + 2)
    before = evaluate(page, "[task.sid for task in workspace.tasks.list()]")
    with page.context.browser.new_page() as shop:
        shop.goto(evaluate(page, "app.url"))
        expect(shop.get_by_role("radio", name="Español")).to_be_checked()
        shop.get_by_role("radio", name="Español").press("ArrowDown")
        expect(shop.get_by_role("radio", name="English")).to_be_checked()
        screenshot(shop, "shop-form")
        shop.get_by_role("button", name="Ask for help").press("Enter")
        shop.wait_for_url("**/create_task")
        sid = json.loads(shop.locator("body").inner_text())["task_sid"]
    [task] = evaluate(
        page, f"[(t.attributes, t.assignment_status) for t in workspace.tasks.list() if t.sid == {sid!r}]"
    )

    assert sid not in before
    assert (json.loads(task[0]), task[1]) == ({"selected_language": "en"}, "assigned")
    assert "POST /assignment_callback → 200" in evaluate(page, "app.log()")
    evaluate(page, "tidy_up()")


def test_terminal_lines_are_on_the_page_alone(lab, page):
    """Tabs for three shells, by keyboard; what would be stored with the notebook names the variables alone."""
    open_notebook(page, lab.write_notebook("notebooks/lines.ipynb", BEGIN))
    assert [cell.error for cell in run_all(page)] == [None]
    tabs = outputs(page).get_by_role("tab")
    expect(tabs).to_have_text(["bash", "zsh", "PowerShell"])
    line = re.compile(r"^export TASKROUTER_URL=http://127\.0\.0\.1:\d+$", re.MULTILINE)
    expect(outputs(page).get_by_role("textbox", name="Lines for bash")).to_have_value(line)
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(outputs(page).get_by_role("textbox", name="Lines for PowerShell")).to_have_value(re.compile(r"^\$env:TASK"))
    for theme in ("light", "dark"):
        use_theme(page, theme)
        screenshot(page, f"terminal-lines-{theme}")
    stored = page.evaluate("JSON.stringify(jupyterapp.shell.currentWidget.context.model.toJSON())")

    assert evaluate(page, "connection.auth_token.reveal()") not in stored
    assert "127.0.0.1" not in stored
