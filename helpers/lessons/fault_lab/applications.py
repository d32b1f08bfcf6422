"""Ten applications of the shop: that of yesterday, and nine in each of which one thing is broken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.lessons.fault_lab.lab_application import Answer, Shop, ShopCall

__all__ = ["APPLICATIONS", "Deployment"]


def yesterday(call: ShopCall, shop: Shop) -> Answer:
    """Accept each offer, and email the customer once."""
    if not shop.is_signed(call, call.url):
        return 403, {"message": "This request isn't signed by TaskRouter."}
    shop.email_once(call)
    return 200, {"instruction": "accept"}


def empty_reply(call: ShopCall, shop: Shop) -> Answer:
    """Make a reply, and forget to return it."""
    reply = {"instruction": "accept"}
    shop.write(call.order, f"reply is {reply}")
    return 200, None


def no_instruction(call: ShopCall, shop: Shop) -> Answer:
    """Reply with a message in which TaskRouter finds no instruction."""
    shop.email_once(call)
    return 200, {"message": "success"}


def server_error(call: ShopCall, shop: Shop) -> Answer:
    """Look up a price that a new order doesn't have."""
    price = shop.prices[call.order]
    shop.write(call.order, f"price {price}")
    return 200, {"instruction": "accept"}


def slow_reply(call: ShopCall, shop: Shop) -> Answer:
    """Look for earlier orders before the reply, which takes longer than the 5 s that TaskRouter waits."""
    shop.write(call.order, "looked for earlier orders in the archive, which took 6 s")
    shop.write(call.order, "reply is {'instruction': 'accept'}")
    return 200, {"instruction": "accept"}


def wrong_signature(call: ShopCall, shop: Shop) -> Answer:
    """Check the signature for a URL that nobody called."""
    url = call.url.replace("http://", "https://")
    if not shop.is_signed(call, url):
        shop.write(call.order, "signature isn't valid for the https URL")
        return 403, {"message": "This request isn't signed by TaskRouter."}
    return 200, {"instruction": "accept"}


def duplicate(call: ShopCall, shop: Shop) -> Answer:
    """Email the customer at each call, even for a Reservation that was handled before."""
    shop.email(call)
    return 200, {"instruction": "accept"}


def late_accept(call: ShopCall, shop: Shop) -> Answer:
    """Reply *later*, and accept by a request after 40 s; the offer lasts 30 s."""
    shop.write(call.order, "asked the workshop, will accept when it answers")
    return 200, None


def show_newest(call: ShopCall, shop: Shop) -> None:
    """Show an event unless a later one is on the screen."""
    shop.show_newest(call)


def show_latest_arrival(call: ShopCall, shop: Shop) -> None:
    """Show the event that arrives last, which isn't always the one that happened last."""
    shop.show(call)


@dataclass(frozen=True)
class Deployment:
    """Application as it was deployed, with all that belongs to its fault."""

    cause: str
    """Fault, in the words of the exercise; an empty text if nothing is broken."""
    on_assignment: Callable[[ShopCall, Shop], Answer] = yesterday
    on_event: Callable[[ShopCall, Shop], None] = show_newest
    faults: tuple[Mapping[str, Any], ...] = ()
    """Faults of the way to it and back, as ``RunningEmulator.add_fault`` takes them."""
    is_reachable: bool = True
    """False if the Workflow has the URL of an earlier deployment."""
    accepts_after: int = 0
    """Seconds after the offer at which it accepts by a request of its own; 0 if it doesn't."""
    told: str = ""
    """Sentence about the fault, if that isn't a line of its code."""
    shown: tuple[Callable[..., Any], ...] = field(default=())
    """Functions in which the fault is."""


_ALWAYS = 1_000

APPLICATIONS = (
    Deployment(""),
    Deployment("empty reply", empty_reply, shown=(empty_reply,)),
    Deployment("no instruction", no_instruction, shown=(no_instruction,)),
    Deployment("server error", server_error, shown=(server_error,)),
    Deployment(
        "slow reply",
        slow_reply,
        faults=({"fault": "late_reply", "kind": "assignment", "seconds": 6, "times": _ALWAYS},),
        shown=(slow_reply,),
    ),
    Deployment(
        "stale URL",
        is_reachable=False,
        told="The application was moved to another port, and the Workflow still has the URL from before.",
    ),
    Deployment("wrong signature", wrong_signature, shown=(wrong_signature,)),
    Deployment(
        "duplicate",
        duplicate,
        faults=({"fault": "duplicate", "kind": "assignment"},),
        told="The callback arrived twice, and the application treated both as new.",
        shown=(duplicate,),
    ),
    Deployment(
        "reordered events",
        on_event=show_latest_arrival,
        faults=({"fault": "reorder", "event_type": "reservation.accepted", "until": "task.completed"},),
        told="The event task.completed arrived before reservation.accepted, and the screen shows what arrived last.",
        shown=(show_latest_arrival,),
    ),
    Deployment("late accept", late_accept, accepts_after=40, shown=(late_accept,)),
)
"""Applications by number: 0 is that of yesterday."""
