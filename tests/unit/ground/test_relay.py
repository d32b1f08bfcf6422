"""The relay: from outside it looks like ngrok, open or not, on a machine and on a page."""

from __future__ import annotations

from http.client import BadStatusLine

import pytest
import requests

from helpers.ground import relay as relays
from helpers.ground.choice import current_ground
from helpers.ground.ground import Ground
from helpers.ground.message import Reply, json_reply, refusal


class Application:
    """What stands behind a tunnel: keeps what arrives, and answers with ``reply``."""

    server_name = None

    def __init__(self) -> None:
        self.arrived = []
        self.reply = json_reply(200, {})

    def answer(self, request):
        """Keep the request."""
        self.arrived.append(request)
        return self.reply, None

    def turn_away(self, request, reply):
        """Keep nothing."""
        return reply


@pytest.fixture(params=["machine", "page"])
def ground(request) -> Ground:
    """Each of the two grounds."""
    return request.getfixturevalue("page") if request.param == "page" else current_ground()


@pytest.fixture
def application(ground):
    """An application, and its address."""
    behind = Application()
    door = ground.open_door(0, behind, 5.0)
    behind.url = f"http://127.0.0.1:{door.port}"
    behind.close = door.close
    yield behind
    door.close()


@pytest.fixture
def relay(ground):
    """A relay, its edge closed afterwards."""
    made = ground.make_relay()
    yield made
    made._door.close()


def test_request_passes_unchanged_with_the_headers_of_ngrok(relay, application):
    """Method, target, body and headers arrive as sent; the public host is told, whatever the sender said of it."""
    public = relay.open(application.url)
    sent = {"X-Twilio-Signature": "a+b/c=", "X-Forwarded-Proto": "gopher", "X-Forwarded-Host": "bank.example"}

    answer = requests.put(f"{public}/a%20b/?c=d&c=%C3%A9", data=b"\x00=\xff", headers=sent)

    [request] = application.arrived
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"{}", "application/json")
    assert (request.method, request.target, request.raw) == ("PUT", "/a%20b/?c=d&c=%C3%A9", b"\x00=\xff")
    assert request.headers["X-Twilio-Signature"] == "a+b/c="
    assert public == f"http://{request.headers['Host']}" == f"http://{request.headers['X-Forwarded-Host']}"
    assert (request.headers["X-Forwarded-Proto"], request.headers["X-Forwarded-For"]) == ("http", "127.0.0.1")


def test_public_path_can_have_a_prefix_behind(relay, application):
    """What is behind the tunnel may be a path of a server."""
    requests.get(relay.open(f"{application.url}/inner") + "/x?y=z")

    assert application.arrived[0].target == "/inner/x?y=z"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(204),
        refusal(405, "no", allow="POST"),
        Reply(503, "é".encode(), "text/plain; charset=utf-8", headers=(("retry-after", "3"), ("x-a", "b"))),
    ],
)
def test_response_comes_back_unchanged(relay, application, reply):
    """Status, body and headers are those of the application."""
    application.reply = reply
    direct, through = (requests.post(f"{url}/", data="a=b") for url in (application.url, relay.open(application.url)))

    assert (through.status_code, through.content) == (direct.status_code, direct.content)
    assert {**through.headers, "date": ""} == {**direct.headers, "date": ""}


def test_closed_tunnel_is_offline_at_the_same_address(relay, application):
    """ngrok's edge answers 404 with its code; opened again, the address is the same and nothing is left of it."""
    public = relay.open(application.url)
    relay.close()

    offline = requests.post(f"{public}/assignment_callback", data="a=b")
    assert (offline.status_code, offline.headers["ngrok-error-code"]) == (404, "ERR_NGROK_3200")
    assert offline.text == f"The endpoint {public.removeprefix('http://')} is offline.\r\n\r\nERR_NGROK_3200\r\n"
    assert (relay.public_url, relay.trouble(), application.arrived) == (None, None, [])
    assert relay.open(application.url) == public == relay.public_url
    assert requests.get(public).status_code == 200


def test_lost_tunnel_tells_those_alone_who_ask(relay, application):
    """Lost is offline, too; ``trouble`` says so until it is open again or closed."""
    public = relay.open(application.url)
    relay.lose()
    relay.lose()

    answer = requests.get(public)
    assert (
        relay.explain(answer.status_code, answer.headers)
        == "The URL is offline: no tunnel uses it now (ERR_NGROK_3200)."
    )
    assert relay.trouble().startswith("The tunnel has ended")
    relay.open(application.url)
    assert relay.trouble() is None


def test_tunnel_that_was_not_open_cannot_be_lost(relay, application):
    """Nothing to lose is no trouble, neither before the first opening nor after closing."""
    relay.lose()
    assert relay.trouble() is None
    relay.open(application.url)
    relay.close()
    relay.lose()
    assert relay.trouble() is None


def test_nothing_behind_the_tunnel(relay, application):
    """502 with ngrok's code says that the tunnel is open and the server behind it isn't there."""
    public = relay.open(application.url)
    application.close()

    answer = requests.get(public)

    assert (answer.status_code, answer.headers["ngrok-error-code"]) == (502, "ERR_NGROK_8012")
    assert relay.public_url == public


@pytest.mark.parametrize(
    ("error", "code"),
    [(TimeoutError(), "8012"), (ConnectionResetError(), "8012"), (BadStatusLine("x"), "3004"), (ValueError(), "3004")],
)
def test_application_without_a_usable_response(relay, application, monkeypatch, error, code):
    """None in time, none at all, or one that isn't HTTP: 502 with ngrok's code, and the edge goes on."""

    def fail(response, body):
        raise error

    public = relay.open(application.url)
    with monkeypatch.context() as broken:
        broken.setattr(relays, "_reply", fail)
        answer = requests.get(public)

    assert (answer.status_code, answer.headers["ngrok-error-code"]) == (502, f"ERR_NGROK_{code}")
    assert requests.get(public).status_code == 200
