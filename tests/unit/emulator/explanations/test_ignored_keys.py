"""Keys of a configuration that TaskRouter accepts and ignores."""

from __future__ import annotations

import json

import pytest

from helpers.emulator.explanations.reading.ignored_keys import find_ignored_keys

TARGET = {"queue": "WQ", "timeout": 30, "priority": 1, "order_by": "", "skip_if": "1==1", "known_worker_sid": "task.a"}


def ignored(**routing):
    """Name, place and resembling key of each."""
    found = find_ignored_keys(json.dumps({"task_routing": routing}))
    return [(each.name, each.place, each.meant) for each in found]


def test_keys_with_a_meaning_are_not_named():
    """Each known key, and an older name of a filter."""
    filters = [{"friendly_name": "A", "filter_friendly_name": "A", "expression": "1==1", "targets": [TARGET]}]

    assert ignored(filters=filters, default_filter={"queue": "WQ"}) == []


def test_each_place():
    """In the filters, their targets, the default filter and beside them, from top to bottom."""
    filters = [{"targets": [TARGET]}, {"expresion": "1==1", "targets": [TARGET, TARGET | {"Time_Out": 5, "note": ""}]}]

    assert ignored(filters=filters, default_filter={"queue": "WQ", "priority": 1}, default_filters={}) == [
        ("default_filters", "task_routing", "default_filter"),
        ("expresion", "filter 2", "expression"),
        ("Time_Out", "target 2 of filter 2", "timeout"),
        ("note", "target 2 of filter 2", ""),
        ("priority", "the default filter", ""),
    ]


@pytest.mark.parametrize("document", [[], {}, {"task_routing": []}, {"task_routing": {"filters": [1, {"targets": 2}]}}])
def test_document_of_another_shape(document):
    """What isn't an object has no keys."""
    assert find_ignored_keys(json.dumps(document)) == []
