"""Whatever a workspace looks like: an explanation comes, and what it promises holds."""

from __future__ import annotations

import json
from random import Random

import pytest

from helpers.emulator.clock import Clock
from helpers.emulator.display.html import markup
from helpers.emulator.explanations import explain
from tests.worlds.desk import Desk, filter_

OF_WORKERS = (
    'languages HAS "es"',
    "level > 2",
    "1==1",
    'team IN ["a", "b"] AND level >= 1',
    'team == "a" OR vip == true',
)
OF_TASKS = ('lang == "es"', "vip == true", 'n > 3 AND lang == "en"', 'tags HAS "x"', "1==1")
OF_STEPS = (
    None,
    None,
    "worker.level >= task.n",
    "worker.team == task.team",
    "worker.channel.default.assigned_tasks == 0",
    "worker.sid != task.ignoreAgent",
)


@pytest.mark.parametrize("seed", range(20, 28))
def test_promise_holds(seed):
    """Each Task's smallest change is made in a workspace of its own, and those named are reserved for it."""
    for place in range(len(random_desk(seed)[1])):
        desk, tasks = random_desk(seed)
        explanation, before = explain(tasks[place]), offers(desk)
        named = {name for fix in explanation.fixes[:1] for name in fix.workers}
        if named:
            assert repr(explanation.apply()) == "Explanation(reserved)"
        assert named <= {name for sid, name in offers(desk).items() if sid not in before}


def offers(desk):
    """Every pending Reservation with its Worker's name."""
    workers = desk.workspace.workers.list()
    return {
        each.sid: each.worker_name
        for worker in workers
        for each in worker.reservations.list(reservation_status="pending")
    }


@pytest.mark.parametrize("seed", range(3))
def test_everything_can_be_explained(seed):
    """Workers and Workflows, too, and each explanation has the same facts as words and as tables."""
    desk, tasks = random_desk(seed)
    every = [*desk.workspace.workers.list(), *desk.workspace.workflows.list(), *tasks]

    for each in every:
        explanation = explain(each)
        drawn = markup(explanation.view.blocks)
        assert str(explanation)
        assert drawn.count("<table>") == drawn.count("</table>")


def test_request_comes_before_what_is_due_within_its_second(desk):
    """A change that arrives as the step's time ends is in time, as the emulator has it."""
    desk.worker("Alice", activity="Offline")
    workflow = desk.workflow(filter_("1==1", {"queue": desk.queue("Everybody"), "timeout": 10}, name="A"))
    task = desk.task(workflow_sid=workflow)
    desk.advance(9.5)

    assert repr(explain(task).apply()) == "Explanation(reserved)"


def test_sentence_names_every_attribute_that_is_changed(desk):
    """Where the filter and its step want other attributes of the Task, the sentence names them all."""
    desk.worker("Alice", {"level": 2})
    queue = desk.queue("Everybody")
    step = {"queue": queue, "expression": "worker.level >= task.n"}
    task = desk.task(
        {"lang": "ES"},
        workflow_sid=desk.workflow(filter_('lang == "es"', step, name="A"), default=desk.queue("Nobody", "1==0")),
    )
    fixes = [fix for fix in explain(task).fixes if fix.calls[0].place[0][0] == "tasks"]

    assert [("lang" in fix.sentence, "Add n" in fix.sentence) for fix in fixes] == [(True, True)]


def random_desk(seed):
    """A desk with a few of everything, and its Tasks."""
    random = Random(seed)
    desk = Desk(clock=Clock.lesson(), multi_task_enabled=random.random() < 0.8)
    workers = [random_worker(random, desk, name) for name in random.sample(["Alice", "Bob", "Chen", "עליזה"], 3)]
    queues = [
        desk.queue(f"Queue {number}", random.choice(OF_WORKERS), task_order=random.choice(["FIFO", "FIFO", "LIFO"]))
        for number in range(2)
    ]
    filters = [
        filter_(random.choice(OF_TASKS), *random_targets(random, queues), name="") for _ in range(random.randrange(3))
    ]
    workflow = desk.workflow(*filters, default=random.choice([None, *queues]))
    return desk, [random_task(random, desk, workflow, workers) for _ in range(random.randrange(1, 5))]


def random_worker(random, desk, name):
    """Somebody with some attributes, in some Activity."""
    attributes = {
        "languages": random.choice([["es"], ["en"], "es", '["es"]']),
        "level": random.choice([0, 2, 5, "3"]),
        "team": random.choice("ab"),
        "vip": random.choice([True, "true"]),
    }
    kept = {key: value for key, value in attributes.items() if random.random() < 0.8}
    worker = desk.worker(name, kept, random.choice(["Offline", "Available", "Unavailable"]))
    if random.random() < 0.3:
        channel = desk.workspace.workers(worker.sid).worker_channels("default")
        channel.update(capacity=random.choice([0, 2]), available=random.random() < 0.7)
    return worker


def random_targets(random, queues):
    """One or two steps."""
    for _ in range(random.randrange(1, 3)):
        target = {"queue": random.choice(queues)}
        target |= {"expression": expression} if (expression := random.choice(OF_STEPS)) else {}
        target |= {"timeout": random.choice([30, 100])} if random.random() < 0.3 else {}
        target |= {"skip_if": random.choice(["1==1", "workers.available == 0"])} if random.random() < 0.2 else {}
        yield target | ({"known_worker_friendly_name": "task.agent"} if random.random() < 0.15 else {})


def random_task(random, desk, workflow, workers):
    """A Task with some attributes; now and then a Worker answers, or time passes."""
    attributes = {
        "lang": random.choice(["es", "ES", "en", ["es"]]),
        "Lang": "es",
        "n": random.choice([0, 4, "x"]),
        "team": random.choice("ab"),
        "vip": random.choice([True, "true", False]),
        "tags": random.choice([["x"], "x", []]),
        "agent": random.choice(["Alice", "alice", "Nobody", None]),
        "ignoreAgent": random.choice(workers).sid,
    }
    kept = {key: value for key, value in attributes.items() if random.random() < 0.6}
    others = {"task_channel": "voice"} if random.random() < 0.2 else {}
    task = desk.task(kept, workflow_sid=workflow, priority=random.choice([0, 0, 5]), **others)
    for worker in workers:
        for reservation in worker.reservations.list(reservation_status="pending"):
            if random.random() < 0.3:
                reservation.update(reservation_status="accepted")
                if random.random() < 0.5:
                    desk.workspace.tasks(reservation.task_sid).update(assignment_status="completed")
    desk.advance(random.choice([0, 0, 10, 40]))
    if random.random() < 0.3:
        desk.workspace.workflows(workflow).update(re_evaluate_tasks="true")
    waits = desk.workspace.tasks(task.sid).fetch().assignment_status == "pending"
    if waits and random.random() < 0.3:
        desk.workspace.tasks(task.sid).update(attributes=json.dumps(kept | {"lang": "es", "vip": True}))
    return task
