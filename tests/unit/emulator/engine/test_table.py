"""Groups and orders of a table, against sorting and filtering everything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.emulator.engine.index.sorted_index import sort_key
from helpers.emulator.engine.index.table import RecordTable
from helpers.emulator.engine.model.resources import Activity, Task

STATUSES = ("pending", "reserved", "assigned")
ORDERINGS = (
    (),
    (("priority", 1),),
    (("priority", -1),),
    (("priority", -1), ("virtual_start_time", 1)),
    (("virtual_start_time", -1), ("priority", 1)),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("create", "create", "change", "drop", "ask", "ask")),
        st.integers(0, 9),  # whose turn it is
        st.sampled_from(STATUSES),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(ORDERINGS),
        st.lists(st.sampled_from(("assignment_status", "priority", "workflow_sid")), unique=True),
    ),
    max_size=60,
)


def task(number: int, **fields: Any) -> Task:
    given = {"workflow_sid": None, "task_channel_sid": "TC", "virtual_start_time": 0, **fields}
    common = {"account_sid": "AC", "workspace_sid": "WS", "date_created": 0, "date_updated": 0}
    return Task(sid=f"WT{number}", number=number, **common, **given)


@pytest.fixture
def table() -> RecordTable[Task]:
    return empty()


def empty() -> RecordTable[Task]:
    return RecordTable(groups=("assignment_status", "workflow_sid"), orders=("priority", "virtual_start_time"))


def fill(table: RecordTable[Task], **fields: list[Any]) -> None:
    """Tasks numbered from 1, with these values one after the other."""
    for number, values in enumerate(zip(*fields.values(), strict=True), 1):
        table.put(task(number, **dict(zip(fields, values, strict=True))))


@given(steps=STEPS)
def test_answers_follow_every_change(steps):
    """Whatever is put, changed, dropped and asked: a list is what sorting and filtering would give."""
    table = empty()
    for number, (what, who, status, priority, start, ordering, fields) in enumerate(steps):
        record = dict(enumerate(table.values())).get(who)
        if what == "create":
            table.put(task(number, workflow_sid=f"WW{number % 2}", priority=priority, virtual_start_time=start))
        elif what == "change" and record is not None:
            record.assignment_status, record.priority, record.virtual_start_time = status, priority, start
            table.put(record)
        elif what == "drop" and record is not None:
            table.drop(record)
        elif what == "ask":
            wanted = {"assignment_status": {status, "pending"}, "priority": {priority}, "workflow_sid": {"WW0"}}
            where = {field: wanted[field] for field in fields}
            found = [each for each in table.values() if all(getattr(each, name) in where[name] for name in where)]
            expected = sorted(found, key=sort_key(ordering))

            assert list(table.listing(where, ordering).after()) == expected


@given(cut=st.integers(1, 20), ordering=st.sampled_from(ORDERINGS))
def test_list_is_read_from_anywhere_both_ways(cut, ordering):
    """From a record on, those after it come ascending and those before it descending, through several groups."""
    table = empty()
    fill(
        table,
        priority=[number % 3 for number in range(20)],
        assignment_status=[*STATUSES * 6, "pending", "reserved"],
    )
    whole = sorted(table.values(), key=sort_key(ordering))
    edge = sort_key(ordering)(whole[cut - 1])

    listing = table.listing({"assignment_status": STATUSES}, ordering)

    assert list(listing.after(edge)) == whole[cut:]
    assert list(listing.before(edge)) == whole[: cut - 1][::-1]


def test_nothing_is_kept_before_the_first_question(table):
    """Records cost no more than in a dict until somebody asks for other than the first of all."""
    fill(table, priority=[3, 1, 2])

    assert [each.priority for each in table.listing().after()] == [3, 1, 2]
    assert (table._entries, table._indexes) == ({}, {})
    assert [each.priority for each in table.listing({}, (("priority", 1),)).after()] == [1, 2, 3]
    assert len(table._entries) == 3


def test_indexes_asked_for_last_are_kept(table):
    """There are never more than eight; one that is asked for again and again stays."""
    fill(table, priority=[3, 1, 2])
    shapes = [(where, ordering) for where in ({}, {"priority": [1]}) for ordering in ORDERINGS]
    favourite = ((), ORDERINGS[1])
    for where, ordering in shapes:
        list(table.listing(where, ordering).after((0, 0, 0)))
        list(table.listing({}, favourite[1]).after())

    assert len(table._indexes) == 8
    assert favourite in table._indexes


def test_no_value_wanted_finds_nothing(table):
    """A filter that no value passes is answered without an index."""
    fill(table, priority=[3, 1, 2])

    assert list(table.listing({"priority": ()}).after()) == []
    assert not table._indexes


def test_value_wanted_twice_is_found_once(table):
    """Values may repeat, records do not."""
    fill(table, priority=[3, 1, 2])

    assert [each.priority for each in table.listing({"priority": [1, 1, 2, 1]}).after()] == [1, 2]


def test_tests_are_asked_of_what_is_walked(table):
    """What no index answers is asked of the records that remain."""
    fill(table, priority=[3, 1, 3, 3])
    asked = []

    found = list(table.listing({"priority": [3]}, (), [lambda each: asked.append(each) or each.number > 1]).after())

    assert [each.number for each in found] == [3, 4]
    assert [each.number for each in asked] == [1, 3, 4]


def test_runs_are_counted_by_their_ends(table):
    """Tasks alike in status and priority are one run, the earliest of them in front."""
    fill(table, priority=[5, 1, 5, 1, 1], assignment_status=["pending", "pending", "pending", "pending", "assigned"])

    runs = table.runs({"assignment_status": STATUSES}, (("priority", 1), ("virtual_start_time", 1)))

    assert [(first.number, how_many) for first, how_many in runs] == [(2, 2), (1, 2), (5, 1)]


def test_record_stands_in_several_groups():
    """A field with several values puts a record under each, and takes it out again."""
    letters: dict[str, tuple[str, ...]] = {"WA1": ("a", "b"), "WA2": ("b",)}
    table = RecordTable[Activity](several={"letter": lambda record: letters[record.sid]})
    for number in (1, 2):
        common = {"account_sid": "AC", "workspace_sid": "WS", "date_created": 0, "date_updated": 0}
        table.put(Activity(sid=f"WA{number}", number=number, friendly_name="", **common))
    assert [each.sid for each in table.listing({"letter": ["b"]}).after()] == ["WA1", "WA2"]

    letters["WA1"] = ("a", "c")
    table.put(table["WA1"])

    assert [each.sid for each in table.listing({"letter": ["b"]}).after()] == ["WA2"]
    assert [each.sid for each in table.listing({"letter": ["c"]}).after()] == ["WA1"]
