"""Proxy on loopback that HTTPS_PROXY names: it answers CONNECT itself, as the host that was asked for."""

from __future__ import annotations

import socket
import ssl
import threading
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.contract.stage.exchange import Asked, ConnectionDropped, Host, Reply

__all__ = ["Proxy"]


class Proxy:
    """Server that leads each host name to the ``Host`` that answers for it, and no name anywhere else.

    Args:
        hosts: by host name, or by a pattern such as ``*.ngrok.app``.
        server_side: TLS with a certificate for all of them.
    """

    def __init__(self, hosts: dict[str, Host], server_side: ssl.SSLContext) -> None:
        self.hosts = hosts
        self.server_side = server_side
        self.refused: list[str] = []
        """Addresses that clients asked for and nobody here answers for: they tried to leave the machine."""
        self._server = _Server(("127.0.0.1", 0), _Connection)
        self._server.proxy = self
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), name="stage proxy", daemon=True).start()

    def host(self, name: str) -> Host | None:
        """Return who answers for ``name``, or None."""
        return next((host for pattern, host in self.hosts.items() if fnmatch(name, pattern)), None)

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    """Server with a thread for each connection, none of which it waits for at the end."""

    daemon_threads = True
    block_on_close = False
    proxy: Proxy

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that hangs up is part of the play."""


class _Connection(BaseHTTPRequestHandler):
    """One client's connection: CONNECT, and then requests over TLS."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # it would hold a body back until the client confirms the headers, 40 ms later
    server: _Server
    name = ""
    """Host name that CONNECT asked for."""

    def do_CONNECT(self) -> None:
        """Become the host that is asked for."""
        proxy, self.name = self.server.proxy, self.path.rpartition(":")[0].lower()
        if proxy.host(self.name) is None:
            proxy.refused.append(self.path)
            self.send_error(502, "Bad Gateway")
            self.close_connection = True
            return
        self.send_response_only(200, "Connection established")
        self.end_headers()
        try:
            self.connection = proxy.server_side.wrap_socket(self.connection, server_side=True)
        except OSError:  # the client doesn't trust our certificate
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False

    def answer(self) -> None:
        """Let the host answer."""
        host = self.server.proxy.host(self.name)
        self._confirm_headers()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if host is None:  # plain HTTP
            self.server.proxy.refused.append(self.path)
            self._send(Reply(502))
            return
        try:
            self._send(host(Asked(self.name, self.command, self.path, self.headers, body)))
        except ConnectionDropped:
            self.close_connection = True

    def __getattr__(self, name: str) -> Any:
        """Serve any method."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def _confirm_headers(self) -> None:
        """Confirm the headers at once, where the system can: urllib3 lets a body for a proxy wait for that, 40 ms."""
        if hasattr(socket, "TCP_QUICKACK"):
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _send(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def finish(self) -> None:
        """Close what CONNECT put in place of the first socket, too."""
        super().finish()
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing; the front keeps the log."""
