"""Trouble on the stage happens as it is asked for, to unmodified clients, and to nothing else."""

from __future__ import annotations

import json
import time

import pytest

from tests.contract.stage.clients import SDK, run_curl, run_python

WORKSPACES = "https://taskrouter.twilio.com/v1/Workspaces"
DESK = """
workspace = next(w for w in taskrouter.workspaces.list() if w.friendly_name == "Production")
alice = workspace.workers.create(friendly_name="Alice", attributes="{}")
idle = next(a for a in workspace.activities.list() if a.friendly_name == "Idle")
workflow = workspace.workflows.list()[0]
"""


def create(stage) -> dict[str, object]:
    """Try to create a Workspace with curl; an empty answer is empty."""
    answer = run_curl(stage, WORKSPACES, "--data", "FriendlyName=Mine")
    return {"curl": answer} if answer.startswith("curl:") else json.loads(answer)


def test_busy_for_some_requests(stage):
    """Two requests get 429 with Retry-After, and nothing is carried out; the third is."""
    stage.front.strike("busy", times=2, retry_after=3)
    headers = run_curl(stage, WORKSPACES, "--include", "--data", "FriendlyName=Mine")

    assert "Retry-After: 3" in headers
    assert create(stage)["code"] == 20429
    assert stage.workspaces == {}
    assert create(stage)["friendly_name"] == "Mine"


def test_storm_has_a_rate(stage):
    """A storm without end refuses its share of the requests, evenly, until it is over."""
    stage.front.strike("busy", times=None, share=0.5, method="GET")
    code = (
        "import requests\nget = lambda: requests.get(URL, auth=client.auth).status_code\nprint([get() for _ in 'abcd'])"
    )

    assert run_python(stage, SDK + code.replace("URL", repr(WORKSPACES))) == "[200, 429, 200, 429]\n"

    stage.front.calm()
    assert run_python(stage, SDK + code.replace("URL", repr(WORKSPACES))) == "[200, 200, 200, 200]\n"


@pytest.mark.parametrize(
    ("kind", "answer", "made"),
    [
        ("unavailable", '"code": 20503', 0),
        ("page", "<h1>502 Bad Gateway</h1>", 0),
        ("dropped", "curl: (52)", 0),
        ("lost", "curl: (52)", 1),
    ],
)
def test_each_trouble_once(stage, kind, answer, made):
    """A trouble strikes the next write alone; only a lost answer leaves something behind."""
    stage.front.strike(kind, method="POST", path="/v1/Workspaces$")

    assert run_curl(stage, WORKSPACES).startswith('{"workspaces":')
    assert answer in run_curl(stage, WORKSPACES, "--data", "FriendlyName=Mine")
    assert len(stage.workspaces) == made
    assert [entry.status for entry in stage.log][1] in ({502, 503} if '"' in answer or "<" in answer else {None})


def test_slow_answers_and_latency(stage):
    """Slow answers and latency take as long as they were asked to."""
    stage.front.strike("slow", seconds=0.3)
    stage.front.latency_seconds = 0.2
    started = time.monotonic()
    create(stage)

    assert time.monotonic() - started >= 0.5


def test_name_filter_that_is_not_honoured(stage):
    """Asked for one name, the list returns everything."""
    sids = stage.strangers()
    stage.front.honours_names = False
    code = "print(len(taskrouter.workspaces.list(friendly_name='Production')))"

    assert run_python(stage, SDK + code) == f"{len(sids)}\n"
    stage.front.honours_names = True
    assert run_python(stage, SDK + code) == "1\n"


def test_routing_shows_late_everywhere(stage):
    """Until the lag is over, nothing shows the Reservation; then everything does, and it can be accepted."""
    stage.strangers("Production")
    stage.front.lag_seconds = 1.5
    code = """
import time
alice.update(activity_sid=idle.sid)
task = workspace.tasks.create(workflow_sid=workflow.sid, attributes="{}")
bob = next(w for w in workspace.workers.list() if w.friendly_name == "Bob")
def look():
    reservations = workspace.tasks(task.sid).fetch().reservations.list()
    return (
        len(reservations),
        sum(r.task_sid == task.sid for w in (alice, bob) for r in workspace.workers(w.sid).fetch().reservations.list()),
        workspace.tasks(task.sid).fetch().assignment_status,
        sum(t.sid == task.sid for t in workspace.tasks.list(assignment_status="pending")),
        sum(e.event_type == "reservation.created" for e in workspace.events.list(task_sid=task.sid)),
        min(c.available_capacity_percentage for c in workspace.workers(alice.sid).worker_channels.list()),
    )
print(task.assignment_status, look())
time.sleep(1.6)
print(look())
reservation = task.reservations.list()[0].update(reservation_status="accepted")
print(workspace.tasks(task.sid).fetch().assignment_status)
time.sleep(1.6)
print(workspace.tasks(task.sid).fetch().assignment_status)
"""

    told = run_python(stage, SDK + DESK + code).splitlines()

    assert told == [
        "pending (0, 0, 'pending', 1, 0, 100)",
        "(1, 1, 'reserved', 0, 1, 0)",
        "reserved",
        "assigned",
    ]


def test_unseen_reservation_cannot_be_touched(stage):
    """A Reservation that isn't seen yet is 404, whoever guesses its SID."""
    workspace_sid = stage.strangers("Production")[0]
    reservation = next(each for each in stage.listing().values() if each["kind"] == "reservation")
    url = f"{WORKSPACES}/{workspace_sid}/Tasks/{reservation['task_sid']}/Reservations/{reservation['sid']}"
    assert json.loads(run_curl(stage, url))["sid"] == reservation["sid"]

    stage.front.lag_seconds = 60

    assert json.loads(run_curl(stage, url))["code"] == 20404
    assert json.loads(run_curl(stage, url, "--data", "ReservationStatus=accepted"))["code"] == 20404
