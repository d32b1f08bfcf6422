"""What is read, with which requests, and what is made of bodies that leave things out."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from twilio.http.response import Response
from twilio.rest.taskrouter.v1.workspace.worker import WorkerContext

from helpers.emulator.emulator_errors import WorkspaceChanged
from helpers.emulator.engine.model.changes import Changes
from helpers.emulator.engine.model.resources import Record
from helpers.emulator.explanations import explain, explanation
from helpers.emulator.explanations.reading.workspace_reader import CLOSELY_READ
from tests.unit.emulator.explanations.rewriting import Rewriting, noted
from tests.unit.emulator.explanations.scenes import SCENES, desk_for, story, told

OPTIONAL = (
    "reason",
    "routing_target",
    "ignore_capacity",
    "virtual_start_time",
    "task_queue_entered_date",
    "date_status_changed",
    "reservation_activity_sid",
    "assignment_activity_sid",
    "channel_optimized_routing",
)
"""What Twilio's bodies may leave out without anybody's place in a queue depending on it here."""


@pytest.mark.parametrize("name", ["worker_offline", "no_filter_and_no_default"])
def test_explaining_changes_nothing(name):
    """Only GET requests are sent until ``apply``, which sends what the code says."""
    desk = desk_for(name)
    task = SCENES[name](desk)

    with noted(desk) as requests:
        explanation = explain(task)
    assert {method for method, _ in requests} == {"GET"}

    with noted(desk) as requests:
        explanation.apply()
    assert [method for method, _ in requests].count("POST") == len(explanation.fixes[0].calls)


@pytest.mark.parametrize("name", ["worker_offline", "capacity_used_by_accepted", "target_timeout_runs"])
def test_bodies_may_leave_things_out(name):
    """Optional fields that are null change nothing that is said."""
    desk = desk_for(name)
    task = SCENES[name](desk)
    sparse = explain(Rewriting.task(desk, task.sid, lambda body: dict.fromkeys(set(OPTIONAL) & set(body))))

    assert str(sparse) == str(told(name)[1])


def test_worker_who_is_deleted_while_the_workspace_is_read(desk, monkeypatch):
    """What was read doesn't fit together, so it is read again."""
    alice = desk.worker("Alice")
    fetch = WorkerContext.fetch

    def fetch_and_delete(context):
        found = fetch(context)
        alice.delete()
        return found

    monkeypatch.setattr(WorkerContext, "fetch", fetch_and_delete)
    assert "The Worker was deleted" in explain(alice).short


def test_workspace_that_never_fits_together(desk, monkeypatch):
    """After three readings the error says what was seen."""

    def torn(given):
        raise KeyError("WK1")

    monkeypatch.setattr(explanation, "explain_worker", torn)
    with pytest.raises(WorkspaceChanged, match=r"don't match.*when it changes less.*KeyError: 'WK1'"):
        explain(desk.worker("Alice"))


def test_stale_task_is_read_anew(desk):
    """What counts is the Task as it is now, not as it was when the learner fetched it."""
    alice, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.workspace.workers(alice.sid).update(activity_sid=desk.activity("Available"))

    assert repr(explain(task)) == "Explanation(reserved)"


