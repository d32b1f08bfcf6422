"""One JupyterLab for all browser tests, one Chromium for each file, pages as the tests need them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.harness import Lab, launch_chromium, start_lab


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running JupyterLab that shows a copy of the notebooks."""
    with start_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, closed after each file: Playwright's event loop would disturb other tests."""
    with sync_playwright() as playwright:
        chromium = launch_chromium(playwright)
        yield chromium
        chromium.close()


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
