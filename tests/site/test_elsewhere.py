"""The site at an address of another machine without https: browsers have no service workers there, nor in some windows.

What needs one is missing: work without a network, and the progress in exercises. All else is as it is with one.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.notebooks.generated import cell_of, lesson_paths, read, solution_path
from tests.site.conftest import ELSEWHERE
from tests.site.site_visit import served, told, visit

pytestmark = pytest.mark.whole_site
CREATE, AVAILABLE = lesson_paths()[3:5]


@pytest.fixture
def visitor(browser, site_folder):
    """A visitor from another machine."""
    with (
        served(site_folder) as here,
        browser.new_context() as context,
        visit(context, here.replace("127.0.0.1", ELSEWHERE), site_folder) as visitor,
    ):
        yield visitor


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in (CREATE, AVAILABLE)])
def test_lesson_gives_its_stored_outputs(visitor, path):
    """There is no service worker, and nothing is asked of another host."""
    visitor.open(path.name)
    assert visitor.page.evaluate("[isSecureContext, 'serviceWorker' in navigator]") == [False, False]
    seen = {cell["id"]: told(cell) for cell in visitor.run_all()}

    assert seen == {cell.id: told(cell) for cell in read(path).cells if cell.cell_type == "code"}
    assert visitor.foreign == []


def test_click_in_the_console_is_shown(visitor):
    """The console needs no service worker."""
    visitor.open(AVAILABLE.name)
    console = visitor.show_board()
    console.get_by_role("button", name="Activity of Alice: Offline").click()
    console.get_by_role("menuitemradio", name="Idle").click()

    expect(console.get_by_role("button", name="Accept")).to_be_visible()


def test_notebook_is_kept_and_progress_lasts_as_long_as_the_kernel(visitor):
    """A solved exercise counts in the page; after a reload only the notebook is as it was."""
    exercise, check = "exercise-3-3", "check-3-3"
    visitor.open(CREATE.name)
    visitor.write(exercise, cell_of(read(solution_path(CREATE)), "solution-3-3").source)
    visitor.show_board()
    code = {cell["id"]: cell["source"] for cell in visitor.cells()}
    visitor.run("\n".join(code[each] for each in ("samples", exercise, check)))
    solved = (
        "from helpers.lessons.progress import find_place, read_progress\n"
        "print(find_place(), read_progress().state_of('3.3'))"
    )
    assert visitor.run(solved) == "None solved\n"
    assert "The browser doesn't save your progress here" in visitor.run("where_am_i()")
    visitor.page.evaluate("jupyterapp.commands.execute('docmanager:save').then(() => null)")
    visitor.open(CREATE.name)

    assert code[exercise] in [cell["source"] for cell in visitor.cells()]
    assert visitor.run(solved) == "None open\n"
