"""Six tests of the application; the last one fails on purpose, because Alice is Offline."""

from __future__ import annotations

import json
from threading import Thread

import pytest
import requests
from application import make_application
from helpers.cases import LANGUAGES
from werkzeug.serving import make_server

CONFIGURATION = """{"task_routing": {"filters": [{
    "filter_friendly_name": "Spanish", "expression": "selected_language == 'es'", "targets": [{"queue": "%s"}]}]}}"""


class Desk:
    """The quickstart's Workspace: Alice and Bob, a queue for Spanish, and a Workflow that leads to it."""

    def __init__(self, workspaces) -> None:
        self.sid = workspaces.create(friendly_name="Care Desk", template="FIFO").sid
        self.room = workspaces(self.sid)
        self.alice, self.bob = (
            self.room.workers.create(friendly_name=name, attributes=json.dumps({"languages": languages}))
            for name, languages in LANGUAGES.items()
        )
        spanish = self.room.task_queues.create(friendly_name="Spanish", target_workers='languages HAS "es"')
        self.workflow = self.room.workflows.create(friendly_name="Care", configuration=CONFIGURATION % spanish.sid)

    def set_available(self, worker) -> None:
        (available,) = self.room.activities.list(friendly_name="Available")
        worker.update(activity_sid=available.sid)

    @property
    def task(self):
        (task,) = self.room.tasks.list()
        return task


@pytest.fixture
def desk(taskrouter_client):
    return Desk(taskrouter_client.taskrouter.v1.workspaces)


@pytest.fixture
def application(desk, taskrouter_client):
    """Address of the application, whose assignment callback the Workflow knows."""
    app = make_application(taskrouter_client, desk.sid, desk.workflow.sid)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    url = f"http://127.0.0.1:{server.port}"
    desk.workflow.update(assignment_callback_url=f"{url}/assignment_callback")
    yield url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def create_task(application):
    """Ask the application for a Task."""
    return lambda: requests.post(f"{application}/create_task", timeout=10).raise_for_status()


def test_task_waits_while_everybody_is_offline(desk, create_task):
    create_task()

    assert desk.task.assignment_status == "pending"


def test_task_goes_to_alice(desk, create_task):
    desk.set_available(desk.alice)
    create_task()

    (reservation,) = desk.room.tasks(desk.task.sid).reservations.list()
    assert (reservation.worker_name, reservation.reservation_status) == ("Alice", "accepted")


def test_waiting_task_is_assigned_once_alice_is_available(desk, create_task):
    create_task()
    desk.set_available(desk.alice)

    assert desk.task.assignment_status == "assigned"


def test_bob_does_not_speak_spanish(desk, create_task):
    desk.set_available(desk.bob)
    create_task()

    assert desk.room.workers(desk.bob.sid).reservations.list() == []


def test_callback_was_answered(desk, create_task, taskrouter):
    desk.set_available(desk.alice)
    create_task()

    taskrouter.settle()
    (delivery,) = taskrouter.deliveries()
    assert [attempt.status for attempt in delivery.attempts] == [200]


def test_task_is_assigned(desk, create_task):
    create_task()

    assert desk.task.assignment_status == "assigned"
