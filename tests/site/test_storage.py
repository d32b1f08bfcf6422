"""What a browser keeps of the site: everything for work without a network, until another build comes."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.notebooks.generated import lesson_paths, read
from tests.site.site_visit import served, told, visit

pytestmark = pytest.mark.whole_site
CREATE = lesson_paths()[3]
CONTROLLED = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


def test_lesson_runs_without_a_server(browser, site_folder):
    """After two visits of one lesson, it opens, and every cell gives its output, with the server gone."""
    context = browser.new_context()
    with served(site_folder) as url, visit(context, url, site_folder) as visitor:
        visitor.open(CREATE.name)
        visitor.page.wait_for_function(CONTROLLED)
        visitor.open(CREATE.name)
        visitor.run_all()
    with visit(context, url, site_folder) as visitor:
        visitor.open(CREATE.name)
        seen = {cell["id"]: told(cell) for cell in visitor.run_all()}
    context.close()

    assert seen == {cell.id: told(cell) for cell in read(CREATE).cells if cell.cell_type == "code"}


def test_new_build_replaces_what_was_kept(browser, site_folder, tmp_path):
    """The visit after the one that noticed a new build shows it, and nothing of the old one is kept."""
    folder = shutil.copytree(site_folder, tmp_path / "site")
    context = browser.new_context()
    with served(folder) as url, visit(context, url, folder) as visitor:
        for _ in range(2):
            visitor.open(CREATE.name)
            visitor.page.wait_for_function(CONTROLLED)
        [before] = visitor.page.evaluate("caches.keys()")
        worker, lesson = folder / "service-worker.js", folder / "files" / CREATE.name
        worker.write_text(worker.read_text("utf-8").replace(before, f"{before}-next"), encoding="utf-8")
        notebook = json.loads(lesson.read_text(encoding="utf-8"))
        notebook["cells"][0]["source"] = "# Another title"
        lesson.write_text(json.dumps(notebook), encoding="utf-8")
        visitor.page.reload()
        visitor.page.wait_for_function(
            "name => caches.keys().then(names => names.join() === name)", arg=f"{before}-next"
        )
        for _ in range(2):  # the old worker may still answer the first one
            visitor.open(CREATE.name)

        assert visitor.page.evaluate("caches.keys()") == [f"{before}-next"]
        assert "Another title" in visitor.page.locator(".jp-Notebook").inner_text()
    context.close()


def test_edited_notebook_is_there_after_a_reload(visitor):
    """What a learner saves stays in the browser."""
    visitor.open(CREATE.name)
    visitor.write("exercise-3-1", "answer = 'kept'")
    visitor.page.evaluate("jupyterapp.commands.execute('docmanager:save').then(() => null)")
    visitor.page.reload()
    visitor.open(CREATE.name)

    assert "answer = 'kept'" in [cell["source"] for cell in visitor.cells()]
