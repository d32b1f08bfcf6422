"""Whatever is handed over: clear words, nothing injected, and no other error than one that teaches."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from helpers import HelperError
from helpers.emulator.clock import Clock
from helpers.emulator.display.html import markup
from helpers.emulator.emulator_errors import BadAttributes, NotExplainable, NothingToApply
from helpers.emulator.explanations import Fix, explain
from tests.unit.emulator.explanations.scenes import story, told
from tests.worlds.desk import Desk, filter_

HOSTILE = '<img src=x onerror="alert(1)"> & \u202e "שרה" 😀'


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "None"),
        ({"sid": "WT1"}, "a dict"),
        ("WT" + "0" * 32, "explain(workspace.tasks('WT00000000000000000000000000000000').fetch())"),
        ("WK" + "0" * 32, "explain(workspace.workers('WK00000000000000000000000000000000').fetch())"),
        ("WR" + "0" * 32, "reservation.task_sid"),
        ("my task\n\x1b[2J", r"the text 'my task\\n\\u001b[2J'"),
        ([], "a list"),
        (42, "an int"),
        (explain, "a function"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_something_else_is_named(given, words):
    """The error says what it got, what it wants, and what to write instead."""
    with pytest.raises(NotExplainable) as caught:
        explain(given)

    assert words in str(caught.value)
    assert isinstance(caught.value, HelperError)


def test_related_resources_lead_to_the_task(desk):
    """Who hands over a Reservation or a TaskQueue is led to what can be explained."""
    alice, _, workflow = story(desk, alice="Available")
    desk.task({"selected_language": "es"}, workflow_sid=workflow)

    with pytest.raises(NotExplainable, match=r"reservation\.task_sid"):
        explain(desk.reserved_for(alice))
    with pytest.raises(NotExplainable, match="a Task in it"):
        explain(desk.workspace.task_queues.list()[0])


@pytest.mark.parametrize(
    "attributes", ["nonsense", "[1]", '"{}"', [1], 7, {"a": {1}}, {"a": "x" * 5000}, "", {1: 2}], ids=repr
)
def test_attributes_that_no_task_has(desk, attributes):
    """They are refused in words, except for those that JSON has a reading of."""
    _, _, workflow = story(desk)
    context = desk.workspace.workflows(workflow)

    if attributes in ("", {1: 2}):
        assert "would be canceled at once" in str(explain(context, attributes))
    else:
        with pytest.raises(BadAttributes, match="Pass a dict"):
            explain(context, attributes)


def test_attributes_go_with_a_workflow(desk):
    """A Task has attributes of its own."""
    alice, _, _ = story(desk)

    with pytest.raises(BadAttributes, match="this is a Worker"):
        explain(alice, {})


def test_task_of_another_workspace(desk):
    """It is not here, and no event speaks of it: it may be elsewhere."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    other = desk.client.taskrouter.v1.workspaces.create(friendly_name="Other")

    text = str(explain(desk.client.taskrouter.v1.workspaces(other.sid).tasks(task.sid)))
    assert "It may belong to a different Workspace" in text


def test_deleted_worker_and_workflow(desk):
    """They are said to be gone."""
    assert "was deleted" in str(explain(desk.workspace.workers("WK" + "0" * 32)))
    assert "was deleted" in str(explain(desk.workspace.workflows("WW" + "0" * 32), {}))


def test_empty_workspace(desk):
    """Without Workers the smallest change is to create one."""
    explanation = explain(desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody"))))

    assert "there are no Workers in this Workspace" in str(explanation)
    assert repr(explanation.apply()) == "Explanation(reserved)"


def test_names_cannot_inject_anything(desk):
    """Mark-up is escaped, reordering characters are spelt out, and right-to-left names stay where they are."""
    desk.worker(HOSTILE, {"languages": ["es"]}, "Offline")
    queue = desk.queue(HOSTILE, 'languages HAS "es"')
    task = desk.task(
        {"a": HOSTILE}, workflow_sid=desk.workflow(filter_('a == "<b>"', queue, name=HOSTILE), default=queue)
    )

    explanation = explain(task)
    text, drawn = str(explanation), markup(explanation.view.blocks)
    assert "<img" not in drawn
    assert "\u202e" not in drawn + text
    assert '"\u2068<img src=x onerror="alert(1)"> & \\u202e "שרה" 😀\u2069"' in text


def test_code_survives_any_attributes(desk):
    """What is pasted is one line and means what it says, whatever stands in it."""
    desk.worker("Alice", {"note": 'a "b" \\ \u202e \n 😀'}, "Available")
    explanation = explain(desk.task(workflow_sid=desk.workflow(default=desk.queue("Spanish", 'languages HAS "es"'))))
    exec(explanation.code, {"client": desk.client})

    assert "\n" not in explanation.code
    assert "\u202e" not in explanation.code
    assert desk.workspace.workers.list()[0].attributes == '{"note":"a \\"b\\" \\\\ \u202e \\n 😀","languages":["es"]}'


def test_change_is_made_once():
    """A second ``apply`` says that it was made already, and where nothing is proposed there is nothing to make."""
    _, explanation = told("worker_offline")
    explanation.apply()

    with pytest.raises(NothingToApply, match="has already"):
        explanation.apply()
    with pytest.raises(NothingToApply, match="suggests no change"):
        told("reserved")[1].apply()


def test_change_is_made_once_by_two_clicks_at_once(monkeypatch):
    """A button that is shown in two places may be clicked in two threads: one makes the change, one is told."""
    _, explanation = told("worker_offline")
    both, through_sdk, made = threading.Barrier(2), Fix.through_sdk, list[Fix]()

    def meet(fix, workspace):
        made.append(fix)
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=0.3)  # nobody else comes
        return through_sdk(fix, workspace)

    monkeypatch.setattr(Fix, "through_sdk", meet)
    with ThreadPoolExecutor(2) as threads:
        clicks = [threads.submit(explanation.apply) for _ in range(2)]

    assert len(made) == 1
    assert sorted(type(click.exception()) is NothingToApply for click in clicks) == [False, True]


def test_tasks_wait_in_two_kinds_of_order():
    """In a LIFO queue priority is no way to the front, and none is proposed."""
    desk = Desk(clock=Clock.lesson())
    desk.worker("Alice", activity="Offline")
    workflow = desk.workflow(default=desk.queue("Newest first", task_order="LIFO"))
    task = desk.task(workflow_sid=workflow)
    desk.task(workflow_sid=workflow)

    explanation = explain(task)
    assert "1 Task in this queue goes first" in str(explanation)
    assert "priority=" not in explanation.code
    assert repr(explanation.apply()) == "Explanation(reserved)"
