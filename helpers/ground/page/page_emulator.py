"""Emulator of a page: it answers at a port of the loopback, and sends its callbacks there."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException, RemoteDisconnected
from urllib.parse import urlsplit

import requests
from requests.structures import CaseInsensitiveDict

from helpers.emulator.callbacks.direct_transport import NOBODY
from helpers.emulator.callbacks.request import CallbackRequest, Undelivered
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.sdk.asgi_exchange import exchange
from helpers.emulator.server import RunningEmulator
from helpers.emulator.server.in_process import start_in_process
from helpers.emulator.server.read_refusals import refuse
from helpers.ground.page.http_bytes import SentRequest, read_requests, write_refusal, write_response
from helpers.ground.page.loopback import LOOPBACK, NAMES

__all__ = ["start"]

_CLIENT_HELLO = b"\x16\x03\x01"
"""Beginning of the first bytes that a client of https sends (RFC 8446, 5.1)."""


def start(seed: str) -> RunningEmulator:
    """Start the kernel's emulator at the next free port."""
    port = LOOPBACK.listen(lambda data: _serve(running, data))
    url = f"http://127.0.0.1:{port}"
    running = start_in_process(seed=seed, remembers=True, url=url, receive=_call_back, exchanges=LOOPBACK.exchanges)
    return running


def _serve(running: RunningEmulator, data: bytes) -> bytes:
    return b"".join(_answer(running, request) for request in read_requests(data))


def _answer(running: RunningEmulator, sent: SentRequest) -> bytes:
    if sent.trouble is not None:
        return write_refusal(*refuse(sent.trouble[0]))
    prepared = requests.PreparedRequest()
    prepared.method, prepared.url = sent.method, running.url + sent.target
    prepared.headers, prepared.body = CaseInsensitiveDict(sent.headers), sent.body
    answer = exchange(running.app, prepared)
    return write_response(sent, answer.status, list(answer.headers.items()), answer.body)


def _call_back(request: CallbackRequest) -> CallbackReply:
    """Send a callback, and return its reply.

    Raises:
        Undelivered: nobody listens at its address, or no reply can be read.
    """
    address = urlsplit(request.url)
    if address.hostname not in NAMES:
        raise Undelivered(NOBODY)
    is_encrypted = address.scheme == "https"
    connection = HTTPConnection(address.hostname, address.port or (443 if is_encrypted else 80))
    try:
        if is_encrypted:
            _shake_hands(connection)
        target = address._replace(scheme="", netloc="").geturl()
        connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in request.headers.items():
            connection.putheader(name, value)
        connection.endheaders(request.body)
        reply = connection.getresponse()
        return CallbackReply(status=reply.status, content_type=reply.getheader("content-type"), body=reply.read())
    except ConnectionRefusedError:
        raise Undelivered(NOBODY) from None
    except RemoteDisconnected:
        raise Undelivered("RemoteProtocolError: Server disconnected without sending a response.") from None
    except (HTTPException, OSError) as error:
        raise Undelivered(f"{type(error).__name__}: {error}") from error


def _shake_hands(connection: HTTPConnection) -> None:
    """Begin as a client of https does, which is nothing that anybody here understands.

    Raises:
        Undelivered: always, if somebody listens.
    """
    connection.connect()
    connection.sock.sendall(_CLIENT_HELLO)
    connection.sock.makefile("rb").read()
    raise Undelivered("ConnectError: [SSL: WRONG_VERSION_NUMBER] wrong version number")
