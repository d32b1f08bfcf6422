"""A Worker in a few words, as the portal's modules write them."""

from __future__ import annotations

import pytest

from helpers.emulator.display.capacity_words import capacity_words
from tests.unit.emulator.display.in_node import evaluate

CAPACITY = """
import { capacityInShort } from "./static/pages/workers/worker_words.js";
console.log(JSON.stringify(capacityInShort(given)));
"""
# Browsers have had Map.groupBy since 2024, Node 20 doesn't.
SCRIPT = """
import { movedAt } from "./static/pages/workers/worker_words.js";
Map.groupBy ??= (all, key) => {
  const groups = new Map();
  for (const each of all) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  return groups;
};
console.log(JSON.stringify(movedAt(given.records, given.worker) ?? null));
"""
TIMED_OUT = {"worker_sid": "WK1", "reservation_status": "timeout", "date_updated": 5}
AWAY = {"sid": "WK1", "activity_sid": "WA1", "available": False, "date_status_changed": 5}


@pytest.mark.parametrize(
    ("worker", "offer", "moved"),
    [
        ({}, {}, 5),
        ({"date_status_changed": 6}, {}, None),
        ({"activity_sid": "WA2"}, {}, None),
        ({"available": True}, {}, None),
        ({}, {"reservation_status": "rejected"}, None),
        ({}, {"worker_sid": "WK2"}, None),
    ],
    ids=["moved", "changed later", "elsewhere", "available", "rejected", "somebody else's"],
)
def test_worker_whom_an_unanswered_offer_moved(tmp_path, worker, offer, moved):
    """In the timeout Activity, since the moment in which an offer of this Worker timed out."""
    records = {"workspace": {"WS1": {"timeout_activity_sid": "WA1"}}, "reservations": {"WR1": {**TIMED_OUT, **offer}}}

    assert evaluate(SCRIPT, tmp_path, {"records": records, "worker": {**AWAY, **worker}}) == moved


def channel(name: str, capacity: int, accepted: int = 0, pending: int = 0, wrapping: int = 0) -> dict[str, object]:
    """A Worker's channel as the page has it."""
    held = {"accepted": accepted, "pending": pending, "wrapping": wrapping}
    return {"task_channel_unique_name": name, "configured_capacity": capacity, "held": held}


@pytest.mark.parametrize(
    ("channels", "words"),
    [
        ([channel("default", 1)], ""),
        ([channel("default", 1, pending=1), channel("sms", 1)], "default 1 of 1 pending"),
        ([channel("chat", 3, accepted=2, pending=1)], "chat 3 of 3: 2 accepted, 1 pending"),
        (
            [channel("voice", 1, accepted=2), channel("chat", 5, 1, 1, 1)],
            "voice 2 of 1 accepted; chat 3 of 5: 1 accepted, 1 pending, 1 wrapping",
        ),
    ],
    ids=["nothing", "an offer", "both", "two channels"],
)
def test_capacity_tells_accepted_from_pending(tmp_path, channels, words):
    """Each channel in use, with what uses it; the words of the board in a cell are the same."""
    assert evaluate(CAPACITY, tmp_path, channels) == words
    used = [each for each in channels if any(each["held"].values())]
    told = [
        f"{each['task_channel_unique_name']} {capacity_words(each['held'], each['configured_capacity'])}"
        for each in used
    ]
    assert "; ".join(told) == words
