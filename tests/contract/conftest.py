"""Stage for the tests that need one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.stage import Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage of the test's own."""
    with Stage() as stage:
        yield stage
