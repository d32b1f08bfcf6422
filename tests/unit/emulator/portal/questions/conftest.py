"""Questions that are asked of a desk, as the portal asks them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from helpers.emulator.background import InTheWay
from helpers.emulator.clock import Clock
from helpers.emulator.portal.questions import ask_emulator
from helpers.emulator.sync import run_without_loop
from tests.worlds.desk import Desk

Ask = Callable[..., dict[str, Any]]


def ask_desk(desk: Desk, question: str, **fields: Any) -> dict[str, Any]:
    """Return an answer; it must be JSON, for it goes over the wire."""
    asked = {"question": question, "workspace": desk.workspace_sid, **fields}
    answer = run_without_loop(ask_emulator(desk.emulator, InTheWay(), asked))
    return json.loads(json.dumps(answer))


@pytest.fixture
def desk() -> Desk:
    """A multitasking Workspace without anybody, on a lesson's clock."""
    return Desk(clock=Clock.lesson())


@pytest.fixture
def ask(desk: Desk) -> Ask:
    """Ask a question of the desk."""
    return lambda question, **fields: ask_desk(desk, question, **fields)
