"""A desk for each test."""

from __future__ import annotations

import pytest

from tests.unit.emulator.explanations.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A multitasking workspace without anybody."""
    return Desk()
