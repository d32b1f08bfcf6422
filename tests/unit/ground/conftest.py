"""What tests of the ground share: a page in this process, put away afterwards."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest
import requests

from helpers import connection
from helpers.callbacks import listener
from helpers.ground.choice import current_ground
from helpers.ground.ground import Ground
from helpers.ground.page.loopback import LOOPBACK


@pytest.fixture
def page(monkeypatch) -> Iterator[Ground]:
    """A page as the ground; HTTP clients are as before afterwards, and nothing listens any more."""
    connection.disconnect()
    monkeypatch.setattr(requests.Session, "get_adapter", requests.Session.get_adapter)
    monkeypatch.setattr(http.client.HTTPConnection, "connect", http.client.HTTPConnection.connect)
    monkeypatch.setattr(listener, "_current", None)
    monkeypatch.setattr(LOOPBACK, "_served", {})
    monkeypatch.setenv("TASKROUTER_GROUND", "page")
    current_ground.cache_clear()
    yield current_ground()
    connection.disconnect()
    current_ground.cache_clear()
