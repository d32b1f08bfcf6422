"""Reservations through the official SDK, below their Task and below their Worker."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext
from twilio.rest.taskrouter.v1.workspace.task import TaskContext
from twilio.rest.taskrouter.v1.workspace.worker import WorkerContext


@pytest.fixture
def alice(workspace: WorkspaceContext, available: str) -> WorkerContext:
    """A worker who is available."""
    return workspace.workers(workspace.workers.create(friendly_name="Alice", activity_sid=available).sid)


@pytest.fixture
def task(workspace: WorkspaceContext, alice: WorkerContext, routed: tuple[str, str]) -> TaskContext:
    """A task that Alice is offered."""
    return workspace.tasks(workspace.tasks.create().sid)


def test_both_paths_show_the_same_reservation(task: TaskContext, alice: WorkerContext) -> None:
    """Only ``url`` differs: it follows the path that was used."""
    (by_task,), (by_worker,) = task.reservations.list(), alice.reservations.list()

    assert (by_task.sid, by_task.worker_name, by_task.reservation_status) == (by_worker.sid, "Alice", "pending")
    assert by_task.url == f"{by_task.links['task']}/Reservations/{by_task.sid}"
    assert by_worker.url == f"{by_worker.links['worker']}/Reservations/{by_worker.sid}"
    assert by_task.links == by_worker.links


@pytest.mark.parametrize("path", ["task", "worker"])
def test_accept_assigns_the_task(task: TaskContext, alice: WorkerContext, path: str) -> None:
    """Accepting through either path says ``accepted`` at once."""
    parent = task if path == "task" else alice
    accepted = parent.reservations(parent.reservations.list()[0].sid).update(reservation_status="accepted")

    assert accepted.reservation_status == "accepted"
    assert task.fetch().assignment_status == "assigned"


def test_reject_into_an_activity(workspace: WorkspaceContext, task: TaskContext, alice: WorkerContext) -> None:
    """A reject may move the worker."""
    offline = workspace.fetch().default_activity_sid
    task.reservations.list()[0].update(reservation_status="rejected", worker_activity_sid=offline)

    assert alice.fetch().activity_name == "Offline"
    assert task.fetch().assignment_status == "pending"


def test_instruction_needs_no_status(task: TaskContext) -> None:
    """``Instruction=accept`` alone is enough."""
    assert task.reservations.list()[0].update(instruction="accept").reservation_status == "accepted"


@pytest.mark.parametrize(("filters", "count"), [({}, 1), ({"reservation_status": "pending"}, 1)])
def test_lists_filter_by_status(task: TaskContext, alice: WorkerContext, filters: dict[str, str], count: int) -> None:
    """Both lists know ``ReservationStatus``."""
    assert len(task.reservations.list(**filters)) == len(alice.reservations.list(**filters)) == count
    assert task.reservations.list(reservation_status="accepted") == []
    assert alice.reservations.list(reservation_status="accepted") == []


def test_list_filters_by_worker(workspace: WorkspaceContext, task: TaskContext, alice: WorkerContext) -> None:
    """Below a task ``WorkerSid`` filters too."""
    bob = workspace.workers.create(friendly_name="Bob")

    assert len(task.reservations.list(worker_sid=alice.fetch().sid)) == 1
    assert task.reservations.list(worker_sid=bob.sid) == []


def test_wrong_parent_is_not_found(workspace: WorkspaceContext, task: TaskContext) -> None:
    """A reservation is found below its own task and worker only."""
    sid = task.reservations.list()[0].sid
    other = workspace.tasks(workspace.tasks.create().sid)
    bob = workspace.workers(workspace.workers.create(friendly_name="Bob").sid)

    for parent in (other, bob):
        with pytest.raises(TwilioRestException) as refused:
            parent.reservations(sid).update(reservation_status="accepted")
        assert refused.value.status == 404


def test_second_answer_is_refused(task: TaskContext) -> None:
    """What is no longer pending cannot be accepted again."""
    reservation = task.reservations.list()[0]
    reservation.update(reservation_status="accepted")

    with pytest.raises(TwilioRestException, match="not currently in a Pending state") as refused:
        reservation.update(reservation_status="accepted")
    assert (refused.value.status, refused.value.code) == (400, 20001)


def test_unknown_status_is_refused(task: TaskContext) -> None:
    """``accept`` is not a status; the message lists what is."""
    with pytest.raises(TwilioRestException, match="ReservationStatus must be one of pending, accepted") as refused:
        task.reservations.list()[0].update(reservation_status="accept")
    assert (refused.value.status, refused.value.code) == (400, 20001)


def test_stale_version_is_refused(task: TaskContext) -> None:
    """``If-Match`` protects a reservation too."""
    with pytest.raises(TwilioRestException) as refused:
        task.reservations.list()[0].update(reservation_status="accepted", if_match="7")
    assert (refused.value.status, refused.value.code) == (412, 20412)


def test_supervisor_joins_below_the_task(task: TaskContext, alice: WorkerContext) -> None:
    """Once the Reservation is accepted, and only by the path that knows the parameters (reference 1.8)."""
    reservation = task.reservations(task.reservations.list()[0].sid)
    with pytest.raises(TwilioRestException, match="not currently accepted"):
        reservation.update(instruction="supervise", supervisor_mode="whisper")
    reservation.update(reservation_status="accepted")

    supervised = reservation.update(instruction="supervise", supervisor_mode="whisper", supervisor="client:bob")
    assert supervised.reservation_status == "accepted"
    with pytest.raises(TwilioRestException, match="below a Task only"):
        alice.reservations(supervised.sid).update(instruction="supervise")


@pytest.mark.parametrize("given", [{"dequeue_timeout": 1000}, {"call_timeout": 1000}], ids=str)
def test_worker_is_rung_for_999_seconds_at_most(task: TaskContext, given: dict[str, int]) -> None:
    """The limit of both instructions that ring (reference 7.4)."""
    reservation = task.reservations(task.reservations.list()[0].sid)

    with pytest.raises(TwilioRestException, match="Timeout must be an integer from 0 to 999"):
        reservation.update(instruction="dequeue", **given)
