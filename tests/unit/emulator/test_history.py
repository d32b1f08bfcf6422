"""A history rebuilds any moment, remembers as much as it says, and begins again with the emulator."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.emulator.engine.commands import tasks, workers
from helpers.emulator.engine.model.refusals import NotFound
from helpers.emulator.history import History
from helpers.emulator.timetravel.fork import Fork
from helpers.emulator.timetravel.past import Past
from tests.worlds.engine_desk import EngineDesk, new_emulator
from tests.worlds.random_desk import COMMANDS, RandomDesk, state_of


@pytest.fixture
def remembering():
    """A desk whose emulator remembers ten commands."""
    return EngineDesk(new_emulator(history=History(10)))


@settings(max_examples=20)
@given(st.lists(st.sampled_from(sorted(COMMANDS)), min_size=5, max_size=25), st.integers(0, 10**6))
def test_each_moment_is_rebuilt(commands, seed):
    """What the history says of a moment is what the state was right after each command."""
    desk, seen = RandomDesk(seed), {}
    emulator, past = desk.emulator, Past(desk)
    emulator.on_change = lambda: seen.update({emulator.history.end: state_of(emulator)})
    for command in commands:
        desk.act(command)
    emulator.on_change = lambda: None

    for position, state in seen.items():
        assert state_of(Fork.standing(past.at(position)).emulator) == state


def test_oldest_commands_are_forgotten(remembering):
    """Beyond its limit the history forgets its oldest commands, and what came of them stays known."""
    history = remembering.emulator.history
    for _ in range(30):
        remembering.task()

    assert 10 <= history.end - history.start <= 11
    assert history.moment(history.start).bodies.keys() > {remembering.worker_sid, remembering.workflow_sid}


def test_refused_command_is_remembered(remembering):
    """A command that was refused stands in the history with the reason, and changed nothing."""
    history = remembering.emulator.history
    with pytest.raises(NotFound):
        remembering.write(workers.update, "WK" + "0" * 32, {})

    (entry,) = history.entries(history.end - 1)
    assert "was not found" in entry.refused
    assert entry.saved == {}


def test_deleted_record_is_gone(remembering):
    """A moment after a deletion does not hold what was deleted; one before it does."""
    history, task = remembering.emulator.history, remembering.task()
    remembering.write(tasks.delete, task.sid)

    assert task.sid in history.moment(history.end - 1).bodies
    assert task.sid not in history.moment(history.end).bodies


def test_new_beginning_forgets(remembering):
    """When everything stored is replaced, a history of another generation begins with it."""
    history = remembering.emulator.history
    before = history.generation
    remembering.emulator.renew()

    assert (history.start, history.end) == (0, 0)
    assert history.generation == before + 1
    assert remembering.worker_sid in history.moment(0).bodies


def test_server_keeps_none(desk):
    """Unless it is asked to remember, an emulator has no history at all."""
    assert desk.emulator.history is None
