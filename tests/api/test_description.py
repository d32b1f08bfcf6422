"""Our API description, held against the application by schemathesis: no 5xx, no answer of another shape."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

from helpers.emulator.api.contract.openapi_description import describe

DESCRIPTION = describe()
NAMES = [method["operationId"] for path in DESCRIPTION["paths"].values() for method in path.values()]


@pytest.fixture(scope="module")
def apis() -> dict[str, Any]:
    """Operations as schemathesis reads them, by their names."""
    import schemathesis  # not above: it takes seconds, in every process that collects the tests

    operations = (result.ok() for result in schemathesis.openapi.from_dict(DESCRIPTION).get_all_operations())
    return {each.definition.raw["operationId"]: each for each in operations}


def test_every_operation_is_read(apis: dict[str, Any]) -> None:
    """schemathesis finds the operations that the tests below are made from."""
    assert list(apis) == NAMES


@pytest.fixture
def known(workspace: WorkspaceContext, routed: tuple[str, str], available: str) -> dict[str, str]:
    """Collections of the path and a SID that exists in each: a world in which most things are under way."""
    worker = workspace.workers.create(friendly_name="Alice", activity_sid=available)
    task = workspace.tasks.create()
    return {
        "Workspaces": str(workspace.fetch().sid),
        "Activities": available,
        "TaskChannels": "chat",
        "TaskQueues": routed[0],
        "Workflows": routed[1],
        "Workers": str(worker.sid),
        "Channels": "voice",
        "Tasks": str(task.sid),
        "Reservations": str(workspace.tasks(task.sid).reservations.list()[0].sid),
        "Events": str(workspace.events.list()[0].sid),
    }


@pytest.mark.parametrize("name", NAMES)
def test_application_keeps_its_word(name: str, apis: dict[str, Any], known: dict[str, str], ask) -> None:
    """Whatever is sent, the answer is one the description allows (the watched app checks it), and never 5xx."""
    api = apis[name]

    @settings(max_examples=14, suppress_health_check=list(HealthCheck))  # as many kinds of answers as 20
    @given(case=api.as_strategy(), exists=st.booleans())
    def hold(case: Any, exists: bool) -> None:
        if exists and api.method != "delete":
            case.path_parameters = real_sids(api.path, known)
        prepared = requests.Request(**case.as_transport_kwargs(base_url="http://127.0.0.1")).prepare()
        body = prepared.body or b""
        kind = prepared.headers.get("Content-Type", "text/plain")
        answer = ask(prepared.method, prepared.path_url, body, content_type=kind)
        assert answer.status < 500, answer.json

    hold()


def real_sids(path: str, known: dict[str, str]) -> dict[str, str]:
    """SIDs that exist for each name in a path, by the collection that stands before it."""
    parts = path.split("/")
    return {part.strip("{}"): known[parts[at - 1]] for at, part in enumerate(parts) if part.startswith("{")}
