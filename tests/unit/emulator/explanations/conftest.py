"""A desk for each test."""

from __future__ import annotations

import pytest

from helpers.emulator.clock import Clock
from tests.worlds.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A multitasking workspace without anybody."""
    return Desk(clock=Clock.lesson())
