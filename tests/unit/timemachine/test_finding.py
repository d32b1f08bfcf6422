"""What a learner may name as a moment, and what is said of everything else."""

from __future__ import annotations

import pytest

from helpers import at
from helpers.connection import Connection
from helpers.emulator.emulator_errors import MomentForgotten
from helpers.errors import HelperError
from helpers.errors.time_machine_problems import NoHistory, UnknownMoment
from helpers.timemachine import finding

STAGES = [
    ("Task Created", "task.created"),
    ("eligible Worker becomes available", "reservation.created"),
    ("Worker reserved", "reservation.created"),
    ("Reservation accepted", "reservation.accepted"),
    ("Task assigned to Worker", "reservation.accepted"),
    ("created", "task.created"),
    ("accepted", "reservation.accepted"),
    ("workflow.entered", "workflow.entered"),
]


@pytest.mark.parametrize(("stage", "event_type"), STAGES)
def test_stage_of_a_task(world, stage, event_type):
    """Each of the five stages, a short word for it, or the type of an event names a moment of a Task."""
    past = finding.open_past()

    assert finding.find_event(past, world.spanish.sid, stage).event_type == event_type


@pytest.mark.parametrize(
    ("what", "stage", "text"),
    [
        ("EV" + "0" * 32, None, "hasn't happened here"),
        ("WT" + "0" * 32, "created", "is unknown to this emulator. Choose"),
        (None, None, "NoneType 'None' isn't a moment"),
        ("yesterday", None, "isn't a moment"),
    ],
)
def test_nothing_is_meant(world, what, stage, text):
    """What names no moment is refused with what would."""
    with pytest.raises(UnknownMoment, match=text):
        at(what, stage)


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (None, "alone isn't a moment. Add a stage in quotes: created, reserved"),
        ("acepted", "Did you mean 'accepted'?"),
        ("completed", "has had no task.completed yet. It has had: workflow.target-matched"),
        ("🦜" * 500, "isn't a stage. Stages are"),
    ],
)
def test_stage_that_is_none(world, stage, text):
    """A stage that is missing, misspelt or not reached yet is told, with those there are."""
    with pytest.raises(UnknownMoment, match=text) as caught:
        at(world.spanish, stage)

    assert len(str(caught.value)) < 400


def test_forgotten_moment(world):
    """After everything began again, an event from before is no moment any more."""
    event = world.workspace.events.list()[-1]
    world.connection.reset()

    with pytest.raises(UnknownMoment):
        at(event)


def test_restored_snapshot_begins_a_new_history(world):
    """Events that a snapshot brought along are known, and what they changed is not: that is said."""
    (event,) = world.workspace.events.list(event_type="reservation.accepted")
    world.connection.emulator.call(lambda emulator: emulator.renew())

    with pytest.raises(MomentForgotten, match="or a restored"):
        at(event)


@pytest.mark.parametrize("mode", ["live", "local"])
def test_no_history_elsewhere(monkeypatch, mode):
    """In live mode, and on a server of its own, one error says who remembers, and what there is instead."""
    elsewhere = Connection(None, mode, "http://127.0.0.1:9", "AC", None, None, emulator=None)
    monkeypatch.setattr(finding, "connect", lambda: elsewhere)
    with pytest.raises(NoHistory, match=r"workspace\.events\.list\(\)") as caught:
        at("EV" + "0" * 32)

    assert isinstance(caught.value, HelperError)
