"""Reference 1.1 to 1.7: transport, SIDs, lists, dates, JSON as text, versions."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.worlds.application import EVENTS_URL, Application
from tests.worlds.desk import Desk

JSON = "application/json; charset=utf-8"


class Wire:
    """Raw requests, as `requests` sends them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.http = desk.http
        self.auth = desk.client.auth
        self.root = "https://taskrouter.twilio.com/v1/Workspaces"
        self.room = f"{self.root}/{desk.workspace.fetch().sid}"

    def __call__(self, method: str, url: str, form: Any = None, **headers: str) -> Any:
        """The SDK's response object."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.request(method, url, data=form, headers=given, auth=self.auth)


@pytest.fixture
def wire(desk: Desk) -> Wire:
    """Asks without the SDK's resources in between."""
    return Wire(desk)


@pytest.mark.reference("1.1a")
def test_statuses_tell_the_kind_of_request(wire: Wire) -> None:
    """Create 201, fetch, list and update 200, delete 204 without a body."""
    made = wire("POST", f"{wire.room}/Workers", {"FriendlyName": "Alice"})
    url = json.loads(made.text)["url"]
    answers = [made, wire("GET", url), wire("GET", f"{wire.room}/Workers"), wire("POST", url), wire("DELETE", url)]

    assert [each.status_code for each in answers] == [201, 200, 200, 200, 204]
    assert answers[-1].text == ""


@pytest.mark.reference("1.1b", "9.2g")
def test_bulk_statistics_are_posted_and_answer_200(desk: Desk, wire: Wire) -> None:
    """The one POST that makes nothing."""
    body = {"queueSids": [desk.queue()]}
    answer = wire("POST", f"{wire.room}/TaskQueues/RealTimeStatistics", body, Content_Type="application/json")

    assert answer.status_code == 200
    assert json.loads(answer.text)["task_queue_response_count"] == 1


@pytest.mark.reference("1.1c", "1.1d")
def test_update_is_a_post_that_keeps_the_rest(desk: Desk, wire: Wire) -> None:
    """Parameters left out stay what they are; PUT and PATCH do not exist."""
    worker = desk.worker("Alice", {"level": 1})
    changed = worker.update(friendly_name="Bob")

    assert (changed.attributes, changed.activity_name) == ('{"level":1}', "Available")
    assert [wire(method, changed.url).status_code for method in ("PUT", "PATCH")] == [405, 405]


@pytest.mark.reference("1.1e", "10b")
@pytest.mark.parametrize(("user", "password"), [("AC" + "0" * 32, "x"), ("", ""), (None, "wrong")])
def test_wrong_credentials_are_20003(desk: Desk, user: str | None, password: str) -> None:
    """HTTP Basic with an unknown account or a wrong token answers 401."""
    auth = (desk.client.account_sid if user is None else user, password)
    answer = desk.http.request("GET", "https://taskrouter.twilio.com/v1/Workspaces", auth=auth)

    assert (answer.status_code, json.loads(answer.text)["code"]) == (401, 20003)


@pytest.mark.reference("1.1f")
def test_parameter_names_are_case_sensitive(wire: Wire) -> None:
    """``friendlyname`` is not ``FriendlyName``."""
    answer = wire("POST", f"{wire.room}/Workers", {"friendlyname": "Alice"})

    assert answer.status_code == 400
    assert "FriendlyName field is required" in answer.text


@pytest.mark.reference("1.1g")
def test_bodies_are_json_with_snake_case_names(wire: Wire) -> None:
    """Content type and spelling of every property."""
    answer = wire("GET", wire.room)

    assert answer.headers["Content-Type"] == JSON
    assert all(re.fullmatch("[a-z_]+", name) for name in json.loads(answer.text))


@pytest.mark.reference("1.1h")
@pytest.mark.parametrize(
    ("given", "meant"), [("true", True), ("1", True), ("yes", True), ("false", False), ("on", False), ("", False)]
)
def test_true_one_and_yes_mean_true(wire: Wire, given: str, meant: bool) -> None:
    """Anything else means false."""
    made = wire("POST", f"{wire.room}/Activities", {"FriendlyName": "Lunch", "Available": given})

    assert json.loads(made.text)["available"] is meant


