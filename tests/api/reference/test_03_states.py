"""Reference 3: how Tasks, Reservations and Workers change, and what each change records."""

from __future__ import annotations

import json
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.worlds.application import ASSIGNMENT_URL, FALLBACK_URL, Application
from tests.worlds.desk import Desk, filter_


@pytest.fixture
def routed(desk: Desk) -> Desk:
    """Everybody serves one queue, and all Tasks go there."""
    desk.workflow(default=desk.queue(), task_reservation_timeout=10)
    return desk


def state(task: Any) -> tuple[str, str | None]:
    """A Task's status and reason."""
    seen = task.fetch()
    return seen.assignment_status, seen.reason


def refused(call: Any, *args: Any, **given: Any) -> tuple[int, int, str]:
    """Status, code and message of a call that must fail."""
    with pytest.raises(TwilioRestException) as caught:
        call(*args, **given)
    return caught.value.status, caught.value.code, caught.value.msg


# -- Tasks -------------------------------------------------------------------------------------


@pytest.mark.reference("3.1a", "3.1b", "8.3b")
def test_pending_task_is_reserved_when_somebody_is_there(routed: Desk) -> None:
    """Created without anybody it waits; a Worker who becomes available is offered it at once."""
    worker, task = routed.worker("Alice", activity="Offline"), routed.task()
    assert state(task) == ("pending", None)
    routed.move(worker, "Available")

    assert state(task) == ("reserved", None)
    assert routed.happened(task)[-1] == "reservation.created"


@pytest.mark.reference("3.1c", "8.3c", "3.2b")
def test_accepted_task_is_assigned(routed: Desk) -> None:
    """The answer says ``accepted`` at once, and the Task is assigned in the same step."""
    routed.worker("Alice")
    task = routed.task()

    assert routed.answer(task, "accepted").reservation_status == "accepted"
    assert state(task) == ("assigned", None)
    assert routed.happened(task)[-1] == "reservation.accepted"


@pytest.mark.reference("3.1d", "8.3d", "14.15", "6.3d")
def test_task_waits_again_when_all_reservations_ended(desk: Desk) -> None:
    """Not before the last of several has ended; nobody joins meanwhile."""
    desk.workflow(default=desk.queue(max_reserved_workers=2))
    desk.worker("Alice")
    desk.worker("Bob")
    task = desk.task()
    first, second = task.reservations.list()
    offline = desk.activity("Offline")
    first.update(reservation_status="rejected", worker_activity_sid=offline)
    desk.worker("Carol", activity="Unavailable").update(activity_sid=desk.activity("Available"))
    assert state(task)[0] == "reserved"
    second.update(reservation_status="rejected", worker_activity_sid=offline)

    assert desk.offers(task) == [("Alice", "rejected"), ("Bob", "rejected"), ("Carol", "pending")]


@pytest.mark.reference("3.1f", "8.3h", "3.2g")
def test_reserved_task_can_be_canceled(routed: Desk) -> None:
    """The Reservation first, then the Task; the reason is kept, and the Worker has room again."""
    routed.worker("Alice")
    task, waiting = routed.task(), routed.task()
    task.update(assignment_status="canceled", reason="enough")

    assert state(task) == ("canceled", "enough")
    assert routed.happened(task)[-2:] == ["reservation.canceled", "task.canceled"]
    assert routed.offers(waiting) == [("Alice", "pending")]


@pytest.mark.reference("3.1e", "4.5a", "8.3j")
def test_end_of_the_workflow_cancels_the_task(desk: Desk) -> None:
    """Two events and a reason; the default filter is no safety net."""
    queue = desk.queue(target_workers="1==2")
    desk.workflow(filter_("1==1", {"queue": queue, "timeout": 10}), default=desk.queue("Default"))
    task = desk.task()
    desk.advance(10)

    assert state(task) == ("canceled", "Task canceled on Workflow timeout")
    assert desk.happened(task)[-3:] == ["task-queue.timeout", "workflow.timeout", "task.canceled"]


@pytest.mark.reference("3.1h")
@pytest.mark.parametrize("loss", ["rejected", "timeout", "deleted"])
def test_task_for_a_worker_who_refuses_is_canceled(desk: Desk, loss: str) -> None:
    """The reason names the Worker."""
    worker = desk.worker("Alice", activity="Offline")
    task = desk.task(routing_target=worker.sid)
    match loss:
        case "rejected":
            desk.answer(task, "rejected")
        case "timeout":
            desk.advance(120)
        case "deleted":
            worker.delete()

    reason = f"RoutingTarget not available for Reservation acceptance: {worker.sid}"
    assert state(task) == ("canceled", reason)


