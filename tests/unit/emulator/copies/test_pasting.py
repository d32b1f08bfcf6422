"""A Workflow's JSON and Workers' attributes, pasted as people have them, become a Workspace to ask."""

from __future__ import annotations

import json

import pytest

from helpers.emulator.copies import paste_workspace
from helpers.emulator.emulator_errors import NotCopyable
from helpers.emulator.explanations import explain

SPANISH, OTHERS = "WQ" + "1" * 32, "WQ" + "2" * 32
CONFIGURATION = {
    "task_routing": {
        "filters": [
            {"expression": "language == 'es'", "targets": [{"queue": SPANISH, "expression": "worker.level > 1"}]}
        ],
        "default_filter": {"queue": OTHERS},
    }
}
WORKERS = [{"languages": ["es"], "level": 1}, {"languages": ["en"], "level": 5}]


def short(copy, **attributes):
    """Return what becomes of a Task with these attributes, in one sentence."""
    return explain(copy.workspace.workflows.list()[0], attributes).short


def test_workflow_and_attributes_are_enough():
    """TaskQueues that the Workflow names by SID are made, and what is assumed of them is said."""
    copy = paste_workspace(CONFIGURATION, WORKERS, {SPANISH: 'languages HAS "es"'})

    assert short(copy, language="es").endswith("doesn't match the target expression: worker.level (1) is not > 1.")
    task = copy.workspace.tasks.create(attributes='{"language": "es"}')
    assert explain(task).short.endswith("worker.level (1) is not > 1.")
    assert f"TaskQueue {OTHERS} was not given, and takes every Worker here." in copy.notes
    assert CONFIGURATION["task_routing"]["default_filter"] == {"queue": OTHERS}


@pytest.mark.parametrize(
    "workflow",
    [
        json.dumps(CONFIGURATION),
        {"sid": "WW1", "friendly_name": "Requests", "configuration": json.dumps(CONFIGURATION)},
        json.dumps({"friendly_name": "Requests", "configuration": CONFIGURATION}),
        CONFIGURATION["task_routing"],
    ],
)
@pytest.mark.parametrize(
    "workers",
    [
        json.dumps(WORKERS),
        "\n".join(map(json.dumps, WORKERS)),
        json.dumps(
            {"workers": [{"friendly_name": f"W{n}", "attributes": json.dumps(w)} for n, w in enumerate(WORKERS)]}
        ),
        'friendly_name,languages,level\nA,"[""es""]",1\nB,"[""en""]",5\n',
        [json.dumps(each) for each in WORKERS],
    ],
)
def test_parts_have_many_forms(workflow, workers):
    """JSON and dicts, lists and answers of the API, JSON lines and CSV mean the same."""
    queues = {"task_queues": [{"sid": SPANISH, "friendly_name": "Spanish", "target_workers": 'languages HAS "es"'}]}
    copy = paste_workspace(workflow, workers, json.dumps(queues))

    assert "doesn't match the target expression: worker.level (1) is not > 1" in short(copy, language="es")
    assert {each.friendly_name for each in copy.workspace.task_queues.list()} == {"Spanish", OTHERS}


def test_activities_and_channels_count_where_they_are_given():
    """An Activity that isn't a new Workspace's own is made, as available as the Worker is."""
    rows = [
        {"friendly_name": "A", "attributes": "{}", "activity_name": "Lunch", "available": False},
        {"friendly_name": "B", "attributes": {}, "activity_name": "Desk", "channels": {"chat": {"capacity": 7}}},
    ]
    copy = paste_workspace(CONFIGURATION, rows)
    lunch, desk = copy.workspace.workers.list()

    assert (lunch.activity_name, lunch.available, desk.activity_name, desk.available) == ("Lunch", False, "Desk", True)
    assert copy.workspace.workers(desk.sid).worker_channels("chat").fetch().configured_capacity == 7
    assert "Activity Desk is taken to be available." in copy.notes


def test_pasted_contact_data_is_redacted():
    """As what is read is, unless asked."""
    rows = [{"friendly_name": "zoe@planted.test", "attributes": {"phone": "+15005550006"}}]

    assert "planted" not in paste_workspace(CONFIGURATION, rows).document()
    assert "zoe@planted.test" in paste_workspace(CONFIGURATION, rows, redact=False).document()


@pytest.mark.parametrize(
    ("workflow", "workers", "queues", "said"),
    [
        ('{"task_routing": ', WORKERS, None, r"workflow: this is not JSON: .* line 1, column 18\. Correct it"),
        ("[]", WORKERS, None, "workflow: this is a list, and no configuration"),
        ({"filter": []}, WORKERS, None, "workflow: this is a dictionary, and no configuration"),
        ('{"task_routing":' * 3000, WORKERS, None, "workflow: this can't be read as JSON"),
        ({"task_routing": {"filters": [{"expression": "a =="}]}}, WORKERS, None, r"refuse this: .*filters\[0\]"),
        ({"task_routing": {"default_filter": {"queue": 5}}}, WORKERS, None, "TaskQueue 5"),
        (CONFIGURATION, "", None, "workers: it is empty"),
        (CONFIGURATION, "Alice", None, "neither JSON nor CSV"),
        (CONFIGURATION, "name,level\nAlice", None, "row 1 of the CSV has more or fewer cells than the header"),
        (CONFIGURATION, 'name,level\n"Alice,1', None, "can't be read as CSV"),
        (CONFIGURATION, [1], None, "workers, number 1: this is a number"),
        (CONFIGURATION, 5, None, "workers: this is a number"),
        (CONFIGURATION, [{"friendly_name": "A"}] * 2, None, "workers: numbers 1 and 2 have the same name"),
        (CONFIGURATION, [{"level": object()}], None, "can't be written as JSON"),
        (CONFIGURATION, " " * 20_000_001, None, "workers: it has 20,000,001 characters"),
        (CONFIGURATION, WORKERS, [{"target_workers": "1==1"}], "task_queues, number 1: it has neither sid nor"),
        (CONFIGURATION, WORKERS, {SPANISH: "languages HAS"}, "refuse this: TaskQueue"),
    ],
)
def test_what_cannot_be_read_is_named(workflow, workers, queues, said):
    """The error says which part, where in it, and what to do."""
    with pytest.raises(NotCopyable, match=said):
        paste_workspace(workflow, workers, queues)


def test_nesting_without_end_is_refused():
    """A dict that Python could hold, and JSON could not."""
    deep = {}
    for _ in range(5000):
        deep = {"queue": deep}
    with pytest.raises(NotCopyable, match="nested too deeply"):
        paste_workspace({"task_routing": deep}, WORKERS)