def test_context_will_do(desk):
    """``workspace.tasks(sid)`` needs not be fetched first."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)

    assert str(explain(desk.workspace.tasks(task.sid))) == str(explain(task))


def test_number_of_requests_is_bounded(desk):
    """Of thousands of Workers only so many are read closely, members of the queue first; what was not read is said."""
    queue = desk.queue("Spanish", 'languages HAS "es"')
    workflow = desk.workflow(default=queue)
    many_workers(desk, 3_000)
    task = desk.task(workflow_sid=workflow)

    with noted(desk) as requests:
        text = str(explain(task))
    assert len(requests) < CLOSELY_READ + 25
    assert "There are 3,000 Workers. Channels and Reservations were read for 200 of them" in text
    assert "2,996 Workers" in text
    assert '"Worker 2997" is the closest match' in text


def test_reservations_of_those_who_hold_something(desk):
    """Reservations are asked for only where a channel carries something."""
    workflow = desk.workflow(default=desk.queue("Everybody"))
    for name in ("Alice", "Bob", "Chen"):
        desk.worker(name, activity="Offline" if name == "Chen" else "Available")
    tasks = [desk.task(workflow_sid=workflow) for _ in range(3)]

    with noted(desk) as requests:
        explain(tasks[-1])
    asked = [uri for _, uri in requests if "/Workers/" in uri and "/Reservations" in uri]
    assert len(asked) == 2


def test_time_is_the_services_own(desk):
    """Without a Task whose age tells it, the time is read from the statistics."""
    desk.worker("Alice")
    target = {"queue": desk.queue("Everybody"), "expression": "taskrouter.currentTime < 905"}
    workflow = desk.workflow({"expression": "1==1", "targets": [target]})
    desk.advance(600)

    assert "would wait" in str(explain(desk.workspace.workflows(workflow)))


def test_double_encoded_attributes(desk):
    """Attributes that Twilio took although they are no object are shown, and the Task counts as having none."""
    _, _, workflow = story(desk, default=True)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    twice = json.dumps(json.dumps({"selected_language": "es"}))
    text = str(explain(Rewriting.task(desk, task.sid, lambda body: {"attributes": twice} if "age" in body else {})))

    assert "Its attributes aren't a JSON object" in text
    assert "Was json.dumps() called twice" in text


def test_broken_configuration(desk):
    """A Workflow that cannot be followed here counts as empty, and why is said with the place."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    broken = json.dumps(
        {"task_routing": {"filters": [{"expression": "skill-level == 1", "targets": [{"queue": "WQ"}]}]}}
    )
    rewrite = Rewriting.task(desk, task.sid, lambda body: {"configuration": broken} if "configuration" in body else {})

    text = str(explain(rewrite))
    assert "The Workflow's configuration can't be read, and counts as empty here" in text
    assert "filters[0].expression" in text


def test_broken_queue_expression(desk):
    """An expression that does not parse is shown with a caret under the mistake."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    rewrite = Rewriting.task(
        desk, task.sid, lambda body: {"target_workers": "skill-level > 3"} if "target_workers" in body else {}
    )

    text = str(explain(rewrite))
    assert "target_workers can't be read" in text
    assert "  skill-level > 3\n       ^^" in text


def test_workers_and_workflows_are_only_read(desk):
    """What could reach a Worker, and where a Task would go, are found out with GET requests alone."""
    _, bob, workflow = story(desk)
    desk.task({"selected_language": "es"}, workflow_sid=workflow)

    with noted(desk) as requests:
        explain(bob)
        explain(desk.workspace.workflows(workflow), {"selected_language": "es"})
    assert {method for method, _ in requests} == {"GET"}


def test_activity_that_came_in_between(desk):
    """A Worker whose Activity the list did not hold is told of by what their own body says."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    fresh = {"activity_sid": "WA" + "f" * 32, "activity_name": "Fresh"}
    rewrite = Rewriting.task(desk, task.sid, lambda body: fresh if body.get("friendly_name") == "Alice" else {})
    text = str(explain(rewrite))

    assert 'Alice  is in Activity "Fresh", which isn\'t available' in text


def test_worker_about_to_be_reserved(desk):
    """Between two requests somebody may be free already: it is said that no rule excludes them."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    free = {"activity_sid": desk.activity("Available"), "available": True}
    text = str(explain(Rewriting.task(desk, task.sid, lambda body: free if "activity_sid" in body else {})))

    assert 'In short: no rule excludes "Alice".' in text
    assert "Alice  could be reserved: no rule excludes this Worker" in text


def test_worker_with_unreadable_attributes(desk):
    """That their attributes are no object is said beside the rule that rules them out for it."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    twice = {"attributes": json.dumps("text")}
    text = str(explain(Rewriting.task(desk, task.sid, lambda body: twice if "activity_sid" in body else {})))

    assert "The Worker's attributes aren't a JSON object: \"text\"." in text


