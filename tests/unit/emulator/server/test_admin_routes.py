"""The emulator's own routes: clock, reset, snapshots, seeds, deliveries and faults."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.emulator.server import RunningEmulator, start
from helpers.emulator.settling import AFTER_CALLBACKS_HEADER

SEED = {
    "workspaces": [
        {
            "friendly_name": "Care Desk",
            "activities": [{"friendly_name": "Idle", "available": True}, {"friendly_name": "Offline"}],
            "task_channels": [{"friendly_name": "Fax", "unique_name": "fax"}],
            "task_queues": [{"friendly_name": "Spanish", "target_workers": "languages HAS 'es'"}],
            "workers": [
                {
                    "friendly_name": "Alice",
                    "activity": "Idle",
                    "attributes": {"languages": ["en", "es"]},
                    "channels": {"fax": {"capacity": 3}},
                }
            ],
            "workflows": [
                {
                    "friendly_name": "Requests",
                    "configuration": {"task_routing": {"default_filter": {"queue": "Spanish"}}},
                    "task_reservation_timeout": 30,
                }
            ],
            "tasks": [{"workflow": "Requests", "attributes": {"selected_language": "es"}, "priority": 2}],
        }
    ]
}


def nested(depth: int) -> list[object]:
    """A list in a list in a list …"""
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.fixture
def running() -> Iterator[RunningEmulator]:
    with start(clock="lesson", seed="tests") as running:
        yield running


@pytest.fixture
def admin(running) -> Iterator[httpx.Client]:
    """Asks the emulator's own routes, as of after the callbacks that came before."""
    asked = {AFTER_CALLBACKS_HEADER: "1"}
    with httpx.Client(base_url=f"{running.url}/_emulator", headers=asked, trust_env=False) as client:
        yield client


@pytest.fixture
def client(running) -> Client:
    return Client(running.account_sid, running.auth_token, http_client=EmulatorHttpClient(running.url))


@pytest.fixture
def planted(admin, client):
    """The workspace of the seed document."""
    (workspace_sid,) = admin.post("/seed", json=SEED).json()["workspaces"]
    return client.taskrouter.v1.workspaces(workspace_sid)


def test_clock_can_be_read(admin):
    """The time, as text and in milliseconds, whether it runs, and what happens next by itself."""
    assert admin.get("/clock").json() == {
        "now": "2026-03-02T09:00:00.000+00:00",
        "now_ms": 1772442000000,
        "running": False,
        "step": 1.0,
        "next": None,
    }


def test_writes_take_the_step_they_are_given(admin, client):
    """With a step of 0 a write takes no time; a reset goes back to the step of the start."""
    before = admin.get("/clock").json()["now_ms"]
    assert admin.post("/clock/step", data={"seconds": "0"}).json()["step"] == 0
    client.taskrouter.v1.workspaces.create(friendly_name="Crowd")
    assert admin.get("/clock").json()["now_ms"] == before

    admin.post("/clock/step", data={"seconds": "2.5"})
    client.taskrouter.v1.workspaces.create(friendly_name="Another crowd")
    assert admin.get("/clock").json()["now_ms"] == before + 2500
    admin.post("/reset")
    assert admin.get("/clock").json()["step"] == 1


@pytest.mark.parametrize("seconds", ["-1", "86401", "nan", "soon", ""])
def test_step_must_be_a_time(admin, seconds):
    """It is refused, and the step stays as it was."""
    refused = admin.post("/clock/step", data={"seconds": seconds})

    assert refused.status_code == 400
    assert "must be a number" in refused.json()["message"]
    assert admin.get("/clock").json()["step"] == 1


def test_clock_names_the_next_timer(admin, client):
    """A Reservation's timeout comes first, then what its Task waits for; another workspace has timers of its own."""
    sid = admin.post("/seed", json=SEED).json()["workspaces"][0]
    task = client.taskrouter.v1.workspaces(sid).tasks.list()[0]
    reservation = client.taskrouter.v1.workspaces(sid).tasks(task.sid).reservations.list()[0]

    first = admin.get("/clock").json()
    admin.post("/clock/advance", data={"seconds": "31"})
    client.taskrouter.v1.workspaces(sid).tasks(task.sid).update(assignment_status="canceled")
    ended = admin.get("/clock").json()["next"]

    assert first["next"] == {
        "due_ms": first["now_ms"] + 30_000,
        "sid": reservation.sid,
        "purpose": "reservation timeout",
    }
    assert (ended["sid"], ended["purpose"]) == (task.sid, "removal")
    assert admin.get("/clock", params={"workspace_sid": "WS" + "0" * 32}).json()["next"] is None


