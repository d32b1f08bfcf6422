"""A proxy that meddles: what stands between a machine and Twilio, and what comes of it."""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import trustme

__all__ = ["PASSWORD", "Meddler", "meddling"]

PASSWORD = "hunter2-for-nobody"
HOSTS = ("api.twilio.com", "taskrouter.twilio.com")


@dataclass
class Meddler:
    """CONNECT proxy on loopback that answers in Twilio's place."""

    url: str
    certificates: Path
    """PEM file of its authority."""
    answer: bytes | str = b""
    """Bytes of HTTP inside the tunnel; or the status of the proxy's own refusal, "drop", "lost" or "silent"."""
    got: list[bytes] = field(default_factory=list)
    """What arrived inside the tunnel, one item for each connection."""

    def answers(self, status: int, body: object, *headers: str) -> None:
        """Answer with this from now on: JSON, or text as a web page."""
        text = body if isinstance(body, str) else json.dumps(body)
        kind = "text/html" if isinstance(body, str) else "application/json"
        about = [f"Content-Type: {kind}", f"Content-Length: {len(text)}", "Connection: close"]
        lines = [f"HTTP/1.1 {status} Any", *about, *headers, "", text]
        self.answer = "\r\n".join(lines).encode()


@contextmanager
def meddling(folder: Path, hosts: Sequence[str] = HOSTS) -> Iterator[Meddler]:
    """Run a meddler; its certificates are below ``folder``."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*hosts).configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://bob:{PASSWORD}@127.0.0.1:{server.getsockname()[1]}"
        meddler = Meddler(url, folder / "authority.pem")
        threading.Thread(target=_serve, args=(server, context, meddler), daemon=True).start()
        yield meddler


def _serve(server: socket.socket, context: ssl.SSLContext, meddler: Meddler) -> None:
    with suppress(OSError):
        while True:
            with server.accept()[0] as connection, suppress(OSError):  # ssl.SSLError is one, too
                connection.settimeout(5)
                _meddle(connection, context, meddler)


def _meddle(connection: socket.socket, context: ssl.SSLContext, meddler: Meddler) -> None:
    connection.recv(4096)
    if meddler.answer == "drop":
        return
    if isinstance(meddler.answer, str) and meddler.answer.isdigit():
        connection.sendall(f"HTTP/1.1 {meddler.answer} No\r\nContent-Length: 0\r\n\r\n".encode())
        return
    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    with context.wrap_socket(connection, server_side=True) as tunnel:
        meddler.got.append(_read_request(tunnel))
        if isinstance(meddler.answer, bytes):
            tunnel.sendall(meddler.answer)
        elif meddler.answer == "silent":
            while tunnel.recv(4096):
                pass  # until the client gives up


def _read_request(tunnel: ssl.SSLSocket) -> bytes:
    """Read one request with its body; what is left unread would break the connection before the answer is read."""
    got = b""
    while True:
        head, end, body = got.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if end and len(body) >= int(length[1] if length else 0):
            return got
        got += tunnel.recv(65536) or b"\r\n\r\n"
