"""Lesson 14: right answers pass, and each mistake gets a sentence of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from twilio.twiml.voice_response import VoiceResponse

from helpers.lessons.checks import check

ADDS = dict(zip("abcdefgh", ("call", "you", "call", "TaskRouter", "TaskRouter", "worker", "call", "you"), strict=True))


@pytest.mark.parametrize("answer", [ADDS, list(ADDS.values()), {key: each.upper() for key, each in ADDS.items()}])
def test_right_origins(answer):
    """14.1: as a dictionary or a list, in any case."""
    assert check("14.1", answer).passed


@pytest.mark.parametrize(
    ("letter", "value", "words"),
    [
        ("a", "you", "`<Enqueue>` puts it there"),
        ("b", "call", "A call has no language"),
        ("c", "you", "The caller's number comes with the call"),
        ("d", "call", "It doesn't exist before somebody is called"),
        ("d", "worker", "It names a call, not a person"),
        ("e", "call", "Only the `conference` instruction adds it"),
        ("f", "you", "It's an attribute of the Worker"),
        ("f", "TaskRouter", "It's an attribute of the Worker"),
        ("f", "call", "That would be the caller"),
        ("g", "you", "It describes the number that was dialed"),
        ("h", "call", "Twilio doesn't know your orders"),
        ("h", "Alice", "`adds[\"h\"]` is 'Alice'"),
        ("h", 5, '`adds["h"]` is a number'),
    ],
)
def test_wrong_origin(letter, value, words):
    """14.1: the reason against the wrong one."""
    verdict = check("14.1", ADDS | {letter: value})

    assert not verdict.passed
    assert words in str(verdict)


def route(
    *, read=lambda request: request.form.get("Digits"), languages=None, again="redirect", task=json.dumps, **more
):
    """A route that is right but for what is passed."""
    table = {"1": "es", "2": "en", None: "en"} if languages is None else languages

    def enqueue_call(request, workflow_sid):
        digit = read(request)
        response = VoiceResponse()
        if digit in table or again == "no":
            enqueue = response.enqueue(None, **more.get("enqueue", {"workflow_sid": workflow_sid}))
            enqueue.task(task({"selected_language": table.get(digit, "en")}))
        elif again == "redirect":
            response.redirect("/incoming_call")
        elif again == "gather":
            response.gather(num_digits=1).say("1 or 2?")
        return more.get("reply", str)(response)

    return enqueue_call


@pytest.mark.parametrize(
    "answer",
    [
        route(),
        route(again="gather"),
        route(reply=lambda response: response),
        route(reply=lambda response: (str(response), {"Content-Type": "text/xml"})),
    ],
)
def test_right_route(answer):
    """14.2: as text or as a response, with a redirect or another `<Gather>`."""
    verdict = check("14.2", answer)
    assert verdict.passed, str(verdict)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (route(read=lambda request: request.args["Digits"]), "Pressing 1 raised KeyError. A POST carries `Digits`"),
        (route(languages={1: "es"}, again="no"), 'Pressing 1 gave English. `"1" == 1` is False'),
        (route(languages=dict.fromkeys(("1", "2", None), "es")), "Pressing 2 gave Spanish. Both branches say es."),
        (route(read=lambda request: request.form["Digits"]), "Pressing nothing raised KeyError. `Digits` is missing"),
        (route(again="no"), "7 was taken for English."),
        (route(again="hang up"), "Pressing 7 ends the call"),
        (route(reply=lambda response: {"twiml": str(response)}), "You returned JSON. Twilio expects XML"),
        (route(reply=lambda response: "hello"), "the reply is not XML"),
        (route(enqueue={}), "`workflowSid` is missing."),
        (route(enqueue={"workflow_sid": "WW12"}), "`workflowSid` isn't the argument"),
        (route(task=str), "The text inside `<Task>` isn't JSON: single quotes."),
        (route(task=lambda attributes: "es"), "The text inside `<Task>` isn't JSON"),
        (route(languages={"1": "es", "2": "en"}), "Pressing nothing puts nobody into a queue"),
        (route(languages={"1": "es", "2": "en", None: "es"}), "Who presses nothing gets English."),
        (lambda request: request, "can't be called with 2 arguments"),
        (lambda request, workflow_sid: str(request), "never uses its argument `workflow_sid`"),
    ],
)
def test_wrong_route(answer, words):
    """14.2: the first request that goes wrong, and why."""
    verdict = check("14.2", answer)

    assert not verdict.passed
    assert words in str(verdict)


def hung_up(event):
    """The right condition of 14.3."""
    return event["EventType"] == "task.canceled" and event["TaskCanceledReason"] == "hangup"


def caller(
    *,
    applies=hung_up,
    once=True,
    keep=("selected_language", "order"),
    start=lambda event: datetime.fromtimestamp(int(event["TaskDateCreated"]), UTC),
    **more,
):
    """A function that is right but for what is passed."""

    def call_back(workspace, workflow_sid, event):
        if not applies(event):
            return
        old = json.loads(event["TaskAttributes"])
        missed = old["call_sid"]
        if once and workspace.tasks.list(evaluate_task_attributes=f'missed_call == "{missed}"'):
            return
        attributes = json.dumps({name: old[name] for name in keep} | {"missed_call": missed})
        given = more if start is None else more | {"virtual_start_time": start(event)}
        workspace.tasks.create(attributes=attributes, workflow_sid=workflow_sid, **given)

    return call_back


def test_right_callbacks():
    """14.3: one for each caller who hung up, however often it's checked."""
    for _ in range(2):
        verdict = check("14.3", caller())
        assert verdict.passed, str(verdict)


