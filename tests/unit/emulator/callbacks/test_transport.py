"""Callbacks over HTTP: within their time, to this machine, and without swallowing whatever comes back."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from twilio.request_validator import RequestValidator

from helpers.emulator.callbacks.request import CallbackRequest, Undelivered, build_request
from helpers.emulator.callbacks.transport import HttpTransport
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.model.changes import Callback

CERTIFICATE = Path(__file__).parents[1] / "certificate.pem"


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[str, list[bytes]]]]:
    """Answers one connection with these bytes and nothing more; gives the URL and what arrived."""
    sockets: list[socket.socket] = []

    def start(answer: bytes, scheme: str = "http") -> tuple[str, list[bytes]]:
        listening = socket.create_server(("127.0.0.1", 0))
        if scheme == "https":
            secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            secured.load_cert_chain(CERTIFICATE)
            listening = secured.wrap_socket(listening, server_side=True)
        arrived: list[bytes] = []
        sockets.append(listening)

        def once() -> None:
            with contextlib.suppress(OSError):  # whoever asked may give up early
                exchange()

        def exchange() -> None:
            connection, _ = listening.accept()
            sockets.append(connection)
            received = b""
            while not received.endswith(b"TaskSid=WT1") and (chunk := connection.recv(65536)):
                received += chunk
            arrived.append(received)
            connection.sendall(answer)

        threading.Thread(target=once, daemon=True).start()
        return f"{scheme}://127.0.0.1:{listening.getsockname()[1]}/assignment", arrived

    yield start
    for each in sockets:
        each.close()


def send(url: str, limit_seconds: float = 60.0, **options: bool) -> CallbackReply:
    request = CallbackRequest(
        kind="assignment",
        url=url,
        headers={"Content-Type": "text/plain", "User-Agent": "TwilioProxy/1.1"},
        body=b"TaskSid=WT1",
        limit_seconds=limit_seconds,
    )
    return exchange(request, **options)


def exchange(request: CallbackRequest, **options: bool) -> CallbackReply:
    async def run() -> CallbackReply:
        transport = HttpTransport(**options)
        await transport.preload()
        try:
            return await transport.send(request)
        finally:
            await transport.close()

    return asyncio.run(run())


def http(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def test_answer_comes_back(serve):
    """Status, content type and body of the answer, whatever they are."""
    url, arrived = serve(http("201 Created", b"{}", "Content-Type: application/json"))

    assert send(url) == CallbackReply(status=201, content_type="application/json", body=b"{}")
    assert arrived[0].startswith(b"POST /assignment HTTP/1.1")
    assert arrived[0].endswith(b"TaskSid=WT1")


@pytest.mark.parametrize("tail", ["", "/", "/a?b=c", '/ü?q=ü&r={"x"}', "/a%20b?c=%7E#part", "?desk=[1]|2", "/a?"])
def test_receiver_can_check_the_signature(serve, tail):
    """The SDK's validator accepts the URL that the receiver sees: that of the Host header and the request line."""
    url, arrived = serve(http("200 OK", b""))
    callback = Callback(
        kind="event", sid="EV1", account_sid="AC1", workspace_sid="WS1", url="", parameters={"TaskSid": "WT1"}
    )
    request = build_request(callback, url.removesuffix("/assignment") + tail, "token")
    exchange(request)
    line, *headers = arrived[0].decode().split("\r\n")
    host = next(header for header in headers if header.lower().startswith("host: "))
    seen = "http://" + host[len("host: ") :] + line.split(" ")[1]

    assert RequestValidator("token").validate(seen, {"TaskSid": "WT1"}, request.headers["X-Twilio-Signature"])


@pytest.mark.parametrize("trusted", [True, False])
def test_https_receivers_are_reached_if_trusted(serve, monkeypatch, trusted):
    """A certificate named in SSL_CERT_FILE counts; a stranger's is an attempt that failed."""
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    url, arrived = serve(http("200 OK", b"{}"), "https")

    if trusted:
        assert send(url).body == b"{}"
    else:
        with pytest.raises(Undelivered, match="certificate verify failed"):
            send(url)
    assert len(arrived) == trusted


def test_no_headers_of_the_library(serve):
    """The request has the headers of a webhook; the library's own name does not stand in it."""
    url, arrived = serve(http("204 No Content", b""))
    send(url)

    assert b"httpx" not in arrived[0].lower()
    assert b"User-Agent: TwilioProxy/1.1" in arrived[0]


def test_redirect_is_an_answer(serve):
    """A redirect is not followed."""
    url, _ = serve(http("302 Found", b"", "Location: http://127.0.0.1:9/"))

    assert send(url).status == 302


def test_silence_ends_at_the_limit(serve):
    """Without an answer the attempt ends with its time."""
    url, _ = serve(b"")

    with pytest.raises(Undelivered, match=r"no answer within 0\.05 s"):
        send(url, limit_seconds=0.05)


def test_half_an_answer_ends_at_the_limit(serve):
    """The limit covers the body too."""
    url, _ = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")

    with pytest.raises(Undelivered, match="no answer within"):
        send(url, limit_seconds=0.05)


def test_endless_answer_is_cut(serve):
    """Somebody who answers with more than 64 KiB is not answering a callback."""
    url, _ = serve(http("200 OK", b"x" * 100_000))

    with pytest.raises(Undelivered, match="longer than 65536 bytes"):
        send(url)


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 two hundred\r\n\r\n", b"\x00" * 50])
def test_nonsense_is_told(serve, answer):
    """What is no HTTP is a failed attempt with a reason."""
    url, _ = serve(answer)

    with pytest.raises(Undelivered, match="ProtocolError"):
        send(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "ftp://127.0.0.1/", "http://127.0.0.1:99999/", "https://[::1]:9/"]
)
def test_unreachable_url_is_told(url):
    """Refused connections and impossible URLs are failed attempts with a reason."""
    with pytest.raises(Undelivered):
        send(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://callbacks.example.com/",
        "http://10.0.0.1/",
        "http://127.0.0.1@callbacks.example.com/",
        "http://127.0.0.1:80@callbacks.example.com:80/",
        "http://localhost.example.com/",
        "http://[::ffff:10.0.0.1]/",
        "http:///assignment",
        "no url",
        "",
    ],
)
def test_elsewhere_is_refused(url):
    """A URL beyond this machine is refused before anything is looked up."""
    with pytest.raises(Undelivered, match="--allow-remote-callbacks"):
        send(url)


def test_elsewhere_is_tried_when_allowed(monkeypatch):
    """Told so, the emulator sends callbacks into the network."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: (_ for _ in ()).throw(socket.gaierror("unknown name")))
    with pytest.raises(Undelivered, match="unknown name"):
        send("http://callbacks.example.com/", allow_remote=True)


def test_proxies_are_ignored(serve, monkeypatch):
    """Proxy variables do not lead callbacks astray."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    url, _ = serve(http("204 No Content", b""))

    assert send(url).status == 204
