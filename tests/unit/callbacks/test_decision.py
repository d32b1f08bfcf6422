"""The learner's decision function: asked, answered, and watched over."""

from __future__ import annotations

import contextlib
from itertools import count

import pytest

from helpers.callbacks.decision import ask
from helpers.errors.listener_errors import NotADecision


def test_decision_gets_the_callback_typed(listener, taskrouter):
    """The function reads attributes as a dict and ages as a number."""
    seen = []
    listener.decide(seen.append)

    taskrouter.call_back(TaskAge="7")

    assert seen[0].task_attributes == {"selected_language": "es"}
    assert (seen[0].task_age, seen[0]["WorkerSid"]) == (7, "WK" + "6" * 32)


def test_instruction_goes_back_as_json(listener, taskrouter):
    """The dict returned is the answer, as application/json."""

    @listener.decide
    def accept(callback):
        return {"instruction": "accept"}

    answer = taskrouter.call_back()

    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json == accept(None) == {"instruction": "accept"}
    assert listener.inbox.last.hints == ()


def test_none_decides_later(listener, taskrouter):
    """A function that returns nothing leaves the Reservation pending."""
    listener.decide(lambda callback: None)

    assert taskrouter.call_back().body == b"{}"


def test_decision_can_be_taken_back(listener, taskrouter):
    """``decide(None)`` answers ``{}`` again."""
    listener.decide(lambda callback: {"instruction": "accept"})
    listener.decide(None)

    assert taskrouter.call_back().body == b"{}"


def test_refused_callback_is_not_decided(listener, taskrouter):
    """A callback with a wrong signature never reaches the function."""
    seen = []
    listener.decide(seen.append)

    type(taskrouter)(listener, auth_token="another").call_back()

    assert seen == []


def test_failing_decision_is_a_500_with_reason_in_inbox(listener, taskrouter):
    """The sender learns nothing of the code; the inbox tells error and line."""

    @listener.decide
    def broken(callback):
        return {"instruction": callback["Languge"]}

    answer = taskrouter.call_back()

    assert (answer.status, answer.json) == (500, {"message": "The decision function failed."})
    hint = listener.inbox.last.hints[0]
    assert "KeyError: 'Languge' in broken()" in hint
    assert '`return {"instruction": callback["Languge"]}`' in hint
    assert taskrouter.get("/").status == 200


def test_error_deep_inside_is_told_at_the_learners_line():
    """Raised in a library, the error is shown at the line of the function that called it."""
    reply = ask(lambda callback: contextlib.ExitStack().enter_context(callback), {})

    assert "enter_context(callback)" in reply.hints[0]


def test_exit_in_decision_does_not_end_the_listener(listener, taskrouter):
    """``exit()`` in the function is an error like others."""
    listener.decide(lambda callback: exit())

    assert taskrouter.call_back().status == 500
    assert "SystemExit" in listener.inbox.last.hints[0]
    assert taskrouter.call_back().status == 500


def test_odd_answer_is_sent_and_noted(listener, taskrouter):
    """An answer TaskRouter will object to is sent as written, with a hint in the inbox."""
    listener.decide(lambda callback: {"instruction": "acept"})

    answer = taskrouter.call_back()

    assert (answer.status, answer.json) == (200, {"instruction": "acept"})
    assert 'Did you mean "accept"?' in listener.inbox.last.hints[0]


@pytest.mark.parametrize("answer", [{"a": {1, 2}}, object(), {"a": float("nan")}, {(1, 2): 3}])
def test_answer_without_json_form_fails(answer):
    """Sets, objects and NaN cannot be sent."""
    reply = ask(lambda callback: answer, {})

    assert reply.status == 500
    assert "as JSON" in reply.hints[0]


def test_async_decision_is_explained():
    """An ``async def`` gives a coroutine, which isn't a reply."""

    async def decide(callback):
        return {"instruction": "accept"}

    assert "async def" in ask(decide, {}).hints[0]


def test_slow_decision_is_noted():
    """A function that takes longer than TaskRouter waits gets a hint, and its answer is still sent."""
    seconds = count(start=0, step=6)

    reply = ask(lambda callback: {}, {}, now=lambda: next(seconds))

    assert (reply.status, reply.body) == (200, b"{}")
    assert "longer than the 5 s" in reply.hints[0]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"instruction": "accept"}, "'accept'"),
        ("accept", "'accept'"),
        (lambda one, two: {}, "<lambda>"),
        (dict.get, "get"),
    ],
)
def test_what_cannot_decide_is_refused_at_once(listener, given, named):
    """A dict, a text, or a function with other arguments is refused when it is set."""
    with pytest.raises(NotADecision, match=named):
        listener.decide(given)


def test_refused_decision_leaves_the_one_before(listener, taskrouter):
    """A wrong ``decide`` changes nothing."""
    listener.decide(lambda callback: {"instruction": "accept"})
    with pytest.raises(NotADecision):
        listener.decide("reject")

    assert taskrouter.call_back().json == {"instruction": "accept"}
