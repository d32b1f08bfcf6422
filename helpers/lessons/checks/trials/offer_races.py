"""Offers that end in different ways, for a function that takes one (exercise 10.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from twilio.base.exceptions import TwilioRestException

from helpers.lessons.checks.subjects.own_world import OwnWorld

__all__ = ["RACES", "Race"]


class Race(NamedTuple):
    """One offer to Alice, and what a function should say that tries to take it."""

    case: str
    """First words of the sentence about it."""
    prepare: Callable[[OwnWorld], Any]
    """Function that makes the offer in a newly built world, and returns Alice's Reservation."""
    result: str | None
    """Answer that is right; None if the function should pass the error on."""
    status: int
    """HTTP status of the response to an accept."""
    reasons: Mapping[str, tuple[str, str]]
    """Reason and pointer for each wrong answer that has its own."""
    otherwise: tuple[str, str] = ("it's another of the three answers.", "")
    """Reason and pointer for every other wrong answer."""
    pointer: str = ""
    """Pointer for a function that passes the error on where it should catch it; empty for the general one."""


def _offer(own: OwnWorld) -> dict[str, Any]:
    """Offer an English Task to Alice and Bob, and return the Reservations by the Worker's name."""
    own.workspace.task_queues(own.sids.english_queue_sid).update(max_reserved_workers=2)
    for sid in (own.sids.alice_sid, own.sids.bob_sid):
        own.set_activity(sid, "Idle")
    task = own.workspace.tasks.create(attributes='{"selected_language": "en"}', workflow_sid=own.sids.workflow_sid)
    return {each.worker_name: each for each in own.workspace.tasks(task.sid).reservations.list()}


def _offer_open(own: OwnWorld) -> Any:
    return _offer(own)["Alice"]


def _offer_taken(own: OwnWorld) -> Any:
    offers = _offer(own)
    offers["Bob"].update(reservation_status="accepted")
    return offers["Alice"]


def _offer_overtaken(own: OwnWorld) -> Any:
    """Return a Reservation that Bob takes away right before the update, however often it is fetched first."""
    offers = _offer(own)
    return _let_overtake(offers["Alice"], offers["Bob"])


def _let_overtake(reservation: Any, other: Any) -> Any:
    update, fetch = reservation.update, reservation.fetch

    def update_late(*values: Any, **named: Any) -> Any:
        with suppress(TwilioRestException):  # at the second try it is Bob's already
            other.update(reservation_status="accepted")
        return update(*values, **named)

    reservation.update = update_late
    reservation.fetch = lambda: _let_overtake(fetch(), other)
    return reservation


def _offer_timed_out(own: OwnWorld) -> Any:
    reservation = _offer(own)["Alice"]
    own.advance(1201)
    return reservation


def _offer_rejected(own: OwnWorld) -> Any:
    """Return a Reservation that Alice rejected elsewhere; the one returned was read before."""
    reservation = _offer(own)["Alice"]
    own.workspace.tasks(reservation.task_sid).reservations(reservation.sid).update(reservation_status="rejected")
    return reservation


def _offer_deleted(own: OwnWorld) -> Any:
    reservation = _offer(own)["Alice"]
    own.workspace.tasks(reservation.task_sid).delete()
    return reservation


_LOOK_AT_STATUS = "`error.status` is the HTTP status. `error.code` is Twilio's own code: 20001 in both cases."
_NOT_MINE = ("TaskRouter returned an error: the Task is another Worker's.", _LOOK_AT_STATUS)
_NOBODY_FASTER = ("nobody was faster. TaskRouter answers 400 here, and 410 only after a lost race.", _LOOK_AT_STATUS)
_OVER = ("TaskRouter returned an error, so Alice doesn't have the Task.", _LOOK_AT_STATUS)
_SWALLOWED = (
    "its error is a 404: pass other errors on with a bare `raise`.",
    "After the two statuses that you know, the last line of `except` is `raise`.",
)

RACES = (
    Race(
        "when the offer is pending",
        _offer_open,
        "mine",
        200,
        {
            "too late": ("the offer was pending: accept it once, and return “mine” if no error comes.", ""),
            "somebody was faster": ("nobody else had accepted: “mine” comes after an update without an error.", ""),
        },
    ),
    Race(
        "when Bob has accepted before",
        _offer_taken,
        "somebody was faster",
        410,
        {
            "mine": _NOT_MINE,
            "too late": ("a lost race has `error.status` 410; `error.code` is 20001.", _LOOK_AT_STATUS),
        },
    ),
    Race(
        "when Bob accepts between your look and your accept",
        _offer_overtaken,
        "somebody was faster",
        410,
        {
            "mine": ("the status that you read before was out of date by then.", _LOOK_AT_STATUS),
            "too late": ("a lost race has `error.status` 410.", _LOOK_AT_STATUS),
        },
        pointer="A status that you read first can be out of date. Only the response to the accept tells you.",
    ),
    Race(
        "when the offer has timed out",
        _offer_timed_out,
        "too late",
        400,
        {"mine": _OVER, "somebody was faster": _NOBODY_FASTER},
    ),
    Race(
        "when Alice has rejected the offer before",
        _offer_rejected,
        "too late",
        400,
        {"mine": _OVER, "somebody was faster": _NOBODY_FASTER},
    ),
    Race(
        "when the Task has been deleted",
        _offer_deleted,
        None,
        404,
        {"somebody was faster": ("a Reservation that is gone isn't a lost race. Pass the 404 on.", _SWALLOWED[1])},
        otherwise=_SWALLOWED,
    ),
)
"""Offers in the order in which they are tried."""
