"""The playground in JupyterLab: typing in the field fills the truth table, and takes neither focus nor caret."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import open_notebook, outputs, run_all, screenshot, serious_violations, use_theme

STORY = """
from helpers import catch_up, connect, try_expression
client = connect().client
world = catch_up(3)
workspace = client.taskrouter.v1.workspaces(world.workspace_sid)
"""
TRY = """try_expression('languages HAS "fr"', workspace.workers.list())"""
ONE_BY_ONE = "jupyterapp.shell.currentWidget.sessionContext.session.kernel.commsOverSubshells = 'disabled'"
"""As in older kernels, which handle no message while a cell runs."""
KEEP_BUSY = """() => {
    jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute(
        {code: 'import pathlib, time\\nwhile not pathlib.Path("enough").exists(): time.sleep(0.01)'}
    );
}"""
"""A cell that runs until there is a file called enough beside the notebook."""


@pytest.fixture
def field(lab, page):
    """The field of a playground on Alice and Bob."""
    open_notebook(page, lab.write_notebook("notebooks/playground.ipynb", STORY, TRY))
    page.evaluate(ONE_BY_ONE)
    assert [cell.error for cell in run_all(page) if cell.failed] == []
    return outputs(page).get_by_label("Expression, as target_workers of a TaskQueue")


def test_typing_is_tried_in_the_kernel(lab, page, field):
    """The table follows the keys; caret and focus stay; mistakes get a caret; a busy kernel is waited for."""
    status, table = outputs(page).get_by_role("status"), outputs(page).get_by_role("table")
    expect(status).to_have_text("It matches nobody: 0 of 2 Workers.")

    field.fill('languages HAS ""')
    field.press("ArrowLeft")
    field.press_sequentially("es", delay=60)
    expect(status).to_have_text("It matches 1 of 2 Workers: Alice.")
    expect(field).to_be_focused()
    assert field.evaluate("field => field.selectionStart") == len('languages HAS "es')
    expect(table.get_by_role("row", name="Bob")).to_contain_text('languages is ["en"], without "es"')
    expect(outputs(page).get_by_text("""# the same in code: try_expression('languages HAS "es"',""")).to_be_visible()
    pictures(page, field, "playground")

    field.fill("skill-level > 3")
    expect(outputs(page).locator(".tr-where")).to_have_text("skill-level > 3\n     ^^")
    assert field.get_attribute("aria-invalid") == "true"
    expect(table).to_have_count(0)
    pictures(page, field, "playground-error")

    page.evaluate(KEEP_BUSY)
    field.fill("1==1")
    expect(status).to_have_text("Waiting for the kernel. A running cell has to finish first.")
    (lab.root / "notebooks/enough").touch()
    expect(status).to_have_text("It matches all of 2 Workers: Alice, Bob.")
    expect(field).to_have_value("1==1")


def pictures(page, field, name):
    """Store what is shown in both themes, for people to look at; axe-core finds nothing serious in it."""
    field.scroll_into_view_if_needed()
    for theme in ("dark", "light"):
        use_theme(page, theme)
        screenshot(page, f"{name}-{theme}")
        assert serious_violations(page) == []
    field.focus()
