"""Code beside a control does what the control does: each line is run as it is copied."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import httpx
import pytest
from twilio.rest import Client

from helpers.emulator.api import operations
from helpers.emulator.hint_header import hint_header
from helpers.emulator.server import start
from helpers.emulator.settling import AFTER_CALLBACKS_HEADER
from tests.node_packages import TWILIO
from tests.unit.emulator.display.in_node import STATIC, evaluate

ACCOUNT = {"account_sid": "AC" + "a" * 32, "auth_token": "a-secret-never-shown"}
CONFIGURATION = '{"task_routing": {"default_filter": {"queue": "%s"}}}'
WORDS = """O'Brien "q" \\ \\n $HOME `id` !! %41 😀 é العربية \u202e\u2066 \t <b>&amp;</b>\nnext\r\u2028 @x #'''"""
"""Everything that a language, a shell or a form could read as its own."""

NAME = 'O\'Brien "q" $HOME `id` !! %41 😀 العربية <b>'

WORKERS = ("Alice", "Carol", "Dave")
"""Who gets the first Tasks, a Reservation each."""

CALLS = """
import * as calls from "./static/core/calls.js";
import { requestOf } from "./static/code/request.js";
import { twin } from "./static/core/twin.js";
import { setUp } from "./static/code/set_up.js";

const { ws, other, bob, idle, offline, queue, workflow, channel, tasks, reservations, spare } = given;
const { alice, words, name } = given;
const [first, second, third] = reservations;
const attributes = JSON.stringify({ languages: ["en", "es"], said: words });
const made = [
  calls.createWorkspace({ FriendlyName: name, Template: "NONE" }),
  calls.updateWorkspace(ws, { FriendlyName: `${name} 2` }),
  calls.deleteWorkspace(other),
  calls.setActivity(ws, bob, idle),
  calls.setActivity(ws, bob, offline),
  calls.createWorker(ws, { FriendlyName: name, ActivitySid: idle.sid, Attributes: attributes }),
  calls.updateWorker(ws, bob, { Attributes: attributes, FriendlyName: "Robert" }),
  calls.updateWorkerChannel(ws, channel, { Capacity: 3, Available: true }),
  calls.updateWorkerChannel(ws, channel, { Available: "false" }),
  calls.createTask(ws, { Attributes: attributes, WorkflowSid: workflow.sid, Priority: "3", Timeout: 600 }),
  calls.updateTask(ws, tasks[0], { Attributes: attributes, Priority: 7 }),
  calls.acceptReservation(ws, first),
  calls.wrapUpReservation(ws, first),
  calls.completeReservation(ws, first),
  calls.rejectReservation(ws, second, offline),
  calls.acceptReservation(ws, third),
  calls.completeTask(ws, tasks[2]),
  calls.cancelTask(ws, tasks[3], words),
  calls.deleteTask(ws, tasks[4]),
  calls.createTaskQueue(ws, { FriendlyName: name, TargetWorkers: 'languages HAS "es"', MaxReservedWorkers: 2 }),
  calls.updateTaskQueue(ws, queue, { TargetWorkers: "1==1", TaskOrder: "LIFO", ReservationActivitySid: "" }),
  calls.deleteTaskQueue(ws, spare.queue),
  calls.createWorkflow(ws, { FriendlyName: name, Configuration: workflow.configuration, TaskReservationTimeout: 20 }),
  calls.updateWorkflow(ws, workflow, { Configuration: `\\n ${workflow.configuration}\\n`, ReEvaluateTasks: "true" }),
  calls.deleteWorkflow(ws, spare.workflow),
  calls.createActivity(ws, { FriendlyName: name, Available: false }),
  calls.updateActivity(ws, offline, { FriendlyName: "Away" }),
  calls.deleteActivity(ws, spare.activity),
  calls.advanceClock(30.5),
  calls.toNextTimer({ now_ms: 1000, timers: [{ due_ms: 3500 }] }),
  calls.pauseClock(),
  calls.deleteWorker(ws, bob),
];
const records = { workers: { [alice.sid]: alice, [bob.sid]: { ...bob, friendly_name: words } } };
console.log(JSON.stringify(made.map((call) => {
  const { short, ...code } = twin(call, { records });
  const set = Object.fromEntries(Object.keys(code).map((language) => [language, setUp(call, language)]));
  return { says: call.says, request: requestOf(call), code, set };
})));
"""


def new_world(http: httpx.Client) -> dict[str, Any]:
    """Build what the calls act on, and return it with the SIDs."""

    def create(path: str, **form: str) -> dict[str, Any]:
        answer = http.post(f"/v1/Workspaces{path}", data=form)
        assert answer.is_success, answer.text
        return {**answer.json(), "version": int(answer.headers.get("etag", '"0"').strip('"'))}

    ws = create("", FriendlyName="Care", Template="NONE")["sid"]
    idle = create(f"/{ws}/Activities", FriendlyName="Ready", Available="true")
    offline = create(f"/{ws}/Activities", FriendlyName="Lunch", Available="false")
    alice, *_ = (create(f"/{ws}/Workers", FriendlyName=name, ActivitySid=idle["sid"]) for name in WORKERS)
    bob = create(f"/{ws}/Workers", FriendlyName="Bob", ActivitySid=offline["sid"])
    queue = create(f"/{ws}/TaskQueues", FriendlyName="All", TargetWorkers="1==1")
    workflow = create(f"/{ws}/Workflows", FriendlyName="Flow", Configuration=CONFIGURATION % queue["sid"])
    tasks = [create(f"/{ws}/Tasks", WorkflowSid=workflow["sid"]) for _ in range(5)]
    spare_queue = create(f"/{ws}/TaskQueues", FriendlyName="Spare")
    return {
        "ws": ws,
        "other": create("", FriendlyName="Other")["sid"],
        "idle": idle,
        "offline": offline,
        "alice": alice,
        "bob": bob,
        "queue": queue,
        "workflow": workflow,
        "tasks": tasks,
        "channel": http.get(f"/v1/Workspaces/{ws}/Workers/{bob['sid']}/Channels").json()["channels"][0],
        "reservations": [
            http.get(f"/v1/Workspaces/{ws}/Tasks/{task['sid']}/Reservations").json()["reservations"][0]
            for task in tasks[: len(WORKERS)]
        ],
        "spare": {
            "queue": spare_queue,
            "activity": create(f"/{ws}/Activities", FriendlyName="Spare"),
            "workflow": create(f"/{ws}/Workflows", FriendlyName="S", Configuration=CONFIGURATION % queue["sid"]),
        },
        "words": WORDS,
        "name": NAME,
    }


@contextmanager
def in_a_world_of_its_own() -> Iterator[tuple[Any, httpx.Client]]:
    """An emulator that makes the same SIDs each time, and a client with the account's credentials."""
    auth = (ACCOUNT["account_sid"], ACCOUNT["auth_token"])
    with (
        start(clock="lesson", seed="twin", **ACCOUNT) as emulator,
        httpx.Client(base_url=emulator.url, auth=auth, trust_env=False) as http,
    ):
        yield emulator, http


