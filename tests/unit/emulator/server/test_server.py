"""The server starts quickly, answers, keeps its promises about time, and ends without a trace."""

from __future__ import annotations

import asyncio
import contextlib
import json
import queue
import re
import shutil
import socket
import sqlite3
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from helpers.emulator import __version__
from helpers.emulator.clock import wall_time
from helpers.emulator.emulator_errors import StoreRefused
from helpers.emulator.engine.model.changes import Changes
from helpers.emulator.engine.model.refusals import Invalid
from helpers.emulator.engine.model.resources import Activity
from helpers.emulator.hint_header import HINT_HEADER
from helpers.emulator.sdk.http_client import EmulatorGone, EmulatorHttpClient
from helpers.emulator.server import BadStart, RunningEmulator, start
from helpers.emulator.server.factory import FILE_NAME
from helpers.emulator.server.machine import serving
from helpers.emulator.store.store import Store
from tests.worlds.desk import AlicesDesk

CERTIFICATE = Path(__file__).parents[1] / "certificate.pem"
"""For 127.0.0.1, signed by itself, with its key; made for these tests alone."""


class Application:
    """An application's side: answers assignment callbacks as ``decide`` says, and queues what it got."""

    def __init__(self) -> None:
        self.received: queue.Queue[tuple[str, dict[str, str]]] = queue.Queue()
        self.decide: Callable[[dict[str, str]], dict] = lambda parameters: {}
        application = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = httpx.QueryParams(self.rfile.read(int(self.headers["Content-Length"])).decode())
                body = json.dumps(application.decide(dict(form))).encode()
                application.received.put((self.path, dict(form)))
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


def alices_desk(running: RunningEmulator, url: str | None = None, reservation_seconds: int = 120) -> AlicesDesk:
    """Return a desk where Alice has so long to answer; ``url`` is asked."""
    http_client = EmulatorHttpClient(running.url, after_callbacks=True)
    client = Client(running.account_sid, running.auth_token, http_client=http_client)
    return AlicesDesk(client, assignment_callback_url=url, task_reservation_timeout=reservation_seconds)


def statuses(desk: AlicesDesk) -> list[str]:
    """Return those of Alice's Reservations."""
    return [each.reservation_status for each in desk.alice.reservations.list()]


@pytest.fixture
def running() -> Iterator[RunningEmulator]:
    with start(seed="tests") as running:
        yield running


@pytest.fixture
def application() -> Iterator[Application]:
    application = Application()
    yield application
    application.server.shutdown()
    application.server.server_close()


def test_sdk_gets_answers(running):
    """A client with the printed credentials works."""
    desk = alices_desk(running)

    assert desk.task().fetch().assignment_status == "pending"


def test_repr_keeps_the_token(running):
    """The Auth Token stands in no repr."""
    assert running.auth_token not in repr(running)


def test_same_seed_gives_the_same_sids():
    """Two emulators of one seed make the same account and the same SIDs; the token stays secret to each."""
    with start(seed="tests") as first, start(seed="tests") as second:
        assert first.account_sid == second.account_sid
        assert first.auth_token != second.auth_token
        assert alices_desk(first).workflow_sid == alices_desk(second).workflow_sid


def test_stop_frees_the_port():
    """After stop nothing listens, the thread has ended, and the port can be had again."""
    others = set(threading.enumerate())
    running = start()
    port = httpx.URL(running.url).port
    running.stop()
    running.stop()

    assert "TaskRouter emulator" not in [thread.name for thread in set(threading.enumerate()) - others]
    with start(port=port) as again:
        assert httpx.URL(again.url).port == port


def test_whoever_asks_while_it_stops_is_told():
    """Another thread that goes on asking waits for nothing that never comes, at whatever moment it asks."""

    def asks(running: RunningEmulator) -> None:
        with contextlib.suppress(EmulatorGone):
            while True:
                running.call(lambda emulator: None)

    for _ in range(5):
        with start() as running:
            thread = threading.Thread(target=asks, args=[running], daemon=True)
            thread.start()
        thread.join(5)
        assert not thread.is_alive()

    assert running.settle()
    with pytest.raises(EmulatorGone):
        running.advance(1)


