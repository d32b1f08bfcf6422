"""Redactions that change what an expression matches are found, however they come about."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from helpers.emulator.copies import redaction_check
from helpers.emulator.copies.redaction_check import find_changed_matches
from helpers.emulator.engine.model.resources import Record, Task, Worker
from tests.worlds.desk import filter_


@pytest.fixture
def records(desk) -> list[Record]:
    """A Workspace in which a Task waits for a Worker with the same mark; one has it, and is Offline."""
    for mark in "ab":
        desk.worker(mark, {"mark": mark}, "Offline")
    queue = desk.queue("Marked", 'mark IN ["a", "b"]')
    workflow = desk.workflow(filter_('mark == "a"', {"queue": queue, "expression": "worker.mark == task.mark"}))
    desk.task({"mark": "a"}, workflow_sid=workflow)
    return [each for state in desk.emulator.world.workspaces.values() for each in state.records()]


def changed(records, kind, mark):
    """Return what is told if the first record of a kind had another mark."""
    first = next(each for each in records if isinstance(each, kind))
    other = replace(first, attributes=json.dumps({"mark": mark}))
    after = [other if each is first else each for each in records]
    return find_changed_matches(records[0].workspace_sid, records, after, 0)


@pytest.mark.parametrize(
    ("kind", "mark", "told"),
    [
        (Worker, "a", []),
        (Worker, "b", ["Workflow Requests"]),
        (Worker, "c", ["TaskQueue Marked"]),
        (Task, "b", ["Workflow Requests"]),
    ],
)
def test_changes_are_told_by_name(records, kind, mark, told):
    """Of a queue's members, of the filters that match a Task, and of a target's expression."""
    sentences = changed(records, kind, mark)

    assert [each.partition(" (")[0] for each in sentences] == told


def test_what_is_not_compared_is_told(records, monkeypatch):
    """In a Workspace with very many Tasks and Workers."""
    monkeypatch.setattr(redaction_check, "_MOST_PAIRS", 1)

    assert changed(records, Worker, "a")[0].endswith("for 1 pairs of Task and Worker, and not for the others.")