@pytest.mark.reference("3.1i", "8.3g", "3.2i", "3.1p")
@pytest.mark.parametrize("by", ["task", "reservation"])
def test_assigned_task_is_wrapped_up(routed: Desk, by: str) -> None:
    """By the Task or by the Reservation: both become ``wrapping``, and capacity stays used."""
    routed.worker("Alice")
    task, waiting = routed.task(), routed.task()
    routed.answer(task, "accepted")
    if by == "task":
        task.update(assignment_status="wrapping", reason="notes")
    else:
        routed.answer(task, "wrapping")

    assert state(task) == ("wrapping", "notes" if by == "task" else None)
    assert routed.happened(task)[-2:] == ["task.wrapup", "reservation.wrapup"]
    assert routed.offers(task) == [("Alice", "wrapping")]
    assert routed.offers(waiting) == []


@pytest.mark.reference("3.1j", "8.3f", "3.2j")
@pytest.mark.parametrize("wrapped", [False, True])
def test_completed_task_frees_the_worker(routed: Desk, wrapped: bool) -> None:
    """From assigned or from wrapping; three events, the last reason counts, the Activity stays."""
    worker = routed.worker("Alice")
    task, waiting = routed.task(), routed.task()
    routed.answer(task, "accepted")
    if wrapped:
        task.update(assignment_status="wrapping", reason="notes")
    before = len(routed.events(task_sid=task.sid))
    task.update(assignment_status="completed", reason="solved")

    assert state(task) == ("completed", "solved")
    assert routed.happened(task, before) == ["task.completed", "reservation.completed", "task.updated"]
    assert routed.offers(waiting) == [("Alice", "pending")]
    assert worker.fetch().activity_name == "Available"


@pytest.mark.reference("3.1k")
def test_completed_reservation_completes_the_task(routed: Desk) -> None:
    """With a reason of TaskRouter's own."""
    routed.worker("Alice")
    task = routed.task()
    routed.answer(task, "accepted")
    routed.answer(task, "completed")

    assert state(task) == ("completed", "All reservations were completed")


@pytest.mark.reference("3.1l", "8.3k")
@pytest.mark.parametrize(
    ("status", "seen"), [("pending", "reservation.canceled"), ("accepted", "reservation.completed")]
)
def test_deleted_task_ends_its_reservation(routed: Desk, status: str, seen: str) -> None:
    """An accepted one is completed rather than canceled."""
    routed.worker("Alice")
    task = routed.task()
    if status == "accepted":
        routed.answer(task, "accepted")
    before = len(routed.events(task_sid=task.sid))
    task.delete()

    assert routed.happened(task, before) == [seen, "task.deleted"]
    assert refused(task.fetch)[:2] == (404, 20404)


@pytest.mark.reference("3.1m", "10a")
@pytest.mark.parametrize(
    ("present", "wanted", "words"),
    [
        ("pending", "completed", "because it is not currently assigned."),
        ("reserved", "completed", "because it is not currently assigned."),
        ("assigned", "canceled", "because it is not pending or reserved."),
        ("wrapping", "canceled", "because it is not pending or reserved."),
        ("pending", "wrapping", "because it's not currently assigned"),
        *((present, present, "cannot be set") for present in ("pending", "reserved", "assigned")),
    ],
)
def test_other_changes_are_refused_in_twilios_words(routed: Desk, present: str, wanted: str, words: str) -> None:
    """With 400 / 20001; the Task stays what it is."""
    if present != "pending":
        routed.worker("Alice")
    task = routed.task()
    if present in ("assigned", "wrapping"):
        routed.answer(task, "accepted")
    if present == "wrapping":
        task.update(assignment_status="wrapping")

    status, code, message = refused(task.update, assignment_status=wanted)
    assert (status, code) == (400, 20001)
    assert words in message
    assert f"ask {task.sid} in workspace {routed.workspace.fetch().sid} for account" in message
    assert state(task)[0] == present


WAYS = {
    "pending": [],
    "accepted": ["accepted"],
    "wrapping": ["accepted", "wrapping"],
    "completed": ["accepted", "completed"],
    "rejected": ["rejected"],
}
NEXT = {"pending": {"accepted", "rejected"}, "accepted": {"wrapping", "completed"}, "wrapping": {"completed"}}
STATUSES = ("pending", "accepted", "rejected", "timeout", "canceled", "rescinded", "wrapping", "completed")


