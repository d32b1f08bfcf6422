"""One JupyterLab for all browser tests, one browser for each file, pages as the tests need them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import NoBrowser, started_browser
from tests.browser.harness import Lab, start_lab


class NeedsBrowser(pytest.Item):
    """Stands for all tests that need a browser where none starts: one failure, in one sentence."""

    def runtest(self) -> None:
        """Fail, as those tests would."""
        with started_browser():
            pass

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
    except NoBrowser:
        items[:] = [item for item in items if item not in waiting]
        folder = waiting[0].getparent(pytest.Directory)
        items.append(NeedsBrowser.from_parent(folder, name=f"{len(waiting)} browser tests did not run"))


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running JupyterLab that shows a copy of the notebooks."""
    with start_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser, closed after each file: Playwright's event loop would disturb other tests."""
    with started_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    """An empty page."""
    with opened_page(browser) as page:
        yield page


@pytest.fixture(scope="module")
def shared_page(browser: Browser, lab: Lab) -> Iterator[Page]:
    """An empty page for all tests of one file: what one of them opens the others find."""
    with opened_page(browser) as page:
        yield page


@contextmanager
def opened_page(browser: Browser) -> Iterator[Page]:
    """An empty page; the kernels it leaves behind are shut down."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    yield page
    page.evaluate("window.jupyterapp?.serviceManager.sessions.shutdownAll()")
    page.context.close()
