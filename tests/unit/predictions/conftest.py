"""One kernel for all these tests, everything in it as at the start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpers import connection as connections
from helpers import settings


@pytest.fixture(scope="module")
def kernel(tmp_path_factory) -> Iterator[connections.Connection]:
    """One connection, as a kernel has one for all its cells."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DOTENV", tmp_path_factory.mktemp("none") / ".env")
        connections.disconnect()
        yield connections.connect()
        connections.disconnect()


@pytest.fixture
def connection(kernel) -> connections.Connection:
    """The connection after a reset."""
    kernel.reset()
    return kernel
