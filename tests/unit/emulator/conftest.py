"""An emulator on a lesson clock with one desk to work at, and an application that receives callbacks."""

from __future__ import annotations

import pytest

from helpers.emulator.emulator import Emulator
from tests.worlds.application import EVENTS_URL, Application
from tests.worlds.engine_desk import EngineDesk, new_emulator


@pytest.fixture
def emulator() -> Emulator:
    """An emulator without a file."""
    return new_emulator()


@pytest.fixture
def desk(emulator: Emulator) -> EngineDesk:
    """A desk that nobody is told of."""
    return EngineDesk(emulator)


@pytest.fixture
def told_desk(emulator: Emulator) -> EngineDesk:
    """A desk whose events are sent to a URL."""
    return EngineDesk(emulator, event_callback_url=EVENTS_URL)


@pytest.fixture
def application() -> Application:
    """Answers ``{}`` to everything."""
    return Application()
