"""`connection.portal()` in JupyterLab: the page in a pane, or its views where the browser can't reach the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import evaluate, open_notebook, outputs, run_all, screenshot, use_theme

SET_UP = """
from helpers import catch_up, connect
connection = connect()
story = catch_up(4)
workspace = connection.client.taskrouter.v1.workspaces(story.workspace_sid)
task = workspace.tasks.list()[0]
"""
CLOSE_PANES = "for (const each of [...jupyterapp.shell.widgets('main')]) if (!each.context) each.dispose()"
SHOW_NOTEBOOK = "jupyterapp.shell.activateById([...jupyterapp.shell.widgets('main')].find(each => each.context).id)"


@pytest.fixture(scope="module")
def opened(lab, page):
    """The page with the notebook, and one kernel for all tests here."""
    open_notebook(page, lab.write_notebook("notebooks/portal.ipynb", SET_UP, "connection.portal(task)"))
    return page


@pytest.fixture
def notebook(opened):
    """The page with the notebook alone, before it is run."""
    yield opened
    opened.unroute_all()
    opened.evaluate(CLOSE_PANES)


def test_page_opens_beside_the_notebook(notebook, page):
    """In a frame, by the name that the browser has for this machine; the link leads there, too."""
    assert not [cell.error for cell in run_all(page) if cell.failed]
    frame = page.frame_locator("iframe[title='TaskRouter portal']")

    expect(frame.get_by_role("heading", name='{"selected_language":"es"}')).to_be_visible()
    link = outputs(page).get_by_role("link", name="Open the portal in a tab").get_attribute("href")
    assert link.startswith("http://127.0.0.1:")
    screenshot(page, "portal-beside")


def test_page_beside_has_the_theme_of_jupyterlab(notebook, page):
    """When it opens, when JupyterLab changes, when it is loaded again; what the reader chose in it counts more."""
    page.emulate_media(color_scheme="light")
    use_theme(page, "dark")
    assert not [cell.error for cell in run_all(page) if cell.failed]
    drawn = page.frame_locator("iframe[title='TaskRouter portal']").locator("#portal")
    expect(drawn).to_have_css("color-scheme", "dark")
    screenshot(page, "portal-beside-dark")

    use_theme(page, "light")
    expect(drawn).to_have_css("color-scheme", "light")
    drawn.evaluate("location.reload()")
    use_theme(page, "dark")
    expect(drawn).to_have_css("color-scheme", "dark")

    drawn.evaluate("localStorage.setItem('taskrouter-theme', 'light'); location.reload()")
    expect(drawn).to_have_css("color-scheme", "light")
    use_theme(page, "light")


def test_views_open_where_the_page_cannot_be_reached(notebook, page):
    """Over the channel of the widget, with the learner's own client, and no keys of their own."""
    page.route("**/_emulator/health", lambda route: route.abort())
    assert not [cell.error for cell in run_all(page) if cell.failed]
    pane = page.locator(".tr-pane")
    expect(pane.get_by_role("heading", name='{"selected_language":"es"}')).to_be_visible()
    expect(pane).to_contain_text("story.alice_sid")
    pane.get_by_role("button", name="Set Alice to Idle").click()

    expect(pane.locator(".tr-drawer .tr-pill", has_text="reserved").first).to_be_visible()
    pane.get_by_role("link", name="Workers").first.click()
    expect(pane.get_by_role("heading", name="Workers")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    screenshot(page, "portal-over-the-channel")
    page.evaluate(SHOW_NOTEBOOK)
    last = "dict(connection.wire[-1].parameters)"
    assert evaluate(page, last) == {"ActivitySid": evaluate(page, "story.activity_sids['Idle']")}
