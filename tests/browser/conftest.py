"""One JupyterLab in one page of one browser, for all browser tests; each opens its notebook there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import NoBrowser, started_browser
from tests.browser.harness import Lab, load, start_lab


class NeedsBrowser(pytest.Item):
    """Stands for all tests that need a browser where none starts: one failure, in one sentence."""

    problem: NoBrowser

    def runtest(self) -> None:
        """Fail, as those tests would."""
        raise self.problem

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
        """Return the sentence alone."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return the folder, and the heading of the failure."""
        return self.path, None, self.name


@pytest.hookimpl(trylast=True)  # after what -k and -m leave out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let one failure stand for all browser tests where no browser starts."""
    waiting = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    if not waiting or config.option.collectonly:
        return
    try:
        with started_browser():
            return
    except NoBrowser as problem:
        items[:] = [item for item in items if item not in waiting]
        folder = waiting[0].getparent(pytest.Directory)
        items.append(NeedsBrowser.from_parent(folder, name=f"{len(waiting)} browser tests did not run"))
        items[-1].problem = problem


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running JupyterLab that shows a copy of the notebooks."""
    with start_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless browser, closed after the last test here: Playwright's event loop would disturb other tests."""
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def hosts() -> set[str | None]:
    """Hosts that the page has asked for anything so far."""
    return set()


@pytest.fixture(scope="package")
def page(browser: Browser, lab: Lab, hosts: set[str | None]) -> Page:
    """A page with JupyterLab in it, loaded once: that takes longer than most of the tests."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    load(page, lab)
    return page
