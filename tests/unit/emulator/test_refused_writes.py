"""Whoever errs sees the same numbers afterwards as whoever does not: only a write that succeeds takes time and SIDs."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from sqlite3 import OperationalError
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.base.exceptions import TwilioException

from helpers.emulator.clock import Clock
from helpers.emulator.emulator import Emulator
from helpers.emulator.engine.commands import reservations, workers
from helpers.emulator.engine.model.refusals import Invalid, NotFound
from helpers.emulator.server.administration.seed_file import plant, read_seeds
from tests.worlds.desk import ACCOUNT_SID
from tests.worlds.engine_desk import EngineDesk
from tests.worlds.random_desk import COMMANDS, RandomDesk, state_of

NOBODY = "WK" + "0" * 32

MISTAKES: tuple[Callable[[RandomDesk], object], ...] = (
    lambda desk: desk.workspace.workers(NOBODY).update(friendly_name="Nobody"),
    lambda desk: desk.workspace.workers(NOBODY).delete(),
    lambda desk: desk.client.taskrouter.v1.workspaces("WS" + "0" * 32).tasks.create(),
    lambda desk: desk.workspace.tasks.create(attributes="{"),
    lambda desk: desk.workspace.tasks.create(workflow_sid="WW" + "0" * 32),
    lambda desk: desk.workspace.tasks.create(task_channel="pigeon"),
    lambda desk: desk.workspace.workers.create(friendly_name=desk.workspace.workers.list()[0].friendly_name),
    lambda desk: desk.workspace.workers.list()[0].update(activity_sid="WA" + "0" * 32),
    lambda desk: desk.workspace.workers.list()[0].update(attributes="[]", if_match="99"),
    lambda desk: desk.workspace.tasks.list()[0].update(assignment_status="reserved"),
    lambda desk: desk.workspace.tasks.list()[0].update(if_match="-1", priority=1),
    lambda desk: desk.workspace.task_queues.create(friendly_name="New", target_workers="speaks HAS"),
    lambda desk: desk.workspace.task_queues(desk.queue_sids[0]).delete(),
    lambda desk: desk.workspace.workflows.create(friendly_name="New", configuration="{}"),
    lambda desk: desk.workspace.workflows(desk.workflow_sid).update(configuration="routing"),
    lambda desk: desk.workspace.activities(desk.activity_sids[0]).delete(),
    lambda desk: desk.workspace.task_channels("default").delete(),
    lambda desk: desk.client.taskrouter.v1.workspaces.create(friendly_name=""),
    lambda desk: desk.workspace.update(default_activity_sid="WA" + "0" * 32),
)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(sorted(COMMANDS)), min_size=5, max_size=25), st.integers(0, 10**6))
def test_mistakes_leave_no_trace(commands, seed):
    """The same day twice, once with mistakes in between: records, events, SIDs, dates and the clock are the same."""
    careful, hasty, chance = RandomDesk(seed), RandomDesk(seed), Random(seed)
    for command in commands:
        careful.act(command)
        for mistake in chance.sample(MISTAKES, 3):
            with pytest.raises((TwilioException, IndexError)):  # IndexError: there is no Task to err with
                mistake(hasty)
        hasty.act(command)

    assert state_of(hasty.emulator) == state_of(careful.emulator)
    assert hasty.emulator.clock.now() == careful.emulator.clock.now()
    assert hasty.emulator.counters() == careful.emulator.counters()


def reserved_until(emulator: Emulator, seconds: int) -> tuple[EngineDesk, str]:
    """A desk, and Alice's pending Reservation, whose time is over in so many seconds."""
    desk = EngineDesk(emulator)
    desk.move(desk.available_sid)
    desk.task()
    (reservation,) = desk.reservations
    for _ in emulator.advance_stepwise((reservation.expires - emulator.clock.now()) / 1000 - seconds):
        pass
    return desk, reservation.sid


def statuses(desk: EngineDesk) -> list[str]:
    return [each.reservation_status for each in desk.reservations]


@pytest.mark.parametrize("seconds", [0.4, 1])
def test_what_falls_due_within_the_second_of_a_write(emulator, seconds):
    """It comes after the write, and not at all when that is refused."""
    desk, _ = reserved_until(emulator, seconds)
    began = emulator.clock.now()
    with pytest.raises(NotFound):
        desk.write(workers.update, NOBODY, {})
    assert (statuses(desk), emulator.clock.now()) == (["pending"], began)

    task = desk.task()
    assert (statuses(desk)[0], emulator.clock.now()) == ("timeout", began + 1000)
    assert task.date_created == began + seconds * 1000


def test_accepted_in_the_last_second(emulator):
    """Who accepts in the second in which the time is over is not too late."""
    desk, reservation_sid = reserved_until(emulator, 1)
    desk.write(reservations.update, reservation_sid, {"reservation_status": "accepted"})

    assert statuses(desk) == ["accepted"]


def test_write_is_acknowledged_though_what_follows_cannot_be_kept(emulator, monkeypatch):
    """What falls due after a write has a commit of its own; if the disk is full by then, it stays due."""
    desk, _ = reserved_until(emulator, 1)
    keep, left = emulator.store._journal.keep, iter([True])

    def keep_one() -> None:
        if not next(left, False):
            raise OperationalError("full")
        keep()

    monkeypatch.setattr(emulator.store._journal, "keep", keep_one)
    task = desk.task()
    assert statuses(desk) == ["pending"]

    monkeypatch.undo()
    assert task.sid in emulator.read(ACCOUNT_SID, desk.workspace_sid).tasks
    assert statuses(desk)[0] == "timeout"


def test_refused_seed_document(desk):
    """Half a world that was made before the mistake in the document was met is gone, with its SIDs and its time."""
    emulator = desk.emulator
    before = state_of(emulator), emulator.clock.now(), emulator.counters()
    seeds = read_seeds(
        b'{"workspaces": [{"friendly_name": "Seeded", "workers": [{"friendly_name": "Al", "activity": "?"}]}]}'
    )
    with pytest.raises(Invalid):
        plant(emulator, ACCOUNT_SID, seeds)

    assert (state_of(emulator), emulator.clock.now(), emulator.counters()) == before


def without_numbers(emulator: Emulator) -> dict[str, Any]:
    """All records and events; after a restart the number of a record that was deleted last is given out again."""
    state = state_of(emulator)
    for records in state["records"].values():
        for record in records:
            del record["number"]
    return state


@settings(max_examples=25)
@given(st.lists(st.sampled_from(sorted(COMMANDS)), min_size=5, max_size=25), st.integers(0, 10**6))
def test_mistakes_and_restarts_leave_no_trace(commands, seed):
    """Nor is anything different where the emulator is started again from what it has kept, after a mistake or not."""
    careful, hasty, chance = RandomDesk(seed), RandomDesk(seed), Random(seed)
    for command in commands:
        careful.act(command)
        with pytest.raises((TwilioException, IndexError)):
            chance.choice(MISTAKES)(hasty)
        hasty.emulator.clock = Clock.lesson()
        hasty.emulator.renew()
        hasty.act(command)

    assert without_numbers(hasty.emulator) == without_numbers(careful.emulator)
    assert hasty.emulator.clock.now() == careful.emulator.clock.now()