def test_clock_advances(admin):
    """``seconds`` moves the time; fractions count."""
    assert admin.post("/clock/advance", data={"seconds": "90.5"}).json()["now_ms"] == 1772442090500


@pytest.mark.parametrize("seconds", ["-1", "soon", "nan", "inf", "1e11", ""])
def test_impossible_advance_is_refused(admin, seconds):
    """What is no amount of time is refused in Twilio's shape, and the clock stays."""
    answer = admin.post("/clock/advance", data={"seconds": seconds})

    assert (answer.status_code, answer.json()["code"]) == (400, 20001)
    assert admin.get("/clock").json()["now_ms"] == 1772442000000


def test_clock_runs_and_pauses(admin):
    """A clock can be set running and paused again."""
    assert admin.post("/clock/run").json()["running"] is True
    assert admin.post("/clock/pause").json()["running"] is False


def test_reset_begins_again(admin, client, planted):
    """After a reset nothing is left, and the same seed gives the same SIDs again."""
    sid = planted.fetch().sid
    admin.post("/reset")

    assert client.taskrouter.v1.workspaces.list() == []
    assert admin.get("/clock").json()["now_ms"] == 1772442000000
    assert admin.post("/seed", json=SEED).json()["workspaces"] == [sid]


def test_seed_builds_by_name(planted):
    """Names in the document lead to the resources they name."""
    (task,) = planted.tasks.list()
    (worker,) = planted.workers.list()
    channel = planted.workers(worker.sid).worker_channels("fax").fetch()

    assert (task.assignment_status, task.task_queue_friendly_name, task.priority) == ("reserved", "Spanish", 2)
    assert (worker.activity_name, json.loads(worker.attributes)) == ("Idle", {"languages": ["en", "es"]})
    assert channel.configured_capacity == 3


