"""One emulator for all tests of the portal, empty before each; a page that complains fails its test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
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


@pytest.fixture
def portal(browser: Browser, emulator: RunningEmulator) -> Iterator[OpenedPortal]:
    """The portal with the tutorial's world behind it, not yet opened."""
    emulator.reset()
    client = Client(emulator.account_sid, emulator.auth_token, http_client=EmulatorHttpClient(emulator.url))
    page = browser.new_context(viewport={"width": 1280, "height": HEIGHT}).new_page()
    opened = OpenedPortal(page, emulator, client, story.build(client))
    yield opened
    page.context.close()
    assert opened.complaints == []
