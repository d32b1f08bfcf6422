"""Explanations by SID: a route for every language, which changes nothing and stops nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from twilio.rest import Client

from helpers.emulator.emulator_errors import WorkspaceChanged
from helpers.emulator.explanations import explain
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.emulator.server import RunningEmulator, start
from helpers.emulator.server.explaining import explanation_in_process
from helpers.emulator.server.explaining.explainable import NothingToExplain
from helpers.emulator.server.explaining.http_spelling import HttpSpelling
from tests.unit.emulator.explanations.scenes import SCENES
from tests.worlds.application import ASSIGNMENT_URL, Application
from tests.worlds.desk import AlicesDesk, ClientDesk, Desk

STRANGER, TOKEN = "AC" + "5" * 32, "strangers-token"
JSON = {"Accept": "application/json"}


@pytest.fixture
def logged() -> list[dict[str, object]]:
    """The finished requests."""
    return []


@pytest.fixture
def running(logged) -> Iterator[RunningEmulator]:
    with start(clock="lesson", seed="tests", accounts={STRANGER: TOKEN}, log=logged.append, remembers=True) as running:
        yield running


@pytest.fixture
def desk(running) -> AlicesDesk:
    http_client = EmulatorHttpClient(running.url)
    return AlicesDesk(Client(running.account_sid, running.auth_token, http_client=http_client))


@pytest.fixture
def http(running) -> Iterator[httpx.Client]:
    """A client of any language, without credentials."""
    with httpx.Client(base_url=running.url, trust_env=False) as client:
        yield client


def ask(http, sid, **headers):
    """The answer about a SID."""
    return http.get(f"/_emulator/explain/{sid}", headers=headers)


def test_task_is_explained_in_text_and_for_programs(desk, http):
    """Both say what the function says, but for a reader who holds no Python objects."""
    task = desk.task()
    said = explain(task, spelling=HttpSpelling)
    text, facts = ask(http, task.sid), ask(http, task.sid, **JSON)

    page = f"In the portal: {http.base_url}/workspaces/{desk.workspace_sid}/tasks/{task.sid}"
    assert (text.headers["content-type"], text.text) == ("text/plain; charset=utf-8", f"{said}\n\n{page}\n")
    assert facts.json() == said.facts()
    assert facts.headers["content-type"].startswith("application/json")


def test_facts_for_programs(desk, http):
    """Each Worker with the rule against them, and the change as code and as requests."""
    task = desk.task()
    bob = desk.worker("Bob", {"languages": ["en"]})
    facts = ask(http, task.sid, **JSON).json()
    change = facts["changes"][0]

    assert {name: facts[name] for name in ("task_sid", "workspace_sid", "status")} == {
        "task_sid": task.sid,
        "workspace_sid": desk.workspace_sid,
        "status": "pending",
    }
    assert facts["short"] in facts["text"]
    assert [(each["worker_sid"], each["worker_name"], each["rule"]) for each in facts["workers"]] == [
        (desk.alice.sid, "Alice", "activity"),
        (bob.sid, "Bob", "queue"),
    ]
    assert facts["workers"][0]["reason"] == 'is in Activity "Offline", which isn\'t available'
    assert change["sentence"] == 'Set "Alice" to Activity "Available". Then "Alice" is reserved.'
    assert (change["worker_names"], change["task_sid"]) == (["Alice"], task.sid)
    assert change["code"] in facts["text"]
    assert change["requests"] == [
        {
            "method": "POST",
            "path": f"/v1/Workspaces/{desk.workspace_sid}/Workers/{desk.alice.sid}",
            "form": {"ActivitySid": desk.activity("Available")},
        }
    ]


def test_workers_and_workflows_are_explained_too(desk, http):
    """A Workflow with the attributes of a Task that doesn't exist yet: the change creates it."""
    where = f"/_emulator/explain/{desk.workflow_sid}"
    workflow = http.get(where, params={"attributes": '{"selected_language":"es"}'}, headers=JSON).json()
    worker = ask(http, desk.alice.sid, **JSON).json()

    assert (worker["worker_sid"], worker["status"]) == (desk.alice.sid, "worker")
    assert (workflow["workflow_sid"], workflow["status"]) == (desk.workflow_sid, "workflow")
    assert [each["task_sid"] for each in workflow["changes"]] == [None]
    assert [each["rule"] for each in workflow["workers"]] == ["activity"]