@pytest.mark.parametrize("present", WAYS)
def test_reservation_goes_no_way_but_its_own(routed: Desk, present: str) -> None:
    """Whatever else is asked for is refused, with the present status and those that may follow as a hint."""
    routed.worker("Alice")
    task = routed.task()
    reservation = task.reservations(task.reservations.list()[0].sid)
    for status in WAYS[present]:
        reservation.update(reservation_status=status)
    before = len(routed.events(task_sid=task.sid))

    url, auth = reservation.fetch().url, routed.client.auth

    for wanted in set(STATUSES) - NEXT.get(present, set()):
        data = {"ReservationStatus": wanted}
        answer = routed.http.request("POST", url, data=data, auth=auth)
        assert (answer.status_code, json.loads(answer.text)["code"]) == (400, 20001)
        hint = answer.headers["X-Emulator-Hint"]
        assert f"Its status is {present}" in hint
        assert all(each in hint for each in NEXT.get(present, set()))
    assert reservation.fetch().reservation_status == present
    assert routed.happened(task, before) == []


@pytest.mark.reference("3.1q", "14.22")
def test_changed_attributes_keep_the_reservation(routed: Desk) -> None:
    """And are recorded as ``task.updated``."""
    routed.worker("Alice")
    task = routed.task()
    task.update(attributes='{"a":1}')

    assert routed.offers(task) == [("Alice", "pending")]
    assert routed.happened(task)[-1] == "task.updated"


@pytest.mark.reference("3.1r", "6.3a")
def test_several_reservations_are_one_assignment(desk: Desk) -> None:
    """A thousand times two Workers are a thousand assignments, not two thousand."""
    desk.workspace.update(timeout_activity_sid=desk.activity("Available"))
    desk.workflow(default=desk.queue(max_reserved_workers=2), task_reservation_timeout=1)
    desk.worker("Alice")
    desk.worker("Bob")
    task = desk.task()
    desk.advance(1000)

    assert state(task)[0] == "canceled"
    assert sum(1 for _ in task.reservations.stream(page_size=1000)) == 2000


# -- Reservations ------------------------------------------------------------------------------


@pytest.mark.reference("3.2c", "8.3d", "3.2m", "4.4a")
def test_rejected_task_may_come_back_to_the_same_worker(routed: Desk) -> None:
    """Who rejects and stays available is asked again at once."""
    worker = routed.worker("Alice")
    task = routed.task()
    routed.answer(task, "rejected")

    assert routed.offers(task) == [("Alice", "rejected"), ("Alice", "pending")]
    assert worker.fetch().activity_name == "Available"
    last = routed.events(task_sid=task.sid)[-1]
    assert last.event_data["task_re_evaluated_reason"] == "reservation_rejected"


@pytest.mark.reference("3.2d", "8.3d")
def test_reject_can_move_the_worker(routed: Desk) -> None:
    """Into the Activity that the answer names."""
    worker = routed.worker("Alice")
    task = routed.task()
    routed.answer(task, "rejected", worker_activity_sid=routed.activity("Unavailable"))

    assert worker.fetch().activity_name == "Unavailable"
    types = [each.event_type for each in routed.events()][-2:]
    assert types == ["reservation.rejected", "worker.activity.update"]


@pytest.mark.reference("3.2e", "3.3g")
def test_leaving_worker_may_reject_what_is_pending(routed: Desk) -> None:
    """``RejectPendingReservations`` with an unavailable Activity; without it they keep what they have."""
    worker = routed.worker("Alice")
    task = routed.task()
    routed.move(worker, "Offline")
    assert routed.offers(task) == [("Alice", "pending")]
    routed.move(worker, "Unavailable", reject_pending_reservations=True)

    assert routed.offers(task) == [("Alice", "rejected")]
    assert state(task)[0] == "pending"
    assert worker.fetch().activity_name == "Unavailable"


