"""The way of a Task before there is one."""

from __future__ import annotations

import pytest

from tests.unit.emulator.explanations.scenes import story
from tests.unit.emulator.explanations.test_any_workspace import random_desk
from tests.unit.emulator.portal.questions.conftest import ask_desk
from tests.worlds.application import ASSIGNMENT_URL
from tests.worlds.desk import filter_


def route(desk, workflow, attributes, **more):
    """The steps as (kind, title, detail)."""
    answer = ask_desk(desk, "route", workflow=workflow, attributes=attributes, **more)
    return [(each["kind"], each["title"], each["detail"]) for each in answer["steps"]]


def test_it_will_wait(desk):
    """A queue where nobody is available, and what happens when somebody is."""
    _, _, workflow = story(desk)
    desk.workspace.workflows(workflow).update(assignment_callback_url=ASSIGNMENT_URL)

    assert route(desk, workflow, '{"selected_language": "es"}') == [
        ("filter", "Filter 1 “Spanish” matches", 'selected_language == "es"'),
        ("queue", "Spanish", "matches 1 of 2 Workers: Alice"),
        ("waits", "It will wait", "Alice is Offline, so nobody is available"),
        (
            "then",
            "Then",
            f"When Alice becomes available, TaskRouter reserves Alice and calls {ASSIGNMENT_URL} for an instruction.",
        ),
        ("then", "After 24 h", "Canceled, if nobody has accepted."),
    ]


def test_it_is_reserved_or_canceled(desk):
    """The engine decides, on a copy: nothing is created."""
    _, _, workflow = story(desk)

    assert route(desk, workflow, {"selected_language": "en"})[3] == (
        "reserved",
        "Bob is reserved",
        "at once, tried on a copy",
    )
    assert route(desk, workflow, None) == [
        ("filter", "Filter 1 “Spanish” doesn't match", "selected_language is missing (null)"),
        ("filter", "Filter 2 “English” doesn't match", "selected_language is missing (null)"),
        ("canceled", "Canceled at once", "No filter matches, and there is no default filter."),
    ]
    assert desk.workspace.tasks.list() == []


def test_target_without_end_is_told(desk):
    """Before the Task is there: it will wait for one Worker, and never reach the second target."""
    desk.worker("Alice", activity="Offline")
    queue = desk.queue("Everybody")
    targets = {"queue": queue, "known_worker_friendly_name": "task.agent"}, {"queue": queue}
    steps = route(desk, desk.workflow(filter_("1==1", *targets)), {"agent": "Alice"})

    words = 'target 1 of 2 has no timeout. The Task waits for "Alice" alone, and never moves on to target 2.'
    assert ("then", "Next move", f"None, because {words}") in steps


def test_others_go_first(desk):
    """The Task that would take the Worker is named."""
    _, _, workflow = story(desk)
    first = desk.task({"selected_language": "es"}, workflow_sid=workflow)

    assert route(desk, workflow, '{"selected_language": "es"}')[3][2] == (
        f"When Alice becomes available, Task {first.sid[:6]}… goes first."
    )
    assert "reserves Alice" in route(desk, workflow, '{"selected_language": "es"}', priority=5)[3][2]


def test_what_the_workflow_reads(desk):
    """Names and values for the editor, each once, in the order of the filters."""
    queue = desk.queue()
    step = {"queue": queue, "expression": "worker.level >= task.level", "known_worker_sid": "task.customer.agent"}
    workflow = desk.workflow(
        filter_('lang == "es" OR lang IN ["pt", "es"]', step),
        filter_("vip == true AND taskrouter.currentTime > 900", queue),
    )

    assert ask_desk(desk, "route", workflow=workflow, attributes="")["reads"] == [
        {"name": "lang", "values": ["es", "pt"]},
        {"name": "level", "values": []},
        {"name": "customer.agent", "values": []},
        {"name": "vip", "values": [True]},
    ]


@pytest.mark.parametrize("seed", range(30, 60))
def test_prediction_holds(seed):
    """Whatever a Workspace looks like: the Task that is then created goes where the preview has led it."""
    desk, _ = random_desk(seed)
    workflow = desk.workspace.workflows.list()[0].sid
    for attributes in ('{"lang": "es", "n": 1}', '{"lang": "en", "n": 4, "vip": true}', '{"team": "a", "tags": ["x"]}'):
        answer = ask_desk(desk, "route", workflow=workflow, attributes=attributes)
        task = desk.task(attributes, workflow_sid=workflow).fetch()

        assert answer["status"] == task.assignment_status
        assert [each["sid"] for each in answer["steps"] if each["kind"] == "queue"] == [task.task_queue_sid][
            : task.task_queue_sid is not None
        ]
        reserved = [each["sid"] for each in answer["steps"] if each["kind"] == "reserved"]
        assert reserved == [each.worker_sid for each in task.reservations.list()][:1]


@pytest.mark.parametrize(
    ("attributes", "message", "place"),
    [
        ('{\n  "a": 1\n  "b": 2\n}', "Line 3: this isn't valid JSON. A comma is missing before this.", (3, 3)),
        ("{a: 1}", "Line 1: this isn't valid JSON. Names and texts need double quotes.", (1, 2)),
        ("[1]", "Attributes must be an object: start with {.", (1, 1)),
        (7, "Attributes must be an object: start with {.", (1, 1)),
        ('{"a": NaN}', "NaN isn't valid JSON. Write a number, or null.", None),
        ("[" * 4000, "This is nested too deeply.", None),
        ('{"a": "' + "x" * 5000 + '"}', "5,009 of 4,096 characters: TaskRouter refuses longer attributes.", None),
    ],
)
def test_attributes_with_a_mistake(desk, attributes, message, place):
    """A mistake is an answer: with its place, and what to do."""
    _, _, workflow = story(desk)
    answer = ask_desk(desk, "route", workflow=workflow, attributes=attributes)
    assert answer["error"]["message"] == message
    assert (answer["error"].get("line"), answer["error"].get("column")) == (place or (None, None))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("priority", -1, "Priority must be a whole number from 0."),
        ("priority", "high", "Priority must be a whole number from 0."),
        ("priority", "9" * 5000, "Priority must be a whole number from 0."),
        ("timeout", "0", "Timeout must be a whole number from 1."),
        ("channel", "smoke signals", "smoke signals"),
        ("workflow", "WW" + "0" * 32, "Workflow"),
        ("workflow", ["x"], "Workflow"),
    ],
)
def test_other_fields_with_a_mistake(desk, field, value, words):
    """Each field that isn't what it should be is named."""
    _, _, workflow = story(desk)
    fields = {"workflow": workflow, "attributes": "{}"} | {field: value}

    assert words in ask_desk(desk, "route", **fields)["error"]["message"]
