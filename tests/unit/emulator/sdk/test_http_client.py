"""The SDK reaches the emulator, over HTTP or in process, and nothing else."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from helpers.emulator.emulator_errors import NotTaskRouter
from helpers.emulator.sdk.http_client import (
    EmulatorGone,
    EmulatorHttpClient,
    InProcessHttpClient,
    NotTrusted,
)
from helpers.emulator.server.in_process import start_in_process
from helpers.emulator.sync import WouldWait, run_without_loop
from tests.worlds.application import ASSIGNMENT_URL, Application
from tests.worlds.desk import ClientDesk, Desk

CERTIFICATE = Path(__file__).parents[1] / "certificate.pem"

WORKSPACES = "https://taskrouter.twilio.com/v1/Workspaces"


class Echo(BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _answer(self) -> None:
        form = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        said = {"path": self.path, "method": self.command, "form": form, "headers": dict(self.headers)}
        said["port"] = self.client_address[1]
        body = json.dumps(said).encode()
        self.send_response(302 if self.path == "/v1/moved" else 200)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer  # noqa: N815

    def log_message(self, *_: object) -> None: ...


@contextmanager
def serving(server: HTTPServer) -> Iterator[int]:
    """Its port, while it answers on a thread."""
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(HTTPServer(("127.0.0.1", 0), Echo)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def secure_url() -> Iterator[str]:
    """As ``url``, by https with a certificate that only this project knows."""
    server, secured = HTTPServer(("127.0.0.1", 0), Echo), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(CERTIFICATE)
    server.socket = secured.wrap_socket(server.socket, server_side=True)
    with serving(server) as port:
        yield f"https://127.0.0.1:{port}"


def ask(url: str, uri: str = WORKSPACES, method: str = "GET", **arguments: object) -> dict:
    client = EmulatorHttpClient(url)
    try:
        return json.loads(client.request(method, uri, **arguments).text)
    finally:
        client.session.close()


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        (WORKSPACES, "/v1/Workspaces"),
        (f"{WORKSPACES}?PageSize=2&Page=0&PageToken=x%2Fy", "/v1/Workspaces?PageSize=2&Page=0&PageToken=x%2Fy"),
        ("https://taskrouter.dublin.ie1.twilio.com/v1/Workspaces", "/v1/Workspaces"),
    ],
)
def test_only_the_host_is_rewritten(url, uri, path):
    """Path and query reach the emulator as the SDK wrote them."""
    assert ask(url, uri)["path"] == path


def test_emulators_own_urls_stay(url):
    """A next page that already names the emulator is fetched as it stands."""
    assert ask(url, f"{url}/v1/Workspaces?Page=1")["path"] == "/v1/Workspaces?Page=1"


def test_form_is_encoded_as_the_sdk_does(url):
    """Lists become repeated names, and text is percent-encoded."""
    said = ask(url, method="POST", data={"Attributes": '{"a": "ü&"}', "Status": ["a", "b"]}, auth=("AC1", "token"))

    assert said["form"] == "Attributes=%7B%22a%22%3A+%22%C3%BC%26%22%7D&Status=a&Status=b"
    assert said["headers"]["Authorization"].startswith("Basic ")


def test_json_body_stays_json(url):
    """The one operation with a JSON body sends JSON."""
    said = ask(url, method="POST", data={"queueSids": ["WQ1"]}, headers={"Content-Type": "application/json"})

    assert json.loads(said["form"]) == {"queueSids": ["WQ1"]}


@pytest.mark.parametrize(
    "uri",
    ["https://api.twilio.com/2010-04-01/Accounts", "https://taskrouter.example.com/v1", "http://10.0.0.1/", "nonsense"],
)
def test_other_services_are_refused(uri):
    """A call to anything but TaskRouter is refused before anything is sent."""
    with pytest.raises(NotTaskRouter, match="nothing leaves this machine"):
        EmulatorHttpClient("http://127.0.0.1:9").request("GET", uri)


def test_proxies_are_ignored(url, monkeypatch):
    """Proxy variables do not count for the emulator."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    assert ask(url)["path"] == "/v1/Workspaces"