@pytest.mark.parametrize(("takes", "status"), [(0.2, 204), (60.0, 500)])
def test_stop_waits_for_answers_but_not_for_ever(monkeypatch, takes, status):
    """What has begun when the server ends is answered if that takes a moment, and given up if it takes long."""
    begun = threading.Event()

    async def application(scope, receive, send) -> None:
        if scope["type"] == "http":
            begun.set()
            await asyncio.sleep(takes)
            await send({"type": "http.response.start", "status": 204})
            await send({"type": "http.response.body"})
            return
        for moment in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{moment}.complete"})

    monkeypatch.setattr(serving, "_LAST_ANSWERS_SECONDS", 5.0 if takes < 5 else 0.05)
    listening = serving.bind("127.0.0.1", 0)
    server = serving.serve(application, listening)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.begin()
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(httpx.get, url, trust_env=False)
        assert begun.wait(5)
        server.finish()

        assert asked.result().status_code == status


def test_taken_port_is_told():
    """A port in use is refused in one sentence."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(BadStart, match=rf"Port {port} on 127\.0\.0\.1 cannot be used"):
            start(port=port)


def test_url_leads_there():
    """Bound to every address, the server can be called by the URL as it stands."""
    with start(host="0.0.0.0") as emulator:
        answer = httpx.get(emulator.url, trust_env=False)

    assert (emulator.url.rpartition(":")[0], answer.status_code) == ("http://127.0.0.1", 200)


def test_open_server_keeps_its_own_routes_for_the_account():
    """Whoever reaches it over the network needs the password, or learns only that it is healthy."""
    with start(host="0.0.0.0", also_known_as=["desk.example"]) as emulator:
        account = (emulator.account_sid, emulator.auth_token)
        with httpx.Client(base_url=emulator.url, trust_env=False) as http:
            refused = http.get("/_emulator/clock")
            health = http.get("/_emulator/health")

            assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Basic realm="Twilio API"')
            assert health.json() == {"status": "ok", "version": __version__}
            assert http.get("/_emulator/clock", auth=account).status_code == 200
            assert http.get("/_emulator/clock", auth=account, headers={"Host": "desk.example"}).status_code == 200
            assert http.get("/_emulator/clock", auth=account, headers={"Host": "evil.example"}).status_code == 403
        assert emulator.advance(1) > 0


@pytest.mark.parametrize(
    ("host", "name"), [("::1", "[::1]"), ("::", "[::1]"), ("10.0.0.1", "10.0.0.1"), ("localhost", "localhost")]
)
def test_address_is_named_as_urls_name_it(host, name):
    """An IPv6 address stands in brackets, and nowhere in particular is this machine."""
    assert serving.name_in_url(host) == name


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"clock": "fast"}, "'fast'. Choose real, paused, lesson, or a time"),
        ({"clock": ""}, "''. Choose real, paused, lesson, or a time"),
        ({"clock": None}, "None. Choose real, paused, lesson, or a time"),
        ({"clock": ["lesson"]}, "Choose real, paused, lesson, or a time"),
        ({"clock": "2026-02-30"}, "Choose real, paused, lesson, or a time"),
        ({"clock": "1969-12-31"}, "a time from 1970 to 8999"),
        ({"clock": "9000-01-01T00:00:00Z"}, "a time from 1970 to 8999"),
        ({"step": -1}, "a number of seconds from 0 to 86400"),
        ({"step": "1"}, "a number of seconds from 0 to 86400"),
        ({"account_sid": "AC123"}, "begins with AC"),
        ({"auth_token": "two words"}, "without spaces"),
        ({"api_keys": {"AK1": "secret"}}, "begins with SK"),
        ({"accounts": {"AC1": "token"}}, "begins with AC"),
        ({"accounts": {"AC" + "2" * 32: "two words"}}, "without spaces"),
        ({"accounts": {"AC" + "2" * 32: ""}}, "1 to 128"),
        ({"accounts": {"": "token"}}, "begins with AC"),
        ({"port": 70_000}, "cannot be used"),
        ({"also_known_as": "taskrouter"}, r"Give a list, such as \['taskrouter'\]"),
        ({"certificate": (CERTIFICATE, Path("no key"))}, "two PEM files that belong together"),
    ],
)
def test_bad_settings_are_told(settings, words):
    """Each wrong setting gives a sentence with the rule, and is named."""
    with pytest.raises(BadStart, match=words) as refused:
        start(**settings)

    assert [refused.value.what] == list(settings)


@pytest.mark.parametrize("settings", [{"also_known_as": ["two words"]}, {"certificate": (CERTIFICATE, Path("no key"))}])
def test_start_that_fails_gives_the_file_free(tmp_path, settings):
    """Once the setting is corrected the same process can use the data."""
    with pytest.raises(BadStart):
        start(data=tmp_path, **settings)

    with start(data=tmp_path) as running:
        assert running.alerts() == []


@pytest.mark.parametrize(
    ("clock", "begins"),
    [
        ({}, None),
        ({"clock": "paused"}, None),
        ({"clock": "lesson"}, "2026-03-02T09:00:00+00:00"),
        ({"clock": "2031-07-01T12:30:00+02:00"}, "2031-07-01T10:30:00+00:00"),
        ({"clock": "2031-07-01 12:30"}, "2031-07-01T12:30:00+00:00"),
    ],
)
def test_standing_clocks_begin_when_told(clock, begins):
    """By default now; a write takes a second, a read none, and a reset begins again."""
    expected = wall_time() if begins is None else round(datetime.fromisoformat(begins).timestamp() * 1000)
    tolerance = 60_000 if begins is None else 1
    with start(**clock) as running:
        first = running.pause()
        alices_desk(running).task()
        moved = running.pause() - first
        running.reset()
        again, is_running = running.call(lambda emulator: (emulator.clock.now(), emulator.clock.is_running))

    assert 0 <= first - expected < tolerance
    assert moved > 0
    assert moved % 1000 == 0
    assert (0 <= again - first < tolerance, is_running) == (True, False)


@pytest.mark.parametrize("seconds", ["10", None, -1, float("nan")])
def test_clock_moves_on_by_seconds_alone(running, seconds):
    """Anything else is refused in words, and time stands."""
    before = running.pause()

    with pytest.raises(Invalid, match="cannot advance by"):
        running.advance(seconds)

    assert running.pause() == before


def test_clock_stops_and_goes_on(running):
    """It can be switched while the emulator lives, and goes on from where it stood."""
    began = running.run()
    stopped = running.pause()
    alices_desk(running)
    went_on = running.run()

    assert began <= stopped
    assert went_on - stopped >= 1000  # each write of the desk took a second
    assert running.call(lambda emulator: emulator.clock.is_running)


def test_data_outlives_the_server(tmp_path):
    """With a directory everything is there after a restart, credentials included."""
    with start(data=tmp_path) as first:
        workspace_sid = alices_desk(first).workspace_sid
    with start(data=tmp_path) as second:
        client = Client(second.account_sid, second.auth_token, http_client=EmulatorHttpClient(second.url))

        assert second.auth_token == first.auth_token
        assert [each.sid for each in client.taskrouter.v1.workspaces.list()] == [workspace_sid]


@pytest.mark.parametrize("clock", ["paused", "lesson", "real"])
def test_time_goes_on_after_a_restart(tmp_path, clock):
    """What the clock was moved on by is not lost, even if nothing has happened since."""
    with start(data=tmp_path, clock=clock) as first:
        moved = first.advance(5 * 86_400)
    with start(data=tmp_path, clock=clock) as second:
        assert 0 <= second.pause() - moved < 60_000


def test_second_server_on_the_data_is_refused(tmp_path):
    """One directory serves one emulator."""
    with start(data=tmp_path), pytest.raises(StoreRefused, match="Another emulator"):
        start(data=tmp_path)


def test_records_that_do_not_fit_together_are_refused(tmp_path):
    """A file whose records can be read one by one, but lack what others refer to, is left as it is."""
    start(data=tmp_path).stop()
    file = tmp_path / FILE_NAME
    common = {"account_sid": "AC1", "workspace_sid": "WS1", "number": 1, "date_created": 0, "date_updated": 0}
    store = Store(file)
    store.commit(Changes(at=0, saved={"WA1": Activity(sid="WA1", friendly_name="Idle", **common)}), {})
    store.close()
    with contextlib.closing(sqlite3.connect(file)) as database:
        before = list(database.iterdump())

    with pytest.raises(StoreRefused, match="do not fit together"):
        start(data=tmp_path)
    with contextlib.closing(sqlite3.connect(file)) as database:
        assert list(database.iterdump()) == before


def test_file_that_something_else_writes_to_is_refused(tmp_path):
    """Another program's transaction keeps the emulator from starting, and the refusal names the file."""
    start(data=tmp_path).stop()
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreRefused, match=rf"{FILE_NAME}: Another program is using this file"):
            start(data=tmp_path, auth_token="another")


