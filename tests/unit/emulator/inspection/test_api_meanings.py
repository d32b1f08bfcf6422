"""Each request to the API gets a short sentence that is true."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from helpers.emulator.api.operations import OPERATIONS
from helpers.emulator.inspection.api_meanings import read_outcome
from helpers.emulator.request_log.logged_request import LoggedRequest
from tests.worlds.desk import AlicesDesk, Desk


@pytest.fixture(scope="module")
def desk() -> AlicesDesk:
    """Alice's desk, on an emulator of its own."""
    own = Desk()
    desk = AlicesDesk(own.client)
    desk.running = own.running
    return desk


def means_of(desk, call) -> str:
    with suppress(TwilioException):
        call(desk.workspace)
    return desk.running.portal.requests()[-1]["means"]


@pytest.mark.parametrize(
    ("call", "means"),
    [
        (lambda it: it.fetch(), "fetch Workspace Care Desk"),
        (lambda it: it.workers.list(), "list Workers: 1"),
        (lambda it: it.activities.list(), "list Activities: 3"),
        (lambda it: it.workers.create(friendly_name="Bob").delete(), "delete Worker WK"),
        (lambda it: it.workers.create(friendly_name="A\nB " + "x" * 55), "create Worker A B xxxxx"),
        (lambda it: it.tasks.create(attributes="{}"), "create Task WT"),
        (lambda it: it.tasks.create(attributes="{"), "create Task: Attributes is not valid JSON"),
        (lambda it: it.tasks("WT" + "0" * 32).fetch(), "fetch Task WT0000…: not found"),
        (lambda it: it.statistics().fetch(), "read workspace statistics"),
        (lambda it: it.task_queues.list(), "list TaskQueues: 1"),
        (lambda it: it.workers.list()[0].update(attributes='{"a":1}'), "Alice: new Attributes"),
        (lambda it: it.workers.list()[0].update(friendly_name="Alicia"), "Alicia: FriendlyName → Alicia"),
        (lambda it: it.workers.list()[0].update(friendly_name="Alice"), "Alice: FriendlyName → Alice"),
        (lambda it: it.workers.list()[0].update(if_match="77"), "Alice: If-Match is out of date"),
        (lambda it: it.update(multi_task_enabled=True), "Care Desk: MultiTaskEnabled → true"),
        (lambda it: it.workers.list()[0].update(), "Alice: nothing changed"),
    ],
)
def test_sentence(desk, call, means):
    """Operation, outcome and names; a refusal says why."""
    assert means_of(desk, call).startswith(means)


@pytest.mark.parametrize(
    ("method", "path", "means"),
    [
        ("PUT", "/v1/Workspaces", "PUT /Workspaces: Method not allowed"),
        ("GET", "/v1/nothing", "GET /nothing: The requested resource /nothing was not found"),
        ("GET", "/_emulator/nothing", "GET /_emulator/nothing: The requested resource"),
        ("POST", "/_emulator/reset", "reset the emulator"),
    ],
)
def test_no_operation_but_a_sentence(method, path, means):
    """What isn't TaskRouter's is called by its method and path."""
    desk = Desk()
    auth = desk.running.account_sid, desk.running.auth_token
    desk.http.request(method, f"http://127.0.0.1{path}", auth=auth)

    assert desk.running.portal.requests()[-1]["means"].startswith(means)


def test_activity_is_named(desk):
    """An update says what it set by name."""
    desk.move(desk.alice, "Unavailable")

    assert desk.running.portal.requests()[-1]["means"] == "Alice: Activity → Unavailable"


def test_refusal_has_twilios_code(desk):
    """The list shows it beside the status."""
    means_of(desk, lambda it: it.tasks.create(attributes="{"))

    assert (desk.running.portal.requests()[-1]["status"], desk.running.portal.requests()[-1]["code"]) == (400, 20001)


def test_wrong_password_is_told(desk):
    """A 401 says what is wrong, not what was asked for."""
    client = Client(desk.client.username, "wrong", http_client=desk.client.http_client)
    with suppress(TwilioException):
        client.taskrouter.v1.workspaces.list()

    assert desk.running.portal.requests()[-1]["means"] == "list Workspaces: wrong or missing credentials"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_each_operation_is_recognized(operation):
    """Whatever the table of operations has is found again by method and path."""
    path = operation.path.replace("{", "").replace("}", "")
    request = LoggedRequest(number=1, at_ms=0, began=0.0, method=operation.method, url=path)

    assert read_outcome(request).operation is operation


@pytest.mark.parametrize("reply", [b"", b"[1]", b"no JSON", b'"text"', b"\xff", b"[" * 100_000])
def test_reply_that_is_no_object_is_no_outcome(reply):
    """Whatever was answered, the sentence can be made."""
    request = LoggedRequest(number=1, at_ms=0, began=0.0, method="GET", url="/v1/Workspaces", reply=reply)

    assert read_outcome(request).reply == {}


def test_kept_attributes_stay_json(desk):
    """A sentence about JSON names the parameter, not its text."""
    worker = desk.workspace.workers.list()[0]
    worker.update(attributes=json.dumps({"languages": ["es", "en"]}))

    assert desk.running.portal.requests()[-1]["means"] == "Alice: new Attributes"