@pytest.mark.reference("3.2f", "8.3e", "4.4a")
@pytest.mark.parametrize("multitasking", [True, False])
def test_reservation_timeout_moves_the_worker(desk: Desk, single: Desk, multitasking: bool) -> None:
    """To the timeout Activity, in both modes; there the Worker stays."""
    desk = desk if multitasking else single
    desk.workflow(default=desk.queue(), task_reservation_timeout=10)
    worker, task = desk.worker("Alice"), desk.task()
    before = len(desk.events())
    desk.advance(10)

    assert worker.fetch().activity_name == "Offline"
    assert state(task)[0] == "pending"
    assert [each.event_type for each in desk.events(before)] == ["reservation.timeout", "worker.activity.update"]
    desk.worker("Bob")
    assert desk.events(task_sid=task.sid)[-1].event_data["task_re_evaluated_reason"] == "reservation_timeout"


@pytest.mark.reference("3.2h", "3.1c", "6.3b", "8.3c", "14.13")
def test_faster_worker_wins(desk: Desk) -> None:
    """The others' Reservations are rescinded; answering one gives 410."""
    desk.workflow(default=desk.queue(max_reserved_workers=3))
    for name in ("Alice", "Bob", "Carol"):
        desk.worker(name)
    task, waiting = desk.task(), desk.task()
    slow = task.reservations.list()[2]
    before = len(desk.happened(task))
    task.reservations.list()[1].update(reservation_status="accepted")

    assert desk.offers(task) == [("Alice", "rescinded"), ("Bob", "accepted"), ("Carol", "rescinded")]
    assert desk.happened(task, before) == ["reservation.accepted", "reservation.rescinded", "reservation.rescinded"]
    assert refused(slow.update, reservation_status="accepted")[0] == 410
    assert [name for name, _ in desk.offers(waiting)] == ["Alice", "Carol"]


@pytest.mark.reference("3.2k", "14.12")
@pytest.mark.parametrize("answer", ["accepted", "rejected"])
@pytest.mark.parametrize("end", ["accepted", "rejected", "timeout", "canceled"])
def test_ended_reservation_takes_no_answer(routed: Desk, end: str, answer: str) -> None:
    """400 / 20001, in Twilio's words."""
    worker = routed.worker("Alice")
    task = routed.task()
    (reservation,) = task.reservations.list()
    if end == "timeout":
        routed.advance(10)
    elif end == "canceled":
        task.update(assignment_status="canceled")
    else:
        routed.answer(task, end)
    routed.move(worker, "Offline")

    status, code, message = refused(reservation.update, reservation_status=answer)
    assert (status, code) == (400, 20001)
    assert f"Reservation {reservation.sid} is not currently in a Pending state." in message


@pytest.mark.reference("3.2k")
def test_late_conference_is_refused_in_the_known_words(routed: Desk) -> None:
    """As seen in a public bug report."""
    worker = routed.worker("Alice", {"contact_uri": "client:alice"})
    task = routed.task({"call_sid": "CA1"})
    (reservation,) = task.reservations.list()
    routed.answer(task, "rejected", worker_activity_sid=routed.activity("Offline"))
    assert worker.fetch().activity_name == "Offline"

    message = refused(reservation.update, instruction="conference")[2]
    assert f"Unable to execute Conference instruction. Reservation {reservation.sid} is not currently" in message


@pytest.mark.reference("3.2l", "4.4a")
def test_dead_urls_cancel_the_reservation(desk: Desk, application: Application) -> None:
    """Both failed: canceled at once, long before it would time out; the Worker stays available."""
    application.replies = {ASSIGNMENT_URL: 500, FALLBACK_URL: "nobody there"}
    desk.workflow(
        default=desk.queue(), assignment_callback_url=ASSIGNMENT_URL, fallback_assignment_callback_url=FALLBACK_URL
    )
    worker, task = desk.worker("Alice"), desk.task()

    assert desk.offers(task)[0] == ("Alice", "canceled")
    assert worker.fetch().activity_name == "Available"
    created = desk.events(task_sid=task.sid, event_type="reservation.created")
    assert created[1].event_data["task_re_evaluated_reason"] == "reservation_canceled"


# -- Workers, one thing at a time --------------------------------------------------------------


@pytest.fixture
def staffed(single: Desk) -> Any:
    """Alice in a single-tasking workspace whose queue names both Activities."""
    activities = {name: single.activity(name) for name in ("Reserved", "Busy")}
    queue = single.queue(
        reservation_activity_sid=activities["Reserved"],
        assignment_activity_sid=activities["Busy"],
        max_reserved_workers=2,
    )
    single.workflow(default=queue, task_reservation_timeout=10)
    return single.worker("Alice")