def test_directory_may_be_text(tmp_path):
    """What is given as text is the directory; empty text is refused, as it would mean wherever the process is."""
    start(data=str(tmp_path / "data")).stop()

    assert (tmp_path / "data" / FILE_NAME).exists()
    with pytest.raises(BadStart, match="directory is empty"):
        start(data="")


def test_file_in_place_of_the_directory_is_told(tmp_path):
    """A path that cannot be a directory is refused in one sentence."""
    (tmp_path / "file").write_text("")

    with pytest.raises(BadStart, match="cannot be used as a directory"):
        start(data=tmp_path / "file")


def test_api_key_is_a_way_in():
    """An API key of the account authenticates."""
    key = "SK" + "1" * 32
    with start(api_keys={key: "secret"}) as running:
        client = Client(key, "secret", running.account_sid, http_client=EmulatorHttpClient(running.url))

        assert client.taskrouter.v1.workspaces.list() == []


def test_accounts_see_their_own():
    """A further account has its own Workspaces, and no way to those of the first."""
    other = "AC" + "2" * 32
    with start(accounts={other: "its-token"}) as running:
        desk = alices_desk(running)
        workspaces = Client(other, "its-token", http_client=desk.client.http_client).taskrouter.v1.workspaces
        mine = workspaces.create(friendly_name="Desk")

        assert mine.account_sid == other
        assert [each.sid for each in workspaces.list()] == [mine.sid]
        with pytest.raises(TwilioRestException, match="not found"):
            workspaces(desk.workspace_sid).fetch()


