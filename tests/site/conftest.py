"""The site, built once, served, and visited in one browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from deploy.site.__main__ import build
from tests.browser.chromium import started_browser
from tests.site.site_visit import SiteVisit, served, visit

ELSEWHERE = "site.test"
"""Name of another machine, as the browser sees it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for everything that takes minutes."""
    parser.addoption("--whole-site", action="store_true", help="run all lessons in the site, also offline")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is for the whole site, unless asked for."""
    if not config.option.whole_site:
        left_out = [item for item in items if item.get_closest_marker("whole_site")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was just built."""
    folder = tmp_path_factory.mktemp("built") / "site"
    build(folder)
    return folder


@pytest.fixture(scope="module")  # Playwright drives one browser at a time, and test_firefox.py needs another one
def browser() -> Iterator[Browser]:
    """A headless browser, which finds the site also where browsers have no service workers: not on this machine."""
    with started_browser(f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1") as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser, site_folder: Path) -> Iterator[SiteVisit]:
    """A visitor who was never here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    with served(site_folder) as url, visit(context, url, site_folder) as visitor:
        yield visitor
    context.close()
