"""A process of its own in which every default has another value, changed in its one place before anybody reads it.

Run by ``test_defaults.py``; it ends with an AssertionError where the old value is still taken.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from helpers.emulator.engine.model import defaults

assert "helpers.emulator.engine.model.resources" not in sys.modules
vars(defaults).update(
    MULTI_TASK_ENABLED=False,
    PRIORITIZE_QUEUE_ORDER="LIFO",
    TEMPLATE="FIFO",
    ACTIVITIES=(("Lunch", False), ("Ready", True)),
    TASK_CHANNELS=("fax", "post"),
    SAMPLE_QUEUE="First",
    SAMPLE_WORKFLOW="Second",
    ACTIVITY_AVAILABLE=True,
    TARGET_WORKERS="2==2",
    MAX_RESERVED_WORKERS=3,
    TASK_ORDER="LIFO",
    RESERVATION_TIMEOUT=77,
    ATTRIBUTES='{"usual":1}',
    CAPACITY=4,
    CHANNEL_AVAILABLE=False,
    TASK_CHANNEL="fax",
    PRIORITY=6,
    TASK_TIMEOUT=4321,
)

from twilio.rest import Client  # noqa: E402

from helpers.emulator.api import create_app  # noqa: E402
from helpers.emulator.api.contract.openapi_description import describe  # noqa: E402
from helpers.emulator.api.contract.support_matrix import support_matrix  # noqa: E402
from helpers.emulator.explanations.reading.workspace_reader import read_replica  # noqa: E402
from helpers.emulator.server.administration.seed_file import plant, read_seeds  # noqa: E402
from tests.unit.emulator.explanations.rewriting import Rewriting  # noqa: E402
from tests.worlds.desk import ACCOUNT_SID, AUTH_TOKEN, configuration  # noqa: E402
from tests.worlds.engine_desk import new_emulator  # noqa: E402

EXPECTED: dict[str, dict[str, Any]] = {
    "workspace": {"multi_task_enabled": False, "prioritize_queue_order": "LIFO"},
    "activity": {"available": True},
    "task_queue": {"target_workers": "2==2", "max_reserved_workers": 3, "task_order": "LIFO"},
    "worker": {"attributes": '{"usual":1}'},
    "worker_channel": {"configured_capacity": 4, "available": False},
    "workflow": {"task_reservation_timeout": 77},
    "task": {"timeout": 4321, "priority": 6, "attributes": '{"usual":1}', "task_channel_unique_name": "fax"},
}
SEEDS = {
    "friendly_name": "By seed",
    "activities": [{"friendly_name": "Extra"}],
    "task_queues": [{"friendly_name": "Queue"}],
    "workers": [{"friendly_name": "Alice"}],
    "workflows": [{"friendly_name": "All", "configuration": {"task_routing": {"default_filter": {"queue": "Queue"}}}}],
    "tasks": [{"workflow": "All"}],
}
TOLD = {
    "CreateWorkspace": {"MultiTaskEnabled": "false", "Template": "FIFO", "PrioritizeQueueOrder": "LIFO"},
    "CreateActivity": {"Available": "true"},
    "CreateTaskQueue": {"TargetWorkers": "2==2", "MaxReservedWorkers": 3, "TaskOrder": "LIFO"},
    "CreateWorker": {"Attributes": '{"usual":1}'},
    "CreateWorkflow": {"TaskReservationTimeout": 77},
    "CreateTask": {"Timeout": 4321, "Priority": 6, "TaskChannel": "fax", "Attributes": '{"usual":1}'},
}


def compare(found: Any, expected: dict[str, Any]) -> None:
    """See that a resource or a record has the new values."""
    values = {name: getattr(found, name) for name in expected}
    assert values == expected, f"{type(found).__name__}: {values}, not {expected}"


def look_at(workspace: Any) -> None:
    """See that everything in a Workspace, made without any parameter, has the new values."""
    compare(workspace.fetch(), EXPECTED["workspace"])
    *first, extra = workspace.activities.list()
    assert [(each.friendly_name, each.available) for each in first] == list(defaults.ACTIVITIES)
    compare(extra, EXPECTED["activity"])
    assert [each.unique_name for each in workspace.task_channels.list()] == list(defaults.TASK_CHANNELS)
    queues, workflows, (worker,) = (
        each.list() for each in (workspace.task_queues, workspace.workflows, workspace.workers)
    )
    assert (queues[0].friendly_name, workflows[0].friendly_name) == ("First", "Second")
    parts = {"task_queue": queues, "workflow": workflows, "worker": [worker], "task": workspace.tasks.list()}
    for kind, resources in (parts | {"worker_channel": worker.worker_channels.list()}).items():
        for each in resources:
            compare(each, EXPECTED[kind])


def make(workspace: Any) -> None:
    """Make one of each by requests with the required parameters alone."""
    workspace.activities.create(friendly_name="Extra")
    queue = workspace.task_queues.create(friendly_name="Queue")
    workspace.workers.create(friendly_name="Alice")
    workflow = workspace.workflows.create(friendly_name="All", configuration=configuration(default=queue.sid))
    workspace.tasks.create(workflow_sid=workflow.sid)


def look_at_copy(http: Rewriting, workspace: Any) -> None:
    """See that a copy made of bodies that lack these properties has the new values."""
    http.rewrite = lambda body: dict.fromkeys({name for each in EXPECTED.values() for name in each} & set(body))
    told_otherwise = {"target_workers", "task_channel_unique_name"}  # none is an empty queue; a record has the SID
    for record in read_replica(workspace).records:
        expected = EXPECTED.get(record.kind, {}).items()
        compare(record, {name: value for name, value in expected if name not in told_otherwise})


def look_at_descriptions() -> None:
    """See that the API description and the support matrix give the new values."""
    posts = [each for path in describe()["paths"].values() for each in path.values() if "requestBody" in each]
    told: dict[str, dict[str, Any]] = {}
    for each in posts:
        for body in each["requestBody"]["content"].values():
            for name, schema in body["schema"].get("properties", {}).items():
                if "default" in schema:
                    told.setdefault(each["operationId"], {})[name] = schema["default"]
    assert told == TOLD, told
    matrix = support_matrix().partition("## Defaults")[2].partition("\n## ")[0]
    values = [value for each in TOLD.values() for value in each.values()]
    names = [*defaults.TASK_CHANNELS, *(name for name, _ in defaults.ACTIVITIES), "First", "Second", 4]
    missing = [each for each in (*values, *names) if f"`{each}`" not in matrix]
    assert not missing, missing


def main() -> None:
    """Take each way on which a resource comes about, or is described."""
    emulator = new_emulator()
    http = Rewriting(create_app(emulator))
    http.rewrite = lambda body: {}
    workspaces = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=http).taskrouter.v1.workspaces
    by_request = workspaces(workspaces.create(friendly_name="By request").sid)
    make(by_request)
    look_at(by_request)
    (sid,) = plant(emulator, ACCOUNT_SID, read_seeds(json.dumps({"workspaces": [SEEDS]}).encode()))
    look_at(workspaces(sid))
    look_at_copy(http, by_request)
    look_at_descriptions()


if __name__ == "__main__":
    main()