def test_seed_twice_changes_nothing(admin, client, planted):
    """A workspace whose name exists is left as it is."""
    assert admin.post("/seed", json=SEED).json() == {"workspaces": []}
    assert len(client.taskrouter.v1.workspaces.list()) == 1


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("{", "not a seed document"),
        ('{"workspaces": [{"friendly_nam": "x"}]}', "unknown field"),
        ('{"workspaces": [{"friendly_name": "x", "workers": [{"friendly_name": "A", "activity": "Gone"}]}]}', "Gone"),
        ('{"workspaces": [{"friendly_name": "x", "tasks": [{"workflow": "Nowhere"}]}]}', "Nowhere"),
    ],
)
def test_bad_seed_leaves_nothing(admin, client, document, words):
    """A document with a mistake is refused, naming it, and nothing of it stays."""
    answer = admin.post("/seed", content=document)

    assert (answer.status_code, words in answer.json()["message"]) == (400, True)
    assert client.taskrouter.v1.workspaces.list() == []


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"template": "BOGUS"}, "Workspace 'x': Template must be one of"),
        ({"event_callback_url": "nowhere"}, "EventCallbackUrl must be an absolute http or https URL"),
        ({"activities": [{"friendly_name": "Available", "available": False}]}, "there from the beginning"),
        ({"activities": [{"available": True}]}, "missing required field `friendly_name`"),
        ({"task_channels": [{"friendly_name": "Fax", "unique_name": "a b"}]}, "TaskChannel 'Fax': UniqueName"),
        ({"task_queues": [{"friendly_name": "q", "max_reserved_workers": -3}]}, "MaxReservedWorkers must be"),
        ({"task_queues": [{"friendly_name": "q\0"}]}, "null characters"),
        ({"task_queues": [{"friendly_name": "q"}, {"friendly_name": "q"}]}, "already exists"),
        ({"workers": [{"friendly_name": ""}]}, "Worker '': FriendlyName field is required"),
        ({"workers": [{"friendly_name": "A", "channels": {"chat": {"capacity": -1}}}]}, "channel 'chat': Capacity"),
        ({"workers": [{"friendly_name": "A", "channels": {"telex": {}}}]}, "channel 'telex'"),
        ({"workflows": [{"friendly_name": "f", "configuration": {}}]}, "Workflow 'f': Configuration"),
        ({"workflows": [{"friendly_name": "f", "configuration": {"x": nested(700)}}]}, "nested too deeply"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_seed_obeys_the_rules_of_the_api(admin, client, part, words):
    """What a request could not make, a seed document cannot make either; the refusal names the part."""
    answer = admin.post("/seed", json={"workspaces": [{"friendly_name": "x", **part}]})

    assert (answer.status_code, words in answer.json()["message"]) == (400, True), answer.text
    assert client.taskrouter.v1.workspaces.list() == []


def test_seed_names_each_workspace_once(admin, client):
    """Workspaces are told apart by name, so that two of one name are refused."""
    answer = admin.post("/seed", json={"workspaces": [{"friendly_name": "x"}, {"friendly_name": "x"}]})

    assert (answer.status_code, "2 Workspaces named 'x'" in answer.json()["message"]) == (400, True)
    assert client.taskrouter.v1.workspaces.list() == []


def test_snapshot_brings_everything_back(admin, planted):
    """A restored snapshot is the state it was taken of: records, clock, SIDs to come, and open deadlines."""
    document = admin.get("/snapshot").text
    before = [each.sid for each in planted.tasks.list()]
    planted.tasks(before[0]).delete()
    admin.post("/clock/advance", data={"seconds": "500"})
    admin.post("/restore", content=document)

    assert [each.sid for each in planted.tasks.list()] == before
    assert admin.get("/snapshot").text == document
    admin.post("/clock/advance", data={"seconds": "31"})
    assert planted.workers.list()[0].activity_name == "Offline"


def test_snapshot_leaves_each_account_its_own():
    """What another account of the same emulator had, it has again; what a stranger had goes to the first."""
    other = "AC" + "2" * 32
    with start(accounts={other: "its-token"}) as running, start() as elsewhere:
        theirs = Client(other, "its-token", http_client=EmulatorHttpClient(running.url)).taskrouter.v1.workspaces
        theirs.create(friendly_name="Theirs")
        document = httpx.get(f"{running.url}/_emulator/snapshot", trust_env=False).content
        for url in (running.url, elsewhere.url):
            httpx.post(f"{url}/_emulator/restore", content=document, trust_env=False)
        new = Client(elsewhere.account_sid, elsewhere.auth_token, http_client=EmulatorHttpClient(elsewhere.url))

        assert [each.friendly_name for each in theirs.list()] == ["Theirs"]
        assert [each.friendly_name for each in new.taskrouter.v1.workspaces.list()] == ["Theirs"]


def test_snapshot_holds_no_credentials(admin, running, planted):
    """A snapshot may be shared."""
    assert running.auth_token not in admin.get("/snapshot?events=true").text


def test_snapshot_with_events_keeps_history(admin, planted):
    """With ``events=true`` history comes back too."""
    document = admin.get("/snapshot?events=true").text
    before = [each.sid for each in planted.events.list()]
    admin.post("/reset")
    admin.post("/restore", content=document)

    assert [each.sid for each in planted.events.list()] == before


def test_history_of_two_workspaces_goes_on(admin, client, planted):
    """Events are restored in the order in which they happened, so that the next one has a number of its own."""
    other = client.taskrouter.v1.workspaces.create(friendly_name="Other")
    planted.activities.create(friendly_name="Lunch")
    document = admin.get("/snapshot?events=true").json()
    admin.post("/restore", json=document)
    client.taskrouter.v1.workspaces(other.sid).activities.create(friendly_name="Break")
    numbers = [each["number"] for each in admin.get("/snapshot?events=true").json()["events"]]

    assert sorted(numbers) == list(range(1, len(document["events"]) + 2))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": 1}, "does not come after"),
        ({"number": 2**70}, "a number from 1"),
        ({"event_date_ms": 0}, "does not come after"),
        ({"event_date_ms": 10**18}, "beyond the year 8999"),
        ({"data": {"task_date_created": "noon"}}, "cannot be read"),
        ({"resource_type": "robot"}, "cannot be read"),
    ],
)
def test_bad_event_of_a_snapshot_changes_nothing(admin, planted, change, words):
    """What no list of events could show later is refused at once."""
    document = admin.get("/snapshot?events=true").json()
    document["events"][-1] |= change
    answer = admin.post("/restore", json=document)

    assert (answer.status_code, words in answer.json()["message"]) == (400, True)
    assert planted.events.list()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda snapshot: snapshot.update(format="other/1"), "format"),
        (lambda snapshot: snapshot["records"].update(robot=[]), "unknown kind: robot"),
        (lambda snapshot: snapshot["records"]["task"][0].pop("sid"), "task"),
        (lambda snapshot: snapshot["records"].pop("worker"), "do not fit together"),
        (lambda snapshot: snapshot["records"]["worker_channel"].pop(), "one channel for each TaskChannel"),
        (lambda snapshot: snapshot["records"].pop("workflow"), "the step it waits in is missing"),
        (lambda snapshot: snapshot["records"].pop("task_queue"), "leads to TaskQueue"),
        (lambda snapshot: snapshot["records"].pop("reservation"), "reserved without a pending Reservation"),
        (lambda snapshot: snapshot["records"]["task"][0].update(assignment_status="lost"), "is 'lost'"),
        (lambda snapshot: snapshot["records"]["task"][0].update(step_ends=1), "the step it waits in is missing"),
        (
            lambda snapshot: snapshot["records"]["reservation"][0].update(reservation_status="lost"),
            "do not fit together",
        ),
        (lambda snapshot: snapshot["records"]["workflow"][0].update(configuration="{"), "not valid JSON"),
        (
            lambda snapshot: snapshot["records"]["workspace"][0].update(timeout_activity_sid="WA1"),
            "timeout_activity_sid",
        ),
        (lambda snapshot: snapshot["records"]["task"][0].update(number=1), "a number of its own"),
        (lambda snapshot: snapshot["records"]["task"][0].update(number=2**63), "a number of its own"),
        (lambda snapshot: snapshot.pop("clock"), "not a snapshot"),
        (lambda snapshot: snapshot["clock"].update(now_ms=-1), "not a snapshot"),
        (lambda snapshot: snapshot["clock"].update(now_ms=10**18), "not a snapshot"),
        (lambda snapshot: snapshot["records"]["task"][0].update(date_created=10**18), "beyond the year 8999"),
    ],
)
def test_bad_snapshot_changes_nothing(admin, planted, change, words):
    """A snapshot that cannot be restored is refused, and everything stays."""
    document = admin.get("/snapshot").json()
    change(document)
    answer = admin.post("/restore", json=document)

    assert (answer.status_code, words in answer.json()["message"]) == (400, True)
    assert len(planted.tasks.list()) == 1


