"""Letting a request arrive once more."""

from __future__ import annotations

import pytest

from helpers.errors.listener_errors import NotReplayable


def test_replay_sends_the_same_again(listener, taskrouter):
    """The new entry has the same bytes, headers and verdict, and says what it repeats."""
    taskrouter.call_back()
    first = listener.inbox.last

    again = listener.replay(first)

    assert (again.raw, again.headers, again.signature, again.status) == (first.raw, first.headers, "valid", 200)
    assert (again.number, again.replay_of, listener.inbox.last) == (2, 1, again)
    assert repr(again) == "Received(2: POST /assignment_callback, request 1 again -> 200, signature valid)"


def test_replay_is_decided_anew(listener, taskrouter):
    """A decision function set since then gets the old callback."""
    taskrouter.call_back()
    listener.decide(lambda callback: {"instruction": "accept"})

    assert listener.replay(listener.inbox[0]).reply == b'{"instruction": "accept"}'


def test_refused_request_is_refused_again(listener, taskrouter):
    """Replaying a wrong signature does not make it right."""
    type(taskrouter)(listener, auth_token="another").call_back()

    assert listener.replay(listener.inbox.last).status == 403


def test_edited_replay_is_signed_anew(listener, taskrouter):
    """With changed parameters the callback is valid again, as if TaskRouter had sent these."""
    seen = []
    listener.decide(seen.append)
    taskrouter.call_back()

    again = listener.replay(
        listener.inbox.last, edit={"TaskAge": "99", "TaskAttributes": '{"a": "ñ"}', "WorkerSid": None}
    )

    assert (again.signature, again.parameters["TaskAge"], "WorkerSid" in again.parameters) == ("valid", "99", False)
    assert seen[1].task_attributes == {"a": "ñ"}
    assert int(again.headers["Content-Length"]) == len(again.raw)


def test_edit_without_token_is_not_signed(anyone):
    """A listener without an auth token replays edits unsigned and unchecked."""
    anyone.post("/events", "EventType=task.created", X_Twilio_Signature="old")

    again = anyone.listener.replay(anyone.listener.inbox.last, edit={"EventType": "task.updated"})

    assert (again.status, again.signature, again.raw) == (204, "not checked", b"EventType=task.updated")
    assert "X-Twilio-Signature" not in again.headers


def test_edit_of_a_get_changes_the_query(anyone):
    """A request without a form has its parameters in the query."""
    anyone.get("/assignment_callback?a=1&b=2")

    again = anyone.listener.replay(anyone.listener.inbox.last, edit={"b": "3"})

    assert (again.query, again.parameters) == ("a=1&b=3", {"a": "1", "b": "3"})


def test_incomplete_request_cannot_be_replayed(anyone):
    """What was refused unread is not there to be sent again."""
    anyone.send("POST", "/events", b"a" * 1_000_001)

    with pytest.raises(NotReplayable, match="Request 1 was rejected before all of it arrived"):
        anyone.listener.replay(anyone.listener.inbox.last)
