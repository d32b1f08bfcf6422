"""Worker who leaves with offers open, and gives all of them back with one request (exercise 8.2)."""

from __future__ import annotations

from collections import Counter

from helpers.emulator.sdk.sdk_reading import fetch_or_none
from helpers.lessons.checks.answers import read_function
from helpers.lessons.checks.subjects.own_calls import call_with, refuse_other_cells
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.verdict import NotYet

__all__ = ["steps_away"]

_SPANISH = '{"selected_language": "es"}'
_ENDLESS = "one request is enough for this exercise."
_LOOK_AT_LEAVING = "Look at “Leave with an offer open”: the last cell has a parameter for all pending offers."
_ONE_REQUEST = "one update of the Worker can name the Activity and reject the pending offers."


def steps_away(step_away: object) -> str:
    """8.2: a function that makes a Worker Busy and gives all offers back, tried in the check's own Workspace."""
    function = read_function("step_away", step_away, "workspace", "worker_sid", "busy_sid")
    refuse_other_cells("step_away", function)
    own = OwnWorld.build()
    alice = own.sids.alice_sid
    own.set_activity(alice, "Idle")
    for channel in ("default", "chat"):
        own.workspace.tasks.create(attributes=_SPANISH, workflow_sid=own.sids.workflow_sid, task_channel=channel)
    before = len(own.wire)
    call_with(own, "step_away", function, own.workspace, alice, own.sids.activity_sids["Busy"], endless=_ENDLESS)
    sent = [each for each in list(own.wire)[before:] if each.method != "GET"]
    _require_customers(own)
    _require_busy(own)
    _require_no_offer(own)
    offers = own.workspace.workers(alice).reservations.list()
    if len(offers) > 2:
        raise NotYet(
            "between your requests TaskRouter offered a customer to Alice again, because she was still available.",
            _ONE_REQUEST,
        )
    if len(sent) > 1:
        raise NotYet(f"you sent {len(sent)} requests, and one is enough.", _ONE_REQUEST)
    return "one request made Alice Busy and gave back both of her offers, one on each TaskChannel."


def _require_customers(own: OwnWorld) -> None:
    """Raise ``NotYet`` if a Task isn't waiting any more."""
    statuses = Counter(task.assignment_status for task in own.workspace.tasks.list())
    if statuses["canceled"] or statuses.total() < 2:
        raise NotYet("a customer is gone, because you ended the Task.", "give the offer back, and keep the Task.")
    if statuses["assigned"]:
        raise NotYet("Alice accepted an offer, so now she has a customer.", "reject the offers instead.")


def _require_busy(own: OwnWorld) -> None:
    """Raise ``NotYet`` if Alice isn't there any more, or isn't Busy."""
    alice = fetch_or_none(own.workspace.workers(own.sids.alice_sid))
    if alice is None:
        raise NotYet("Alice is deleted.", "update her Activity instead.")
    if alice.activity_name == "Offline":
        raise NotYet("Alice is Offline, but she should be Busy.", "use `busy_sid`, the third argument.")
    if alice.activity_name != "Busy":
        raise NotYet(
            f"Alice is still {alice.activity_name}, so TaskRouter goes on offering her customers.",
            "pass `activity_sid=busy_sid` to the update of the Worker.",
        )


def _require_no_offer(own: OwnWorld) -> None:
    """Raise ``NotYet`` if an offer of Alice's is still pending."""
    pending = own.workspace.workers(own.sids.alice_sid).reservations.list(reservation_status="pending")
    if len(pending) == 1:
        raise NotYet(
            "you gave back one offer, and the other one is still pending: Alice had one on each of two TaskChannels.",
            "an update of the Worker can reject all of them.",
            pointer=_LOOK_AT_LEAVING,
        )
    if pending:
        raise NotYet(
            "Alice is Busy, but her 2 offers are still pending: they time out, and then TaskRouter sets her Offline.",
            "the same request can reject them.",
            pointer=_LOOK_AT_LEAVING,
        )
