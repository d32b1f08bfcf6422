"""Which offer of its Task a Reservation is, and when the Task waits again, as the portal says it."""

from __future__ import annotations

import pytest

from tests.unit.emulator.display.in_node import evaluate

SCRIPT = """
import { offerNotes } from "./static/pages/reservations/offer_words.js";
console.log(JSON.stringify([...offerNotes(given.events, given.reservations)]));
"""


def offer(number: int, worker: str, status: str, begin: int, end: int) -> dict[str, object]:
    """A Reservation that got its status at ``end``."""
    given = {"sid": f"WR{number}", "worker_name": worker, "reservation_status": status}
    return {**given, "date_created": begin, "date_updated": end}


def events_of(offers: list[dict[str, object]], *more: tuple[str, int]) -> list[dict[str, object]]:
    """The events of these Reservations, and others by type and time, in order."""
    told = [(f"{each['sid']} offered", "reservation.created", each["date_created"], each["sid"]) for each in offers]
    told += [
        (f"{each['sid']} ended", f"reservation.{each['reservation_status']}", each["date_updated"], each["sid"])
        for each in offers
        if each["reservation_status"] != "pending"
    ]
    told += [(event_type, event_type, at, None) for event_type, at in more]
    names = ("sid", "event_type", "event_date_ms", "reservation_sid")
    return [dict(zip(names, each, strict=True)) for each in sorted(told, key=lambda each: each[2])]


WAITS = "The Task waits again."


@pytest.mark.parametrize(
    ("offers", "more", "notes"),
    [
        ([offer(1, "Alice", "pending", 1, 1)], [], {}),
        (
            [offer(1, "Alice", "timeout", 1, 3), offer(2, "Bob", "rejected", 3, 4), offer(3, "Bob", "accepted", 4, 5)],
            [],
            {
                "WR1 ended": WAITS,
                "WR2 offered": "Offer 2, after Alice didn't answer.",
                "WR2 ended": WAITS,
                "WR3 offered": "Offer 3, after Bob rejected it.",
            },
        ),
        (
            [offer(1, "Alice", "rejected", 1, 2), offer(2, "Bob", "timeout", 1, 3), offer(3, "Bob", "pending", 9, 9)],
            [],
            {
                "WR2 offered": "Offer 2, at the same time.",
                "WR2 ended": WAITS,
                "WR3 offered": "Offer 3, after Bob didn't answer.",
            },
        ),
        ([offer(1, "Alice", "canceled", 1, 2)], [("task.canceled", 2)], {}),
        (
            [offer(1, "Alice", "canceled", 1, 2), offer(2, "Alice", "canceled", 2, 3)],
            [("task.canceled", 4)],
            {"WR1 ended": WAITS, "WR2 offered": "Offer 2, after the one to Alice was canceled."},
        ),
        (
            [offer(1, "Alice", "rescinded", 1, 2), offer(2, "Bob", "accepted", 1, 2)],
            [],
            {"WR2 offered": "Offer 2, at the same time."},
        ),
    ],
    ids=["first", "one after another", "two at once", "with its Task", "by its callback", "rescinded"],
)
def test_offers_are_numbered_and_ends_make_the_task_wait(tmp_path, offers, more, notes):
    """No event says that a Task is pending again: that is told where the last of its offers ends without a Worker."""
    given = {"events": events_of(offers, *more), "reservations": offers}

    assert {sid: note for sid, note in evaluate(SCRIPT, tmp_path, given) if note} == notes


def test_offers_of_a_task_that_is_gone_have_no_notes(tmp_path):
    """Its Reservations went with it."""
    offers = [offer(1, "Alice", "timeout", 1, 3)]

    assert evaluate(SCRIPT, tmp_path, {"events": events_of(offers), "reservations": []}) == []
