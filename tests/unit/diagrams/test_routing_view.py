"""The routing tree: filters, targets, what comes after the last, and the way of one Task."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from helpers.diagrams import show_routing

SPANISH, EVERYBODY = "WQ" + "1" * 32, "WQ" + "2" * 32
CONFIGURATION = {
    "task_routing": {
        "filters": [
            {
                "filter_friendly_name": "Spanish",
                "expression": 'language == "es"',
                "targets": [
                    {
                        "queue": SPANISH,
                        "timeout": 30,
                        "priority": 5,
                        "expression": "worker.level >= task.level",
                        "order_by": "worker.level DESC",
                    },
                    {"queue": EVERYBODY, "timeout": 30, "skip_if": "workers.available == 0"},
                ],
            },
            {
                "expression": "vip == true AND taskrouter.currentTime > 900",
                "targets": [{"queue": SPANISH, "known_worker_sid": "task.agent"}],
            },
        ],
        "default_filter": {"queue": EVERYBODY, "filter_friendly_name": "Others"},
    }
}
WORDS = f"""\
Workflow
  ├─ filter 1 “Spanish”: language == "es"
  │    ✗ language is "en", not "es"
  │    1. TaskQueue “Spanish”: waits up to 30 s
  │       sets the priority to 5
  │       only Workers who match worker.level >= task.level
  │       best first by worker.level DESC
  │    2. TaskQueue {EVERYBODY[:6]}…: waits up to 30 s (until 60 s after entering the filter)
  │       skipped if nobody can be reserved right away and workers.available == 0
  │    then, timed out: a later filter that matches, else canceled (the default filter is not used)
  │    then, skipped: a later filter that matches, else the default filter
  ├─ filter 2: vip == true AND taskrouter.currentTime > 900
  │    ✓ matches the Task
  │    1. TaskQueue “Spanish”: waits there until the Task's timeout
  │       only the Worker whose sid is task.agent
  │    then, at the Task's timeout: canceled
  └─ default filter “Others”: TaskQueue {EVERYBODY[:6]}…, waits there until its own timeout
