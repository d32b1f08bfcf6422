"""First page in a browser: what doesn't load, and a site that was updated, are told."""

from __future__ import annotations

import json
import shutil

import pytest
from playwright.sync_api import expect

from tests.site.site_visit import served, visit

CONTROLLED = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.mark.parametrize(
    ("name", "answer", "told"),
    [
        ("pyodide.asm.wasm", {"status": 403}, "pyodide.asm.wasm can't be fetched: the answer was 403."),
        ("pyodide.asm.wasm", {"content_type": "text/html"}, "pyodide.asm.wasm came as text/html."),
        ("pyodide.mjs", {"content_type": "application/octet-stream"}, "pyodide.mjs came as application/octet-stream."),
        ("python_stdlib.zip", {"body": "Blocked"}, "python_stdlib.zip came changed or cut off."),
    ],
)
def test_what_does_not_load_is_named(visitor, name, answer, told):
    """A file that a proxy blocks or replaces, or that a server sends with a wrong type, keeps Python from starting."""
    path = f"static/pyodide/{name}"
    files = [[path, (visitor.folder / path).stat().st_size]]  # the others would only take time
    visitor.page.route("**/python_files.json", lambda route: route.fulfill(json=files))
    visitor.page.route(f"**/{name}", lambda route: route.fulfill(**answer))
    visitor.page.goto(f"{visitor.url}/")

    expect(visitor.page.locator("#ready")).to_contain_text(told)
    expect(visitor.page.locator("#ready")).not_to_contain_text("Ready:")


def test_script_that_does_not_load_is_told(visitor):
    """Without its script the page says so, in place of a button that would do nothing."""
    visitor.page.route("**/get_ready.js", lambda route: route.fulfill(content_type="text/plain", body=""))
    visitor.page.goto(f"{visitor.url}/")

    expect(visitor.page.get_by_text("This page's script didn't load")).to_be_visible()
    expect(visitor.page.get_by_role("button")).to_have_count(0)


def test_update_is_told_once(browser, site_folder, tmp_path):
    """The page that the old build's worker shows says that another one has come, and the next one is new."""
    folder = shutil.copytree(site_folder, tmp_path / "site")
    files = [["licenses.html", (folder / "licenses.html").stat().st_size]]  # an old worker ends all downloads first
    (folder / "landing/python_files.json").write_text(json.dumps(files), "utf-8")
    context = browser.new_context()
    with served(folder) as url, visit(context, url, folder) as visitor:
        page, worker = visitor.page, folder / "service-worker.js"
        page.goto(f"{url}/licenses.html")
        page.evaluate("navigator.serviceWorker.register('service-worker.js?enableCache=true').then(() => null)")
        page.wait_for_function(CONTROLLED)
        page.goto(f"{url}/")
        expect(page.locator("#ready")).to_contain_text("Ready:")
        expect(page.locator("#new-build")).to_be_hidden()
        [before] = page.evaluate("caches.keys()")
        worker.write_text(worker.read_text("utf-8").replace(before, f"{before}-next"), encoding="utf-8")
        page.goto(f"{url}/")
        page.get_by_role("link", name="Load this page again").click()
        expect(page.locator("#ready")).to_contain_text("Ready:")

        expect(page.locator("#new-build")).to_be_hidden()
        assert page.evaluate("caches.keys()") == [f"{before}-next"]
    context.close()