@pytest.mark.reference("1.1i", "1.1j")
def test_headers_are_those_of_a_recording(wire: Wire) -> None:
    """Cross-origin rules, request id and rate headers stand on every answer, errors too."""
    for answer in (wire("GET", wire.room), wire("GET", f"{wire.room}/Nowhere")):
        headers = answer.headers
        assert headers["Access-Control-Allow-Methods"] == "GET, POST, DELETE, OPTIONS"
        assert headers["Access-Control-Expose-Headers"] == "ETag"
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert re.fullmatch("RQ[0-9a-f]{32}", headers["Twilio-Request-Id"])
        assert headers["X-Home-Region"] == "us1"
        assert all(f"X-Rate-Limit-{name}" in headers for name in ("Limit", "Remaining", "Config"))


@pytest.mark.reference("1.2a")
def test_sids_are_a_prefix_and_32_hex_digits(desk: Desk) -> None:
    """Each kind of resource has its own two letters."""
    worker, queue, workflow = desk.worker("Alice"), desk.queue(), ""
    workflow = desk.workflow(default=queue)
    task = desk.task()
    room = desk.workspace
    found = {
        "WS": room.fetch().sid,
        "WA": desk.activity("Offline"),
        "WK": worker.sid,
        "WC": worker.worker_channels("voice").fetch().sid,
        "TC": room.task_channels("voice").fetch().sid,
        "WQ": queue,
        "WW": workflow,
        "WT": task.sid,
        "WR": task.reservations.list()[0].sid,
        "EV": room.events.list()[0].sid,
        "AC": room.fetch().account_sid,
    }

    assert all(re.fullmatch(f"{prefix}[0-9a-f]{{32}}", sid) for prefix, sid in found.items())


@pytest.mark.reference("1.2b", "1.2c")
def test_channels_have_two_addresses(desk: Desk) -> None:
    """A Worker's channel and a TaskChannel are found by SID and by unique name."""
    worker = desk.worker("Alice")
    of_worker, of_room = worker.worker_channels("chat").fetch(), desk.workspace.task_channels("chat").fetch()

    assert worker.worker_channels(of_worker.sid).fetch().task_channel_unique_name == "chat"
    assert desk.workspace.task_channels(of_room.sid).fetch().unique_name == "chat"


@pytest.mark.reference("1.3a")
@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("", "GET, POST"),
        ("/{WS}", "DELETE, GET, POST"),
        *((f"/{{WS}}/{kind}", "GET, POST") for kind in ("Activities", "TaskChannels", "TaskQueues", "Workers")),
        *((f"/{{WS}}/{kind}", "GET, POST") for kind in ("Workflows", "Tasks")),
        *((f"/{{WS}}/{kind}/X", "DELETE, GET, POST") for kind in ("Activities", "TaskChannels", "TaskQueues")),
        *((f"/{{WS}}/{kind}/X", "DELETE, GET, POST") for kind in ("Workers", "Workflows", "Tasks")),
        ("/{WS}/TaskQueues/Statistics", "GET"),
        ("/{WS}/TaskQueues/RealTimeStatistics", "POST"),
        ("/{WS}/Workers/X/Channels", "GET"),
        ("/{WS}/Workers/X/Channels/Y", "GET, POST"),
        ("/{WS}/Workers/X/Reservations", "GET"),
        ("/{WS}/Workers/X/Reservations/Y", "GET, POST"),
        ("/{WS}/Tasks/X/Reservations", "GET"),
        ("/{WS}/Tasks/X/Reservations/Y", "GET, POST"),
        ("/{WS}/Events", "GET"),
        ("/{WS}/Events/X", "GET"),
        ("/{WS}/Workers/X/Statistics", "GET"),
        *(
            (f"/{{WS}}{place}/{figures}", "GET")
            for place in ("", "/TaskQueues/X", "/Workflows/X", "/Workers")
            for figures in ("Statistics", "RealTimeStatistics", "CumulativeStatistics")
        ),
    ],
)
def test_every_path_knows_its_methods(wire: Wire, path: str, methods: str) -> None:
    """The map of endpoints, path by path."""
    answer = wire("OPTIONS", wire.root + path.replace("/{WS}", wire.room.removeprefix(wire.root)))

    assert answer.headers["Allow"] == f"{methods}, OPTIONS"