def test_deliveries_are_listed_and_replayed(admin, planted):
    """The log shows each callback with its attempts; replaying sends it again under a new number."""
    planted.update(event_callback_url="http://127.0.0.1:9/events")
    planted.tasks.list()
    (first, *_) = admin.get("/deliveries").json()["deliveries"]
    again = admin.post(f"/deliveries/{first['number']}/replay").json()

    assert (again["callback"], again["delivered"]) == (first["callback"], False)
    assert again["number"] > first["number"]


def test_deliveries_come_in_pages(admin, planted):
    """``after`` and ``limit`` walk through the log; another workspace has its own."""
    planted.update(event_callback_url="http://127.0.0.1:9/events")
    planted.activities.create(friendly_name="Lunch")
    everything = [each["number"] for each in admin.get("/deliveries").json()["deliveries"]]
    second = admin.get("/deliveries", params={"after": everything[0], "limit": 1}).json()["deliveries"]

    assert [each["number"] for each in second] == everything[1:2]
    assert admin.get("/deliveries?workspace_sid=WS0").json() == {"deliveries": []}


def test_unknown_delivery_is_not_found(admin):
    """Replaying what is not in the log is a 404 in Twilio's shape, however far beyond its end."""
    assert admin.post("/deliveries/77/replay").json()["code"] == 20404
    assert admin.post(f"/deliveries/{10**30}/replay").json()["code"] == 20404


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "1.5"}, {"limit": "1001"}, {"after": "-1"}, {"after": "x"}]
)
def test_pages_of_the_log_are_counted_in_whole_numbers(admin, query):
    """What is no number of entries is refused, with the rule."""
    answer = admin.get("/deliveries", params=query)

    assert (answer.status_code, "a whole number from" in answer.json()["message"]) == (400, True)