@pytest.mark.reference("3.3a", "3.3b", "8.3b", "8.3c")
def test_single_tasking_worker_changes_with_the_work(single: Desk, staffed: Any) -> None:
    """Reserved, Busy, and Busy still when the Task is completed; each change is recorded after its cause."""
    before = len(single.events())
    task = single.task()
    assert staffed.fetch().activity_name == "Reserved"
    single.answer(task, "accepted")
    assert staffed.fetch().activity_name == "Busy"
    task.update(assignment_status="completed")

    assert staffed.fetch().activity_name == "Busy"
    types = [each.event_type for each in single.events(before)]
    assert types[4:8] == [
        "reservation.created", "worker.activity.update", "reservation.accepted", "worker.activity.update",
    ]  # fmt: skip


@pytest.mark.reference("3.2c", "3.2g", "3.2h")
@pytest.mark.parametrize("end", ["rejected", "canceled", "rescinded"])
def test_single_tasking_worker_returns_to_their_activity(single: Desk, staffed: Any, end: str) -> None:
    """When the Reservation ends unaccepted."""
    bob = single.worker("Bob")
    task = single.task()
    first, second = task.reservations.list()
    match end:
        case "rejected":
            first.update(reservation_status="rejected")
        case "canceled":
            task.update(assignment_status="canceled")
        case "rescinded":
            second.update(reservation_status="accepted")

    assert (staffed.fetch().activity_name, first.fetch().reservation_status) == ("Available", end)
    assert bob.fetch().activity_name == {"rejected": "Reserved", "canceled": "Available", "rescinded": "Busy"}[end]


@pytest.mark.reference("3.3e", "3.4b")
def test_multitasking_worker_never_turns_busy(desk: Desk) -> None:
    """Whatever the queue names; capacity does the work."""
    offline = desk.activity("Unavailable")
    desk.workflow(default=desk.queue(reservation_activity_sid=offline, assignment_activity_sid=offline))
    worker = desk.worker("Alice")
    task = desk.task()
    assert worker.fetch().activity_name == "Available"
    desk.answer(task, "accepted")

    assert worker.fetch().activity_name == "Available"


@pytest.mark.reference("3.3f")
def test_move_between_available_activities_keeps_reservations(routed: Desk) -> None:
    """Nothing is lost."""
    idle = routed.workspace.activities.create(friendly_name="Idle", available=True).sid
    worker = routed.worker("Alice")
    task = routed.task()
    worker.update(activity_sid=idle)

    assert routed.offers(task) == [("Alice", "pending")]


@pytest.mark.reference("3.3h", "12.1a")
def test_post_work_activity_follows_the_call(single: Desk, desk: Desk) -> None:
    """In a single-tasking workspace the Worker moves there when the Task is done; multitasking ones ignore it."""
    for room, expected in ((single, "Unavailable"), (desk, "Available")):
        room.workflow(default=room.queue())
        worker = room.worker("Alice", {"contact_uri": "+15555555555"})
        task = room.task({"call_sid": "CA1"})
        (reservation,) = task.reservations.list()
        given = {"dequeue_post_work_activity_sid": room.activity("Unavailable")}
        reservation.update(instruction="dequeue", dequeue_from="+15556667777", **given)
        task.update(assignment_status="completed")
        assert worker.fetch().activity_name == expected


# -- Eligibility and capacity ------------------------------------------------------------------


@pytest.mark.reference("3.4a")
@pytest.mark.parametrize("lack", ["membership", "activity", "channel", "capacity", "expression"])
def test_worker_must_have_everything(desk: Desk, lack: str) -> None:
    """Membership, an available Activity, the channel, free capacity, and the step's expression."""
    queue = desk.queue(target_workers="level > 1" if lack == "membership" else "1==1")
    expression = "worker.level > 1" if lack == "expression" else "1==1"
    desk.workflow(filter_("1==1", {"queue": queue, "expression": expression}))
    worker = desk.worker("Alice", {"level": 1}, activity="Offline" if lack == "activity" else "Available")
    if lack == "channel":
        worker.worker_channels("default").update(available=False)
    if lack == "capacity":
        worker.worker_channels("default").update(capacity=0)
    task = desk.task()
    assert desk.offers(task) == []
    match lack:
        case "activity":
            desk.move(worker, "Available")
        case "channel":
            worker.worker_channels("default").update(available=True)
        case "capacity":
            worker.worker_channels("default").update(capacity=1)
        case _:
            worker.update(attributes='{"level":2}')

    assert desk.offers(task) == [("Alice", "pending")]