@pytest.mark.reference("1.3b")
@pytest.mark.parametrize("path", ["Tasks/X/Reservations", "Workers/X/Reservations", "Events"])
def test_reservations_and_events_are_not_made_by_rest(wire: Wire, path: str) -> None:
    """Neither created nor deleted."""
    answers = [wire("POST", f"{wire.room}/{path}"), wire("DELETE", f"{wire.room}/{path}/Y")]

    assert [each.status_code for each in answers] == [405, 405]


@pytest.mark.reference("1.4a", "1.4b")
@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("", "workspaces"),
        ("/Activities", "activities"),
        ("/TaskChannels", "channels"),
        ("/TaskQueues", "task_queues"),
        ("/TaskQueues/Statistics", "task_queues_statistics"),
        ("/Workers", "workers"),
        ("/Workers/{WK}/Channels", "channels"),
        ("/Workers/{WK}/Reservations", "reservations"),
        ("/Workflows", "workflows"),
        ("/Tasks", "tasks"),
        ("/Events", "events"),
    ],
)
def test_lists_name_their_key(desk: Desk, wire: Wire, path: str, key: str) -> None:
    """The envelope holds the records under a key, and ``meta`` names it."""
    url = (wire.room if path else wire.root) + path.replace("{WK}", desk.worker("Alice").sid)
    body = json.loads(wire("GET", url).text)

    assert body.keys() == {key, "meta"}
    assert body["meta"].keys() == {
        "page",
        "page_size",
        "first_page_url",
        "previous_page_url",
        "url",
        "next_page_url",
        "key",
    }
    assert (body["meta"]["key"], body["meta"]["previous_page_url"]) == (key, None)


@pytest.mark.reference("1.4c")
def test_page_urls_echo_the_filters(wire: Wire) -> None:
    """The filters come first, then size and page."""
    body = json.loads(wire("GET", f"{wire.room}/Workers?FriendlyName=Alice&Available=true").text)

    expected = f"{wire.room}/Workers?FriendlyName=Alice&Available=true&PageSize=50&Page=0"
    assert body["meta"]["first_page_url"] == body["meta"]["url"] == expected


@pytest.mark.reference("1.4d", "11i")
@pytest.mark.parametrize(("size", "status"), [(1, 200), (1000, 200), (0, 400), (1001, 400)])
def test_page_size_has_limits(wire: Wire, size: int, status: int) -> None:
    """From 1 to 1000."""
    assert wire("GET", f"{wire.room}/Workers?PageSize={size}").status_code == status


@pytest.mark.reference("1.4e", "14.20")
def test_pages_are_walked_by_token_not_by_number(desk: Desk, wire: Wire) -> None:
    """The SDK follows ``next_page_url``; a page number alone is refused with 40153."""
    for number in range(5):
        desk.queue(f"Queue {number}")
    answer = wire("GET", f"{wire.room}/TaskQueues?Page=1")

    assert len(desk.workspace.task_queues.list(page_size=2)) == 5
    assert (answer.status_code, json.loads(answer.text)["code"]) == (400, 40153)


@pytest.mark.reference("1.4f")
def test_name_filters_are_exact(desk: Desk) -> None:
    """A filter ``test`` does not find ``test1``."""
    desk.worker("test1")

    assert desk.workspace.workers.list(friendly_name="test") == []


