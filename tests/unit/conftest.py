"""What tests of the learner's helpers share: a local connection that is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpers import connection as connections
from helpers import settings


@pytest.fixture
def no_dotenv(monkeypatch, tmp_path):
    """The reader's own .env does not count; returns the path of one that would."""
    path = tmp_path / ".env"
    monkeypatch.setattr(settings, "DOTENV", path)
    return path


@pytest.fixture
def connection(no_dotenv) -> Iterator[connections.Connection]:
    """A kernel's connection to its own emulator."""
    connections.disconnect()
    yield connections.connect()
    connections.disconnect()