def test_reading_changes_nothing(running, desk, http, logged):
    """No time, SID, event, fault or moment of the history is used up, and the log has the one request that was sent."""
    task = desk.task()
    running.add_fault("busy", times=3)
    history, lines = running.emulator.history, len(logged)
    before, faults, end = running.snapshot(events=True), running.faults(), history.end
    answer = ask(http, task.sid)

    assert answer.status_code == 200
    assert (running.snapshot(events=True), running.faults(), history.end) == (before, faults, end)
    assert [each["path"] for each in logged[lines:]] == [f"/_emulator/explain/{task.sid}"]


def test_others_are_answered_meanwhile(desk, http, monkeypatch):
    """An explanation that takes its time keeps nobody waiting."""
    task = desk.task()

    def slow(given, attributes, **more):
        assert httpx.get(f"{http.base_url}/_emulator/health", trust_env=False, timeout=10).status_code == 200
        return explain(given, attributes, **more)

    monkeypatch.setattr(explanation_in_process, "explain", slow)
    assert ask(http, task.sid).status_code == 200


def test_removed_task_is_known_from_its_events(desk, http):
    """Until its Workspace is deleted with all that happened there."""
    task = desk.task()
    desk.workspace.tasks(task.sid).delete()
    gone = ask(http, task.sid, **JSON)
    desk.workspace.delete()

    assert gone.json()["status"] == "gone"
    assert "was deleted" in gone.json()["short"]
    assert ask(http, task.sid).status_code == 404


@pytest.mark.parametrize(
    ("sid", "advice"),
    [
        ("WT" + "0" * 32, "GET /v1/Workspaces/{WorkspaceSid}/Tasks lists the Tasks"),
        ("WK" + "0" * 32, "was forgotten"),
        ("WR" + "0" * 32, "For a Reservation, pass the TaskSid"),
        ("WT12", "32 of the digits"),
        ("%00%E2%80%AE", r"\\u0000\\u202e"),
        ("x" * 500, "xxx…"),
    ],
)
def test_other_names_are_answered_with_what_to_do(http, sid, advice):
    """An unknown SID, one of another kind, and what is none, in the shape of Twilio's errors."""
    answer = ask(http, sid)

    assert (answer.status_code, answer.json()["code"]) == (404, 20404)
    assert advice in answer.text


def test_attributes_that_no_task_can_have(desk, http):
    """The reason comes in the shape of Twilio's errors; a Task has attributes of its own."""
    for sid in (desk.workflow_sid, desk.task().sid):
        answer = http.get(f"/_emulator/explain/{sid}", params={"attributes": "["})
        assert (answer.status_code, answer.json()["code"]) == (400, 20001)


def test_code_is_for_whoever_reads_it(desk, http):
    """Over HTTP nobody holds a Task to call `explain` with, and the clock is moved by a request."""
    text = ask(http, desk.task().sid).text
    waiting = SCENES["time_of_day"](ClientDesk(desk.client))

    assert "explain(" not in text
    assert text.partition("\n\nIn the portal: ")[0].endswith(
        "`client` is a Client of the `twilio` library; GET /_emulator/explain/SID with `Accept: application/json` "
        "returns each change as requests."
    )
    assert "Wait, or advance the clock with POST /_emulator/clock/advance and seconds=35" in ask(http, waiting.sid).text


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_explaining_is_reading(http, method):
    """Other methods are refused."""
    assert http.request(method, "/_emulator/explain/WT" + "0" * 32).status_code == 405