def test_connection_is_kept(url):
    """Two calls share one connection."""
    client = EmulatorHttpClient(url)
    ports = {json.loads(client.request("GET", WORKSPACES).text)["port"] for _ in range(3)}
    client.session.close()

    assert len(ports) == 1


@pytest.mark.parametrize("trusted", [True, False])
def test_https_needs_a_certificate_that_is_trusted(secure_url, monkeypatch, trusted):
    """One named in SSL_CERT_FILE is; for a stranger's the error says what to do."""
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    client = EmulatorHttpClient(secure_url)

    if trusted:
        assert client.request("GET", WORKSPACES).status_code == 200
    else:
        with pytest.raises(NotTrusted, match="SSL_CERT_FILE"):
            client.request("GET", WORKSPACES)


def test_redirects_are_not_followed(url):
    """A redirect is an answer, not an order to go elsewhere."""
    client = EmulatorHttpClient(url)

    assert client.request("GET", "https://taskrouter.twilio.com/v1/moved").status_code == 302
    client.session.close()


def test_stopped_emulator_is_told():
    """Nothing at the address gives one sentence with the next step."""
    with pytest.raises(EmulatorGone, match=r"its process has ended\. Start it again"):
        EmulatorHttpClient("http://127.0.0.1:9").request("GET", WORKSPACES)


def asks_to_wait(client: EmulatorHttpClient) -> bool:
    """Send a request, and tell whether it asked to be answered after callbacks."""
    headers = json.loads(client.request("GET", WORKSPACES).text)["headers"]
    return headers.get("X-Emulator-After-Callbacks") == "1"


def test_client_waits_for_callbacks_only_when_told_to(url):
    """An application's client asks for nothing; a test's asks for an answer as of after the callbacks."""
    assert not asks_to_wait(EmulatorHttpClient(url))
    assert asks_to_wait(EmulatorHttpClient(url, after_callbacks=True))


def test_client_waits_only_where_it_was_made(url):
    """On another thread, or in an event loop, somebody may be answering a callback with the test's own client."""
    client = EmulatorHttpClient(url, after_callbacks=True)

    async def in_a_loop() -> bool:
        return asks_to_wait(client)

    with ThreadPoolExecutor() as pool:
        assert not pool.submit(asks_to_wait, client).result()
    assert not asyncio.run(in_a_loop())
    assert asks_to_wait(client)


def test_whole_lifecycle_runs_in_process():
    """The SDK builds a desk and a Task is assigned, all by function calls."""
    application = Application({ASSIGNMENT_URL: {"instruction": "accept"}})
    desk = Desk(application)
    desk.workflow(default=desk.queue(), assignment_callback_url=ASSIGNMENT_URL)
    desk.worker("Alice")
    task = desk.task()

    assert application.urls == [ASSIGNMENT_URL]
    assert task.fetch().assignment_status == "assigned"


def test_reservation_times_out_in_process():
    """Advancing lets deadlines pass, with nobody there to receive callbacks."""
    started = start_in_process(seed="tests")
    client = Client(started.account_sid, started.auth_token, http_client=InProcessHttpClient(started.app))
    desk = ClientDesk(client)
    desk.workflow(default=desk.queue())
    worker = desk.worker("Alice")
    desk.task()
    started.advance(121)

    assert worker.fetch().activity_name == "Offline"


def test_errors_in_process_are_twilios():
    """A refusal arrives as the SDK's own exception."""
    started = start_in_process()
    client = Client(started.account_sid, "wrong", http_client=InProcessHttpClient(started.app))

    with pytest.raises(TwilioRestException) as caught:
        client.taskrouter.v1.workspaces.create(friendly_name="Desk")
    assert (caught.value.status, caught.value.code) == (401, 20003)


def test_waiting_in_process_is_refused():
    """An application that really waits cannot be stepped, and says so."""

    async def app(scope, receive, send):
        await Never()

    with pytest.raises(WouldWait, match="no event loop"):
        InProcessHttpClient(app).request("GET", WORKSPACES)


class Never:
    """Something to wait for in vain."""

    def __await__(self):
        yield


def test_result_comes_without_a_loop():
    """A coroutine that never waits gives its result at once."""

    async def answer():
        return 42

    assert run_without_loop(answer()) == 42
