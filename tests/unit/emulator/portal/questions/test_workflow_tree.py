"""A Workflow as a tree, and the way through it."""

from __future__ import annotations

import json

from tests.unit.emulator.explanations.scenes import story
from tests.unit.emulator.portal.questions.conftest import ask_desk
from tests.worlds.desk import filter_


def test_way_of_a_spanish_task(desk):
    """Filters are evaluated from top to bottom until one matches."""
    _, _, workflow = story(desk)
    tree = ask_desk(desk, "workflow", workflow=workflow, attributes='{"selected_language": "es"}')

    assert [(each["verdict"], each["way"]) for each in tree["filters"]] == [("matches", True), ("not evaluated", False)]
    target = tree["filters"][0]["targets"][0]
    assert (target["name"], target["way"]) == ("Spanish", True)
    assert target["members"] == "Matches 1 of 2 Workers: Alice (not available)"
    assert tree["outcome"]["sentence"] == "This Task waits in Spanish. Alice is Offline."
    assert tree["default"] is None
    assert tree["default_way"] is False


def test_no_match(desk):
    """Each filter says why, and the end is where the default filter isn't."""
    _, _, workflow = story(desk)
    tree = ask_desk(desk, "workflow", workflow=workflow, attributes="{}")

    assert {(each["verdict"], each["why"]) for each in tree["filters"]} == {
        ("doesn't match", "selected_language is missing (null)")
    }
    assert tree["default_way"] is True
    assert tree["outcome"]["kind"] == "canceled"


def test_without_attributes(desk):
    """The tree alone has no verdicts, and samples that lead where they say."""
    _, _, workflow = story(desk, default=True)
    tree = ask_desk(desk, "workflow", workflow=workflow)

    assert {each["verdict"] for each in tree["filters"]} == {""}
    assert "outcome" not in tree
    assert [each["label"] for each in tree["samples"]] == ["Spanish", "English", "Default"]
    for number, sample in enumerate(tree["samples"][:2]):
        way = ask_desk(desk, "workflow", workflow=workflow, attributes=sample["attributes"])
        assert way["filters"][number]["way"]


def test_skipped_target(desk):
    """The engine decides where the Task is, skips included."""
    desk.worker("Alice", activity="Offline")
    first, second = desk.queue("First"), desk.queue("Second")
    steps = [{"queue": first, "skip_if": "workers.available == 0"}, {"queue": second}]
    tree = ask_desk(desk, "workflow", workflow=desk.workflow(filter_("1==1", *steps)), attributes="{}")

    assert [each["way"] for each in tree["filters"][0]["targets"]] == [False, True]


def test_large_and_strange(desk):
    """More filters than are shown are counted; unknown Workflows and broken JSON are answers."""
    workflow = desk.workflow(*(filter_(f"a == {number}", desk.queue(f"Q{number}")) for number in range(70)))
    tree = ask_desk(desk, "workflow", workflow=workflow, attributes=json.dumps({"a": 69}))

    assert (len(tree["filters"]), tree["more_filters"]) == (60, 10)
    assert "Workflow" in ask_desk(desk, "workflow", workflow="WW")["error"]["message"]
    assert ask_desk(desk, "workflow", workflow=workflow, attributes="{a}")["error"]["line"] == 1


def test_numbers_are_those_of_the_whole_workspace(desk):
    """Of many Workers some are tried, but all are counted."""
    for number in range(260):
        desk.worker(f"W{number}", activity="Offline")
    queue = desk.queue("Everybody")
    workflow = desk.workflow(default=queue)
    tree = ask_desk(desk, "workflow", workflow=workflow, attributes="{}")
    route = ask_desk(desk, "route", workflow=workflow, attributes="{}")

    assert tree["default"]["target"]["members"].startswith("Matches 260 of 260 Workers: W0 (not available), ")
    assert next(each for each in route["steps"] if each["kind"] == "queue")["detail"].endswith("and 257 more")
    assert tree["partial"] == "250 of 260 Workers were tried, the nearest first."
