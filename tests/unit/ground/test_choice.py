"""Choice of the ground: the environment names it, and it is chosen once."""

from __future__ import annotations

import pytest

from helpers.errors.connection_problems import BadSetting
from helpers.ground.choice import current_ground
from helpers.ground.machine.machine import Machine
from helpers.ground.page.page import Page


@pytest.fixture(autouse=True)
def undecided():
    """The ground has not been chosen yet."""
    current_ground.cache_clear()
    yield
    current_ground.cache_clear()


@pytest.mark.parametrize("name", [None, "", " machine "])
def test_machine_is_the_ground_unless_another_is_named(monkeypatch, name):
    """Nobody needs to set anything."""
    if name is not None:
        monkeypatch.setenv("TASKROUTER_GROUND", name)

    assert isinstance(current_ground(), Machine)
    assert current_ground() is current_ground()


def test_page_is_chosen_by_name(page):
    """One variable makes it a page."""
    assert isinstance(page, Page)


def test_unknown_ground_is_named(monkeypatch):
    """A ground that doesn't exist is refused, and the text says what there is."""
    monkeypatch.setenv("TASKROUTER_GROUND", "moon")

    with pytest.raises(BadSetting, match=r"TASKROUTER_GROUND is 'moon'\. It must be machine or page"):
        current_ground()
