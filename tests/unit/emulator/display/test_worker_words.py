"""A Worker in a few words, as the portal's modules write them."""

from __future__ import annotations

import pytest

from tests.unit.emulator.display.in_node import evaluate

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
