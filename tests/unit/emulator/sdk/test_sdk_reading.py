"""Reading through the SDK, in one place for all who do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from twilio.base.exceptions import TwilioException

from helpers.emulator.clock import Clock
from helpers.emulator.sdk import sdk_reading
from helpers.emulator.sdk.sdk_reading import (
    client_of,
    fetch_or_none,
    list_or_empty,
    other_world_of,
    read_list,
    sid_of,
    workspace_of,
    workspace_sid_of,
)
from tests.worlds.desk import Desk

HELPERS = Path(__file__).resolve().parents[4] / "helpers"
NOWHERE = "WT" + "0" * 32


@pytest.fixture
def desk() -> Desk:
    """A multitasking workspace without anybody, read with the SDK."""
    return Desk(clock=Clock.lesson())


def test_what_is_gone_is_none_and_has_no_lists(desk):
    """A Task that is not there is None, and its Reservations are none."""
    assert fetch_or_none(desk.workspace.tasks(NOWHERE)) is None
    assert list_or_empty(desk.workspace.tasks(NOWHERE).reservations) == []


def test_other_refusals_are_raised(desk):
    """Only a 404 means gone: a list with a value that cannot be is refused."""
    with pytest.raises(TwilioException):
        list_or_empty(desk.workspace.tasks, priority="high")
    with pytest.raises(TwilioException):
        read_list(desk.workspace.tasks(NOWHERE).reservations)


def test_list_takes_as_few_requests_as_there_can_be(desk, monkeypatch):
    """A thousand come in one response; of fewer, no more are asked for."""
    sizes = []
    request = desk.http.request

    def note(method, uri, *args, **given):
        sizes.append(given["params"]["PageSize"])
        return request(method, uri, *args, **given)

    for name in ("Alice", "Bob"):
        desk.worker(name)
    monkeypatch.setattr(desk.http, "request", note)

    assert len(read_list(desk.workspace.workers)) == 2
    assert len(read_list(desk.workspace.workers, limit=1)) == 1
    assert sizes == [1000, 1]


def test_resource_and_context_know_their_place(desk):
    """Both give their SID and their Workspace, whatever the SDK keeps in private; anything else has no SID."""
    worker = desk.worker("Alice")
    for each in (worker, desk.workspace.workers(worker.sid)):
        assert (sid_of(each), workspace_sid_of(each)) == (worker.sid, desk.workspace_sid)
        assert workspace_of(each).fetch().sid == desk.workspace_sid
    assert [sid_of(each) for each in (None, "WK1", [], 3)] == [None] * 4


def test_nobody_else_reads_what_the_sdk_keeps_in_private():
    """No other module of the helpers reads `_solution`, or `_version` of a resource."""
    home = Path(sdk_reading.__file__)
    paths = [path for path in HELPERS.rglob("*.py") if path != home]
    private = re.compile(r"\w\._version\.|[\"'.]_solution\b")
    found = [str(path.relative_to(HELPERS)) for path in paths if private.search(path.read_text(encoding="utf-8"))]

    assert not found


def test_client_of_a_resource_is_the_one_it_was_made_with(desk):
    """Of a context, of an instance and of what is below it; other objects are of no other world."""
    worker = desk.worker("Alice")
    resources = [desk.workspace, desk.workspace.fetch(), worker, desk.workspace.workers(worker.sid)]

    assert [client_of(each) for each in resources] == [desk.client] * 4
    assert [other_world_of(each) for each in [*resources, None, "WS1", 5]] == [None] * 7
    desk.http.spelled_workspace = "copy.workspace"
    assert {other_world_of(each) for each in resources} == {"copy.workspace"}
