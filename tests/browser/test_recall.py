"""A learner answers a quiz with the keyboard, and each answer is told what is true about it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.harness import execute, open_notebook, outputs, screenshot, use_theme

CELLS = ("from helpers import recall", "recall(3)", "print(recall(3, 2, 'a'))")
CHOOSE_LAST = "() => { jupyterapp.shell.currentWidget.content.activeCellIndex = 2; }"


def test_answering_with_the_keyboard(lab, page):
    """Arrow keys choose and keep the focus; the sentence is below its question, and code answers the same quiz."""
    open_notebook(page, lab.write_notebook("notebooks/recalling.ipynb", *CELLS))
    page.evaluate(CHOOSE_LAST)
    execute(page, "notebook:run-all-above")
    shown = outputs(page).locator(".tr").filter(has=page.get_by_role("group"))
    first = shown.get_by_role("group", name="1. Bob is Idle.")
    first.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")

    expect(shown.get_by_role("status").first).to_contain_text("Right. To be eligible")
    expect(shown.locator("code.tr-soft")).to_have_text('# the same in code: recall(3, 1, "b")')
    expect(first.get_by_role("radio").nth(1)).to_be_focused()
    page.evaluate(CHOOSE_LAST)  # the keyboard has led to the cell above
    execute(page, "notebook:run-cell")
    expect(shown.get_by_role("status").nth(1)).to_contain_text("Right. Each request creates a Task")
    expect(shown.get_by_role("group", name="2. You run the cell").get_by_role("radio").first).to_be_checked()
    for theme in ("light", "dark"):
        use_theme(page, theme)
        screenshot(page, f"recall-{theme}")