The Task matches filter 2 and goes to TaskQueue “Spanish” first."""
VIP = {"language": "en", "vip": True}
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def queue():
    """The TaskQueue that has a name."""

    class Queue:
        sid, friendly_name, target_workers = SPANISH, "Spanish", "1==1"

    return Queue()


def configured(*filters, **default):
    """A configuration of plain filters, given as (expression, targets)."""
    rules = [{"expression": expression, "targets": targets} for expression, targets in filters]
    return {"task_routing": {"filters": rules, **default}}


def test_tree_in_words(queue):
    """Everything the configuration says stands in the tree, and the way of the Task."""
    assert str(show_routing(CONFIGURATION, [queue], VIP, at=NOON)) == WORDS


def test_way_is_marked_in_the_diagram(queue):
    """The filter that matches the Task and its first target are on the way, and all else is not."""
    state = show_routing(CONFIGURATION, [queue], VIP, at=NOON)._view.state

    first, second = state["tree"]["filters"]
    assert (first["verdict"], first["why"], first["way"]) == ("doesn't match", 'language is "en", not "es"', False)
    assert (second["verdict"], second["why"], second["way"]) == ("matches", "", True)
    assert [each["way"] for each in first["targets"] + second["targets"]] == [False, False, True]
    assert second["targets"][0]["name"] == "Spanish"
    assert state["tree"]["default"]["name"] == "Others"
    assert state["attributes"] == json.dumps(VIP)


def test_workflow_of_the_story(told):
    """A Workflow and TaskQueues as the SDK gives them; without a default a Task may be canceled at once."""
    workflow = told.workspace.workflows(told.world.workflow_sid).fetch()

    words = str(show_routing(workflow, told.workspace.task_queues.list(), {"selected_language": "fr"}))

    assert words.startswith('Workflow “Customer Care Requests”\n  ├─ filter 1 “Spanish”: selected_language == "es"')
    assert "TaskQueue “Customer Care Requests - Spanish”: waits there" in words
    assert words.endswith(
        "  └─ ✓ no default filter: a Task that no filter matches is canceled at once\n"
        "No filter matches the Task, and there is no default filter. The Task is canceled at once."
    )


def test_queues_have_their_names_without_being_asked_for(told):
    """A Workflow of the SDK leads to its TaskQueues: no SID stands in the picture."""
    workflow = told.workspace.workflows(told.world.workflow_sid).fetch()
    picture = show_routing(workflow, task=told.task)

    assert "TaskQueue “Customer Care Requests - English”: waits there" in str(picture)
    assert "WQ" not in str(picture) + json.dumps(picture._view.state["tree"]["filters"][1]["targets"][0]["name"])


def test_task_of_the_story(told):
    """A Task brings its attributes and, for filters that ask the clock, the time of its creation."""
    configuration = configured(("taskrouter.currentHour == '09'", [{"queue": SPANISH}]))

    words = str(show_routing(configuration, task=told.task))

    assert f"The Task matches filter 1 and goes to TaskQueue {SPANISH[:6]}… first." in words


def test_clock_is_not_guessed():
    """A filter that asks the clock is undecided as long as no time is named."""
    words = str(show_routing(CONFIGURATION, task=VIP))

    assert "· not decided: it reads taskrouter.*" in words
    assert words.endswith("The Task's route depends on the time of day: filter 2.")


def test_default_filter_is_taken():
    """A Task that no filter takes goes to the default, which is marked."""
    one_miss = configured(("1==0", [{"queue": SPANISH}]), default_filter={"queue": EVERYBODY})

    for configuration in (one_miss, configured(default_filter={"queue": EVERYBODY})):
        picture = show_routing(configuration, task={})

        assert "└─ ✓ default filter: TaskQueue" in str(picture)
        assert picture._view.state["tree"]["default_way"]


@pytest.mark.parametrize(
    ("configuration", "says"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[]", "Configuration must be an object. Received: []"),
        (configured(("language ==", [{"queue": SPANISH}])), "filters[0].expression"),
        (configured(("1==1", [])), "at least one target"),
        (configured((..., [{"queue": SPANISH}])), "filters[0].expression: mismatched input"),
    ],
    ids=repr,
)
def test_unreadable_configuration(configuration, says):
    """What TaskRouter would refuse is not drawn: the words say why."""
    picture = show_routing(configuration)

    assert says in str(picture)
    assert picture._view.kind == ""


@pytest.mark.parametrize("task", ["no JSON", "[1]", 5, '"{}"'])
def test_task_without_attributes(task):
    """The tree is drawn, and the words say what a Task must bring."""
    words = str(show_routing(CONFIGURATION, task=task))

    assert words.startswith("Workflow\n  ├─ filter 1")
    assert "attributes aren't a JSON object" in words


def test_size_is_bounded():
    """A Workflow of a thousand filters is drawn in part, and says so."""
    configuration = configured(*[(f"n == {n}", [{"queue": SPANISH, "timeout": 1}] * 50) for n in range(200)])

    picture = show_routing(json.dumps(configuration))

    assert "… and 170 more filters" in str(picture)
    assert "… and 40 more targets" in str(picture)
    assert len(json.dumps(picture._view.state)) < 100_000


def test_names_cannot_break_the_tree(queue):
    """Line ends, quotes and markup in names and expressions stay inside their line and their label."""
    queue.friendly_name = 'a"]\nend <b>'
    configuration = configured(("x == '\"] --> w'\n OR 1==1", [{"queue": SPANISH}]))

    picture = show_routing(configuration, [queue])

    assert 'TaskQueue “a"]\\nend <b>”: waits' in str(picture)
    assert picture._view.state["tree"]["filters"][0]["targets"][0]["name"] == 'a"]\\nend <b>'
