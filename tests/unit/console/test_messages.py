"""States and what changes them."""

from __future__ import annotations

import copy

import pytest

from helpers.console.messages import KEPT, difference, merge


def whole(tasks=(), events=(), **other):
    """A state with Tasks by SID, and events by number."""
    records = {"tasks": {sid: dict(task) for sid, task in dict(tasks).items()}, "workers": {}}
    listed = [{"number": number} for number in events]
    return {"type": "state", "records": records, "events": listed, "requests": [], "clock": {"now_ms": 0}, **other}


PENDING, RESERVED = {"assignment_status": "pending"}, {"assignment_status": "reserved"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (whole(), whole()),
        (whole(), whole({"WT1": PENDING}, [1, 2])),
        (whole({"WT1": PENDING}, [1]), whole({"WT1": RESERVED}, [1, 2])),
        (whole({"WT1": PENDING, "WT2": PENDING}), whole({"WT2": PENDING})),
        (whole(names={}), whole(names={"WK1": "alice.sid"})),
        (whole(), whole(clock={"now_ms": 5})),
    ],
    ids=["same", "new", "changed", "gone", "names", "clock"],
)
def test_difference_leads_from_one_state_to_the_other(before, after):
    """What a change leaves out is as it was."""
    state = {}
    merge(state, before)
    merge(state, difference(before, after))

    assert state == after


def test_change_has_only_what_is_new():
    """A row that stays is not sent again."""
    before, after = whole({"WT1": PENDING, "WT2": PENDING}, [1]), whole({"WT1": PENDING, "WT3": PENDING}, [1, 2])

    change = difference(before, after)

    assert change == {
        "type": "change",
        "records": {"tasks": {"WT3": PENDING}},
        "gone": {"tasks": ["WT2"]},
        "events": [{"number": 2}],
    }


def test_state_has_only_the_newest_events():
    """It doesn't grow without end."""
    state = {}
    merge(state, whole(events=range(KEPT)))
    merge(state, {"type": "change", "events": [{"number": KEPT}]})

    assert [each["number"] for each in state["events"]] == list(range(1, KEPT + 1))


def test_messages_stay_as_they_are():
    """Others get the same ones."""
    first, change = whole({"WT1": PENDING}), {"type": "change", "gone": {"tasks": ["WT1"]}}
    given = copy.deepcopy((first, change))
    state = {}
    merge(state, first)
    merge(state, change)

    assert (first, change) == given