def test_injected_failure_shows_in_the_log(admin, planted):
    """A fault asked for strikes once, and the log has it."""
    admin.post("/faults", data={"fault": "fail", "kind": "event", "status": "503"})
    planted.update(event_callback_url="http://127.0.0.1:9/events")
    planted.fetch()

    assert admin.get("/deliveries").json()["deliveries"][0]["attempts"][0]["status"] == 503
    assert admin.get("/faults").json() == {"faults": []}


def test_misspelt_field_of_a_fault_is_told(admin):
    """It would otherwise be a fault of another kind than the one that was asked for."""
    refused = admin.post("/faults", data={"fault": "slow", "secnods": "6"})

    assert (refused.status_code, admin.get("/faults").json()) == (400, {"faults": []})
    assert refused.json()["message"] == (
        "'secnods' means nothing here; a fault has fault, kind, event_type, after, every, times, seconds, status, until"
    )


def test_busy_answers_429(admin, client):
    """The next request to the API is refused as by a rate limit, the one after it is not."""
    admin.post("/faults", data={"fault": "busy"})

    with pytest.raises(TwilioRestException) as caught:
        client.taskrouter.v1.workspaces.create(friendly_name="Desk")
    assert (caught.value.status, caught.value.code) == (429, 20429)
    assert client.taskrouter.v1.workspaces.list() == []


def test_busy_strikes_the_api_alone(admin, client, running):
    """The readable page is not part of the API, so the refusal is kept for the next request that is."""
    admin.post("/faults", data={"fault": "busy"})

    assert httpx.get(running.url, trust_env=False).status_code == 200
    with pytest.raises(TwilioRestException):
        client.taskrouter.v1.workspaces.create(friendly_name="Desk")


@pytest.mark.parametrize(
    "fault",
    [
        {"fault": "fire"},
        {"fault": "fail", "kind": "letter"},
        {"fault": "fail", "times": "0"},
        {"fault": "fail", "times": "1.9"},
        {"fault": "fail", "times": "two"},
        {"fault": "fail", "times": "9" * 5000},
        {"fault": "slow", "seconds": "nan"},
        {"fault": "slow", "seconds": "a while"},
        {"fault": "7"},
        {"kind": "event"},
        {"fault": "fail", "status": "600"},
        {"fault": "busy", "kind": "event"},
        {},
    ],
    ids=str,
)
def test_unknown_fault_is_refused(admin, fault):
    """Trouble that doesn't exist is refused, naming what does."""
    assert admin.post("/faults", data=fault).status_code == 400


def test_long_form_is_refused(admin):
    """Nobody has much to say here, and everybody else would wait while it is decoded."""
    answer = admin.post("/faults", data={"fault": "x" * 100_000})

    assert (answer.status_code, answer.json()["code"]) == (413, 20413)


def test_faults_can_be_called_off(admin):
    """DELETE clears what has not struck yet."""
    admin.post("/faults", data={"fault": "slow", "seconds": "1"})

    assert admin.delete("/faults").json() == {"faults": []}


def test_alerts_are_listed(admin, planted):
    """What went wrong with a callback can be read, as in Twilio's debugger; another workspace has its own."""
    assert admin.get("/alerts").json() == {"alerts": []}

    planted.update(event_callback_url="http://127.0.0.1:9/events")
    planted.fetch()
    (alert,) = admin.get("/alerts").json()["alerts"]

    assert (alert["code"], alert["text"].startswith("event callback: ")) == (11200, True)
    assert admin.get("/alerts?workspace_sid=WS0").json() == {"alerts": []}


def test_root_says_what_this_is(running):
    """A browser at the root gets a readable page with the emulator's address in its examples."""
    page = httpx.get(f"{running.url}/", trust_env=False)

    assert page.headers["content-type"].startswith("text/html")
    assert f'EmulatorHttpClient("{running.url}")' in page.text
    assert running.auth_token not in page.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/clock/", 404), ("GET", "/reset", 405), ("PUT", "/clock", 405)],
)
def test_unknown_routes_are_refused(admin, method, path, status):
    """What is not there answers in Twilio's shape."""
    answer = admin.request(method, path)

    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_description_is_served(admin):
    """Everybody may read what the server answers under /v1, as an OpenAPI document."""
    described = admin.get("/openapi.json").json()

    assert described["openapi"] == "3.1.0"
    assert "/v1/Workspaces/{WorkspaceSid}/Tasks/{Sid}" in described["paths"]