def variables_of(emulator: Any) -> dict[str, str]:
    """The environment of a terminal that knows the emulator."""
    own = {"TASKROUTER_URL": emulator.url, "TWILIO_ACCOUNT_SID": ACCOUNT["account_sid"], "LC_ALL": "C.UTF-8"}
    return {**os.environ, **own, "TWILIO_AUTH_TOKEN": ACCOUNT["auth_token"]}


def available(http: httpx.Client, workspace: str) -> str:
    """SID of an Activity that is available."""
    sid: str = http.get(f"{workspace}/Activities?Available=true").json()["activities"][0]["sid"]
    return sid


def carried_out(language: str, folder: Path) -> tuple[list[str], dict[str, Any]]:
    """Make the calls in one language, as copied, in a world of their own; return their words and the world after it."""
    with in_a_world_of_its_own() as (emulator, http):
        calls = evaluate(CALLS, folder, new_world(http))
        RUNNERS[language](calls, folder, variables_of(emulator))
        return [each["says"] for each in calls], http.get("/_emulator/snapshot?events=true").json()


def as_page(calls: list[dict[str, Any]], folder: Path, environment: dict[str, str]) -> None:
    """Send what the page sends."""
    auth = (environment["TWILIO_ACCOUNT_SID"], environment["TWILIO_AUTH_TOKEN"])
    with httpx.Client(base_url=environment["TASKROUTER_URL"], auth=auth, trust_env=False) as http:
        for sent in (each["request"] for each in calls):
            answer = http.request(sent["method"], sent["path"], data=sent.get("form"), headers=sent["headers"])
            assert answer.is_success, (sent, answer.text)


def as_python(calls: list[dict[str, Any]], folder: Path, environment: dict[str, str]) -> None:
    """Run each call's lines in one program; the package is this folder under its published name."""
    if not (folder / "taskrouter_emulator").exists():
        (folder / "taskrouter_emulator").symlink_to(Path(operations.__path__[0]).parents[1])
    script = folder / "calls.py"
    script.write_text(program(calls, "python"), encoding="utf-8")
    run([sys.executable, str(script)], folder, {**environment, "PYTHONPATH": str(folder)})


