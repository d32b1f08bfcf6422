"""Edge of ngrok: answers public URLs, and passes requests on to the agents that are online.

An agent opens a connection for each URL and keeps it; when the connection ends, the URL is offline. What a visitor gets
then, a header with the code and status 404, is known from people's reports; that the page for browsers comes with
status 200 is our choice.
"""

from __future__ import annotations

import http.client
import json
import select
import socket
import threading
from dataclasses import dataclass
from email.message import Message
from socketserver import StreamRequestHandler, ThreadingTCPServer

from tests.contract.stage.exchange import Asked, Reply

__all__ = ["DOMAINS", "Edge"]

DOMAINS = ("*.ngrok-free.dev", "*.ngrok-free.app", "*.ngrok.app", "*.example.com")
"""Hosts that the edge answers: ngrok's own, and a learner's domain, or another maker's tunnel."""

_HOP = {"connection", "content-length", "date", "server", "transfer-encoding"}


@dataclass(frozen=True)
class _Way:
    """Port that a host leads to, and the connection that keeps it online."""

    port: int
    prefix: str = ""
    """Prefix of the path that is taken away on the way."""
    session: socket.socket | None = None

    @property
    def is_left(self) -> bool:
        """True if the agent has hung up: it sends nothing else."""
        try:
            return self.session is not None and bool(select.select([self.session], [], [], 0)[0])
        except ValueError:  # its thread has closed it meanwhile
            return True


class Edge:
    """Edge for the agents of one stage; ``port`` is where they connect."""

    def __init__(self) -> None:
        self._ways: dict[str, _Way] = {}
        self._server = _AgentPort(("127.0.0.1", 0), _Session)
        self._server.edge = self
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), name="stage edge", daemon=True).start()

    @property
    def online(self) -> list[str]:
        """Host names that lead somewhere now; of an agent that has just ended, its thread here may not know yet."""
        return [host for host, way in list(self._ways.items()) if not way.is_left]

    def lead(self, host: str, port: int, *, prefix: str = "") -> str:
        """Let a tunnel that isn't ngrok's lead from ``host`` to ``port``, and return its URL, prefix included."""
        self._ways[host] = _Way(port, prefix)
        return f"https://{host}{prefix}"

    def drop(self, host: str) -> None:
        """Take a host offline, though its agent lives."""
        way = self._ways.pop(host, None)
        if way is not None and way.session is not None:
            way.session.shutdown(socket.SHUT_RDWR)

    def answer(self, asked: Asked) -> Reply:
        """Answer for all public hosts."""
        way = self._ways.get(asked.host)
        if way is None or not asked.target.startswith(way.prefix):
            return _offline(asked)
        if way.session and "Mozilla" in asked.headers.get("User-Agent", "") and not _skips_warning(asked.headers):
            return _explain(200, "ERR_NGROK_6024", f"You are about to visit {asked.host}, served by 203.0.113.7.")
        return _pass_on(asked, way)

    def enter(self, host: str, way: _Way) -> str:
        """Take a host online; return ngrok's code if it is already."""
        if host in self._ways:
            return "334"
        self._ways[host] = way
        return ""

    def leave(self, host: str, way: _Way) -> None:
        """Take a host offline, unless another agent has it by now."""
        if self._ways.get(host) is way:
            del self._ways[host]

    def stop(self) -> None:
        """Take everything offline."""
        for host in self.online:
            self.drop(host)
        self._server.shutdown()
        self._server.server_close()


class _AgentPort(ThreadingTCPServer):
    """Server with a thread for each URL."""

    daemon_threads = True
    block_on_close = False
    edge: Edge


class _Session(StreamRequestHandler):
    """Connection of an agent for one URL: a line of JSON, a line with a code or nothing, and then silence."""

    server: _AgentPort

    def handle(self) -> None:
        """Keep the URL online until the agent hangs up."""
        line = self.rfile.readline()
        if not line:  # an agent looks if the stage is still there
            return
        wanted = json.loads(line)
        way = _Way(wanted["port"], session=self.connection)
        code = self.server.edge.enter(wanted["host"], way)
        self.wfile.write(f"{code}\n".encode())
        if not code:
            self.rfile.read()
            self.server.edge.leave(wanted["host"], way)


def _pass_on(asked: Asked, way: _Way) -> Reply:
    headers = dict(asked.headers.items()) | {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Host": asked.host,
        "X-Forwarded-Proto": "https",
    }
    connection = http.client.HTTPConnection("127.0.0.1", way.port, timeout=30)
    try:
        connection.request(asked.method, asked.target.removeprefix(way.prefix) or "/", asked.body or None, headers)
        answer = connection.getresponse()
        kept = {name: text for name, text in answer.getheaders() if name.lower() not in _HOP}
        return Reply(answer.status, answer.read(), kept)
    except OSError:
        if way.session:  # its agent has ended, and the thread that waits for that hasn't been told yet
            return _offline(asked)
        return Reply(502, b"Bad Gateway", {"Content-Type": "text/plain"})
    finally:
        connection.close()


def _offline(asked: Asked) -> Reply:
    return _explain(404, "ERR_NGROK_3200", f"The endpoint {asked.host} is offline.")


def _skips_warning(headers: Message) -> bool:
    return headers.get("ngrok-skip-browser-warning") is not None


def _explain(status: int, code: str, text: str) -> Reply:
    return Reply(status, f"{text}\r\n\r\n{code}\r\n".encode(), {"Content-Type": "text/html", "Ngrok-Error-Code": code})
