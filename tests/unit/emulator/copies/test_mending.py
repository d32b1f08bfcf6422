"""Records that were read while a Workspace changed are made to fit together, as a snapshot's must."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from helpers.emulator.copies.mending import mend
from helpers.emulator.engine.model.resources import (
    Activity,
    Reservation,
    Task,
    TaskQueue,
    Worker,
    WorkerChannel,
    Workflow,
    Workspace,
)
from helpers.emulator.engine.timers import deadline
from helpers.emulator.engine.world import World
from helpers.emulator.server.administration.integrity import find_flaw
from tests.worlds.desk import filter_


@pytest.fixture
def records(desk):
    """A Workspace in which one Task is reserved and another waits."""
    desk.worker("Alice")
    workflow = desk.workflow(filter_("1==1", desk.queue()), default=desk.queue("Others"))
    for _ in range(2):
        desk.task(workflow_sid=workflow)
    return [each for state in desk.emulator.world.workspaces.values() for each in state.records()]


def without(records, kind, number=0):
    """Return the records without one of a kind."""
    lost = [each for each in records if isinstance(each, kind)][number]
    return [each for each in records if each is not lost]


def test_what_fits_stays(records):
    """Only the numbers of creation are counted anew."""
    mended, told = mend(records, 0)

    assert told == []
    assert {each.sid: replace(each, number=0) for each in mended} == {
        each.sid: replace(each, number=0) for each in records
    }


@pytest.mark.parametrize(
    ("lost", "number", "told"),
    [
        (WorkerChannel, 0, ""),
        (Worker, 0, "whose Reservation ended while they were read, and which wait here: 1."),
        (Reservation, 0, "whose Reservation ended while they were read, and which wait here: 1."),
        (TaskQueue, 0, "Tasks whose TaskQueue or TaskChannel is missing, and which are left out: 2."),
        (TaskQueue, 1, "Workflows that lead to a missing TaskQueue, and have no filters here: 1."),
        (Task, 0, ""),
        (Task, 1, ""),
        (Activity, 0, ""),
    ],
)
def test_what_lost_its_counterpart_is_mended(records, lost, number, told):
    """And told, where it can make a difference."""
    mended, sentences = mend(without(records, lost, number), 0)

    assert find_flaw(next(iter(World(mended).workspaces.values()))) is None
    assert any(told in each for each in sentences) or not told


def test_reservation_is_not_over_at_once(records):
    """By the Workflow's timeout it can be, if the answer to the reading came late."""
    offer = next(each for each in records if isinstance(each, Reservation))
    later = offer.expires + 60_000
    mended, _ = mend(records, later)

    assert next(each for each in mended if isinstance(each, Reservation)).expires == later + 1000


@pytest.mark.parametrize(
    ("task_status", "offer_status", "mended_task", "mended_offer"),
    [
        ("pending", "pending", "reserved", "pending"),
        ("reserved", "accepted", "assigned", "accepted"),
        ("pending", "wrapping", "wrapping", "wrapping"),
        ("reserved", "rejected", "pending", "rejected"),
        ("assigned", "pending", "assigned", "rescinded"),
        ("completed", "accepted", "completed", "completed"),
        ("canceled", "pending", "canceled", "canceled"),
    ],
)
def test_task_and_reservation_agree(records, task_status, offer_status, mended_task, mended_offer):
    """The one that was read later counts; timers can fire for both."""
    offer = next(each for each in records if isinstance(each, Reservation))
    changed = {
        offer.sid: replace(offer, reservation_status=offer_status),
        offer.task_sid: replace(
            next(each for each in records if each.sid == offer.task_sid), assignment_status=task_status
        ),
    }
    mended = {each.sid: each for each in mend([changed.get(each.sid, each) for each in records], 0)[0]}

    assert mended[offer.task_sid].assignment_status == mended_task
    assert mended[offer.sid].reservation_status == mended_offer


@pytest.mark.parametrize("status", ["pending", "assigned", "completed"])
def test_task_is_not_over_at_once(records, status):
    """TaskRouter can be late with a timeout or a removal; in the copy the Task is there, too."""
    later = 10 * 86_400_000
    tasks = [each for each in records if isinstance(each, Task)]
    changed = {
        each.sid: replace(each, assignment_status=status, assigned_at=0, ended_at=0 if status == "completed" else None)
        for each in tasks
    }
    kept = [each for each in records if not isinstance(each, Reservation)]
    mended, _ = mend([changed.get(each.sid, each) for each in kept], tasks[0].date_created + later)

    assert {deadline(each) for each in mended if isinstance(each, Task)} == {tasks[0].date_created + later + 1000}


def test_workflow_and_workspace_are_kept(records):
    """Whatever else is lost."""
    kept = [each for each in records if isinstance(each, Workflow | Workspace | Activity)]

    assert {type(each) for each in mend(kept, 0)[0]} == {Workspace, Activity, Workflow}
