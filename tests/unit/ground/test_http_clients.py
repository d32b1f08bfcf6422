"""Requests of Python's HTTP clients in a page: the bytes of the real ones, and their errors."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import urllib.request

import pytest
import requests

from helpers.errors.connection_problems import StaysInPage
from helpers.ground.page.http_clients import LoopbackAdapter
from helpers.ground.page.loopback import LOOPBACK

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


@pytest.fixture(autouse=True)
def new_opener(monkeypatch):
    """No opener of an earlier test: urllib.request keeps its first one, with the proxies that were set then."""
    monkeypatch.setattr(urllib.request, "_opener", None)


def use_http_client(url):
    """A request by the library that the others stand on."""
    connection = http.client.HTTPConnection(url.removeprefix("http://").partition("/")[0])
    connection.request("PUT", "/a?b=c", b"body", {"X-A": "1"})
    assert connection.getresponse().read() == b"{}"
    connection.close()


REQUESTS = (
    lambda url: requests.get(f"{url}/a b?c=d e"),
    lambda url: requests.post(f"{url}/a", data={"x": ["1", "ä"]}, params={"q": "1"}, auth=("me", "secret")),
    lambda url: requests.post(f"{url}/a", json={"a": None}, headers={"User-Agent": "me", "Accept-Encoding": None}),
    lambda url: requests.put(f"{url}/a", data=iter([b"one", b"two"])),
    lambda url: requests.post(f"{url}/a", files={"f": b"1"}, headers={"Content-Type": "multipart/x; boundary=b"}),
    lambda url: requests.delete(url, cookies={"a": "b"}),
    lambda url: urllib.request.urlopen(url, timeout=5).close(),
    lambda url: urllib.request.urlopen(urllib.request.Request(f"{url}/a", data=b"a=1"), timeout=5).close(),
    use_http_client,
)


def sent_over_sockets(ask):
    """The bytes of a request, as a server with a socket receives them."""
    received = []

    def serve():
        connection, _ = server.accept()
        with connection:
            data = b""
            while not is_whole(data):
                data += connection.recv(65536)
            received.append(data)
            connection.sendall(ANSWER)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        ask(f"http://127.0.0.1:{server.getsockname()[1]}")
        thread.join(timeout=5)
    return without_port(received[0])


def is_whole(data):
    """True if nothing of a request is missing."""
    head, end, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    if b"chunked" in head:
        return body.endswith(b"0\r\n\r\n")
    return bool(end) and len(body) >= int(length[1] if length else 0)


def sent_in_page(ask):
    """The bytes of a request, as they come to a port of the page."""
    received = []
    port = LOOPBACK.listen(lambda data: received.append(data) or ANSWER)
    ask(f"http://127.0.0.1:{port}")
    return without_port(received[0])


def without_port(data):
    """The bytes without the one thing that differs, and with a fixed boundary."""
    return re.sub(rb"127\.0\.0\.1:\d+", b"127.0.0.1", re.sub(rb"(?<=--)[0-9a-f]{32}", b"boundary", data))


@pytest.fixture(scope="module")
def over_sockets():
    """The bytes of all requests over sockets, before there is a page."""
    return [sent_over_sockets(ask) for ask in REQUESTS]


@pytest.mark.parametrize("number", range(len(REQUESTS)))
def test_bytes_are_those_of_a_machine(over_sockets, page, number):
    """Method, target, headers in their order, and body."""
    assert sent_in_page(REQUESTS[number]) == over_sockets[number]


@pytest.mark.parametrize("ask", [requests.get, urllib.request.urlopen])
def test_nobody_listens(request, ask):
    """A port at which nobody listens refuses the connection, in the same words."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    errors = []
    for ground in ("machine", "page"):
        if ground == "page":
            request.getfixturevalue("page")
        with pytest.raises(OSError, match="Connection refused") as caught:
            ask(f"http://127.0.0.1:{port}/")
        errors.append((caught.type, re.sub(r"0x\w+", "", str(caught.value))))

    assert errors[0] == errors[1]


def test_connection_ends_with_those_who_listened(page):
    """A connection that is kept is closed when they stop, as a machine closes it."""
    port = LOOPBACK.listen(lambda data: ANSWER)
    kept = http.client.HTTPConnection("127.0.0.1", port)
    kept.request("GET", "/")
    assert kept.getresponse().read() == b"{}"
    LOOPBACK.close(port)
    kept.request("GET", "/")

    with pytest.raises(http.client.RemoteDisconnected):
        kept.getresponse()


def test_late_answer_counts_for_nothing(page, monkeypatch):
    """A request's own time limit holds, although nothing can be cut short: it is looked at afterwards."""
    seconds = iter([0.0, 0.6])
    monkeypatch.setattr("helpers.ground.page.loopback.monotonic", lambda: next(seconds))
    port = LOOPBACK.listen(lambda data: ANSWER)

    with pytest.raises(requests.ReadTimeout, match=r"Read timed out\. \(read timeout=0\.5\)"):
        requests.get(f"http://127.0.0.1:{port}", timeout=0.5)


@pytest.mark.parametrize("ask", [requests.get, urllib.request.urlopen])
@pytest.mark.parametrize("host", ["taskrouter.twilio.com", "localhost.example.com", "127.0.0.2:8700"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nothing_goes_to_another_host(page, ask, scheme, host):
    """In a browser it would leave the page, with what is secret in it."""
    with pytest.raises(StaysInPage, match=f"^A request to {host.partition(':')[0]} needs the network"):
        ask(f"{scheme}://{host}/")


@pytest.mark.parametrize("ask", [requests.get, urllib.request.urlopen])
def test_nobody_speaks_https(page, ask):
    """In a browser the request would go to the machine, whose ports are none of the page's."""
    with pytest.raises(OSError, match="Nothing in this page speaks https: write http://"):
        ask(f"https://127.0.0.1:{LOOPBACK.listen(lambda data: ANSWER)}/")


def test_adapter_of_ones_own_is_left_alone(page):
    """It was mounted for a purpose, such as replies in a test."""
    own, session = LoopbackAdapter(), requests.Session()
    session.mount("https://example.com", own)

    assert session.get_adapter("https://example.com/a") is own
    with pytest.raises(requests.exceptions.InvalidSchema):
        session.get_adapter("nonsense://example.com")