def reads_the_task(workspace, workflow_sid, event):
    """Ask the Task why it was canceled."""
    if event["EventType"] == "task.canceled" and workspace.tasks(event["TaskSid"]).fetch().reason == "hangup":
        workspace.tasks.create(attributes=event["TaskAttributes"], workflow_sid=workflow_sid)


seen: set[str] = set()


def remembers(workspace, workflow_sid, event):
    """Keep what was handled in a variable of another cell."""
    if hung_up(event) and event["Sid"] not in seen:
        seen.add(event["Sid"])
        workspace.tasks.create(attributes=event["TaskAttributes"], workflow_sid=workflow_sid)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (caller(applies=lambda event: False), "Order 1012 hung up after 40 s and got no callback."),
        (caller(applies=lambda event: event["EventType"] == "task.canceled"), "Order 1015 timed out in the Workflow"),
        (
            caller(applies=lambda event: event.get("TaskCanceledReason") in ("hangup", "closed")),
            "Order 1017 was canceled by the shop",
        ),
        (caller(applies=lambda event: event["EventType"] == "task.created"), "Order 1015 timed out"),
        (caller(once=False), "Order 1012 got 2 callbacks: the event came twice."),
        (caller(start=None), "Order 1012 is behind 1013, who called later."),
        (caller(start=lambda event: datetime.fromtimestamp(int(event["Timestamp"]), UTC)), "Order 1012 is behind 1013"),
        (caller(start=lambda event: datetime.now(UTC) + timedelta(days=40_000)), "In `call_back`"),
        (caller(start=lambda event: datetime(2026, 1, 1, tzinfo=UTC)), "before customers who called earlier"),
        (caller(start=None, priority=5), "it passes everybody, also those who called before"),
        (caller(task_channel="voice"), "a callback isn't a live call yet"),
        (caller(keep=("order",)), "the language is missing, so no filter matched"),
        (caller(keep=("selected_language",)), "A Task of yours has no `order`."),
        (caller(keep=("selected_language", "order", "call_sid")), "That call is over; a dequeue would ring nobody."),
        (reads_the_task, "TaskRouter removes it five minutes after its end."),
        (remembers, "in `seen`, which is empty after a restart"),
        (lambda event: event, "can't be called with 3 arguments"),
    ],
)
def test_wrong_callbacks(answer, words):
    """14.3: the first customer who is forgotten, or called for nothing."""
    verdict = check("14.3", answer)

    assert not verdict.passed
    assert words in str(verdict)
