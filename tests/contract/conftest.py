"""Stage for the tests that need one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpers import connection as connections
from helpers import settings
from tests.contract.stage import Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage of the test's own."""
    with Stage() as stage:
        yield stage


@pytest.fixture
def live(stage, monkeypatch, tmp_path) -> Iterator[Stage]:
    """A stage that `connect()` in this process reaches, as a kernel started with its variables does."""
    monkeypatch.setattr(settings, "DOTENV", tmp_path / ".env")
    for name, text in stage.environment.items():
        monkeypatch.setenv(name, text)
    yield stage
    connections.disconnect()
