"""A learner predicts with the keyboard, and Python knows."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.harness import execute, open_notebook, outputs, screenshot, use_theme

CELLS = (
    "from helpers import catch_up, connect, predict\n"
    "story = catch_up(4)\n"
    "workspace = connect().client.taskrouter.v1.workspaces(story.workspace_sid)\n"
    "task = workspace.tasks.list()[0]",
    "prediction = predict(task)\nprediction",
    "workspace.workers(story.alice_sid).update(activity_sid=story.activity_sids['Idle'])\nprint(prediction.reveal())",
)
CHOOSE_LAST = "() => { jupyterapp.shell.currentWidget.content.activeCellIndex = 2; }"


def test_predicting_with_the_keyboard(lab, page):
    """Arrow keys choose and keep the focus, status line and code twin say what, and the reveal of the object knows."""
    open_notebook(page, lab.write_notebook("notebooks/predicting.ipynb", *CELLS))
    page.evaluate(CHOOSE_LAST)
    execute(page, "notebook:run-all-above")
    group = outputs(page).get_by_role("group", name="Who will be reserved for Task")
    shown = outputs(page).locator(".tr").filter(has=page.get_by_role("group"))
    group.get_by_role("radio", name="Alice").focus()
    page.keyboard.press("ArrowDown")

    expect(shown.get_by_role("status")).to_have_text("You predict Bob.")
    expect(shown.locator("code")).to_have_text('# the same in code: predict(task, "Bob")')
    expect(group.get_by_role("radio", name="Bob")).to_be_focused()
    for theme in ("light", "dark"):
        use_theme(page, theme)
        screenshot(page, f"prediction-{theme}")
    page.evaluate(CHOOSE_LAST)  # the keyboard has led to the cell above
    execute(page, "notebook:run-cell")
    expect(outputs(page).get_by_text("You predicted Bob, but Alice was reserved").last).to_be_visible()
    expect(group.get_by_role("radio", name="Alice")).to_be_disabled()
    screenshot(page, "prediction-revealed")