@pytest.mark.reference("1.4g", "10d")
def test_unknown_and_malformed_sids_differ(desk: Desk, wire: Wire) -> None:
    """A SID that leads nowhere is 404 in a path, one that is none is 400 in a filter; capitals are digits, too."""
    missing = wire("GET", f"{wire.room}/Workers/WK{'0' * 32}")

    assert (missing.status_code, json.loads(missing.text)["code"]) == (404, 20404)
    assert wire("GET", f"{wire.room}/Workers?ActivitySid=nonsense").status_code == 400
    assert wire("GET", f"{wire.room}/Workers?ActivitySid=WA{'A' * 32}").status_code == 200


@pytest.mark.reference("1.5a", "1.5c")
def test_rest_dates_are_iso_without_fraction(desk: Desk, wire: Wire) -> None:
    """UTC seconds; an Event has milliseconds beside."""
    desk.queue()
    event = json.loads(wire("GET", f"{wire.room}/Events").text)["events"][-1]

    assert event["event_date"] == "2026-03-02T09:00:00Z"
    assert event["event_date_ms"] == 1_772_442_000_000


@pytest.mark.reference("1.5b", "1.6b")
def test_callbacks_carry_epochs_and_escaped_slashes(told: Desk, application: Application) -> None:
    """Seconds and milliseconds as text, and ``\\/`` for every slash of JSON."""
    told.worker("Alice", {"zone": "America/Los_Angeles"})
    created = next(each for each in application.forms(EVENTS_URL) if each["EventType"] == "worker.created")

    assert (created["Timestamp"], created["TimestampMs"]) == ("1772442000", "1772442000000")
    assert created["WorkerAttributes"] == '{"zone":"America\\/Los_Angeles"}'


@pytest.mark.reference("1.6a", "1.6d")
def test_json_comes_back_compact_and_in_order(desk: Desk) -> None:
    """White space goes, the order of keys stays, and lists hold attributes too."""
    desk.workspace.workers.create(
        friendly_name="Alice", attributes='{ "z": 1,\n "languages": ["en", "es"], "a": null }'
    )

    assert desk.workspace.workers.list()[0].attributes == '{"z":1,"languages":["en","es"],"a":null}'


@pytest.mark.reference("1.6c")
def test_unset_attributes_are_an_empty_object(desk: Desk) -> None:
    """Of Workers and Tasks alike."""
    desk.workflow(default=desk.queue())

    assert desk.workspace.workers.create(friendly_name="Alice").attributes == "{}"
    assert desk.workspace.tasks.create().attributes == "{}"


@pytest.mark.reference("1.6e", "11a", "14.18")
@pytest.mark.parametrize("attributes", ["{", "[1]", '"text"', "null", '{"a":"%s"}' % ("x" * 4089)])
def test_attributes_are_an_object_of_4096_characters(desk: Desk, attributes: str) -> None:
    """No JSON, another kind of JSON, or one character too many: 400 / 20001."""
    desk.workspace.workers.create(friendly_name="Long", attributes='{"a":"%s"}' % ("x" * 4088))

    with pytest.raises(TwilioRestException) as refused:
        desk.workspace.workers.create(friendly_name="Alice", attributes=attributes)
    assert (refused.value.status, refused.value.code) == (400, 20001)


@pytest.mark.reference("1.7a")
def test_task_versions_start_at_zero(desk: Desk, wire: Wire) -> None:
    """The first update makes it one; the header stands in quotes."""
    desk.workflow(default=desk.queue())
    made = wire("POST", f"{wire.room}/Tasks")
    changed = wire("POST", json.loads(made.text)["url"], {"Attributes": "{}"})

    assert [each.headers["ETag"] for each in (made, changed)] == ['"0"', '"1"']


@pytest.mark.reference("1.7b", "1.7c", "10e")
@pytest.mark.parametrize("kind", ["task", "worker", "reservation by task", "reservation by worker"])
def test_if_match_guards_against_the_unseen(desk: Desk, wire: Wire, kind: str) -> None:
    """Another version answers 412 / 20412, the present one, quoted or not, is let through."""
    desk.workflow(default=desk.queue())
    worker, task = desk.worker("Alice"), desk.task()
    sid = task.reservations.list()[0].sid
    url = (
        wire.room
        + {
            "task": f"/Tasks/{task.sid}",
            "worker": f"/Workers/{worker.sid}",
            "reservation by task": f"/Tasks/{task.sid}/Reservations/{sid}",
            "reservation by worker": f"/Workers/{worker.sid}/Reservations/{sid}",
        }[kind]
    )
    present = wire("GET", url).headers["ETag"]
    stale = wire("POST", url, {}, If_Match='"99"')

    assert (stale.status_code, json.loads(stale.text)["code"]) == (412, 20412)
    for version in (present, present.strip('"')):
        assert wire("POST", url, {}, If_Match=version).status_code == 200


