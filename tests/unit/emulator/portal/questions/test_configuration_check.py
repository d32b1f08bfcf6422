"""Mistakes in a configuration, each at its place."""

from __future__ import annotations

import json

import pytest

from tests.unit.emulator.explanations.scenes import story
from tests.unit.emulator.portal.questions.conftest import ask_desk


@pytest.fixture
def text(desk):
    """The configuration of the lessons, indented."""
    _, _, workflow = story(desk)
    return json.dumps(json.loads(desk.workspace.workflows(workflow).fetch().configuration), indent=2)


def at(text, error):
    """The rest of the line at the place of a mistake."""
    return text.split("\n")[error["line"] - 1][error["column"] - 1 :]


def test_good_one_has_a_tree(desk, text):
    """What can be saved has its tree, not saved yet."""
    answer = ask_desk(desk, "configuration", text=text)

    assert (answer["errors"], answer["notes"]) == ([], [])
    assert [each["name"] for each in answer["tree"]["filters"]] == ["Spanish", "English"]


def test_several_mistakes_at_once(desk, text):
    """One for each filter: the character where an expression ends to be one, and a queue that isn't there."""
    english = desk.workspace.task_queues.list(friendly_name="English")[0].sid
    wrong = text.replace('selected_language == \\"es\\"', 'selected_language == \\"es\\" ANND 1').replace(
        english, "WQ" + "0" * 32
    )
    first, second = ask_desk(desk, "configuration", text=wrong)["errors"]

    assert first["path"] == "filters[0].expression"
    assert at(wrong, first).startswith("ANND")
    assert second["path"] == "filters[1].targets[0].queue"
    assert at(wrong, second).startswith('"WQ000')


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], ""),
        ({}, "task_routing"),
        ({"task_routing": []}, "task_routing"),
        ({"task_routing": {"filters": {}}}, "task_routing.filters"),
        ({"task_routing": {"filters": [3]}}, "filters[0]"),
        ({"task_routing": {"filters": [{"expression": "1==1"}]}}, "filters[0].targets"),
        ({"task_routing": {"filters": [{"expression": "1==1", "targets": [{}]}]}}, "filters[0].targets[0].queue"),
        ({"task_routing": {"default_filter": {"queue": 7}}}, "default_filter.queue"),
        ({"task_routing": {"default_filter": {"queue": "WQ1"}}}, "default_filter.queue"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_path_of_each_mistake(ask, document, path):
    """Each is named by its path, with a line and a column that exist."""
    text = json.dumps(document, indent=1)
    (error,) = ask("configuration", text=text)["errors"]

    assert error["path"] == path
    assert error["words"]
    assert 1 <= error["line"] <= text.count("\n") + 1


def test_broken_json(desk, text):
    """The line of the mistake, in words too."""
    broken = text.replace("},", "}", 1)
    (error,) = ask_desk(desk, "configuration", text=broken)["errors"]

    assert error["words"].startswith(f"Line {error['line']}: this isn't valid JSON.")
    assert ask_desk(desk, "configuration", text=None)["error"]
    assert ask_desk(desk, "configuration", text=" " * 300_000)["error"]