def test_https_is_spoken_with_a_certificate():
    """With a certificate the server answers at an https URL, and nowhere else."""
    with start(certificate=(CERTIFICATE, CERTIFICATE)) as running:
        trust = ssl.create_default_context(cafile=CERTIFICATE)
        with httpx.Client(base_url=running.url, verify=trust, trust_env=False) as http:
            answer = http.get("/v1/Workspaces", auth=(running.account_sid, running.auth_token))

    assert (running.url.partition("://")[0], answer.status_code) == ("https", 200)


def test_full_disk_answers_503_and_loses_nothing(tmp_path):
    """What was acknowledged before is there after a restart, and what was refused is not."""
    created, statuses = [], []
    with start(data=tmp_path) as running:
        running.call(lambda emulator: emulator.store._db.execute("PRAGMA max_page_count = 40"))
        with httpx.Client(base_url=running.url, auth=(running.account_sid, running.auth_token)) as http:
            while 503 not in statuses:
                answer = http.post("/v1/Workspaces", data={"FriendlyName": f"Desk {len(statuses)}"})
                statuses.append(answer.status_code)
                created += [answer.json()["sid"]] if answer.is_success else []
    with start(data=tmp_path) as again:
        kept = again.call(lambda emulator: [each.sid for each in emulator.workspaces(again.account_sid)])

    assert (answer.json()["code"], answer.json()["status"], kept) == (20503, 503, created)