@pytest.mark.reference("3.4a")
def test_single_tasking_worker_has_one_task_whatever_its_channel(single: Desk) -> None:
    """No second Reservation while one is open."""
    single.workflow(default=single.queue())
    single.worker("Alice", chat=5)
    first, second = single.task(task_channel="chat"), single.task(task_channel="voice")
    single.answer(first, "accepted")
    assert single.offers(second) == []
    first.update(assignment_status="completed")

    assert single.offers(second) == [("Alice", "pending")]


@pytest.mark.reference("3.4b", "3.4c", "3.4d")
def test_open_reservations_use_capacity(desk: Desk) -> None:
    """Pending, accepted and wrapping ones; ``assigned_tasks`` counts the accepted alone."""
    desk.workflow(default=desk.queue())
    worker = desk.worker("Alice", default=3)
    tasks = [desk.task() for _ in range(3)]
    seen = []
    for step in (lambda: None, lambda: desk.answer(tasks[0], "accepted"), lambda: desk.answer(tasks[0], "wrapping")):
        step()
        channel = worker.worker_channels("default").fetch()
        seen.append((channel.assigned_tasks, channel.available_capacity_percentage))
    tasks[1].update(assignment_status="canceled")

    assert seen == [(0, 0), (1, 0), (0, 0)]
    assert worker.worker_channels("default").fetch().available_capacity_percentage == 33


@pytest.mark.reference("3.4e")
def test_channel_without_capacity_is_never_used(desk: Desk) -> None:
    """Its percentage is 0; lowering a capacity removes nothing."""
    desk.workflow(default=desk.queue())
    worker = desk.worker("Alice")
    task = desk.task()
    channel = worker.worker_channels("default").update(capacity=0)

    assert channel.available_capacity_percentage == 0
    assert desk.offers(task) == [("Alice", "pending")]
    assert desk.offers(desk.task()) == []


@pytest.mark.reference("3.4g")
def test_channels_are_independent(desk: Desk) -> None:
    """Who is full on voice still gets chats."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    voice, more, chat = (desk.task(task_channel=name) for name in ("voice", "voice", "chat"))

    assert [desk.offers(each) for each in (voice, more, chat)] == [[("Alice", "pending")], [], [("Alice", "pending")]]


@pytest.mark.reference("3.4h")
@pytest.mark.parametrize("hindrance", ["offline", "capacity"])
def test_routing_target_is_reserved_even_so(desk: Desk, hindrance: str) -> None:
    """``IgnoreCapacity`` defaults to true for a Worker; said to be false, the Task waits for them."""
    worker = desk.worker("Alice", activity="Offline" if hindrance == "offline" else "Available")
    worker.worker_channels("default").update(capacity=1 if hindrance == "offline" else 0)
    task = desk.task(routing_target=worker.sid)
    patient = desk.task(routing_target=worker.sid, ignore_capacity=False)

    assert (desk.offers(task), task.fetch().ignore_capacity) == ([("Alice", "pending")], True)
    assert (desk.offers(patient), patient.fetch().assignment_status) == ([], "pending")


@pytest.mark.reference("3.4i")
def test_routing_target_can_be_a_queue_or_a_workflow(desk: Desk) -> None:
    """A queue is entered directly, a Workflow from its first filter on."""
    care, sales = desk.queue("Care"), desk.queue("Sales")
    workflow = desk.workflow(default=care)
    directly, through = desk.task(routing_target=sales), desk.task(routing_target=workflow)

    assert (directly.fetch().task_queue_sid, through.fetch().task_queue_sid) == (sales, care)
    assert through.fetch().workflow_sid == workflow


@pytest.mark.reference("3.4j")
@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("WW" + "z" * 32, "WorkflowSid as RoutingTarget"),
        ("WK123", "WorkerSid as RoutingTarget"),
        ("WQ", "TaskQueueSid as RoutingTarget"),
        ("XX" + "0" * 32, "RoutingTarget"),
    ],
)
def test_malformed_routing_target_is_refused(desk: Desk, target: str, name: str) -> None:
    """400, in the known words: the value, what it was given for, Workspace and account."""
    desk.workflow(default=desk.queue())
    status, code, message = refused(desk.task, routing_target=target)
    workspace = desk.workspace.fetch()

    assert (status, code) == (400, 20001)
    assert message.endswith(
        f"Value '{target}' provided for {name} has an invalid format. "
        f"WorkspaceSid: {workspace.sid}, AccountSid: {workspace.account_sid}"
    )
