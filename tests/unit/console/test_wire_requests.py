"""Requests of a kernel whose TaskRouter keeps no log for it: those of the SDK, and the listener's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.connection import clients
from helpers.console.cell_channel import answer
from helpers.console.read_source import ReadSource
from helpers.console.wire_requests import find_request, request_records
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.lessons import story


@pytest.fixture
def called(connection):
    """A connection whose listener has received an assignment callback."""
    listener = connection.listen()
    built = story.build(connection.client)
    workspace = story.workspace_of(connection.client, built)
    workspace.workflows(built.workflow_sid).update(assignment_callback_url=listener.assignment_url)
    workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=built.workflow_sid)
    workspace.workers(built.alice_sid).update(activity_sid=built.activity_sids["Idle"])
    listener.inbox.wait(path="/assignment_callback")
    return connection


def test_sent_and_received_stand_in_one_order(called):
    """By their marks, each with what a list shows; nothing is made up about causes."""
    found = request_records(called.wire, called.listen().inbox)

    assert [each["number"] for each in found] == sorted(each["number"] for each in found)
    assert [each["kind"] for each in found[-2:]] == ["api", "callback"]
    assert found[-1]["means"] == "Assignment callback"
    assert found[-1]["sids"].keys() == {"task_sid", "worker_sid", "reservation_sid", "workflow_sid"}
    assert {each["cause"] for each in found} == {None}
    assert all(each["at_ms"] > 1_700_000_000_000 for each in found)


def test_request_in_full_has_what_was_on_the_wire(called):
    """Parameters in the order sent, the reply, and the listener's verdict on the signature."""
    inbox = called.listen().inbox
    sent, received = request_records(called.wire, inbox)[-2:]

    update, callback = (find_request(called.wire, inbox, each["number"]) for each in (sent, received))

    assert update["parameters"][0][0] == "ActivitySid"
    assert '"activity_name"' in update["reply"]["text"]
    assert callback["signature"]["valid"] is True
    assert dict(callback["parameters"])["TaskAttributes"] == '{"selected_language":"es"}'
    assert find_request(called.wire, inbox, -1) is None


def test_callback_is_sent_again_with_changes(called, monkeypatch):
    """What the page leaves out is gone, and the signature is made anew."""
    monkeypatch.setattr(clients, "make_transport", lambda mode, url, is_home=True, **more: EmulatorHttpClient(url))
    live = replace(called, mode="live", emulator=None)
    inbox = called.listen().inbox
    source = ReadSource(live, called.client.taskrouter.v1.workspaces.list()[0].sid)
    number = inbox.last.began
    path = f"/portal/requests/{number}/replay"
    form = {"TaskPriority": "7", "TaskSid": inbox.last.parameters["TaskSid"]}

    answered = answer(live, source, {"verb": "call", "method": "POST", "path": path, "form": form})

    assert answered["body"]["number"] == inbox.last.began
    assert inbox.last.parameters == form
    assert inbox.last.signature == "valid"
    shown = answer(live, source, {"verb": "call", "method": "GET", "path": f"/portal/requests/{number}"})
    gone = answer(live, source, {"verb": "call", "method": "GET", "path": "/portal/requests/999999"})
    assert (shown["status"], gone["status"]) == (200, 404)
    source.close()
