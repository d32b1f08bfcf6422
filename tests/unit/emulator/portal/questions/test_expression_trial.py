"""A queue's expression, tried before it is saved."""

from __future__ import annotations

import pytest

from tests.unit.emulator.explanations.scenes import story
from tests.unit.emulator.portal.questions.conftest import ask_desk


@pytest.fixture
def queue(desk):
    """The Spanish queue of the lessons."""
    story(desk)
    return desk.workspace.task_queues.list(friendly_name="Spanish")[0].sid


def test_truth_table(desk, queue):
    """A column for each clause, the whole, and what was before."""
    answer = ask_desk(desk, "expression", expression='languages HAS "es" AND team == "care"', queue=queue)

    assert answer["verdict"] == "Matches nobody. Until now it matched Alice."
    assert (answer["clauses"], answer["joint"]) == (['languages HAS "es"', 'team == "care"'], "AND")
    assert [(row["name"], row["cells"], row["values"], row["joined"], row["before"]) for row in answer["rows"]] == [
        ("Alice", ["true", "missing"], ['["en", "es"]', "missing"], False, True),
        ("Bob", ["false", "missing"], ['["en"]', "missing"], False, False),
    ]
    assert answer["names"] == [{"name": "languages", "values": ['"en"', '"es"']}]
    assert "HAS" in answer["operators"]


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ('languages HAS "es"', "Matches Alice."),
        ("1==1", "Matches everybody (2 Workers). Until now it matched Alice."),
        ("", "Matches nobody. Until now it matched Alice."),
        ("name == 'x'", "Matches nobody. Until now it matched Alice."),
    ],
)
def test_verdict(desk, queue, expression, verdict):
    """One sentence, with what it was if that is different."""
    assert ask_desk(desk, "expression", expression=expression, queue=queue)["verdict"] == verdict


def test_without_a_queue(ask, desk):
    """A queue that doesn't exist yet has no before."""
    story(desk)
    answer = ask("expression", expression='languages HAS "en"')

    assert answer["verdict"] == "Matches everybody (2 Workers)."
    assert [row["before"] for row in answer["rows"]] == [None, None]


def test_effect_on_tasks(desk, queue):
    """Whoever would be reserved is told, and is reserved once it is saved."""
    workflow = desk.workspace.workflows.list()[0].sid
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    answer = ask_desk(desk, "expression", expression="1==1", queue=queue)

    assert [(each["sign"], each["sid"]) for each in answer["effects"]] == [("now", task.sid)]
    assert answer["effects"][0]["words"].startswith("Bob is reserved for")
    desk.workspace.task_queues(queue).update(target_workers="1==1")
    assert desk.offers(task) == [("Bob", "pending")]


@pytest.mark.parametrize(
    ("expression", "line", "column"),
    [('languages HASS "es"', 1, 11), ("a == 1 AND\n  b ==", 2, 7), ("(" * 70 + "1==1", 1, 65), ("x" * 9000, 1, 8193)],
    ids=["operator", "end", "nested", "long"],
)
def test_mistake_has_a_place(desk, queue, expression, line, column):
    """What isn't an expression is an answer with line and column; names and operators stay."""
    answer = ask_desk(desk, "expression", expression=expression, queue=queue)

    assert (answer["error"]["line"], answer["error"]["column"]) == (line, column)
    assert answer["error"]["message"]
    assert answer["names"]
    assert answer["operators"]


def test_strange_questions(ask):
    """No text, and an unknown queue."""
    assert "text" in ask("expression", expression=None)["error"]["message"]
    assert "TaskQueue" in ask("expression", expression="1==1", queue="WQ" + "0" * 32)["error"]["message"]
    assert ask("expression", expression="1==1")["verdict"] == "There are no Workers to try it on."