@pytest.mark.parametrize("how", ["folder removed", "file replaced", "log removed"])
def test_write_to_files_that_are_gone_is_not_acknowledged(tmp_path, how):
    """Whoever takes the files away is told at the next write, and nothing more is acknowledged."""
    data = tmp_path / "data"
    with (
        start(data=data) as running,
        httpx.Client(base_url=running.url, auth=(running.account_sid, running.auth_token)) as http,
    ):
        before = http.post("/v1/Workspaces", data={"FriendlyName": "Before"}).status_code
        if how == "folder removed":
            shutil.rmtree(data)
        elif how == "file replaced":
            (data / FILE_NAME).rename(data / "elsewhere")
            (data / FILE_NAME).write_bytes((data / "elsewhere").read_bytes())
        else:
            (data / f"{FILE_NAME}-wal").unlink()
        answers = [http.post("/v1/Workspaces", data={"FriendlyName": "After"}) for _ in range(2)]
        listed = http.get("/v1/Workspaces").json()["workspaces"]

    assert (before, [each["friendly_name"] for each in listed]) == (201, ["Before"])
    assert [each.status_code for each in answers] == [503, 503]
    assert all("is gone or was replaced. Start the server again." in each.headers[HINT_HEADER] for each in answers)


HALF_RIGHT = {"workspaces": [{"friendly_name": "Half", "workers": [{"friendly_name": "Bob", "activity": "Nowhere"}]}]}


def seed_half(http: httpx.Client, file: Path) -> httpx.Response:
    """A document that is refused when its Workspace is there already."""
    return http.post("/_emulator/seed", json=HALF_RIGHT)


def write_while_locked(http: httpx.Client, file: Path) -> httpx.Response:
    """A write that cannot be kept."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        return http.post("/v1/Workspaces", data={"FriendlyName": "Half"})


@pytest.mark.parametrize("begin", [seed_half, write_while_locked])
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE resources SET body = 'x' WHERE kind = 'workspace'", r"workspace \d+ is not as it was written"),
        ("DELETE FROM resources WHERE kind = 'workspace'", "do not fit together|not as last written: workspace"),
        ("UPDATE meta SET value = 'x' WHERE key = 'account_sid'", "account_sid is not as it was written"),
        ("UPDATE taken_in SET event = 'x'", "what is known of the writes is not as it was written"),
        ("DELETE FROM taken_in", "what is known of the writes is not as it was written"),
        ("DROP TABLE resources", "no such table: resources"),
    ],
)
def test_file_damaged_in_use_is_told_and_nothing_more_is_acknowledged(tmp_path, begin, damage, words):
    """What a command had begun can't be taken back then: nobody sees it, and the next start names the damage."""
    file = tmp_path / FILE_NAME
    with (
        start(data=tmp_path) as running,
        httpx.Client(base_url=running.url, auth=(running.account_sid, running.auth_token)) as http,
    ):
        workspace = http.post("/v1/Workspaces", data={"FriendlyName": "Before"}).json()["sid"]
        http.get(f"/v1/Workspaces/{workspace}/Events")  # brings the records into their table
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.execute(damage)
            database.commit()
        answers = [begin(http, file)] + [
            http.request(method, path, data=form)
            for method, path, form in (
                ("GET", "/v1/Workspaces", None),
                ("POST", "/v1/Workspaces", {"FriendlyName": "After"}),
                ("POST", f"/v1/Workspaces/{workspace}", {"FriendlyName": "After"}),
                ("GET", "/_emulator/clock", None),
                ("GET", "/_emulator/snapshot", None),
                ("POST", "/_emulator/clock/advance", {"seconds": "1"}),
            )
        ]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [(503, 20503)] * 7
    assert all(re.search(words, each.headers.get(HINT_HEADER, each.json()["message"])) for each in answers)
    with pytest.raises(StoreRefused, match=words):
        start(data=tmp_path)


