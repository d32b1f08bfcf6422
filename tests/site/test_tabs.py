"""Several tabs of one browser: each has a kernel and a TaskRouter of its own, and all share what the browser keeps."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack

import pytest
from playwright.sync_api import Locator, expect

from helpers.lessons.progress.progress_keeping import AGAIN_SECONDS
from tests.notebooks.generated import lesson_paths
from tests.site.site_visit import served, visit

pytestmark = pytest.mark.whole_site
CREATE, AVAILABLE = lesson_paths()[3:5]
PROGRESS = "print(open('/drive/.local/progress.json').read())"


@pytest.fixture
def open_tab(browser, site_folder):
    """Opener of tabs in one browser, each of which shows a lesson."""
    with served(site_folder) as url, browser.new_context() as context, ExitStack() as tabs:

        def open_tab(path):
            tab = tabs.enter_context(visit(context, url, site_folder))
            tab.open(path.name)
            return tab

        yield open_tab


def make_idle(board: Locator, worker: str) -> None:
    """Choose an Activity in a Worker's menu."""
    board.get_by_role("button", name=f"Activity of {worker}").click()
    board.get_by_role("menuitemradio", name="Idle").click()


def test_two_tabs_of_a_lesson_are_two_worlds(open_tab):
    """What one does, the other doesn't know."""
    one, other = open_tab(AVAILABLE), open_tab(AVAILABLE)
    board, other_board = one.show_board(), other.show_board()
    make_idle(board, "Alice")

    expect(board.get_by_role("button", name="Activity of Alice: Idle")).to_be_visible()
    expect(board.get_by_role("button", name="Accept")).to_be_visible()
    assert other.run("print(workspace.workers(story.alice_sid).fetch().activity_name)") == "Offline\n"
    expect(other_board.get_by_role("button", name="Activity of Alice: Offline")).to_be_visible()
    expect(other_board.get_by_role("button", name="Accept")).to_have_count(0)


@pytest.mark.parametrize(("left", "worker"), [(CREATE, "Bob"), (AVAILABLE, "Alice")])
def test_closed_tab_leaves_the_other_one_as_it_is(open_tab, left, worker):
    """Of two lessons, the one that stays open has its world, its board and the browser's storage."""
    tabs = {path: open_tab(path) for path in (CREATE, AVAILABLE)}
    boards = {path: tab.show_board() for path, tab in tabs.items()}
    tabs[CREATE if left is AVAILABLE else AVAILABLE].page.close()
    expect(boards[left].get_by_role("button", name=f"Activity of {worker}: Offline")).to_be_visible()
    make_idle(boards[left], worker)

    expect(boards[left].get_by_role("button", name=f"Activity of {worker}: Idle")).to_be_visible()
    tabs[left].run("from helpers.lessons.progress import record_answer; record_answer('3.1', 'solved')")
    assert list(json.loads(tabs[left].run(PROGRESS))["exercises"]) == ["3.1"]


def test_notebook_that_another_tab_saved_is_not_overwritten(open_tab):
    """Whoever saves second is asked first, and can take over what the other tab saved."""
    one, other = open_tab(CREATE), open_tab(CREATE)
    one.write("exercise-3-1", "answer = 'one'")
    one.page.evaluate("jupyterapp.commands.execute('docmanager:save').then(() => null)")
    time.sleep(1)  # JupyterLab takes times that are closer for the same
    other.write("exercise-3-2", "answer = 'other'")
    other.page.evaluate("void jupyterapp.commands.execute('docmanager:save')")
    dialog = other.page.get_by_role("dialog")

    expect(dialog).to_contain_text("has changed on disk since the last time it was opened or saved")
    dialog.get_by_role("button", name="Revert").click()
    other.page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
    assert "answer = 'one'" in [cell["source"] for cell in other.cells()]


def test_answers_of_the_same_moment_are_kept(open_tab):
    """Each kernel has read the file before the other one writes it; a moment later both answers are there."""
    tabs = {"3": open_tab(CREATE), "4": open_tab(AVAILABLE)}
    for lesson, tab in tabs.items():
        tab.run(
            f"import time; from helpers.lessons.progress import record_answer; record_answer('{lesson}.1', 'solved')"
        )
    for exercise in range(2, 5):
        moment = time.time() + 1
        for lesson, tab in tabs.items():
            tab.begin(f"time.sleep({moment} - time.time()); record_answer('{lesson}.{exercise}', 'solved')")
        time.sleep(1 + 2 * AGAIN_SECONDS)

        found = json.loads(tabs["3"].run(PROGRESS))["exercises"]
        assert {f"{lesson}.{exercise}" for lesson in tabs} - found.keys() == set()
