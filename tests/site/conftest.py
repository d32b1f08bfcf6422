"""The site, built once, served, and visited in one browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from deploy.site.__main__ import build
from deploy.site.serving import make_server
from tests.browser.chromium import started_browser
from tests.site.site_visit import SiteVisit, visit


class Site(NamedTuple):
    """Site that is served."""

    folder: Path
    url: str


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


@pytest.fixture
def site(site_folder: Path) -> Iterator[Site]:
    """The site, served by a plain server of files at an address that no other test had."""
    with make_server(site_folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Site(site_folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with started_browser() as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[SiteVisit]:
    """A visitor who was never here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    with visit(context, site.url, site.folder) as visitor:
        yield visitor
    context.close()