def test_file_damaged_in_use_serves_again_once_it_is_whole(tmp_path):
    """Only what was committed is there then; a reset helps as well."""
    file = tmp_path / FILE_NAME
    kind = "UPDATE resources SET kind = {} WHERE kind = {}"

    def change(statement: str) -> None:
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.execute(statement)
            database.commit()

    with (
        start(data=tmp_path) as running,
        httpx.Client(base_url=running.url, auth=(running.account_sid, running.auth_token)) as http,
    ):
        workspace = http.post("/v1/Workspaces", data={"FriendlyName": "Before"}).json()["sid"]
        http.get(f"/v1/Workspaces/{workspace}/Events")
        change(kind.format("'pigeon'", "'workspace'"))
        damaged = seed_half(http, file).status_code, http.get("/v1/Workspaces").status_code
        change(kind.format("'workspace'", "'pigeon'"))
        whole = [each["friendly_name"] for each in http.get("/v1/Workspaces").json()["workspaces"]]
        change(kind.format("'pigeon'", "'workspace'"))
        again, reset = seed_half(http, file).status_code, http.post("/_emulator/reset").status_code
        empty = http.get("/v1/Workspaces").json()["workspaces"]

    assert (damaged, whole) == ((503, 503), ["Before"])
    assert (again, reset, empty) == (503, 200, [])


def test_second_server_is_refused_without_the_lock_file(tmp_path):
    """Somebody who deletes the lock file does not let a second emulator in."""
    with start(data=tmp_path):
        (tmp_path / f"{FILE_NAME}.lock").unlink()
        with pytest.raises(StoreRefused, match="is using this file"):
            start(data=tmp_path)


def test_lesson_clock_stands_still(running):
    """In a lesson only writes and advance move the time."""
    before = running.call(lambda emulator: emulator.clock.now())

    assert running.advance(90) - before == 90_000


def test_callbacks_settle_before_the_next_request(running, application):
    """A client that asks for it gets its answer as of after the callbacks that came before."""
    application.decide = lambda parameters: {"instruction": "accept"}
    desk = alices_desk(running, f"{application.url}/assignment")
    desk.task()
    desk.move(desk.alice, "Available")

    assert statuses(desk) == ["accepted"]


def test_callbacks_are_answered_at_their_time(running, application):
    """While time is advanced a callback is answered when it was caused, not at the end."""
    desk = alices_desk(running, f"{application.url}/assignment")
    answers = iter([{"instruction": "reject"}, {"instruction": "accept"}])
    application.decide = lambda parameters: next(answers)
    desk.task()
    desk.move(desk.alice, "Available")
    running.advance(60)

    assert statuses(desk) == ["rejected", "accepted"]


@pytest.mark.parametrize(("reservation_seconds", "moved_on"), [(1, 0), (60, 59.5)])
def test_real_clock_fires_deadlines_by_itself(application, reservation_seconds, moved_on):
    """A Reservation times out when the emulator's clock says so, though nobody asks, and the Worker goes Offline."""
    with start(clock="real") as running:
        desk = alices_desk(running, f"{application.url}/assignment", reservation_seconds=reservation_seconds)
        desk.task()
        desk.workspace.update(event_callback_url=f"{application.url}/events", events_filter="reservation.timeout")
        desk.move(desk.alice, "Available")
        running.advance(moved_on)
        kinds = [application.received.get(timeout=5)[0] for _ in range(2)]

        assert kinds == ["/assignment", "/events"]
        assert desk.alice.fetch().activity_name == "Offline"


def test_callbacks_stay_on_this_machine(running):
    """A callback URL elsewhere is not called, however often the Task is offered; the delivery log says why."""
    desk = alices_desk(running, "http://callbacks.example.com/assignment")
    desk.task()
    desk.move(desk.alice, "Available")
    deliveries = running.deliveries()

    assert all("is not this machine" in entry.attempts[0].error for entry in deliveries)
    assert statuses(desk) == [*["canceled"] * len(deliveries), "pending"]


def test_unanswered_callback_survives_a_restart(tmp_path, application):
    """A callback that was decided and not answered when the server ended is sent after the next start."""
    nobody = "http://127.0.0.1:9/assignment"
    with start(data=tmp_path, clock="real") as first:
        desk = alices_desk(first, nobody)
        desk.task()
        first.call(lambda emulator: setattr(emulator, "on_callbacks", lambda callbacks: None))
        desk.move(desk.alice, "Available")
        desk.workspace.workflows(desk.workflow_sid).update(assignment_callback_url=f"{application.url}/assignment")
    with start(data=tmp_path, clock="real"):
        path, parameters = application.received.get(timeout=5)

    assert (path, parameters["WorkerSid"]) == ("/assignment", desk.alice.sid)