def test_credentials_narrow_what_is_seen(running, desk, http):
    """Somebody who names an account asks for its Tasks, on loopback too."""
    task = desk.task()
    path = f"/_emulator/explain/{task.sid}"

    assert http.get(path, auth=(running.account_sid, running.auth_token)).status_code == 200
    assert http.get(path, auth=(STRANGER, TOKEN)).status_code == 404


def test_network_has_to_prove_an_account():
    """A server that the network reaches explains to the owner alone; a stranger's Task doesn't exist."""
    with start(host="0.0.0.0", accounts={STRANGER: TOKEN}) as running:
        owner = (running.account_sid, running.auth_token)
        desk = AlicesDesk(Client(*owner, http_client=EmulatorHttpClient(running.url)))
        path = f"{running.url}/_emulator/explain/{desk.task().sid}"
        given = [None, ("x", "y"), (STRANGER, TOKEN), owner]

        assert [httpx.get(path, auth=each, trust_env=False).status_code for each in given] == [401, 401, 404, 200]


def test_workspace_that_changes_too_fast(desk, http, monkeypatch):
    """What doesn't fit together is read again; in the end the answer says why there is none."""
    task = desk.task()

    def torn(given, attributes, **more):
        raise WorkspaceChanged(KeyError("WK1"))

    monkeypatch.setattr(explanation_in_process, "explain", torn)
    answer = ask(http, task.sid)

    assert (answer.status_code, answer.json()["code"]) == (503, 20503)
    assert "changes less. (Seen" in answer.text


def test_workspace_that_is_deleted_meanwhile(desk, http, monkeypatch):
    """The answer is that of a moment later."""
    task = desk.task()

    def late(given, attributes, **more):
        desk.workspace.delete()
        return explain(given, attributes, **more)

    monkeypatch.setattr(explanation_in_process, "explain", late)
    answer = ask(http, task.sid)

    assert (answer.status_code, answer.json()["code"]) == (404, 20404)
    assert "or with its Workspace" in answer.text


def test_passwords_in_attributes_are_masked(desk, http):
    """In both forms, as everywhere on the emulator's own routes."""
    task = desk.task(json.dumps({"url": "http://user:secret@host/"}))

    for headers in ({}, JSON):
        assert "secret" not in ask(http, task.sid, **headers).text


def test_method_takes_a_sid(running, desk):
    """A test often has no more than the SID; the explanation can make its change, as any other."""
    task = desk.task()
    explanation = running.explain(task.sid)

    assert str(explanation) == str(explain(task)) == str(running.explain(task))
    assert repr(explanation.apply()) == "Explanation(reserved)"
    assert running.explain(desk.workflow_sid, {"selected_language": "es"}).barriers
    with pytest.raises(NothingToExplain, match="was forgotten"):
        running.explain("WT" + "0" * 32)


def test_change_in_place_sends_its_callbacks():
    """Its requests are like any other: when `apply` returns, the application has accepted."""
    desk = Desk(Application({ASSIGNMENT_URL: {"instruction": "accept"}}))
    task = AlicesDesk(desk.client, assignment_callback_url=ASSIGNMENT_URL).task()

    assert repr(desk.running.explain(task.sid).apply()) == "Explanation(assigned)"


def test_task_of_an_earlier_account(tmp_path):
    """A data file keeps Tasks of an account that the server doesn't have any more: nobody can ask for them."""
    with start(data=tmp_path, accounts={STRANGER: TOKEN}) as running:
        http_client = EmulatorHttpClient(running.url)
        sid = AlicesDesk(Client(STRANGER, TOKEN, http_client=http_client)).task().sid
    with start(data=tmp_path) as running, pytest.raises(NothingToExplain):
        running.explain(sid)


def test_answers_without_an_event_loop():
    """In one process the same route answers by function calls alone."""
    desk = Desk()
    task, http = AlicesDesk(desk.client).task(), desk.http
    answer = http.request("GET", f"{http.url}/_emulator/explain/{task.sid}")

    assert answer.status_code == 200
    assert answer.text.startswith(f"{explain(task, spelling=HttpSpelling)}\n\nIn the portal: ")