def as_node(calls: list[dict[str, Any]], folder: Path, environment: dict[str, str]) -> None:
    """Run each call's lines in one program; fetch, unlike the SDK, doesn't throw for a refusal."""
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(TWILIO.home / "node_modules")
    (folder / "calls.mjs").write_text(program(calls, "node"), encoding="utf-8")
    run(["node", "calls.mjs"], folder, environment)


def as_curl(calls: list[dict[str, Any]], folder: Path, environment: dict[str, str]) -> None:
    """Type each call's lines into a terminal's bash, which replaces `!!` by the command before."""
    typed = "\n".join(["set -e", *(each["code"]["curl"] for each in calls)])
    run(["bash", "--norc", "--noprofile", "-i"], folder, environment, typed)


RUNNERS = {"page": as_page, "python": as_python, "node": as_node, "curl": as_curl}


def program(calls: list[dict[str, Any]], language: str) -> str:
    """The set-up lines, each kind once, then the calls'."""
    set_up = dict.fromkeys(each["set"][language] for each in calls)
    return "\n".join([*set_up, *(each["code"][language] for each in calls)])


def run(command: list[str], folder: Path, environment: dict[str, str], typed: str = "") -> None:
    done = subprocess.run(
        command, cwd=folder, env=environment, input=typed, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_each_line_does_what_the_page_does(tmp_path, without_node):
    """The same calls by the page, in Python, in Node and with curl: the same state and the same events."""
    if without_node:
        return
    worlds = {language: carried_out(language, tmp_path) for language in RUNNERS}

    words, by_page = worlds["page"]
    assert "Set Bob to Ready" in words
    assert ACCOUNT["auth_token"] not in (tmp_path / "calls.py").read_text() + (tmp_path / "calls.mjs").read_text()
    for language, (_, world) in worlds.items():
        assert world == by_page, language


def test_every_call_of_the_portal_is_among_them():
    """A call that is added to `calls.js` is run in each language, too; two have a test of their own."""
    source = (STATIC / "core/calls.js").read_text(encoding="utf-8")
    writing = {name for name in re.findall(r"^export function (\w+)", source, re.M) if not name.startswith("fetch")}

    assert writing - set(re.findall(r"calls\.(\w+)", CALLS)) == {"replayDelivery", "runClock"}


SENT = """
import * as calls from "./static/core/calls.js";
import { requestOf } from "./static/code/request.js";
import { twin } from "./static/core/twin.js";
import { setUp } from "./static/code/set_up.js";

console.log(JSON.stringify([calls.runClock(), calls.replayDelivery(given)].map((call) => {
  const { short, ...code } = twin(call);
  const set = Object.fromEntries(Object.keys(code).map((language) => [language, setUp(call, language)]));
  return { request: requestOf(call), code, set };
})));
"""


@pytest.mark.parametrize("language", ["page", "python", "node", "curl"])
def test_clock_runs_and_a_callback_is_sent_again(tmp_path, without_node, language):
    """These two depend on the time: after them the clock runs, and there is one delivery more."""
    if without_node:
        return
    with in_a_world_of_its_own() as (emulator, http):
        url = {"AssignmentCallbackUrl": "http://127.0.0.1:9/", "TaskReservationTimeout": "60"}
        workflow = new_world(http)["workflow"]
        path = f"/v1/Workspaces/{workflow['workspace_sid']}"
        http.post(f"{path}/Workflows/{workflow['sid']}", data=url)
        http.post(f"{path}/Workers", data={"FriendlyName": "Eve", "ActivitySid": available(http, path)})
        http.post("/_emulator/clock/advance", data={"seconds": 0}, headers={AFTER_CALLBACKS_HEADER: "1"})
        before = http.get("/_emulator/deliveries").json()["deliveries"]

        RUNNERS[language](evaluate(SENT, tmp_path, before[-1]["number"]), tmp_path, variables_of(emulator))

        assert http.get("/_emulator/clock").json()["running"]
        assert len(http.get("/_emulator/deliveries").json()["deliveries"]) == len(before) + 1


NAMES = """
import { isRegular, sdkMethod, sdkName, sdkType, sdkWay } from "./static/code/sdk_names.js";

console.log(JSON.stringify(given.map(({ method, path, names }) => {
  if (!isRegular({ method, path, form: {} })) return null;
  const language = (name) => ({
    way: sdkWay(path, name),
    method: sdkMethod(method, path.length % 2 === 0, name),
    parameters: names.map((each) => [sdkName(each, name), sdkType(each)]),
  });
  return { python: language("python"), node: language("node") };
})));
"""
TYPES = {"number": int, "boolean": bool}


def test_names_are_those_of_the_installed_sdk(tmp_path, without_node):
    """Each operation that changes something has the method and the parameters, of these types, that code names."""
    if without_node:
        return
    found = [each for module in iter_modules(operations.__path__) for each in operations_of(module.name)]
    sent = [
        {
            "method": each.method,
            "path": ["WS0" if part.startswith("{") else part for part in each.path.split("/")[2:]],
            "names": [parameter.name for parameter in each.parameters.all],
        }
        for each in found
    ]
    named = evaluate(NAMES, tmp_path, sent)
    client = Client("AC", "token")

    for operation, names in zip(found, named, strict=True):
        assert (names is None) == (operation.method == "GET" or operation.path.endswith("Statistics"))
        if names is None:
            continue
        signature = inspect.signature(method_of(client.taskrouter.v1, names["python"])).parameters
        for name, kind in names["python"]["parameters"]:
            expected = TYPES.get(kind)
            of_signature = [
                each for each in (int, bool) if re.search(rf"\b{each.__name__}\b", str(signature[name].annotation))
            ]
            assert of_signature == ([expected] if expected else []), (operation.path, name)


def operations_of(module: str) -> Any:
    """The operations of one resource."""
    return getattr(import_module(f"{operations.__name__}.{module}"), "OPERATIONS", ())


def method_of(version: Any, named: dict[str, Any]) -> Any:
    """Follow the SDK's names from the version of the API to a method."""
    found = version
    for step in named["way"]:
        found = getattr(found, step["name"])
        found = found(step["sid"]) if "sid" in step else found
    return getattr(found, named["method"])


ODD = """
import { twin } from "./static/core/twin.js";

const calls = [
  { method: "GET", path: ["Workspaces", "WS0", "Workers", "Statistics"], form: {} },
  { method: "POST", path: ["Workspaces", "WS0", "Tasks"], form: { "a): evil(": "1" } },
  { method: "POST", path: ["Workspaces", "$(id)!'\\"", "Tasks"], form: { constructor: "__proto__" } },
];
console.log(JSON.stringify([
  ...calls.map((call) => twin(call)),
  twin({ ...calls[1], form: { Attributes: "toString" } }, { names: { WS0: "workspace" } }),
]));
"""


def test_odd_calls_bring_no_code_of_their_own(tmp_path, without_node):
    """Where the SDKs have no such call, curl alone is shown; names and paths of strangers are quoted."""
    if without_node:
        return
    statistics, evil, strange, named = evaluate(ODD, tmp_path)

    assert list(statistics) == list(evil) == list(strange) == ["curl", "short"]
    assert "-d a%29%3A%20evil%28=1" in evil["curl"]
    assert "Workspaces/%24%28id%29%21%27%22/Tasks" in strange["curl"]
    assert named["python"] == 'workspace.tasks.create(attributes="toString")'


def test_version_goes_with_the_call_as_the_answer_had_it(tmp_path, without_node):
    """`If-Match` is quoted in the header, in both SDKs and in curl."""
    if without_node:
        return
    call = {"method": "DELETE", "path": ["Workspaces", "WS0", "Workers", "WK0"], "form": {}, "ifMatch": 3}
    code = evaluate(
        'import { twin } from "./static/core/twin.js"; console.log(JSON.stringify(twin(given)));', tmp_path, call
    )

    assert ".delete(if_match='\"3\"')" in code["python"]
    assert ".remove({ ifMatch: '\"3\"' })" in code["node"]
    assert "-H 'If-Match: \"3\"'" in code["curl"]
    assert json.loads(code["python"].partition("if_match='")[2].partition("')")[0]) == "3"


HINT = """
import { hintOf } from "./static/core/act.js";

console.log(JSON.stringify(hintOf({ "x-emulator-hint": given })));
"""


def test_hint_is_read_as_it_was_meant(tmp_path, without_node):
    """The header holds Latin characters; the browser reads the rest as Python wrote it."""
    if without_node:
        return
    words = 'Alice\'s C:\\new "é" العربية 😀\nnext'
    sent = hint_header([words])[1].decode("latin-1")

    assert evaluate(HINT, tmp_path, sent) == words