def test_refusal_is_passed_on(desk):
    """A request refused for another reason than a missing resource is the SDK's own error."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    refused = Rewriting.task(desk, task.sid, lambda body: {})
    refused._version.domain.twilio.http_client.answer = Response(401, json.dumps({"code": 20003, "message": "no"}))

    with pytest.raises(Exception, match="HTTP 401"):
        explain(refused)


def test_what_an_expression_does_not_say_is_told(desk):
    """Characters that are dropped are named below the filter, the target and the queue."""
    desk.worker("Alice", activity="Offline")
    target = {"queue": desk.queue("Everybody", "(1==1)'"), "expression": "worker.level != 3 *"}
    text = str(
        explain(desk.task({"vip": True}, workflow_sid=desk.workflow({"expression": "vip==true;", "targets": [target]})))
    )

    assert "! expression: ; at character 10 means nothing here and is dropped." in text
    assert "! expression: * at character 19 means nothing here and is dropped." in text
    assert "The quote ' at character 7 has no matching quote and is dropped." in text


@pytest.mark.parametrize(
    ("expression", "attributes", "change"),
    [
        ("worker.sid != task.ignoreAgent", "ignoreAgent", "Change ignoreAgent from"),
        ("worker.sid NOT IN task.rejected", "rejected", "Change rejected from"),
        ("worker.friendly_name == task.wanted", "wanted", "Add wanted:"),
    ],
)
def test_attribute_of_the_task_is_named(desk, expression, attributes, change):
    """Where a clause compares a Worker's own field with the Task, the Task is what can be changed."""
    alice = desk.worker("Alice")
    target = {"queue": desk.queue("Everybody"), "expression": expression}
    given = {"ignoreAgent": {"ignoreAgent": alice.sid}, "rejected": {"rejected": [alice.sid]}, "wanted": {}}[attributes]
    text = str(explain(desk.task(given, workflow_sid=desk.workflow({"expression": "1==1", "targets": [target]}))))

    assert f"Smallest change: {change}" in text


def test_longest_idle_is_told_after_work_that_is_gone(desk):
    """Who just finished a Task comes last, also when the Task is gone: whoever is promised a Task is reserved."""
    alice = desk.worker("Alice")
    desk.worker("Bob")
    workflow = desk.workflow(default=desk.queue("Everybody"))
    task = desk.task(workflow_sid=workflow)
    desk.reserved_for(alice).update(reservation_status="accepted")
    desk.workspace.tasks(task.sid).update(assignment_status="completed")
    desk.workspace.tasks(task.sid).delete()
    told = str(explain(desk.workspace.workflows(workflow).fetch()))

    assert '"Bob" would be reserved at once' in told
    assert [each.worker_name for each in desk.task(workflow_sid=workflow).reservations.list()] == ["Bob"]


def many_workers(desk, number) -> None:
    """Add Workers, the last three of whom speak Spanish and are Offline, without a request for each."""
    state = desk.emulator.world.workspaces[desk.workspace_sid]
    model = desk.worker("Model", activity="Offline")
    worker = state.workers[model.sid]
    channels = list(state.channels_of(worker.sid).values())
    saved: dict[str, Record] = {}
    for index in range(number - 1):
        spanish = {"languages": ["es"]} if index >= number - 4 else {"languages": ["en"]}
        sid = f"WK{index:032x}"
        fields = {"sid": sid, "friendly_name": f"Worker {index + 1}", "attributes": json.dumps(spanish)}
        saved[sid] = replace(worker, number=10_000 + index, **fields)
        for place, channel in enumerate(channels):
            channel_sid = f"WC{index * 10 + place:032x}"
            saved[channel_sid] = replace(channel, number=50_000 + index * 10 + place, sid=channel_sid, worker_sid=sid)
    desk.emulator.store.commit(Changes(at=desk.emulator.clock.now(), saved=saved), {})
    desk.emulator.reload()
