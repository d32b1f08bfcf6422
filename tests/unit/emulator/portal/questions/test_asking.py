"""Whatever is asked: an answer in JSON, and nothing changes."""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random

import pytest

from helpers.emulator.background import InTheWay
from helpers.emulator.explanations.reading.workspace_reader import read_replica
from helpers.emulator.portal.questions import answer_question, ask_emulator, source_of_replica
from helpers.emulator.sync import run_without_loop
from tests.unit.emulator.explanations.scenes import story
from tests.unit.emulator.explanations.test_any_workspace import random_desk
from tests.unit.emulator.portal.questions.conftest import ask_desk
from tests.worlds.desk import Desk

QUESTIONS = ("whys", "why", "route", "effects", "reach", "expression", "workflow", "configuration", "queues")
FIELDS = (
    "task",
    "tasks",
    "worker",
    "workflow",
    "queue",
    "attributes",
    "activity",
    "expression",
    "text",
    "priority",
    "channel",
)
STRANGE = (
    *(None, True, -1, 1e308, "", " ", "{", "[]", "{}", '{"a": 1}', "\x00", "\ud800", "😀" * 2000, "(" * 5000),
    *(
        [],
        [None],
        {},
        {"a": [1]},
        "WT" + "0" * 32,
        '{"a": ' + "9" * 4090 + "}",
        "<script>",
        "\u202e",
        2**70,
        "'",
        "a ==" * 900,
    ),
    '{"task_routing": {"filters": [{"expression": "\\ud800", "targets": [{"queue": "\\u0000"}]}]}}',
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_field_can_be_strange(question):
    """Every value in every field of a question that is otherwise right."""
    desk, tasks = random_desk(20)
    state = desk.emulator.world.workspaces[desk.workspace_sid]
    right = {
        "task": tasks[0].sid,
        "tasks": [tasks[0].sid],
        "worker": next(iter(state.workers)),
        "workflow": next(iter(state.workflows)),
        "queue": next(iter(state.task_queues)),
        "expression": "1==1",
        "text": "{}",
    }
    for field in (*FIELDS, "timeout", "capacity", "available", "friendly_name", "workspace"):
        for value in STRANGE:
            assert ask_desk(desk, question, **right | {field: value})


@pytest.mark.parametrize("seed", range(10))
def test_strange_values_are_answered(seed):
    """Questions with any values in any field are answered, in JSON, and leave everything as it was."""
    random = Random(seed)
    desk, tasks = random_desk(seed)
    state = desk.emulator.world.workspaces[desk.workspace_sid]
    sids = [*state.tasks, *state.workers, *state.workflows, *state.task_queues, *state.activities]
    before = desk.running.snapshot(events=True)
    for _ in range(60):
        names = random.sample(FIELDS, random.randrange(6))
        fields = {name: random.choice([random.choice(STRANGE), random.choice(sids)]) for name in names}
        answer = ask_desk(desk, random.choice(QUESTIONS), **fields)
        assert answer
        assert "changed while" not in str(answer)  # nothing changes here: it would hide a mistake of ours
    for sid in sids:
        names = {"WT": "task", "WK": "worker", "WW": "workflow", "WQ": "queue", "WA": "activity"}
        for question in QUESTIONS:
            ask_desk(
                desk, question, **{names[sid[:2]]: sid, "attributes": random.choice(STRANGE), "expression": "a == 1"}
            )

    assert desk.running.snapshot(events=True) == before
    assert tasks


@pytest.mark.parametrize(
    "asked", [None, 7, "why", [], {}, {"question": "x"}, {"question": []}, {"question": None}], ids=repr
)
def test_no_question(desk, asked):
    """What isn't a question is told which there are."""
    answer = run_without_loop(ask_emulator(desk.emulator, InTheWay(), asked))

    assert "whys" in answer["error"]["message"]


def test_workspace_of_a_question(desk):
    """It is named, or found by the Task that is asked about; of several without either none is taken."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.client.taskrouter.v1.workspaces.create(friendly_name="Another")

    def ask(**asked):
        return run_without_loop(ask_emulator(desk.emulator, InTheWay(), asked))

    assert ask(question="why", task=task.sid)["status"] == "pending"
    assert ask(question="whys", tasks=[task.sid])["whys"][task.sid]["kind"] == "activity"
    assert "several" in ask(question="expression", expression="1==1")["error"]["message"]
    assert ask(question="why", task=task.sid, workspace="WS" + "0" * 32)["error"]
    assert ask(question="why", workspace=["x"])["error"]


def test_workspace_read_through_the_sdk(desk):
    """The same answers for a Workspace that isn't here, as one at Twilio."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    source = source_of_replica(read_replica(desk.workspace))
    near = ask_desk(desk, "why", task=task.sid)
    far = json.loads(json.dumps(answer_question(source, {"question": "why", "task": task.sid})))

    assert [far[name] for name in ("sentence", "changes", "matrix", "route")] == [
        near[name] for name in ("sentence", "changes", "matrix", "route")
    ]
    assert (
        answer_question(source, {"question": "whys", "tasks": [task.sid]})["whys"][task.sid]["words"]
        == "Alice is Offline"
    )


def test_timers_that_are_due_have_fired(desk):
    """A question is asked of what is, not of what was when something last changed."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow, timeout=30)
    desk.advance(31)

    assert ask_desk(desk, "whys", tasks=[task.sid])["whys"][task.sid]["words"] == "Task TTL Exceeded"


def test_no_sdk_is_needed():
    """The first question doesn't wait for the SDK, which takes a second to import."""

    code = "import sys, helpers.emulator.portal.questions; sys.exit('twilio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_hostile_names(desk):
    """Names with markup stay what they are: text in JSON."""
    assert isinstance(desk, Desk)
    hostile = "</script><b>&amp;"
    desk.worker(hostile, {"languages": [hostile]}, "Offline")
    queue = desk.queue(hostile)
    answer = ask_desk(desk, "expression", expression="1==1", queue=queue)

    assert answer["rows"][0]["name"] == hostile