@pytest.mark.reference("1.7b")
@pytest.mark.parametrize("kind", ["Tasks", "Workers"])
def test_if_match_guards_deletes(desk: Desk, wire: Wire, kind: str) -> None:
    """Of Tasks and of Workers."""
    desk.workflow(default=desk.queue())
    made = desk.task() if kind == "Tasks" else desk.worker("Alice")
    url = f"{wire.room}/{kind}/{made.sid}"
    version = wire("GET", url).headers["ETag"]

    assert wire("DELETE", url, If_Match='"99"').status_code == 412
    assert wire("DELETE", url, If_Match=version).status_code == 204


@pytest.mark.reference("1.7d")
def test_without_if_match_the_last_write_wins(desk: Desk) -> None:
    """Nobody is asked what they have seen."""
    worker = desk.worker("Alice")
    worker.update(attributes='{"level":1}')

    assert worker.update(attributes='{"level":2}').attributes == '{"level":2}'


@pytest.mark.reference("1.7e")
def test_each_step_of_a_task_adds_one(desk: Desk, wire: Wire) -> None:
    """Reserved, changed, accepted, wrapping, completed."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    task = desk.task()
    url = f"{wire.room}/Tasks/{task.sid}"
    seen = [wire("GET", url).headers["ETag"]]
    for step in (
        lambda: task.update(attributes='{"a":1}'),
        lambda: desk.answer(task, "accepted"),
        lambda: task.update(assignment_status="wrapping"),
        lambda: task.update(assignment_status="completed"),
    ):
        step()
        seen.append(wire("GET", url).headers["ETag"])

    assert seen == [f'"{number}"' for number in range(1, 6)]


@pytest.mark.reference("1.7f")
def test_workers_count_what_concerns_them(desk: Desk, wire: Wire) -> None:
    """Activity, attributes, capacity, a channel's availability, and being reserved."""
    desk.workflow(default=desk.queue())
    worker = desk.worker("Alice", activity="Offline")
    url = f"{wire.room}/Workers/{worker.sid}"
    seen = [wire("GET", url).headers["ETag"]]
    for step in (
        lambda: desk.move(worker, "Available"),
        lambda: worker.update(attributes='{"level":1}'),
        lambda: worker.worker_channels("chat").update(capacity=2),
        lambda: worker.worker_channels("chat").update(available=False),
        lambda: desk.task(),
    ):
        step()
        seen.append(wire("GET", url).headers["ETag"])

    assert seen == [f'"{number}"' for number in range(6)]


@pytest.mark.reference("1.7f")
def test_reservations_count_their_own_changes(desk: Desk, wire: Wire) -> None:
    """Pending, accepted, wrapping, completed."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    task = desk.task()
    url = f"{wire.room}/Tasks/{task.sid}/Reservations/{task.reservations.list()[0].sid}"
    seen = [wire("GET", url).headers["ETag"]]
    for status in ("accepted", "wrapping", "completed"):
        desk.answer(task, status)
        seen.append(wire("GET", url).headers["ETag"])

    assert seen == ['"0"', '"1"', '"2"', '"3"']


@pytest.mark.reference("1.7g")
def test_same_attributes_leave_the_version(desk: Desk, wire: Wire) -> None:
    """Setting what is there already changes nothing."""
    worker = desk.worker("Alice", {"level": 1})
    url = f"{wire.room}/Workers/{worker.sid}"
    before = wire("GET", url).headers["ETag"]
    worker.update(attributes='{ "level": 1 }')

    assert wire("GET", url).headers["ETag"] == before
