"""Reference 5.2: expressions that production files hold are stored as sent, and decide."""

from __future__ import annotations

import json
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.worlds.desk import Desk, filter_


def destination(desk: Desk, expression: str, attributes: dict[str, Any]) -> str:
    """The queue in which a Task waits: ``Taken`` if the filter holds for it, else ``Left``."""
    target = {"queue": desk.queue("Taken", "1==0")}
    sid = desk.workflow(filter_(expression, target), default=desk.queue("Left", "1==0"))
    stored = json.loads(desk.workspace.workflows(sid).fetch().configuration)
    assert stored["task_routing"]["filters"][0]["expression"] == expression
    return str(desk.task(attributes).fetch().task_queue_friendly_name)


@pytest.mark.reference("5.2e", "5.2f")
@pytest.mark.parametrize(
    ("expression", "attributes", "queue"),
    [
        ("*(line IN ['Help', ''] OR kind = 'voice') AND quiet != true", {"kind": "voice"}, "Taken"),
        ("*(line IN ['Help', ''] OR kind = 'voice') AND quiet != true", {"kind": "voice", "quiet": True}, "Left"),
        ("kind == 'voice' ;", {"kind": "voice"}, "Taken"),
        ("quiet==true'", {"quiet": True}, "Taken"),
        ('quiet == true" AND kind == voice', {"quiet": True}, "Taken"),
        ("kind IN []", {"kind": "voice"}, "Left"),
        ("kind NOT IN []", {"kind": "voice"}, "Taken"),
        ("levels.2nd.7 == 'x'", {"levels": {"2nd": {"7": "x"}}}, "Taken"),
        ("kind == 'voice' OR number == 'one', 'two'", {"number": "one"}, "Taken"),
        ("kind == 'voice' OR number == 'one', 'two'", {"number": "two"}, "Left"),
    ],
)
def test_filter_decides_by_what_is_read(desk: Desk, expression: str, attributes: dict[str, Any], queue: str) -> None:
    """A filter is stored with its stray characters, and the rest of it decides."""
    assert destination(desk, expression, attributes) == queue


@pytest.mark.reference("5.2e", "5.2f")
def test_targets_decide_by_what_is_read(desk: Desk) -> None:
    """So do the expression, the order_by and the skip_if of a target."""
    for name, level in (("Low", 1), ("High", 5), ("None", 0)):
        desk.worker(name, {"levels": {"988EN": level}})
    target = {
        "queue": desk.queue(),
        "expression": "worker.levels.988EN > 0 *",
        "order_by": "worker.levels.988EN DESC;",
        "skip_if": "#workers.available == 0",
    }
    desk.workflow(filter_("1==1", target))

    assert desk.offers(desk.task()) == [("High", "pending")]


@pytest.mark.reference("5.2e")
def test_queues_and_lists_decide_by_what_is_read(desk: Desk) -> None:
    """A TargetWorkers is read by the same lexer, and so are the filters of lists."""
    worker, queue = desk.worker("Alice", {"level": 5}), desk.queue("Care", "(level > 3)'")

    assert desk.workspace.task_queues(queue).fetch().target_workers == "(level > 3)'"
    found = desk.workspace.workers.list(target_workers_expression="*level > 3")
    assert [each.sid for each in found] == [worker.sid]
    assert desk.workspace.task_queues(queue).real_time_statistics().fetch().total_available_workers == 1


@pytest.mark.reference("5.2d")
@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("skill-level > 3", "extraneous input 'evel' expecting OPERATOR"),
        ("988EN > 3", "extraneous input 'EN' expecting OPERATOR"),
        ("level > 3, 5", "expecting {<EOF>, AND, OR}"),
        ("level > '3", "mismatched input '<EOF>' expecting"),
    ],
)
def test_dropping_does_not_save_what_is_left(desk: Desk, expression: str, message: str) -> None:
    """Where the rest is no expression the queue is refused, in the parser's words."""
    with pytest.raises(TwilioRestException, match="TargetWorkers: ") as caught:
        desk.queue("Care", expression)

    assert message in caught.value.msg


@pytest.mark.reference("5.1d")
@pytest.mark.parametrize("expression", ["(workers.available == 0) or (worker.sid IN task.rejected)", "task.x == 1"])
def test_skip_if_knows_counts_only(desk: Desk, expression: str) -> None:
    """As somebody noted in 2019: a skip_if over a Worker's SID is refused."""
    target = {"queue": desk.queue(), "skip_if": expression}

    with pytest.raises(TwilioRestException) as caught:
        desk.workflow(filter_("1==1", target))

    assert (caught.value.status, caught.value.code) == (400, 20001)


@pytest.mark.reference("5.1d")
def test_name_without_owner_in_a_target_is_null(desk: Desk) -> None:
    """As plans of 2023 show it: such a target is stored, nobody passes it, and the debugger says why."""
    desk.worker("Alice", {"isSurveyTask": True})
    desk.workflow(filter_("isSurveyTask==true", {"queue": desk.queue(), "expression": "isSurveyTask==true"}))

    assert desk.offers(desk.task({"isSurveyTask": True})) == []
    assert [alert.text for alert in desk.emulator.store.alerts()] == [
        "Configuration: filters[0].targets[0].expression: isSurveyTask has no task. or worker. in front, "
        "so it's null here. Write task.isSurveyTask or worker.isSurveyTask, or put it in quotes if it's text."
    ]


@pytest.mark.reference("5.1c")
def test_list_filter_knows_fields_that_a_queue_does_not(desk: Desk) -> None:
    """A queue's expression sees attributes alone; an empty queue matches nobody, an empty filter filters nothing."""
    alice, named = desk.worker("Alice"), desk.queue("Named", "friendly_name == 'Alice'")
    workers = desk.workspace.workers

    assert [each.sid for each in workers.list(target_workers_expression="friendly_name == 'Alice'")] == [alice.sid]
    assert workers.list(task_queue_sid=named) == []
    assert workers.list(task_queue_sid=desk.queue("Empty", "")) == []
    assert [each.sid for each in workers.list(target_workers_expression="")] == [alice.sid]
    assert [each.sid for each in workers.list(friendly_name="")] == [alice.sid]


@pytest.mark.reference("5.2e")
def test_what_is_dropped_stands_in_the_debugger(desk: Desk) -> None:
    """A queue or a Workflow with a stray character leaves a line that names it; one without leaves none."""
    queue = desk.queue("Care", "*level > 3")
    desk.workflow(
        filter_("quiet==true'", {"queue": queue, "order_by": "worker.level; DESC"}), filter_("1==1", {"queue": queue})
    )
    told = [alert.text for alert in desk.emulator.store.alerts()]

    assert [text.partition(" at ")[0] for text in told] == [
        "TargetWorkers: *",
        "Configuration: filters[0].expression: The quote '",
        "Configuration: filters[0].targets[0].order_by: ;",
    ]


@pytest.mark.reference("5.2e")
def test_what_is_dropped_is_hinted_at(desk: Desk) -> None:
    """The answer that stores it carries the same line in its header, and the next one does not."""
    queues = desk.workspace.task_queues
    made = queues.create_with_http_info(friendly_name="Care", target_workers="*level > 3")
    named = queues(made.data.sid).update_with_http_info(friendly_name="Night")

    assert made.headers["X-Emulator-Hint"].startswith("TargetWorkers: * at character 1 means nothing here")
    assert "X-Emulator-Hint" not in named.headers
