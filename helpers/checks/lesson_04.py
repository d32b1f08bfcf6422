"""Lesson 4: from the callback to the Reservation, and who comes next."""

from __future__ import annotations

from typing import Any

from ..connection import connect
from ..story import find, workspace_of
from .verdict import NotYet

__all__ = ["predicts_the_next", "reservation_from_callback"]


def reservation_from_callback(from_callback: Any) -> str:
    """4.1: the Reservation of the callback, fetched."""
    sid = str(getattr(from_callback, "sid", None) or getattr(from_callback, "_solution", {}).get("sid", from_callback))
    if sid.startswith("WT"):
        raise NotYet("this is the Task.", "go on with `.reservations(...)`, and the parameter ReservationSid.")
    if not sid.startswith("WR"):
        raise NotYet(f"{sid!r} is no Reservation.", "its SID begins with WR; the parameter is called ReservationSid.")
    if not hasattr(from_callback, "reservation_status"):
        raise NotYet("this only says where the Reservation is.", "end with `.reservations(...).fetch()`.")
    client = connect().client
    world = find(client)
    worker = workspace_of(client, world).workers(world.alice_sid)
    if sid not in [reservation.sid for reservation in worker.reservations.list()]:
        raise NotYet("this Reservation is not Alice's.", "take the SID from `callback.parameters`.")
    return f"it is {from_callback.worker_name}'s, and it is {from_callback.reservation_status}."


def predicts_the_next(prediction: object) -> str:
    """4.2: who is reserved when Alice's capacity is used up."""
    answer = str(prediction).strip().lower()
    if answer == "bob":
        return "Alice is available, but her capacity is used up by the pending Reservation. So it is Bob."
    if answer == "alice":
        raise NotYet("not Alice: she is in the queue and available, yet", "look at her channel's capacity.")
    if answer == "nobody":
        raise NotYet("somebody is.", "Bob is Idle, in the English queue, and has nothing to do.")
    raise NotYet(f"{prediction!r} is none of the three.", '"Alice", "Bob" or "nobody".')
