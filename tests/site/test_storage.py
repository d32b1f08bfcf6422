"""What a browser keeps of the site: everything for work without a network, and what a learner saves."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.site.serving import make_server
from tests.notebooks.generated import lesson_paths, read
from tests.site.site_visit import told, visit

pytestmark = pytest.mark.whole_site
CREATE = lesson_paths()[3]
CONTROLLED = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@contextmanager
def served(folder: Path, port: int = 0):
    """Serve ``folder``, and give its address."""
    with make_server(folder, port) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


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


def test_edited_notebook_is_there_after_a_reload(visitor):
    """What a learner saves stays in the browser."""
    visitor.open(CREATE.name)
    visitor.write("exercise-3-1", "answer = 'kept'")
    visitor.page.evaluate("jupyterapp.commands.execute('docmanager:save').then(() => null)")
    visitor.page.reload()
    visitor.open(CREATE.name)

    assert "answer = 'kept'" in [cell["source"] for cell in visitor.cells()]
