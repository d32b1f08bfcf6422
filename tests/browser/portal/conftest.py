"""One emulator and one page for all tests of the portal, empty before each; a page that complains fails its test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from twilio.rest import Client

from helpers.emulator.sdk import EmulatorHttpClient
from helpers.emulator.server import RunningEmulator, start
from helpers.lessons import story
from tests.browser.portal.opened_portal import HEIGHT, OpenedPortal


@pytest.fixture(scope="package")
def emulator() -> Iterator[RunningEmulator]:
    """An emulator whose time stands still."""
    with start(clock="lesson", seed="portal") as running:
        yield running


def new_page(browser: Browser) -> Page:
    """A page without cookies, files and settings of others."""
    return browser.new_context(viewport={"width": 1280, "height": HEIGHT}).new_page()


@pytest.fixture(scope="package")
def shared_page(browser: Browser) -> Iterator[Page]:
    """The page in which each test opens the portal: to make one takes a browser three times as long as to fill it."""
    page = new_page(browser)
    yield page
    page.context.close()


@pytest.fixture
def portal(
    request: pytest.FixtureRequest, browser: Browser, emulator: RunningEmulator, shared_page: Page
) -> Iterator[OpenedPortal]:
    """The portal with the tutorial's world behind it, not yet opened."""
    emulator.reset()
    client = Client(emulator.account_sid, emulator.auth_token, http_client=EmulatorHttpClient(emulator.url))
    page = new_page(browser) if request.node.get_closest_marker("own_page") else shared_page
    opened = OpenedPortal(page, emulator, client, story.build(client))
    yield opened
    opened.leave()
    if page is not shared_page:
        page.context.close()
    assert opened.complaints == []
