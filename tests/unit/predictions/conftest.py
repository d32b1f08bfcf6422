"""One kernel for all these tests, everything in it as at the start."""

from __future__ import annotations

import pytest

from helpers import connection as connections


@pytest.fixture
def connection(kernel) -> connections.Connection:
    """The connection after a reset."""
    kernel.reset()
    return kernel
